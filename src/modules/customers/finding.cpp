// What lists, counts and bulk work ask of the finder, with the database behind it.
#include "modules/customers/attributes.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/searching.hpp"
#include "modules/customers/sight.hpp"

#include "base/fold.hpp"

#include <algorithm>

namespace patron::customers {
namespace {

Order const best{"best", "", Order::Type::integer};

// The order as the index sorts; nothing for one that it does not know.
std::optional<index::Sort> sort_of(Reading& reading, Order const& order) {
    using By = index::Sort::By;
    if (order.name == "display_name") return index::Sort{By::name, 0, order.descending};
    if (order.name == "customer_since") return index::Sort{By::text, attribute::since, order.descending};
    for (auto const& [name, number] : {std::pair<std::string_view, std::int64_t>{"activity_at", attribute::activity},
                                       {"created_at", attribute::created},
                                       {"updated_at", attribute::updated}})
        if (order.name == name) return index::Sort{By::number, number, order.descending};
    if (auto const field = filter_field(reading, order.name); field && field->custom)
        return index::Sort{kept_as(*field) == Kept::number ? By::number : By::text, field->attribute, order.descending};
    return {};
}

index::Place place_of(ListPlace const& place, Order::Type type) {
    index::Place at{.id = place.id};
    if (auto const* whole = std::get_if<std::int64_t>(&place.at)) at.number = static_cast<double>(*whole);
    if (auto const* real = std::get_if<double>(&place.at)) at.number = *real;
    if (type == Order::Type::bytes) at.text = std::get<db::Blob>(place.at).bytes;
    if (type == Order::Type::text) at.text = std::get<std::string>(place.at);
    return at;
}

db::Value value_of(index::Place const& place, Order::Type type) {
    switch (type) {
        case Order::Type::integer: return static_cast<std::int64_t>(place.number);
        case Order::Type::real: return place.number;
        case Order::Type::bytes: return db::Blob{place.text};
        case Order::Type::text: return place.text;
    }
    return {};
}

void add_records(Reading& reading, std::int64_t id, Page<Customer>& page) {
    // The snapshot of this reading may be a moment older than the index: who is not there yet is left for the next.
    // Whether they are seen is read from the record itself, which is at hand.
    auto customer = reading.stored(Id<Customer>{id});
    if (!customer || customer->bin_until) return;
    auto const [folder, workers] = standing_of(*customer);
    if (reading.sight().sees(folder, workers)) page.data.push_back(std::move(*customer));
}

std::optional<Page<Customer>> best_matches(Reading& reading, Asked const& asked, std::size_t limit) {
    auto const place = place_behind(reading.call, best);
    auto const offset = place ? static_cast<std::size_t>(std::get<std::int64_t>(place->at)) : 0;
    Evaluator const evaluator(reading, asked.filter);
    index::Found found;
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            found = index.search(evaluator.query(index, asked.typed), evaluator.evaluate(index), limit, offset);
        }))
        return {};
    Page<Customer> page;
    page.total = static_cast<std::int64_t>(found.total);
    page.exact = found.exact;
    for (auto const& hit : found.hits) add_records(reading, hit.id, page);
    if (found.hits.size() == limit && offset + limit < found.total)
        page.next = make_cursor(best, static_cast<std::int64_t>(offset + limit), found.hits.back().id);
    return page;
}

}  // namespace

index::Bits rows_of(Asked const& asked, Evaluator const& evaluator, index::Index const& index) {
    auto rows = evaluator.evaluate(index);
    return asked.typed.empty() ? rows : evaluator.found(index, asked.typed, rows);
}

std::optional<Page<Customer>> page_from_index(Reading& reading, Asked const& asked, int limit) {
    if (asked.in_bin || asked.unread || asked.only_ids) return {};
    if (reading.business.part<Finder>().state() != Finder::State::ready) return {};
    if (!words(asked.typed).empty() && !reading.call.param("sort"))
        return best_matches(reading, asked, static_cast<std::size_t>(limit));
    Question unused;
    auto const order = order_of(reading.call, orders_of(reading, asked, unused));
    auto const sort = sort_of(reading, order);
    if (!sort) return {};
    auto const place = place_behind(reading.call, order);
    Evaluator const evaluator(reading, asked.filter);
    index::Page found;
    Page<Customer> page;
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            auto const rows = rows_of(asked, evaluator, index);
            page.total = static_cast<std::int64_t>(rows.count());
            found = index.page(rows, *sort, place ? std::optional(place_of(*place, order.type)) : std::nullopt,
                               static_cast<std::size_t>(limit));
        }))
        return {};
    page.exact = true;
    for (auto const& one : found.places) add_records(reading, one.id, page);
    if (found.more) page.next = make_cursor(order, value_of(found.places.back(), order.type), found.places.back().id);
    return page;
}

std::optional<std::vector<std::int64_t>> found_by_typing(Reading& reading, Asked const& asked) {
    if (asked.in_bin || asked.unread || asked.only_ids || words(asked.typed).empty()) return {};
    if (reading.business.part<Finder>().state() != Finder::State::ready) return {};
    Evaluator const evaluator(reading, asked.filter);
    std::vector<std::int64_t> ids;
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            auto query = evaluator.query(index, asked.typed);
            query.all = true;
            for (auto const& hit : index.search(query, evaluator.evaluate(index), index.size()).hits)
                ids.push_back(hit.id);
        }))
        return {};
    return ids;
}

std::vector<Id<Customer>> matching(Reading& reading, Filter const& wanted) {
    Evaluator const evaluator(reading, wanted);
    std::vector<std::int64_t> found;
    if (!reading.business.part<Finder>().ask(
            [&](index::Index const& index) { found = index.ids(index.live() & evaluator.evaluate(index)); }))
        return matching_by_sql(reading, within_sight(reading, wanted));
    std::sort(found.begin(), found.end());
    std::vector<Id<Customer>> ids;
    ids.reserve(found.size());
    for (auto const id : found) ids.push_back({id});
    return ids;
}

std::map<std::int64_t, std::int64_t> count_by_id(Reading& reading, FilterField const& field) {
    Filter const everybody;
    Evaluator const evaluator(reading, everybody);
    std::map<std::int64_t, std::int64_t> counts;
    if (reading.business.part<Finder>().ask([&](index::Index const& index) {
            for (auto const& one : index.tally_marks(field.attribute, index.live() & evaluator.evaluate(index)))
                counts[one.value] = static_cast<std::int64_t>(one.count);
        }))
        return counts;
    Question question;
    question.where("a.live=1");
    if (auto const seen = seen_by(reading.sight())) question.where(condition_of(*seen, question, reading.tx.engine()));
    auto const tables =
        field.table +
        " x JOIN customer_activity a ON a.customer_id=x.customer_id JOIN customers c ON c.id=x.customer_id";
    auto rows = reading.tx.query(
        selected(field.table_value + ",count(*)", tables + question.where_text(), {}, "GROUP BY 1"), question.values());
    while (rows.next()) counts[rows.integer(0)] = rows.integer(1);
    return counts;
}

std::int64_t count_matching(Reading& reading, Filter const& wanted) {
    Evaluator const evaluator(reading, wanted);
    std::int64_t count = 0;
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            count = static_cast<std::int64_t>((index.live() & evaluator.evaluate(index)).count());
        }))
        return std::ssize(matching_by_sql(reading, within_sight(reading, wanted)));
    return count;
}

}  // namespace patron::customers
