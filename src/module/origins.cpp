#include "module/origins.hpp"

#include "base/problem.hpp"

#include <algorithm>

namespace patron {
namespace {

// The origin that a page of ours has, as its own requests see it.
bool own_origin(http::Request const& request, std::string_view origin, std::string const& public_url) {
    if (!public_url.empty() && origin == public_url) return true;
    auto const host = request.header("host");
    return host && origin == (request.secure ? "https://" : "http://") + std::string(*host);
}

std::string full_name(http::Request const& request, std::string_view name) {
    return (request.secure ? "__Host-" : "") + std::string(name);
}

std::optional<std::string> cookie(http::Request const& request, std::string_view name) {
    for (auto const& header : request.headers) {
        if (header.name.size() != 6 ||
            !std::equal(header.name.begin(), header.name.end(), "cookie", [](char a, char b) { return (a | 32) == b; }))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(';'), rest.size());
            auto one = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (one.starts_with(' ')) one.remove_prefix(1);
            if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
                return std::string(one.substr(name.size() + 1));
        }
    }
    return {};
}

}  // namespace

std::optional<std::string> own_cookie(http::Request const& request, std::string_view name) {
    return cookie(request, full_name(request, name));
}

std::string set_own_cookie(http::Request const& request, std::string_view name, std::string_view value,
                           std::int64_t lasts_ms) {
    return full_name(request, name) + '=' + std::string(value) +
           "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lasts_ms / 1000) +
           (request.secure ? "; Secure" : "");
}

void check_origin(http::Request const& request, bool by_cookie, std::string const& public_url) {
    auto const forged = [] { return Problem(403, "cross_site", "Changes are taken only from Patron's own pages."); };
    auto const site = request.header("sec-fetch-site");
    auto const origin = request.header("origin");
    if (site && *site != "same-origin" && !(*site == "none" && !by_cookie)) throw forged();
    if (origin && !own_origin(request, *origin, public_url)) throw forged();
    if (by_cookie && !site && !origin) throw forged();
}

}  // namespace patron
