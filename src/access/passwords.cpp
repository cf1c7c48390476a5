#include "access/passwords.hpp"

#include "base/fold.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr std::size_t fewest = 12, most = 128;
// What stands around a word that is guessed anyway must be longer than a year and some signs.
constexpr std::size_t little = 6;

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Digits and signs that are written for letters.
std::string without_disguise(std::string_view text) {
    constexpr std::string_view signs = "0134578@$!|+", letters = "oleastbasilt";
    std::string plain(text);
    for (char& c : plain)
        if (auto const at = signs.find(c); at != std::string_view::npos) c = letters[at];
    return plain;
}

bool is_dressed_up_common(std::string const& lower) {
    if (is_common_password(lower) || is_common_password(without_disguise(lower))) return true;
    // The disguise may begin or end the word, so every cut that leaves little around it is tried.
    auto const plain = without_disguise(lower);
    for (std::size_t cut = 0; cut <= little && cut < lower.size(); ++cut)
        for (std::size_t before = 0; before <= cut; ++before) {
            auto const around = lower.substr(0, before) + lower.substr(lower.size() - (cut - before));
            if (std::any_of(around.begin(), around.end(), is_letter)) continue;
            auto const length = lower.size() - cut;
            if (is_common_password(std::string_view(lower).substr(before, length)) ||
                is_common_password(std::string_view(plain).substr(before, length)))
                return true;
        }
    return false;
}

// "abcabcabcabc": a few characters over and over.
bool is_repetition(std::string_view text) {
    for (std::size_t unit = 1; unit * 2 <= text.size(); ++unit) {
        bool same = true;
        for (std::size_t i = unit; same && i < text.size(); ++i) same = text[i] == text[i - unit];
        if (!same) continue;
        // A long unit said twice is as good as the unit alone.
        return code_points(text.substr(0, unit)) < fewest;
    }
    return false;
}

// Characters that follow one another in the alphabet, in counting or on a keyboard.
bool follow(char a, char b) {
    if (b == a + 1 || b == a - 1) return true;
    for (std::string_view const row :
         {"1234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "azertyuiop", "qsdfghjklm"}) {
        auto const at = row.find(a), next = row.find(b);
        if (at == std::string_view::npos || next == std::string_view::npos) continue;
        if (next == at + 1 || at == next + 1) return true;
    }
    return false;
}

bool is_sequence(std::string_view lower) {
    std::size_t runs = 1;
    for (std::size_t i = 1; i < lower.size(); ++i) runs += follow(lower[i - 1], lower[i]) ? 0 : 1;
    return runs <= 3 && lower.size() < 40;
}

// Is there hardly anything in it but words that whoever guesses knows?
bool is_made_of(std::string rest, std::vector<std::string> const& context) {
    bool found = false;
    for (auto const& one : context)
        for (auto const& word : words(one))
            for (std::size_t at; code_points(word) >= 3 && (at = rest.find(word)) != std::string::npos; found = true)
                rest.erase(at, word.size());
    return found && code_points(rest) <= little;
}

}  // namespace

std::optional<FieldError> password_weakness(std::string_view password, std::string_view pointer,
                                            std::vector<std::string> const& context) {
    auto const weak = [&](std::string_view code, std::string message) {
        return FieldError{std::string(pointer), std::string(code), std::move(message)};
    };
    auto const length = code_points(password);
    if (length < fewest)
        return weak("too_short",
                    "The password must have at least 12 characters; a few words in a row are easy to remember.");
    if (length > most) return weak("too_long", "The password may have at most 128 characters.");
    auto const lower = lower_ascii(password);
    if (is_dressed_up_common(lower))
        return weak("well_known", "This password is among the first that are guessed; choose another.");
    if (is_repetition(lower) || is_sequence(lower))
        return weak("too_easy", "This password is too easy to guess; choose another.");
    if (is_made_of(fold(password), context))
        return weak("too_close", "This password is made of names or addresses that others know; choose another.");
    return {};
}

}  // namespace patron
