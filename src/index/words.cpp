#include "index/words.hpp"

#include "index/values.hpp"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace patron::index {

std::size_t code_point_bytes(char first) {
    auto const byte = static_cast<unsigned char>(first);
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

namespace {

bool is_ascii_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z');
}

bool is_apostrophe(std::string_view text, std::size_t at) { return text[at] == '\'' || text.substr(at, 3) == "\u2019"; }

// Letters, digits and the marks that folding leaves (Indic vowels).
bool is_word(UChar32 point) {
    return point >= 0 && (u_hasBinaryProperty(point, UCHAR_ALPHABETIC) || u_isdigit(point) ||
                          (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0);
}

// Bytes of the letter or digit at that place; 0 when none stands there.
std::size_t letter_at(std::string_view text, std::size_t at) {
    if (static_cast<unsigned char>(text[at]) < 0x80) return is_ascii_word(text[at]) ? 1 : 0;
    auto offset = static_cast<std::int32_t>(0);
    auto const left = static_cast<std::int32_t>(std::min<std::size_t>(text.size() - at, 4));
    UChar32 point = 0;
    U8_NEXT(text.data() + at, offset, left, point);
    return is_word(point) ? static_cast<std::size_t>(offset) : 0;
}

}  // namespace

void each_word(std::string_view folded, std::function<void(std::string_view)> const& visit) {
    std::string word;
    auto const end = [&] {
        if (!word.empty()) visit(word);
        word.clear();
    };
    for (std::size_t at = 0; at < folded.size();) {
        if (auto const letter = letter_at(folded, at); letter != 0) {
            if (word.size() + letter <= Words::longest) word.append(folded, at, letter);
            at += letter;
        } else if (is_apostrophe(folded, at)) {
            at += code_point_bytes(folded[at]);
        } else {
            end();
            at += std::min(code_point_bytes(folded[at]), folded.size() - at);
        }
    }
    end();
}

template <class Text>
OrderedWords::Position OrderedWords::lower_bound(std::string_view wanted, Text const& text) const {
    if (runs_.empty()) return {};
    // The last run that begins below; the one before it may end there too.
    auto const head = head_of(wanted);
    auto low = static_cast<std::size_t>(std::lower_bound(heads_.begin(), heads_.end(), head) - heads_.begin());
    auto high = static_cast<std::size_t>(std::upper_bound(heads_.begin(), heads_.end(), head) - heads_.begin());
    while (low < high) {
        auto const middle = (low + high) / 2;
        if (text(runs_[middle].front()) < wanted) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return {};
    auto const& run = runs_[low - 1];
    auto const at = std::lower_bound(run.begin(), run.end(), wanted,
                                     [&](std::uint32_t number, std::string_view than) { return text(number) < than; });
    return at == run.end() ? Position{low, 0} : Position{low - 1, static_cast<std::size_t>(at - run.begin())};
}

template <class Text>
void OrderedWords::add(std::uint32_t number, Text const& text) {
    if (runs_.empty()) {
        runs_.push_back({number});
        heads_.push_back(head_of(text(number)));
        return;
    }
    auto [run, at] = lower_bound(text(number), text);
    if (at == 0 && run > 0) at = runs_[--run].size();  // behind the last of the run before
    auto& numbers = runs_[run];
    numbers.insert(numbers.begin() + static_cast<std::ptrdiff_t>(at), number);
    heads_[run] = head_of(text(numbers.front()));
    if (numbers.size() < longest_run) return;
    // Words that come in order, as from a snapshot, fill their runs.
    auto const appended = run + 1 == runs_.size() && at + 1 == numbers.size();
    auto const cut = numbers.begin() + static_cast<std::ptrdiff_t>(appended ? longest_run - 1 : longest_run / 2);
    std::vector<std::uint32_t> later(cut, numbers.end());
    numbers.erase(cut, numbers.end());
    heads_.insert(heads_.begin() + static_cast<std::ptrdiff_t>(run) + 1, head_of(text(later.front())));
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(run) + 1, std::move(later));
}

std::size_t OrderedWords::bytes() const {
    auto sum = runs_.capacity() * sizeof(runs_[0]) + heads_.capacity() * sizeof(heads_[0]);
    for (auto const& run : runs_) sum += run.capacity() * sizeof(std::uint32_t) + 16;
    return sum;
}

void Words::Ascending::add(std::uint32_t number) {
    auto step = number - last;
    last = number;
    for (; step >= 128; step >>= 7) bytes.push_back(static_cast<unsigned char>(step | 128));
    bytes.push_back(static_cast<unsigned char>(step));
}

std::vector<std::uint32_t> Words::Ascending::numbers() const {
    std::vector<std::uint32_t> all;
    all.reserve(bytes.size());
    std::uint32_t number = 0, step = 0, shift = 0;
    for (auto const byte : bytes) {
        step |= (byte & 127u) << shift;
        shift += 7;
        if (byte >= 128) continue;
        all.push_back(number += step);
        step = shift = 0;
    }
    return all;
}

namespace {

std::uint32_t three_bytes(std::string_view text, std::size_t at) {
    auto const byte = [&](std::size_t place) { return std::uint32_t{static_cast<unsigned char>(text[at + place])}; };
    return byte(0) << 16 | byte(1) << 8 | byte(2);
}

}  // namespace

std::uint32_t Words::number_of(std::string_view text) {
    auto const known = find(text);
    if (known != Slots::none) return known;
    auto const number = static_cast<std::uint32_t>(all_.size());
    all_.push_back({{}, texts_.keep(text), static_cast<std::uint32_t>(text.size())});
    slots_.add(hash_of(text), number);
    ordered_.add(number, text_of());
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
        auto& list = by_three_bytes_[three_bytes(text, at)];
        if (list.bytes.empty() || list.last != number) list.add(number);
    }
    return number;
}

std::uint32_t Words::find(std::string_view text) const {
    return slots_.find(hash_of(text), [&](std::uint32_t number) { return this->text(number) == text; });
}

std::vector<std::uint32_t> Words::ordered() const {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(all_.size());
    for (OrderedWords::Position at; !ordered_.at_end(at); at = ordered_.next(at)) numbers.push_back(ordered_[at]);
    return numbers;
}

std::uint64_t Words::beginning_of(std::string_view word) {
    auto const first = std::min(code_point_bytes(word.front()), word.size());
    auto const both = first == word.size() ? first : std::min(first + code_point_bytes(word[first]), word.size());
    return head_of(word.substr(0, both));
}

std::size_t Words::bytes() const {
    auto sum = all_.capacity() * sizeof(Word) + texts_.bytes() + slots_.bytes() + ordered_.bytes();
    for (auto const& word : all_) sum += word.rows[0].bytes() + word.rows[1].bytes();
    for (auto const& [bytes, list] : by_three_bytes_) sum += 64 + list.bytes.capacity();
    for (auto const& [beginning, rows] : beginnings_) sum += 64 + rows.rows[0].bytes() + rows.rows[1].bytes();
    return sum;
}

}  // namespace patron::index
