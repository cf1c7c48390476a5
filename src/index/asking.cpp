// Questions about sets: who has what, how many, and the first page of them in an order.
#include "index/parts.hpp"

#include <cmath>
#include <cstring>

namespace patron::index {

std::size_t Index::size() const { return parts_->rows() - parts_->unused.size(); }

std::size_t Index::bytes() const {
    auto const& parts = *parts_;
    auto sum = parts.marks.bytes() + parts.values.bytes() + parts.words.bytes() + parts.digits.bytes() +
               parts.blocks.bytes() + parts.by_id.bytes();
    for (auto const& column : parts.columns) sum += column.numbers.bytes();
    sum += parts.ids.bytes() + parts.places.capacity() * sizeof(std::uint32_t);
    sum += parts.key_heads.bytes() + parts.name_heads.capacity() * sizeof(std::uint64_t);
    sum += parts.kept.bytes();
    sum += (parts.live.words().capacity() + parts.binned.words().capacity()) * sizeof(std::uint64_t);
    return sum + parts.unused.capacity() * sizeof(Row) + sizeof(Parts);
}

Bits Index::live() const { return parts_->live; }
Bits Index::binned() const { return parts_->binned; }
Bits Index::none() const { return Bits(parts_->rows()); }

Bits Index::marked(Attribute attribute, std::int64_t value) const {
    auto bits = none();
    if (auto const* const rows = parts_->marks.rows(attribute, value)) rows->into(bits);
    return bits;
}

Bits Index::any_mark(Attribute attribute) const {
    auto bits = none();
    parts_->marks.each(attribute, [&](Marks::Mark const& mark) { mark.rows.into(bits); });
    return bits;
}

Bits Index::text_is(Attribute attribute, std::string_view value) const {
    auto bits = none();
    if (auto const* const rows = parts_->values.rows(attribute, value)) rows->into(bits);
    return bits;
}

Bits Index::text_contains(Attribute attribute, std::string_view part) const {
    auto bits = none();
    parts_->values.containing(attribute, part, bits);
    return bits;
}

Bits Index::text_between(Attribute attribute, std::optional<TextBound> const& lower,
                         std::optional<TextBound> const& upper) const {
    auto bits = none();
    parts_->values.each(attribute, [&](std::string_view text, Posting const& rows) {
        if (lower && (lower->inclusive ? text < lower->value : text <= lower->value)) return;
        if (upper && (upper->inclusive ? text > upper->value : text >= upper->value)) return;
        rows.into(bits);
    });
    return bits;
}

Bits Index::text_where(Attribute attribute, std::function<bool(std::string_view)> const& fits) const {
    auto bits = none();
    parts_->values.each(attribute, [&](std::string_view text, Posting const& rows) {
        if (fits(text)) rows.into(bits);
    });
    return bits;
}

Bits Index::any_text(Attribute attribute) const {
    auto bits = none();
    parts_->values.each(attribute, [&](std::string_view, Posting const& rows) { rows.into(bits); });
    return bits;
}

namespace {

// Eight bytes that are 0 or 1 as eight bits: the product moves each to its place in the highest byte.
std::uint64_t bits_of(unsigned char const* bytes) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, sizeof eight);
    return eight * 0x0102040810204080u >> 56;
}

}  // namespace

// Most words of 64 rows are decided by the least and greatest of theirs where numbers grow with rows, as times do. NaN
// fits nothing that compares.
Bits Index::number_between(Attribute attribute, std::optional<Bound> lower, std::optional<Bound> upper) const {
    auto bits = none();
    auto const& numbers = parts_->numbers(attribute);
    // An exclusive bound is the next number's inclusive one.
    auto const low = !lower ? -HUGE_VAL : lower->inclusive ? lower->value : std::nextafter(lower->value, HUGE_VAL);
    auto const high = !upper ? HUGE_VAL : upper->inclusive ? upper->value : std::nextafter(upper->value, -HUGE_VAL);
    auto* const words = bits.words().data();
    for (std::size_t from = 0; from < numbers.size(); from += 64) {
        auto const zone = numbers.zone(from / 64);
        if (zone.greatest < low || zone.least > high) continue;
        if (zone.least > no_number && zone.least >= low && zone.greatest <= high) {
            words[from / 64] = ~std::uint64_t{0};
            continue;
        }
        unsigned char fits[64] = {};
        auto const* const own = numbers.data() + from;
        auto const end = std::min<std::size_t>(64, numbers.size() - from);
        for (std::size_t at = 0; at < end; ++at) fits[at] = (own[at] >= low) & (own[at] <= high);
        for (std::size_t at = 0; at < 64; at += 8) words[from / 64] |= bits_of(fits + at) << at;
    }
    return bits;
}

Bits Index::any_number(Attribute attribute) const { return number_between(attribute, {}, {}); }

Bits Index::of_ids(std::span<std::int64_t const> ids) const {
    auto bits = none();
    for (auto const id : ids)
        if (auto const row = parts_->find(id); row != Slots::none) bits.set(row);
    return bits;
}

std::optional<Row> Index::row_of(std::int64_t id) const {
    auto const row = parts_->find(id);
    return row == Slots::none ? std::nullopt : std::optional(row);
}

std::int64_t Index::id_of(Row row) const { return parts_->ids[row]; }

std::vector<std::int64_t> Index::ids(Bits const& rows) const {
    std::vector<std::int64_t> ids;
    ids.reserve(rows.count());
    rows.each([&](Row row) { ids.push_back(parts_->ids[row]); });
    return ids;
}

std::optional<double> Index::number_of(Row row, Attribute attribute) const {
    auto const number = parts_->numbers(attribute)[row];
    return std::isnan(number) ? std::nullopt : std::optional(number);
}

std::vector<Tally<std::int64_t>> Index::tally_marks(Attribute attribute, Bits const& among) const {
    std::vector<Tally<std::int64_t>> tallies;
    parts_->marks.each(attribute, [&](Marks::Mark const& mark) {
        if (auto const count = mark.rows.count_in(among); count != 0) tallies.push_back({mark.value, count});
    });
    std::sort(tallies.begin(), tallies.end(),
              [](auto const& one, auto const& other) { return one.value < other.value; });
    return tallies;
}

std::vector<Tally<std::string>> Index::tally_texts(Attribute attribute, Bits const& among, std::size_t limit) const {
    std::vector<Tally<std::string_view>> all;
    parts_->values.each(attribute, [&](std::string_view text, Posting const& rows) {
        if (auto const count = rows.count_in(among); count != 0) all.push_back({text, count});
    });
    auto const first = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), first, all.end(), [](auto const& one, auto const& other) {
        return one.count != other.count ? one.count > other.count : one.value < other.value;
    });
    std::vector<Tally<std::string>> tallies;
    for (auto at = all.begin(); at != first; ++at) tallies.push_back({std::string(at->value), at->count});
    return tallies;
}

Sum Index::sum(Attribute attribute, Bits const& among) const {
    Sum sum;
    auto const& numbers = parts_->numbers(attribute);
    among.each([&](Row row) {
        auto const number = numbers[row];
        if (std::isnan(number)) return;
        sum.least = sum.count == 0 ? number : std::min(sum.least, number);
        sum.greatest = sum.count == 0 ? number : std::max(sum.greatest, number);
        sum.sum += number;
        ++sum.count;
    });
    return sum;
}

}  // namespace patron::index
