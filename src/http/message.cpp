#include "http/http.hpp"

#include "base/fold.hpp"
#include "http/ascii.hpp"

namespace patron::http {

std::string_view name(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::del: return "DELETE";
        case Method::options: return "OPTIONS";
        case Method::other: break;
    }
    return "other";
}

Request& Request::operator=(Request&& other) noexcept {
    // By exchange: our own body file, if any, is removed when `other` ends.
    std::swap(method, other.method);
    method_name.swap(other.method_name);
    target.swap(other.target);
    path.swap(other.path);
    query.swap(other.query);
    headers.swap(other.headers);
    body.swap(other.body);
    body_file.swap(other.body_file);
    std::swap(body_size, other.body_size);
    peer.swap(other.peer);
    std::swap(secure, other.secure);
    std::swap(local, other.local);
    return *this;
}

Request::~Request() {
    if (body_file.empty()) return;
    std::error_code already_moved;  // whoever took the file renamed it: then there is nothing left to remove
    std::filesystem::remove(body_file, already_moved);
}

std::optional<std::string_view> Request::header(std::string_view wanted) const {
    for (auto const& header : headers)
        if (same_word(header.name, wanted)) return header.value;
    return {};
}

void Response::set(std::string name, std::string value) {
    for (auto& header : headers)
        if (same_word(header.name, name)) {
            header.value = std::move(value);
            return;
        }
    headers.push_back({std::move(name), std::move(value)});
}

namespace {

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
    if (text.find_first_of(plus_is_space ? "%+" : "%") == text.npos)
        return is_utf8(text) ? std::optional<std::string>(text) : std::nullopt;
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            if (text.size() - i < 3) return {};
            int const high = hex_digit(text[i + 1]);
            int const low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return {};
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (!is_utf8(decoded)) return {};
    return decoded;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) { return decode(text, false); }

std::string percent_encode(std::string_view text) {
    constexpr std::string_view plain = "-._~", digits = "0123456789ABCDEF";
    std::string out;
    for (unsigned char const c : text) {
        bool const kept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          plain.find(static_cast<char>(c)) != plain.npos;
        if (kept) out += static_cast<char>(c);
        else ((out += '%') += digits[c >> 4]) += digits[c & 15];
    }
    return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        auto const part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
        if (part.empty()) continue;
        auto const equals = part.find('=');
        auto name = decode(part.substr(0, equals), true);
        auto value = decode(equals == part.npos ? std::string_view{} : part.substr(equals + 1), true);
        if (!name || !value) return {};
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

}  // namespace patron::http
