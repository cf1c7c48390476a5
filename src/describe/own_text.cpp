#include "describe/own_text.hpp"

#include <cstring>
#include <stdexcept>

namespace patron {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_utf8(std::string& text, std::uint32_t point) {
    auto const add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) add(point);
    else if (point < 0x800) add(0xc0 | point >> 6), add(0x80 | (point & 63));
    else if (point < 0x10000) add(0xe0 | point >> 12), add(0x80 | (point >> 6 & 63)), add(0x80 | (point & 63));
    else
        add(0xf0 | point >> 18), add(0x80 | (point >> 12 & 63)), add(0x80 | (point >> 6 & 63)),
            add(0x80 | (point & 63));
}

}  // namespace

void OwnText::fail() { throw std::runtime_error("What Patron wrote as JSON cannot be read again."); }

void OwnText::end(char wanted) {
    if (!take(wanted)) fail();
}

std::string_view OwnText::plain() {
    end('"');
    auto const* close = static_cast<char const*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
    if (!close) fail();
    std::string_view const text(at_, static_cast<std::size_t>(close - at_));
    at_ = close + 1;
    return text;
}

void OwnText::read(std::string& text) {
    auto const* begin = at_;
    auto const quick = plain();
    if (quick.find('\\') == std::string_view::npos) return void(text = quick);
    at_ = begin;
    end('"');
    text.clear();
    unescape(text);
}

bool OwnText::take_name(std::string_view name) {
    auto const size = name.size() + 3;
    if (static_cast<std::size_t>(end_ - at_) < size || at_[0] != '"' || at_[size - 2] != '"' || at_[size - 1] != ':' ||
        std::memcmp(at_ + 1, name.data(), name.size()) != 0)
        return false;
    at_ += size;
    return true;
}

std::string_view OwnText::name() {
    auto const* begin = at_;
    auto name = plain();
    if (name.find('\\') != std::string_view::npos) {
        at_ = begin;
        read(name_);
        name = name_;
    }
    end(':');
    return name;
}

// RFC 8259 §7, up to the closing quote.
void OwnText::unescape(std::string& text) {
    auto const unit = [&] {
        std::uint32_t value = 0;
        if (end_ - at_ < 4) fail();
        for (int i = 0; i < 4; ++i) {
            auto const digit = hex_value(*at_++);
            if (digit < 0) fail();
            value = value << 4 | static_cast<std::uint32_t>(digit);
        }
        return value;
    };
    while (at_ < end_) {
        char const c = *at_++;
        if (c == '"') return;
        if (c != '\\') {
            text += c;
            continue;
        }
        if (at_ == end_) fail();
        switch (char const escaped = *at_++) {
            case 'n': text += '\n'; break;
            case 't': text += '\t'; break;
            case 'r': text += '\r'; break;
            case 'b': text += '\b'; break;
            case 'f': text += '\f'; break;
            case 'u': {
                auto point = unit();
                if (point >= 0xd800 && point < 0xdc00 && end_ - at_ >= 6 && at_[0] == '\\' && at_[1] == 'u') {
                    at_ += 2;
                    point = 0x10000 + ((point & 0x3ff) << 10) + (unit() & 0x3ff);
                }
                append_utf8(text, point);
                break;
            }
            default: text += escaped;
        }
    }
    fail();
}

void OwnText::pass_string() {
    for (plain();;) {
        if (at_[-2] != '\\') return;
        int escapes = 0;
        for (auto const* back = at_ - 2; *back == '\\'; --back) ++escapes;
        if (escapes % 2 == 0) return;
        --at_;  // that quote was escaped: it opens what is left of the string
        plain();
    }
}

std::string_view OwnText::value() {
    auto const first = next();
    auto const* begin = at_;
    auto const from_begin = [&] { return std::string_view(begin, static_cast<std::size_t>(at_ - begin)); };
    if (first == '"') return pass_string(), from_begin();
    if (end_ - at_ >= 4 && std::memcmp(at_, "null", 4) == 0) return at_ += 4, from_begin();
    int depth = 0;
    do {
        char const c = next();
        if (c == '"') pass_string();
        else if (c == '{' || c == '[') ++depth, ++at_;
        else if (c == '}' || c == ']') --depth, ++at_;
        else if (c == ',' || c == ':') ++at_;
        else
            while (at_ < end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && *at_ != ' ' && *at_ != '\n') ++at_;
    } while (depth > 0);
    if (at_ > end_) fail();
    return from_begin();
}

}  // namespace patron
