#include "client.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <future>
#include <utility>

namespace patron {
namespace {

std::size_t take_body(char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
}

class SocketClient : public Client {
  public:
    SocketClient(std::filesystem::path socket, std::string business)
        : Client(std::move(business)), socket_(std::move(socket)) {}

    Answered send(http::Method method, std::string const& path, std::string const& body,
                  std::filesystem::path const& file) override {
        std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
        Answered answer;
        auto const url = "http://local/api/v1" + path;
        std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr, curl_slist_free_all);
        auto const add = [&](std::string const& header) {
            headers.reset(curl_slist_append(headers.release(), header.c_str()));
        };
        add(file.empty() ? "Content-Type: application/json" : "Content-Type: application/octet-stream");
        add("Expect:");
        if (!business_.empty()) add("Patron-Business: " + business_);
        curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket_.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, std::string(http::name(method)).c_str());
        curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_body);
        curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
        std::unique_ptr<FILE, int (*)(FILE*)> upload(nullptr, fclose);
        if (!file.empty()) {
            upload.reset(fopen(file.c_str(), "rb"));
            if (!upload) throw CommandError(file.string() + " cannot be read (" + std::strerror(errno) + ").");
            curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
            curl_easy_setopt(curl.get(), CURLOPT_READDATA, upload.get());
            curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE,
                             static_cast<curl_off_t>(std::filesystem::file_size(file)));
        } else if (!body.empty()) {
            curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
            curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        } else if (method == http::Method::post) {
            curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, "");
        }
        curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
        if (auto const code = curl_easy_perform(curl.get()); code != CURLE_OK)
            throw CommandError(std::string("The running server did not answer (") + curl_easy_strerror(code) + ").");
        long status = 0;
        curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
        return answer;
    }

  private:
    std::filesystem::path socket_;
};

class HouseClient : public Client {
  public:
    explicit HouseClient(Settings const& settings) : Client(settings.business), house_(settings.house(true)) {}

    Answered send(http::Method method, std::string const& path, std::string const& body,
                  std::filesystem::path const& file) override {
        auto request = std::make_shared<http::Request>();
        request->method = method;
        request->method_name = http::name(method);
        request->target = "/api/v1" + path;
        auto const question = request->target.find('?');
        request->path = request->target.substr(0, question);
        if (question != std::string::npos) request->query = request->target.substr(question + 1);
        request->headers.push_back({"Content-Type", file.empty() ? "application/json" : "application/octet-stream"});
        if (!business_.empty()) request->headers.push_back({"Patron-Business", business_});
        request->body = body;
        if (!file.empty()) {
            // The request takes its file away with it: it gets a copy.
            request->body_file = house_.uploads() / "command";
            std::filesystem::copy_file(file, request->body_file, std::filesystem::copy_options::overwrite_existing);
            request->body_size = std::filesystem::file_size(request->body_file);
        }
        request->peer = "local";
        request->local = true;
        auto answered = std::make_shared<std::promise<http::Response>>();
        auto future = answered->get_future();
        house_.edge().handle(request,
                             [answered](http::Response response) { answered->set_value(std::move(response)); });
        auto response = future.get();
        Answered answer{response.status, std::move(response.body)};
        if (response.chunks)
            while (auto chunk = response.chunks()) answer.body += *chunk;
        return answer;
    }

  private:
    House house_;
};

bool answers(std::filesystem::path const& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const text = socket.string();
    if (text.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    int const file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool const there = ::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(file);
    return there;
}

}  // namespace

std::unique_ptr<Client> Client::open(Settings const& settings, bool makes) {
    if (!makes && !std::filesystem::exists(std::filesystem::path(settings.data) / "patron.lock"))
        throw CommandError("There is no Patron in " + settings.data +
                           " yet; make it with 'patron init', or name another folder with --data.");
    auto const socket = std::filesystem::path(settings.data) / "patron.sock";
    if (answers(socket)) return std::make_unique<SocketClient>(socket, settings.business);
    return std::make_unique<HouseClient>(settings);
}

Answered Client::send_for(std::string const& slug, http::Method method, std::string const& path) {
    auto const own = std::exchange(business_, slug);
    auto answer = send(method, path);
    business_ = own;
    return answer;
}

Json Client::answered(Answered const& reply) {
    auto json = reply.json();
    if (reply.status < 400) return json;
    std::string words = "The server answered " + std::to_string(reply.status) + ".";
    if (auto const* problem = json.if_object()) {
        if (auto const* detail = problem->if_contains("detail"))
            words = std::string(std::string_view(detail->as_string()));
        if (auto const* errors = problem->if_contains("errors"); errors && errors->as_array().size() > 1)
            for (auto const& error : errors->as_array())
                words += "\n  " + std::string(std::string_view(error.at("message").as_string()));
    }
    throw CommandError(words);
}

std::string text(Json const& json, std::string_view member) {
    auto const* value = json.is_object() ? json.get_object().if_contains(member) : nullptr;
    return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

std::int64_t number(Json const& json, std::string_view member) {
    auto const* value = json.is_object() ? json.get_object().if_contains(member) : nullptr;
    return value && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace patron
