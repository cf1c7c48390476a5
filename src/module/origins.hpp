// Where a request comes from: its cookie, and whether a page of ours sent it.
#pragma once
#include "http/http.hpp"

namespace patron {

// Patron's own cookies: no script reads them and no foreign page sends them with a change. Over TLS their name begins with
// "__Host-", which browsers bind to this host and to secure connections (RFC 6265bis §4.1.3.2).
inline constexpr std::string_view session_cookie = "patron";
std::optional<std::string> own_cookie(http::Request const& request, std::string_view name);
// The value of Set-Cookie that answers the request; without time left the cookie is gone.
std::string set_own_cookie(http::Request const& request, std::string_view name, std::string_view value,
                           std::int64_t lasts_ms);

// Cross-site request forgery: fetch metadata where the browser sends it, else the origin. A request with a cookie must
// show one of them; one without a cookie comes from a program, unless it shows otherwise. Throws Problem 403.
void check_origin(http::Request const& request, bool by_cookie, std::string const& public_url);

}  // namespace patron
