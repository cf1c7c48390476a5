#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <cstring>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace patron {

namespace {

unsigned char byte(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool continues(unsigned char octet) { return (octet & 0xC0) == 0x80; }

// The length of the well-formed sequence (RFC 3629 §4, its table of octets) that begins with a non-ASCII octet, else 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    auto const first = byte(text, at), second = byte(text, at + 1);
    if (first >= 0xC2 && first <= 0xDF) return continues(second) ? 2 : 0;
    if (!continues(second) || !continues(byte(text, at + 2))) return 0;
    if (first == 0xE0) return second >= 0xA0 ? 3 : 0;  // below: overlong
    if (first == 0xED) return second <= 0x9F ? 3 : 0;  // above: surrogates
    if (first >= 0xE1 && first <= 0xEF) return 3;
    if (!continues(byte(text, at + 3))) return 0;
    if (first == 0xF0) return second >= 0x90 ? 4 : 0;  // below: overlong
    if (first == 0xF4) return second <= 0x8F ? 4 : 0;  // above: beyond U+10FFFF
    return first >= 0xF1 && first <= 0xF3 ? 4 : 0;
}

// Bidi embeddings, overrides and isolates can make a text read as another than it is (Unicode TR 36 §3.3);
// the plain direction marks U+200E, U+200F and U+061C can't.
bool is_forbidden(UChar32 point) {
    if (point < 0x20) return point != '\t' && point != '\n';
    if (point >= 0x7F && point <= 0x9F) return true;
    return point == 0x2028 || point == 0x2029 || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

std::string_view trimmed(std::string_view text) {
    auto const* octets = reinterpret_cast<unsigned char const*>(text.data());
    int32_t begin = 0, end = static_cast<int32_t>(text.size());
    for (UChar32 point; begin < end;) {
        int32_t next = begin;
        U8_NEXT(octets, next, end, point);
        if (!u_isUWhiteSpace(point)) break;
        begin = next;
    }
    for (UChar32 point; end > begin;) {
        int32_t before = end;
        U8_PREV(octets, begin, before, point);
        if (!u_isUWhiteSpace(point)) break;
        end = before;
    }
    return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') out += text[i];
        else if (byte(text, i + 1) != '\n') out += '\n';
    }
    return out;
}

std::string composed(std::string text) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status) || nfc->isNormalizedUTF8(text, status)) return text;
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    nfc->normalizeUTF8(0, text, sink, nullptr, status);
    return U_FAILURE(status) ? text : out;
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) {
    std::size_t at = 0;
    for (std::uint64_t eight; at + 8 <= text.size(); at += 8) {
        std::memcpy(&eight, text.data() + at, 8);
        if (eight & 0x8080808080808080U) break;
    }
    while (at < text.size() && !(text[at] & 0x80)) ++at;
    return at;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = ascii_prefix(text); at < text.size();) {
        auto const length = sequence_length(text, at);
        if (length == 0) return false;
        at += length;
        if (!(byte(text, at) & 0x80)) at += ascii_prefix(text.substr(at));
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char octet) { return !continues(static_cast<unsigned char>(octet)); }));
}

std::string tidy(std::string_view text) {
    auto const inner = trimmed(text);
    auto lines = inner.find('\r') == inner.npos ? std::string(inner) : with_line_feeds(inner);
    return ascii_prefix(lines) == lines.size() ? lines : composed(std::move(lines));
}

bool has_forbidden_control(std::string_view text) {
    auto const* octets = reinterpret_cast<unsigned char const*>(text.data());
    auto const end = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < end;) {
        UChar32 point;
        U8_NEXT(octets, at, end, point);
        if (is_forbidden(point)) return true;  // a negative point stands for ill-formed bytes
    }
    return false;
}

std::string digits(std::string_view text) {
    std::string out;
    auto const* octets = reinterpret_cast<unsigned char const*>(text.data());
    auto const end = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < end;) {
        UChar32 point;
        U8_NEXT(octets, at, end, point);
        auto const value = point < 0 ? -1 : u_charDigitValue(point);
        if (value >= 0) out += static_cast<char>('0' + value);
    }
    return out;
}

}  // namespace patron
