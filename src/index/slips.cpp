// Words that may have been meant where one letter is missing, too many, wrong, or two are swapped.
#include "index/words.hpp"

#include <unicode/utf8.h>

namespace patron::index {

bool within_a_slip(std::string_view one, std::string_view other) {
    auto const letter_bytes = [](std::string_view text) {
        auto bytes = std::size_t{1};
        while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) ++bytes;
        return std::min(bytes, text.size());
    };
    auto const last_letter = [&](std::string_view text) {
        auto at = text.size() - 1;
        while (at != 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
        return text.substr(at);
    };
    while (!one.empty() && !other.empty()) {
        auto const letter = one.substr(0, letter_bytes(one));
        if (!other.starts_with(letter)) break;
        one.remove_prefix(letter.size()), other.remove_prefix(letter.size());
    }
    while (!one.empty() && !other.empty()) {
        auto const letter = last_letter(one);
        if (!other.ends_with(letter)) break;
        one.remove_suffix(letter.size()), other.remove_suffix(letter.size());
    }
    auto const left = one.substr(letter_bytes(one)), others_left = other.substr(letter_bytes(other));
    if (left.empty() && others_left.empty()) return true;
    return one.size() == other.size() && one.substr(0, one.size() - left.size()) == others_left &&
           other.substr(0, other.size() - others_left.size()) == left;
}

// visit(letter) for letters that follow the beginning in some word, of the same block of 128 code points as `like`.
template <class Visit>
void Words::each_letter_after(std::string_view beginning, std::string_view like, Visit visit) const {
    // Within a block all but the last six bits' byte and one bit of the byte before are equal: from its first letter on.
    auto const point = [](std::string_view text) {
        UChar32 found = 0;
        auto offset = std::int32_t{0};
        U8_NEXT(text.data(), offset, static_cast<std::int32_t>(text.size()), found);
        return found;
    };
    auto const block = point(like) >> 7;
    char first[4];
    auto bytes = std::int32_t{0};
    auto failed = false;
    U8_APPEND(first, bytes, 4, block << 7, failed);
    auto const from = failed ? std::string(like) : std::string(first, static_cast<std::size_t>(bytes));
    std::string reached(beginning);
    for (auto at = ordered_.lower_bound(reached + from, text_of()); !ordered_.at_end(at);) {
        auto const word = text(ordered_[at]);
        if (!word.starts_with(beginning) || word.size() == beginning.size()) return;
        auto const letter = word.substr(beginning.size(), code_point_bytes(word[beginning.size()]));
        if (point(letter) >> 7 != block) return;
        visit(letter);
        reached.resize(beginning.size());
        at = behind(reached += letter);
    }
}

void Words::add_slip(std::string_view text, Slips& slips) const {
    auto const first = ordered_.lower_bound(text, text_of());
    if (ordered_.at_end(first)) return;
    auto const word = this->text(ordered_[first]);
    if (!word.starts_with(text)) return;
    if (word == text) slips.whole.push_back(ordered_[first]);
    ordered_.each(first, behind(text), [&](std::uint32_t number) { slips.starting.push_back(number); });
}

// Instead of trying every letter everywhere, only those are tried that go on a word of ours.
Words::Slips Words::slips(std::string_view typed) const {
    std::vector<std::string_view> letters;
    for (std::size_t at = 0; at < typed.size(); at += letters.back().size())
        letters.push_back(typed.substr(at, code_point_bytes(typed[at])));
    Slips slips;
    std::string text;
    std::size_t at = 0;
    for (std::size_t letter = 0; letter < letters.size(); at += letters[letter].size(), ++letter) {
        auto const before = typed.substr(0, at), rest = typed.substr(at), later = rest.substr(letters[letter].size());
        auto const is_last = letter + 1 == letters.size();
        add_slip(text.assign(before).append(later), slips);  // one too many; the last one wrong
        if (!is_last && letters[letter] != letters[letter + 1]) {
            text.assign(before).append(letters[letter + 1]).append(letters[letter]);
            add_slip(text.append(later.substr(letters[letter + 1].size())), slips);
        }
        each_letter_after(before, letters[letter], [&](std::string_view other) {
            if (!is_last && other != letters[letter]) add_slip(text.assign(before).append(other).append(later), slips);
            add_slip(text.assign(before).append(other).append(rest), slips);
        });
    }
    // One missing at the end, and the last one wrong, where the word is complete.
    auto const add_whole = [&](std::string_view stem) {
        each_letter_after(stem, letters.back(), [&](std::string_view other) {
            auto const number = find(text.assign(stem).append(other));
            if (number != Slots::none) slips.whole.push_back(number);
        });
    };
    add_whole(typed);
    add_whole(typed.substr(0, typed.size() - letters.back().size()));
    for (auto* const list : {&slips.whole, &slips.starting}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return slips;
}

}  // namespace patron::index
