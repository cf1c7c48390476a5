// Where a request comes from: its cookie, and whether a page of ours sent it.
#pragma once
#include "http/http.hpp"

namespace patron {

std::optional<std::string> cookie(http::Request const& request, std::string_view name);

// Cross-site request forgery: fetch metadata where the browser sends it, else the origin. A request with a cookie must
// show one of them; one without a cookie comes from a program, unless it shows otherwise. Throws Problem 403.
void check_origin(http::Request const& request, bool by_cookie, std::string const& public_url);

}  // namespace patron
