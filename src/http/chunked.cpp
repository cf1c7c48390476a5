#include "http/chunked.hpp"

#include "http/ascii.hpp"

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
    bool const followed_well = digits == text.size() || text[digits] == ';';
    if (digits == 0 || digits > 15 || !followed_well) {
        refusal = bad("The size of a chunk is malformed.");
        return {};
    }
    if (!all(value_byte, text.substr(digits))) {
        refusal = bad("A chunk extension holds forbidden characters.");
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
    return {line->size(), {}};
}

}  // namespace patron::http
