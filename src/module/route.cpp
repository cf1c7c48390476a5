#include "module/route.hpp"

namespace patron {

http::Response json_response(int status, std::string body) {
    http::Response response(status);
    response.headers.push_back({"Content-Type", "application/json"});
    response.body = std::move(body);
    return response;
}

http::Response empty_response(int status) { return http::Response(status); }

std::string etag_of(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

}  // namespace patron
