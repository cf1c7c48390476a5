#include "server.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace patron::bench {
namespace {

std::vector<std::string> serving(std::filesystem::path const& program, HouseSettings const& settings,
                                 std::vector<std::string> words) {
    words.insert(words.end(),
                 {program.string(), "serve", "--data", settings.data.string(), "--listen", "127.0.0.1:0", "--log",
                  "warn", "--rate-limit", "0", "--index-memory", std::to_string(settings.index_memory)});
    if (!settings.database.empty()) words.insert(words.end(), {"--database", settings.database});
    return words;
}

std::vector<std::string> nginx_words(std::filesystem::path const& folder, std::string const& content, int port) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "file") << content;
    std::ofstream(folder / "nginx.conf") << "daemon off; worker_processes 1; pid " << (folder / "pid").string()
                                         << "; error_log " << (folder / "log").string() << ";"
                                         << (::getuid() == 0 ? " user root;" : "") << "\n"
                                         << "events { worker_connections 64; }\nhttp { access_log off; sendfile on; "
                                            "tcp_nopush on; keepalive_requests 1000000;\n"
                                         << "default_type application/json; client_body_temp_path "
                                         << (folder / "body").string() << ";\n"
                                         << "server { listen 127.0.0.1:" << port << "; root " << folder.string()
                                         << "; } }\n";
    return {"nginx", "-p", folder.string(), "-e", (folder / "log").string(), "-c", (folder / "nginx.conf").string()};
}

}  // namespace

Server::Server(std::filesystem::path const& program, HouseSettings const& settings, std::vector<std::string> before)
    : process_(serving(program, settings, std::move(before)), measured_core) {
    auto const line = process_.line();
    auto const colon = line.rfind(':');
    if (line.empty() || colon == std::string::npos) throw std::runtime_error("the server did not start");
    port_ = std::stoi(line.substr(colon + 1));
    Client(port_, 1).ask_once(get_request("/readyz", ""));
    first_answer_ = now_seconds() - begun_;
}

double Server::settle() const {
    constexpr double look_s = 0.5, idle_share = 0.03, longest_s = 120;
    constexpr int looks = 6;
    for (int idle = 0; idle < looks && now_seconds() - begun_ < longest_s;) {
        auto const before = cpu_seconds(pid()), at = now_seconds();
        ::usleep(static_cast<useconds_t>(look_s * 1e6));
        idle = cpu_seconds(pid()) - before < idle_share * (now_seconds() - at) ? idle + 1 : 0;
    }
    return now_seconds() - begun_;
}

Nginx::Nginx(std::filesystem::path const& folder, std::string const& content)
    : port_(free_port()), process_(nginx_words(folder, content, port_), measured_core) {
    for (int tries = 0;; ++tries) try {
            Client(port_, 1).ask_once(get_request("/file", ""));
            return;
        } catch (std::exception const&) {
            if (tries == 100) throw;
            ::usleep(20'000);
        }
}

int Nginx::worker() const {
    auto const id = std::to_string(process_.pid());
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    int child = 0;
    children >> child;
    return child;
}

std::string make_key(std::filesystem::path const& program, HouseSettings const& settings, std::string const& email) {
    std::vector<std::string> words{program.string(), "key", "add", "--name", "Bench", "--data", settings.data.string()};
    if (!email.empty()) words.insert(words.end(), {"--user", email});
    if (!settings.database.empty()) words.insert(words.end(), {"--database", settings.database});
    auto key = output_of(words);
    while (key.ends_with('\n')) key.pop_back();
    return key;
}

int free_port() {
    int const file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(file, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(file, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(file);
    return ntohs(address.sin_port);
}

}  // namespace patron::bench
