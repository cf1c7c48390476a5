// Bytes and words as the grammar of HTTP sees them (RFC 9110 §5.6): ASCII only, never the locale's.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace patron::http {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }

// Value of a hexadecimal digit, or -1.
constexpr int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

// Equal but for the case of ASCII letters.
constexpr bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    return true;
}

enum ByteClass : std::uint8_t {
    token_byte = 1,  // tchar, RFC 9110 §5.6.2
    path_byte = 2,   // what a browser leaves unescaped in a path
    query_byte = 4,  // the same in a query, where browsers leave more
    value_byte = 8,  // field-content and HTAB: visible, space, obs-text
    host_byte = 16,  // registered names, IPv4, [IPv6] and port; user information and lists are not hosts
};

constexpr std::array<std::uint8_t, 256> byte_classes = [] {
    std::array<std::uint8_t, 256> classes{};
    for (int byte = 0; byte < 256; ++byte) {
        auto const c = static_cast<char>(byte);
        std::uint8_t& flags = classes[static_cast<std::size_t>(byte)];
        constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
        if (is_alphanumeric(c) || marks.find(c) != marks.npos) flags |= token_byte;
        if (byte == '\t' || (byte >= 0x20 && byte != 0x7f)) flags |= value_byte;
        constexpr std::string_view never = "\"<>#";
        constexpr std::string_view not_in_paths = "?\\^`{|}";
        if (byte > 0x20 && byte < 0x7f && never.find(c) == never.npos) {
            flags |= query_byte;
            if (not_in_paths.find(c) == not_in_paths.npos) flags |= path_byte;
        }
        constexpr std::string_view host_marks = "-._~%!$&'()*+;=:[]";
        if (is_alphanumeric(c) || host_marks.find(c) != host_marks.npos) flags |= host_byte;
    }
    return classes;
}();

constexpr bool is(ByteClass wanted, char c) { return byte_classes[static_cast<unsigned char>(c)] & wanted; }

constexpr bool all(ByteClass wanted, std::string_view text) {
    for (char c : text)
        if (!is(wanted, c)) return false;
    return true;
}

// The same as all(value_byte, …), eight bytes at a time: header values are most of what comes in.
inline bool are_values(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high_bits = ones * 0x80;
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t bytes;
        std::memcpy(&bytes, text.data(), 8);
        auto const like_delete = bytes ^ (ones * 0x7f);
        // A high bit is set where a byte is below 0x20 or is 0x7f; a borrow can only report too much.
        auto const suspects = (((bytes - ones * 0x20) & ~bytes) | ((like_delete - ones) & ~like_delete)) & high_bits;
        if (suspects && !all(value_byte, text.substr(0, 8))) return false;
    }
    return all(value_byte, text);
}

// Without optional white space (SP, HTAB) at both ends.
constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace patron::http
