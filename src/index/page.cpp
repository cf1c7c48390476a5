#include "index/page.hpp"

#include "index/parts.hpp"

#include <cmath>

namespace patron::index {

namespace {

// Rows by a key of eight bytes, then by what stands behind it, then by id; `compare` is asked only for equal keys.
template <class Key, class Compare>
struct Order {
    Key key;
    Compare compare;  // < 0, 0, > 0
    std::vector<std::int64_t> const& ids;
    bool descending;

    bool operator()(Row one, Row other) const {
        auto const left = key(one), right = key(other);
        if (left != right) return (left < right) != descending;
        if (auto const order = compare(one, other); order != 0) return (order < 0) != descending;
        return ids[one] != ids[other] && (ids[one] < ids[other]) != descending;
    }
};
template <class Key, class Compare>
Order(Key, Compare, std::vector<std::int64_t> const&, bool) -> Order<Key, Compare>;

// The rows of a page and one more. `to_place(row)` < 0 where the row stands before the place, by its value alone.
template <class Rows, class ToPlace>
std::vector<Row> rows_behind(Bits const& among, Rows const& order, std::optional<Place> const& behind,
                             std::size_t limit, ToPlace const& to_place) {
    if (!behind) return first_rows(among, limit + 1, order);
    Bits left(among.rows());
    auto& words = left.words();
    among.each([&](Row row) {
        auto side = to_place(row);
        if (side == 0) side = order.ids[row] == behind->id ? 0 : order.ids[row] < behind->id ? -1 : 1;
        words[row / 64] |= std::uint64_t{order.descending ? side < 0 : side > 0} << (row % 64);
    });
    return first_rows(left, limit + 1, order);
}

int sign(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

double number_or_least(std::vector<double> const& numbers, Row row) {
    return row >= numbers.size() || std::isnan(numbers[row]) ? no_number : numbers[row];
}

}  // namespace

Page Index::page(Bits const& among, Sort const& sort, std::optional<Place> const& behind, std::size_t limit) const {
    auto const& parts = *parts_;
    std::vector<Row> rows;
    Page page;
    auto const finish = [&](auto const& set_value) {
        page.more = rows.size() > limit;
        if (page.more) rows.pop_back();
        for (auto const row : rows) {
            page.places.push_back({parts.ids[row], 0, {}});
            set_value(page.places.back(), row);
        }
        return std::move(page);
    };

    if (sort.by == Sort::By::number) {
        static std::vector<double> const nothing;
        auto const* const column = parts.column(sort.attribute);
        auto const& numbers = column == nullptr ? nothing : column->numbers;
        auto const number = [&](Row row) { return number_or_least(numbers, row); };
        Order const order{number, [](Row, Row) { return 0; }, parts.ids, sort.descending};
        rows = rows_behind(among, order, behind, limit, [&](Row row) {
            auto const own = number(row);
            return own < behind->number ? -1 : own > behind->number ? 1 : 0;
        });
        return finish([&](Place& place, Row row) { place.number = number(row); });
    }

    auto const by_text = [&](auto const& head, auto const& text) {
        Order const order{head, [&](Row one, Row other) { return sign(text(one) <=> text(other)); }, parts.ids,
                          sort.descending};
        auto const wanted = behind ? head_of(behind->text) : 0;
        rows = rows_behind(among, order, behind, limit, [&](Row row) {
            auto const own = head(row);
            return own < wanted ? -1 : own > wanted ? 1 : sign(text(row) <=> std::string_view(behind->text));
        });
        return finish([&](Place& place, Row row) { place.text = text(row); });
    };
    if (sort.by == Sort::By::name)
        return by_text([&](Row row) { return parts.key_heads[row]; },
                       [&](Row row) { return parts.view(row).name_key; });
    auto const& firsts = parts.values.firsts(sort.attribute, parts.rows());
    return by_text([&](Row row) { return row < firsts.heads.size() ? firsts.heads[row] : 0; },
                   [&](Row row) {
                       auto const number = row < firsts.numbers.size() ? firsts.numbers[row] : FirstValues::none;
                       return number == FirstValues::none ? std::string_view() : parts.values.text(number);
                   });
}

}  // namespace patron::index
