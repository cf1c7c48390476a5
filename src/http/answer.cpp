#include "http/answer.hpp"

#include "http/ascii.hpp"

#include <charconv>

namespace patron::http {

std::string_view reason(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
    }
    return "Status";
}

namespace {

bool frames_the_body(std::string_view name) {
    switch (name.size()) {
        case 4: return same_word(name, "date");
        case 10: return same_word(name, "connection");
        case 14: return same_word(name, "content-length");
        case 17: return same_word(name, "transfer-encoding");
    }
    return false;
}

void append_number(std::string& out, std::uint64_t number) {
    char digits[20];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void append_header(std::string& out, Header const& header) {
    if (header.name.empty() || !all(token_byte, header.name) || frames_the_body(header.name)) return;
    out.append(header.name).append(": ");
    auto const begin = out.size();
    out.append(header.value);
    for (auto i = begin; i < out.size(); ++i)
        if (!is(value_byte, out[i])) out[i] = ' ';
    out.append("\r\n");
}

}  // namespace

void write_head(std::string& out, Response const& response, BodyFraming framing, bool close, std::string_view date) {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::uint64_t>(response.status));
    out.append(" ").append(reason(response.status)).append("\r\nDate: ").append(date).append("\r\n");
    for (auto const& header : response.headers) append_header(out, header);
    out.append(response.fixed_head);
    if (framing.length) {
        out.append("Content-Length: ");
        append_number(out, *framing.length);
        out.append("\r\n");
    } else if (framing.chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    }
    if (close) out.append("Connection: close\r\n");
    out.append("\r\n");
}

void append_chunk(std::string& out, std::string_view data, bool chunked) {
    if (!chunked) {
        out.append(data);
        return;
    }
    char size[16];
    auto const end = std::to_chars(size, size + sizeof size, data.size(), 16).ptr;
    out.append(size, end).append("\r\n").append(data).append("\r\n");
}

std::string_view DateText::now() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME_COARSE, &time);
    if (time.tv_sec != second_) {
        second_ = time.tv_sec;
        std::tm parts{};
        gmtime_r(&second_, &parts);
        // The process runs in the C locale's time names: nobody calls setlocale for LC_TIME.
        size_ = std::strftime(text_, sizeof text_, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    }
    return {text_, size_};
}

}  // namespace patron::http
