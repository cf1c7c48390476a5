// The way between Patron's UTF-8 and ICU's UTF-16, for the text functions of this folder.
#pragma once
#include <string>
#include <string_view>
#include <unicode/unistr.h>

namespace patron {

inline icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

inline std::string utf8(icu::UnicodeString const& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

inline bool is_ascii_digit(char letter) { return letter >= '0' && letter <= '9'; }
inline bool is_ascii_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
inline char ascii_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}
inline char ascii_upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32) : letter;
}

// The length of the run of ASCII at the beginning.
std::size_t ascii_prefix(std::string_view text);

}  // namespace patron
