#include "module/edge.hpp"

#include <sodium.h>

namespace patron {
namespace {

std::string_view title(int status) {
    switch (status) {
        case 400: return "The request could not be understood";
        case 401: return "Sign in first";
        case 403: return "Not allowed";
        case 404: return "Not found";
        case 405: return "Method not allowed";
        case 409: return "In conflict with what is there";
        case 410: return "In the bin";
        case 412: return "Changed in the meantime";
        case 413: return "Too large";
        case 414: return "The address is too long";
        case 415: return "Wrong media type";
        case 422: return "The request needs attention";
        case 429: return "Too many requests";
        case 503: return "Not available right now";
        case 507: return "The disk is full";
        default: return status < 500 ? "Refused" : "Something went wrong";
    }
}

std::function<void(std::string const&, std::string_view)>& failure_log() {
    static std::function<void(std::string const&, std::string_view)> log;
    return log;
}

Problem problem_of(db::Error const& error) {
    Problem problem(503, "database_unavailable", "The database cannot be reached; try again.");
    problem.retry_after = 2;
    switch (error.fault) {
        case db::Fault::unavailable: return problem;
        case db::Fault::serialization:
            problem.code = "busy";
            problem.detail = "Others were changing the same; try again.";
            return problem;
        case db::Fault::disk_full:
            return {507, "disk_full",
                    "The disk is full: nothing can be written until room is made. What was saved is safe."};
        case db::Fault::read_only:
            problem.code = "read_only";
            problem.detail = "The data folder cannot be written to.";
            return problem;
        case db::Fault::unique: return {409, "already_there", "Something with these values exists already."};
        case db::Fault::foreign_key:
            return {409, "still_in_use", "Something else still refers to this, or what it refers to is gone."};
        case db::Fault::damaged:
        case db::Fault::other: break;
    }
    return {500, "failure", "Something went wrong on our side; it has been written to the log."};
}

}  // namespace

void set_failure_log(std::function<void(std::string const&, std::string_view)> log) { failure_log() = std::move(log); }
void log_failure(std::string const& request_id, std::string_view what) {
    if (failure_log()) failure_log()(request_id, what);
}

http::Response problem_response(Problem const& problem) {
    std::string body = "{\"type\":\"/problems/" + problem.code + "\",\"title\":";
    write_json(body, title(problem.status));
    body += ",\"status\":";
    write_json(body, problem.status);
    body += ",\"code\":";
    write_json(body, problem.code);
    body += ",\"detail\":";
    write_json(body, problem.detail);
    if (!problem.errors.empty()) {
        body += ",\"errors\":[";
        for (std::size_t i = 0; i < problem.errors.size(); ++i) {
            auto const& error = problem.errors[i];
            body += i ? ",{\"pointer\":" : "{\"pointer\":";
            write_json(body, error.pointer);
            body += ",\"code\":";
            write_json(body, error.code);
            body += ",\"message\":";
            write_json(body, error.message);
            body += '}';
        }
        body += ']';
    }
    if (!problem.members.empty()) (body += ',') += problem.members;
    body += '}';
    http::Response response(problem.status);
    response.set("Content-Type", "application/problem+json");
    if (problem.retry_after) response.set("Retry-After", std::to_string(problem.retry_after));
    if (problem.status == 401) response.set("WWW-Authenticate", "Bearer");
    response.body = std::move(body);
    return response;
}

http::Response problem_response(std::exception_ptr failure, std::string const& request_id) {
    auto const with_request = [&](Problem problem) {
        if (problem.status >= 500 && !request_id.empty() && problem.members.empty())
            problem.members = "\"request\":" + to_json(request_id);
        return problem_response(problem);
    };
    try {
        std::rethrow_exception(failure);
    } catch (Problem const& problem) { return with_request(problem); } catch (db::Overloaded const&) {
        Problem problem(503, "overloaded", "There is more to do than can be done right now; try again.");
        problem.retry_after = 1;
        return with_request(problem);
    } catch (db::Error const& error) {
        auto const problem = problem_of(error);
        if (problem.status == 500) log_failure(request_id, error.what());
        return with_request(problem);
    } catch (std::bad_alloc const&) {
        Problem problem(503, "no_memory", "There is no memory left for this; try again.");
        problem.retry_after = 2;
        return with_request(problem);
    } catch (std::exception const& error) {
        log_failure(request_id, error.what());
        return with_request(
            Problem(500, "failure", "Something went wrong on our side; it has been written to the log."));
    }
}

std::string random_nonce() {
    unsigned char bytes[18];
    randombytes_buf(bytes, sizeof bytes);
    char text[32];
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return text;
}

namespace {

// What an answer of the API carries, as it is sent; the last line only over TLS.
constexpr std::string_view api_head =
    "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
    "Cache-Control: no-store\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
constexpr std::string_view tls_line = "Strict-Transport-Security";

// Does the answer say one of these itself?
bool says_itself(http::Response const& response) {
    for (auto const& header : response.headers)
        if (api_head.find(header.name + ": ") != std::string_view::npos) return true;
    return false;
}

std::string page_policy(std::string const& nonce) {
    return "default-src 'none'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce +
           "'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src "
           "'none'; base-uri 'none'; "
           "form-action 'self'; frame-ancestors 'none'; report-uri /api/v1/csp-reports";
}

}  // namespace

void add_security_headers(http::Response& response, http::Request const& request, std::string const& nonce) {
    auto head = request.secure ? api_head : api_head.substr(0, api_head.find(tls_line));
    if (nonce.empty() && !says_itself(response)) {
        response.fixed_head = head;
        return;
    }
    auto const add = [&](std::string_view name, std::string value) {
        for (auto const& header : response.headers)
            if (header.name == name) return;
        response.headers.push_back({std::string(name), std::move(value)});
    };
    if (!nonce.empty()) add("Content-Security-Policy", page_policy(nonce));
    while (!head.empty()) {
        auto const line = head.substr(0, head.find("\r\n"));
        auto const colon = line.find(": ");
        add(line.substr(0, colon), std::string(line.substr(colon + 2)));
        head.remove_prefix(line.size() + 2);
    }
}

}  // namespace patron
