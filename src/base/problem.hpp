// A refusal: what the caller did that we do not do, where, and what to do instead. Translated to RFC 9457 at the edge.
#pragma once
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

struct FieldError {
    std::string pointer;  // JSON pointer (RFC 6901) into the body, or "?name" for a query parameter
    std::string code;     // public, stable: "required", "not_an_email" …
    std::string message;  // names the field in words and says what to do
};

struct Problem : std::exception {
    int status = 422;
    std::string code;  // public, stable
    std::string detail;
    std::vector<FieldError> errors;
    std::string members;  // further JSON members, e.g. "\"current\":{…}"; empty or without leading comma
    int retry_after = 0;  // seconds, when not 0

    Problem(int status, std::string code, std::string detail, std::vector<FieldError> errors = {})
        : status(status), code(std::move(code)), detail(std::move(detail)), errors(std::move(errors)) {}
    char const* what() const noexcept override { return detail.c_str(); }
};

// The usual ones.
inline Problem not_found() {
    return {404, "not_found", "There is nothing at this address, or it is not yours to see."};
}
inline Problem invalid(std::string pointer, std::string code, std::string message) {
    return {422, "invalid", message, {{std::move(pointer), std::move(code), message}}};
}
inline Problem invalid(std::vector<FieldError> errors) {
    auto detail =
        errors.size() == 1 ? errors.front().message : std::to_string(errors.size()) + " fields need attention.";
    return {422, "invalid", std::move(detail), std::move(errors)};
}
inline Problem conflict(std::string code, std::string detail) { return {409, std::move(code), std::move(detail)}; }

}  // namespace patron
