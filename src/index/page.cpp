#include "index/page.hpp"

#include "index/parts.hpp"

#include <compare>

namespace patron::index {

namespace {

int sign(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

}  // namespace

Page Index::page(Bits const& among, Sort const& sort, std::optional<Place> const& behind, std::size_t limit) const {
    auto const& parts = *parts_;
    auto const finish = [&](std::vector<Row> rows, auto const& set_value) {
        Page page;
        page.more = rows.size() > limit;
        if (page.more) rows.pop_back();
        for (auto const row : rows) {
            page.places.push_back({parts.ids[row], 0, {}});
            set_value(page.places.back(), row);
        }
        return page;
    };

    if (sort.by == Sort::By::number) {
        Order const order(parts.numbers(sort.attribute), KeySaysAll{}, parts.ids, sort.descending);
        std::optional<Behind<double, KeySaysAll>> place;
        if (behind) place.emplace(ranked(behind->number), KeySaysAll{}, behind->id);
        return finish(first_rows(among, limit + 1, order, place),
                      [&](Place& at, Row row) { at.number = order.key(row); });
    }

    auto const by_text = [&](Keys<std::uint64_t> const& heads, auto const& text, auto const& same) {
        auto const compare = [&](Row one, Row other) { return same(one, other) ? 0 : sign(text(one) <=> text(other)); };
        Order const order(heads, compare, parts.ids, sort.descending);
        auto const to_place = [&](Row row) { return sign(text(row) <=> std::string_view(behind->text)); };
        std::optional<Behind<std::uint64_t, decltype(to_place)>> place;
        if (behind) place.emplace(head_of(behind->text), to_place, behind->id);
        return finish(first_rows(among, limit + 1, order, place), [&](Place& at, Row row) { at.text = text(row); });
    };
    if (sort.by == Sort::By::name)
        return by_text(
            parts.key_heads, [&](Row row) { return parts.view(row).name_key; },
            [](Row one, Row other) { return one == other; });
    auto const& firsts = parts.values.firsts(sort.attribute, parts.rows());
    return by_text(
        firsts.heads,
        [&](Row row) {
            auto const number = firsts.number(row);
            return number == FirstValues::none ? std::string_view() : parts.values.text(number);
        },
        [&](Row one, Row other) { return firsts.number(one) == firsts.number(other); });
}

}  // namespace patron::index
