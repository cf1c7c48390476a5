#include "outbound/sending.hpp"

#include <curl/curl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace patron::outbound {
namespace {

struct Sending {
    Target const& target;
    std::vector<Address> const& addresses;
    Answer answer;
    std::size_t bytes = 0;  // of head and body
    bool too_large = false;
};

std::uint16_t port_in(sockaddr const& where) {
    std::uint16_t port = 0;  // stands at the same place in both kinds
    static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
    std::memcpy(&port, reinterpret_cast<char const*>(&where) + offsetof(sockaddr_in, sin_port), sizeof port);
    return ntohs(port);
}

// The last word on where a connection goes: whatever was resolved or cached on the way.
curl_socket_t open_socket(void* of, curlsocktype, curl_sockaddr* where) {
    auto const& sending = *static_cast<Sending*>(of);
    auto const address = address_in(where->addr);
    bool const checked =
        address && port_in(where->addr) == sending.target.port &&
        std::find(sending.addresses.begin(), sending.addresses.end(), *address) != sending.addresses.end();
    if (!checked) return CURL_SOCKET_BAD;
    return ::socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

bool counts(Sending& sending, std::size_t more) {
    sending.bytes += more;
    sending.too_large = sending.bytes > Caller::most_bytes;
    return !sending.too_large;
}

std::size_t take_head(char*, std::size_t size, std::size_t count, void* of) {
    return counts(*static_cast<Sending*>(of), size * count) ? size * count : 0;
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* of) {
    auto& sending = *static_cast<Sending*>(of);
    if (!counts(sending, size * count)) return 0;
    sending.answer.body.append(bytes, size * count);
    return size * count;
}

Fault fault_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_CONNECT: return Fault::unreachable;
        case CURLE_OPERATION_TIMEDOUT: return Fault::too_slow;
        case CURLE_FILESIZE_EXCEEDED: return Fault::too_large;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_PEER_FAILED_VERIFICATION: return Fault::certificate;
        default: return Fault::broken;
    }
}

struct Handle {
    CURL* curl = curl_easy_init();
    curl_slist *addresses = nullptr, *headers = nullptr;
    Handle() {
        if (!curl) throw std::bad_alloc();
    }
    Handle(Handle const&) = delete;
    ~Handle() {
        curl_easy_cleanup(curl);
        curl_slist_free_all(addresses);
        curl_slist_free_all(headers);
    }
    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(curl, option, value) != CURLE_OK) throw std::runtime_error("libcurl lacks what we need");
    }
};

void add(curl_slist*& list, std::string const& line) {
    auto* const longer = curl_slist_append(list, line.c_str());
    if (!longer) throw std::bad_alloc();
    list = longer;
}

void say_where(Handle& handle, Sending& sending) {
    auto const& target = sending.target;
    std::string line = target.host + ':' + std::to_string(target.port);
    char sign = ':';
    for (auto const& address : sending.addresses) {
        line += sign + (address.v6 ? '[' + text_of(address) + ']' : text_of(address));
        sign = ',';
    }
    if (!target.address) {
        add(handle.addresses, line);
        handle.set(CURLOPT_RESOLVE, handle.addresses);
    }
    handle.set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    handle.set(CURLOPT_OPENSOCKETDATA, &sending);
    handle.set(CURLOPT_URL, target.url().c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, target.tls ? "https" : "http");
    handle.set(CURLOPT_PATH_AS_IS, 1L);
    handle.set(CURLOPT_FOLLOWLOCATION, 0L);
    handle.set(CURLOPT_PROXY, "");
    handle.set(CURLOPT_NOPROXY, "*");
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

void say_what(Handle& handle, Request const& request) {
    add(handle.headers, "Accept: application/json");
    if (!request.bearer.empty()) add(handle.headers, "Authorization: Bearer " + request.bearer);
    handle.set(CURLOPT_HTTPHEADER, handle.headers);
    handle.set(CURLOPT_USERAGENT, "Patron");
    handle.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (!request.user.empty()) {
        handle.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        handle.set(CURLOPT_USERNAME, request.user.c_str());
        handle.set(CURLOPT_PASSWORD, request.password.c_str());
    }
    if (request.form.empty()) return;
    handle.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
    handle.set(CURLOPT_POSTFIELDS, request.form.c_str());
}

}  // namespace

Answer send(Target const& target, std::vector<Address> const& addresses, Request const& request,
            std::string const& trusted, std::chrono::steady_clock::time_point end) {
    static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!started) throw std::runtime_error("libcurl could not be started");
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) throw Failed(Fault::too_slow);
    Sending sending{target, addresses, {}};
    Handle handle;
    say_where(handle, sending);
    say_what(handle, request);
    if (!trusted.empty()) {
        handle.set(CURLOPT_CAINFO, trusted.c_str());
        handle.set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
    }
    handle.set(CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_MAXFILESIZE, static_cast<long>(Caller::most_bytes));
    handle.set(CURLOPT_HEADERFUNCTION, take_head);
    handle.set(CURLOPT_HEADERDATA, &sending);
    handle.set(CURLOPT_WRITEFUNCTION, take_body);
    handle.set(CURLOPT_WRITEDATA, &sending);
    auto const code = curl_easy_perform(handle.curl);
    if (sending.too_large) throw Failed(Fault::too_large);
    if (code != CURLE_OK) throw Failed(fault_of(code));
    long status = 0;
    curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 300 && status < 400) throw Failed(Fault::redirected);
    sending.answer.status = static_cast<int>(status);
    return std::move(sending.answer);
}

}  // namespace patron::outbound
