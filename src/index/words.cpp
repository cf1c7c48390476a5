#include "index/words.hpp"

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
    auto const number = keep(text);
    ordered_.add(number, text_of());
    return number;
}

std::uint32_t Words::append(std::string_view text) {
    auto const number = keep(text);
    ordered_.append(number, head_of(text));
    return number;
}

std::uint32_t Words::keep(std::string_view text) {
    auto const number = static_cast<std::uint32_t>(all_.size());
    all_.push_back({{}, texts_.keep(text), static_cast<std::uint32_t>(text.size())});
    slots_.add(hash_of(text), number);
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
        auto const bytes = three_bytes(text, at);
        auto const hash = mixed(bytes);
        auto place = threes_by_bytes_.find(hash, [&](std::uint32_t of) { return threes_[of].bytes == bytes; });
        if (place == Slots::none) {
            place = static_cast<std::uint32_t>(threes_.size());
            threes_.push_back({bytes, {}});
            threes_by_bytes_.add(hash, place);
        }
        auto& list = threes_[place].words;
        if (list.bytes.empty() || list.last != number) list.add(number);
    }
    return number;
}

Words::ThreeBytes const* Words::find_three(std::uint32_t bytes) const {
    auto const place =
        threes_by_bytes_.find(mixed(bytes), [&](std::uint32_t of) { return threes_[of].bytes == bytes; });
    return place == Slots::none ? nullptr : &threes_[place];
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

Posting& Words::rows_beginning(std::uint64_t beginning, Field field) {
    auto const hash = mixed(beginning);
    auto const same = [&](std::uint32_t number) { return beginnings_[number].letters == beginning; };
    auto number = beginnings_by_letters_.find(hash, same);
    if (number == Slots::none) {
        number = static_cast<std::uint32_t>(beginnings_.size());
        beginnings_.push_back({beginning, {}});
        beginnings_by_letters_.add(hash, number);
    }
    return beginnings_[number].rows[static_cast<std::size_t>(field)];
}

// No byte of UTF-8 is as high as 0xff.
OrderedWords::Position Words::behind(std::string_view beginning) const {
    return ordered_.lower_bound(std::string(beginning) + '\xff', text_of());
}

void Words::starting(std::string_view beginning, Bits& in_name, Bits& elsewhere) const {
    auto kept = false;
    each_beginning(beginning, [&](std::uint64_t letters) {
        if (letters != head_of(beginning) || beginning.size() > 8) return;
        kept = true;
        auto const number = beginnings_by_letters_.find(
            mixed(letters), [&](std::uint32_t at) { return beginnings_[at].letters == letters; });
        if (number == Slots::none) return;
        beginnings_[number].rows[0].into(in_name);
        beginnings_[number].rows[1].into(elsewhere);
    });
    if (kept) return;
    std::vector<std::uint32_t> numbers;
    ordered_.each(ordered_.lower_bound(beginning, text_of()), behind(beginning),
                  [&](std::uint32_t number) { numbers.push_back(number); });
    rows_of(numbers, in_name, elsewhere);
}

// Words stand all over the memory: what is wanted a little later is sent for ahead of time.
void Words::rows_of(std::vector<std::uint32_t> const& numbers, Bits& in_name, Bits& elsewhere) const {
    constexpr std::size_t ahead = 16;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        if (at + ahead < numbers.size()) __builtin_prefetch(&all_[numbers[at + ahead]]);
        all_[numbers[at]].rows[0].into(in_name);
        all_[numbers[at]].rows[1].into(elsewhere);
    }
}

std::vector<std::uint32_t> Words::holding(std::string_view letters) const {
    std::vector<Ascending const*> lists;
    for (std::size_t at = 0; at + 3 <= letters.size(); ++at) {
        auto const* const found = find_three(three_bytes(letters, at));
        if (found == nullptr) return {};
        lists.push_back(&found->words);
    }
    if (lists.empty()) return {};
    std::sort(lists.begin(), lists.end(),
              [](auto const* one, auto const* other) { return one->bytes.size() < other->bytes.size(); });
    auto numbers = lists.front()->numbers();
    // The rarest two leave few enough to look at.
    if (lists.size() > 1 && lists[1] != lists[0]) {
        std::vector<std::uint32_t> both;
        auto const second = lists[1]->numbers();
        std::set_intersection(numbers.begin(), numbers.end(), second.begin(), second.end(), std::back_inserter(both));
        numbers = std::move(both);
    }
    if (letters.size() == 3) return numbers;
    constexpr std::size_t ahead = 16;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        if (at + 2 * ahead < numbers.size()) __builtin_prefetch(&all_[numbers[at + 2 * ahead]]);
        if (at + ahead < numbers.size()) __builtin_prefetch(texts_.at(all_[numbers[at + ahead]].place));
        if (text(numbers[at]).find(letters) != std::string_view::npos) numbers[kept++] = numbers[at];
    }
    numbers.resize(kept);
    return numbers;
}

std::size_t Words::bytes() const {
    auto sum = all_.capacity() * sizeof(Word) + texts_.bytes() + slots_.bytes() + ordered_.bytes();
    for (auto const& word : all_) sum += word.rows[0].bytes() + word.rows[1].bytes();
    sum += threes_.capacity() * sizeof(ThreeBytes) + threes_by_bytes_.bytes();
    for (auto const& three : threes_) sum += 16 + three.words.bytes.capacity();
    sum += beginnings_.capacity() * sizeof(Beginning) + beginnings_by_letters_.bytes();
    for (auto const& beginning : beginnings_) sum += beginning.rows[0].bytes() + beginning.rows[1].bytes();
    return sum;
}

}  // namespace patron::index
