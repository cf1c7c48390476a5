#include "http/chunked.hpp"

#include "http/ascii.hpp"

#include <algorithm>

namespace patron::http {
namespace {

constexpr std::size_t size_line_limit = 256;
constexpr std::size_t trailer_limit = 8 * 1024;

constexpr Refusal bad(std::string_view detail) { return {400, "bad_request", detail}; }

// The line at the front of `input` with its CR LF, or nothing while it is not whole.
std::optional<std::string_view> whole_line(std::string_view input, std::size_t limit, Refusal& refusal) {
    auto const feed = input.substr(0, limit).find('\n');
    if (feed == input.npos) {
        if (input.size() >= limit) refusal = bad("A line of the chunked body is too long.");
        return {};
    }
    if (feed == 0 || input[feed - 1] != '\r') {
        refusal = bad("A line of the chunked body ends without CR LF.");
        return {};
    }
    return input.substr(0, feed + 1);
}

// What would frame or route the message has no business behind it (RFC 9110 §6.5.1).
bool is_allowed_in_trailer(std::string_view name) {
    constexpr std::string_view forbidden[] = {"transfer-encoding", "content-length", "host", "connection",
                                              "proxy-connection"};
    return std::none_of(std::begin(forbidden), std::end(forbidden), [&](auto word) { return same_word(name, word); });
}

std::size_t token_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is(token_byte, text[length])) ++length;
    return length;
}

// Length of a quoted string with its quotes, 0 when it is none (RFC 9110 §5.6.4).
std::size_t quoted_length(std::string_view text) {
    if (!text.starts_with('"')) return 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') return i + 1;
        if (text[i] == '\\') ++i;
        if (i == text.size() || !is(value_byte, text[i])) return 0;
    }
    return 0;
}

// Any number of ;name, ;name=token and ;name="text". The white space that RFC 9112 calls bad is refused.
bool are_extensions(std::string_view text) {
    while (!text.empty()) {
        auto const name = text.front() == ';' ? token_length(text.substr(1)) : 0;
        if (name == 0) return false;
        text.remove_prefix(1 + name);
        if (!text.starts_with('=')) continue;
        text.remove_prefix(1);
        auto const value = std::max(token_length(text), quoted_length(text));
        if (value == 0) return false;
        text.remove_prefix(value);
    }
    return true;
}

}  // namespace

ChunkReader::Step ChunkReader::take(std::string_view input, Refusal& refusal) {
    switch (state_) {
        case State::size_line: return take_size_line(input, refusal);
        case State::data: return take_data(input);
        case State::data_end: return take_data_end(input, refusal);
        case State::trailer: return take_trailer(input, refusal);
        case State::finished: break;
    }
    return {};
}

ChunkReader::Step ChunkReader::take_size_line(std::string_view input, Refusal& refusal) {
    auto const line = whole_line(input, size_line_limit, refusal);
    if (!line) return {};
    auto const text = line->substr(0, line->size() - 2);
    std::size_t digits = 0;
    left_ = 0;
    for (; digits < text.size() && hex_digit(text[digits]) >= 0; ++digits)
        left_ = left_ * 16 + static_cast<std::uint64_t>(hex_digit(text[digits]));
    if (digits == 0 || digits > 15 || !are_extensions(text.substr(digits))) {
        refusal = bad("The size of a chunk is malformed.");
        return {};
    }
    state_ = left_ ? State::data : State::trailer;
    return {line->size(), {}};
}

ChunkReader::Step ChunkReader::take_data(std::string_view input) {
    auto const data = input.substr(0, left_);
    left_ -= data.size();
    if (left_ == 0) state_ = State::data_end;
    return {data.size(), data};
}

ChunkReader::Step ChunkReader::take_data_end(std::string_view input, Refusal& refusal) {
    constexpr std::string_view end = "\r\n";
    if (!input.starts_with(end)) {
        if (!end.starts_with(input)) refusal = bad("A chunk is longer than it says.");
        return {};
    }
    state_ = State::size_line;
    return {end.size(), {}};
}

ChunkReader::Step ChunkReader::take_trailer(std::string_view input, Refusal& refusal) {
    auto const line = whole_line(input, trailer_limit - trailer_size_, refusal);
    if (!line) return {};
    trailer_size_ += line->size();
    if (line->size() == 2) {
        state_ = State::finished;
        return {2, {}};
    }
    std::string_view name;
    std::string_view value;
    refusal = split_header(line->substr(0, line->size() - 2), name, value);
    if (!refusal && !is_allowed_in_trailer(name)) refusal = bad("A trailer changes the framing of the request.");
    return {line->size(), {}};
}

}  // namespace patron::http
