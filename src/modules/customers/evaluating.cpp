// Filters answered by the index.
#include "modules/customers/attributes.hpp"
#include "modules/customers/event_sql.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/searching.hpp"

#include "base/fold.hpp"

namespace patron::customers {

using index::Bits;
using index::Index;

Kept kept_as(FilterField const& field) {
    if (field.custom) return fields::compares_by_number(*field.custom) ? Kept::number : Kept::text;
    switch (field.shape) {
        case FilterField::Shape::id:
        case FilterField::Shape::flag: return Kept::mark;
        case FilterField::Shape::time:
        case FilterField::Shape::number: return Kept::number;
        default: return Kept::text;
    }
}

namespace {

double number_of(db::Value const& value) {
    if (auto const* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    return std::get<double>(value);
}

Bits having(Index const& index, FilterField const& field, db::Value const& value) {
    switch (kept_as(field)) {
        case Kept::mark: return index.marked(field.attribute, std::get<std::int64_t>(value));
        case Kept::text: return index.text_is(field.attribute, std::get<std::string>(value));
        case Kept::number: {
            index::Bound const bound{number_of(value)};
            return index.number_between(field.attribute, bound, bound);
        }
    }
    return index.none();
}

Bits having_any(Index const& index, FilterField const& field) {
    switch (kept_as(field)) {
        case Kept::mark: return index.any_mark(field.attribute);
        case Kept::text: return index.any_text(field.attribute);
        case Kept::number: return index.any_number(field.attribute);
    }
    return index.none();
}

template <class Bound, class Value>
std::pair<std::optional<Bound>, std::optional<Bound>> bounds(Filter::Kind kind, Value value) {
    bool const inclusive = kind == Filter::Kind::from || kind == Filter::Kind::up_to;
    bool const lower = kind == Filter::Kind::from || kind == Filter::Kind::above;
    Bound bound{std::move(value), inclusive};
    if (lower) return {std::move(bound), std::nullopt};
    return {std::nullopt, std::move(bound)};
}

// As `seen_by` says it to the database.
std::optional<index::Kept> kept_for(Sight const& sight) {
    if (sight.sees_everybody()) return {};
    index::Kept kept{.everybody = sight.visibility == Visibility::all, .carrying = {}, .lacking = {}};
    for (auto const& [folder, level] : sight.folders) {
        if (level == FolderLevel::none) kept.lacking.emplace_back(attribute::folder, folder);
        else if (!kept.everybody) kept.carrying.emplace_back(attribute::folder, folder);
    }
    if (!kept.everybody)
        for (auto const user : sight.users) kept.carrying.emplace_back(attribute::worker, user);
    return kept;
}

}  // namespace

Evaluator::Evaluator(Reading& reading, Filter const& filter) : filter_(filter), seen_(kept_for(reading.sight())) {
    ask_database(reading, filter);
    auto rows = reading.tx.query("SELECT id,name_key FROM tags");
    while (rows.next()) tags_.emplace_back(std::string(rows.text(1)), rows.integer(0));
}

Bits Evaluator::evaluate(Index const& index) const {
    auto rows = rows_of(index, filter_);
    if (seen_) index.narrow(rows, *seen_);
    return rows;
}

void Evaluator::ask_database(Reading& reading, Filter const& filter) {
    for (auto const& part : filter.parts) ask_database(reading, part);
    if (filter.kind != Filter::Kind::happened || everybody_has(filter.event)) return;
    std::vector<std::int64_t> ids;
    Question question;
    auto const sql = EventSql(question, reading.tx.engine()).who(filter.event);
    auto rows = reading.tx.query(sql, question.values());
    while (rows.next()) ids.push_back(rows.integer(0));
    asked_.emplace_back(&filter, std::move(ids));
}

Bits Evaluator::compared(Index const& index, Filter const& filter) const {
    auto const& field = *filter.field;
    if (kept_as(field) == Kept::text) {
        auto const [lower, upper] = bounds<index::TextBound>(filter.kind, std::get<std::string>(filter.values.front()));
        return index.text_between(field.attribute, lower, upper);
    }
    auto const [lower, upper] = bounds<index::Bound>(filter.kind, number_of(filter.values.front()));
    return index.number_between(field.attribute, lower, upper);
}

Bits Evaluator::rows_of(Index const& index, Filter const& filter) const {
    switch (filter.kind) {
        case Filter::Kind::all: {
            auto rows = index.live();
            for (auto const& part : filter.parts) rows &= rows_of(index, part);
            return rows;
        }
        case Filter::Kind::any: {
            auto rows = index.none();
            for (auto const& part : filter.parts) rows |= rows_of(index, part);
            return rows;
        }
        case Filter::Kind::none: {
            auto rows = index.live();
            for (auto const& part : filter.parts) rows -= rows_of(index, part);
            return rows;
        }
        case Filter::Kind::is: {
            auto rows = index.none();
            for (auto const& value : filter.values) rows |= having(index, *filter.field, value);
            return rows;
        }
        case Filter::Kind::contains: return index.text_contains(filter.field->attribute, filter.text);
        case Filter::Kind::empty: return index.live() - having_any(index, *filter.field);
        case Filter::Kind::search: return found(index, filter.text, index.live());
        case Filter::Kind::happened:
            for (auto const& [asked, ids] : asked_)
                if (asked == &filter) return index.live() & index.of_ids(ids);
            return index.live();
        default: return compared(index, filter);
    }
}

Bits Evaluator::found(Index const& index, std::string const& typed, Bits const& among) const {
    auto wanted = query(index, typed);
    // Signs alone are looked for in names as they stand.
    if (wanted.words.empty() && wanted.digits.empty()) return among & index.text_contains(attribute::name, fold(typed));
    wanted.all = true;
    return index.search(wanted, among, 0).rows;
}

// Tags are found by the beginning of any word of their names.
index::Query Evaluator::query(Index const& index, std::string const& typed) const {
    auto query = index::query_of(fold(typed), attribute::activity);
    query.digits = phone_digits(typed);
    for (auto& word : query.words)
        for (auto const& [name, id] : tags_)
            if ((" " + name).find(" " + word.text) != std::string::npos) {
                if (word.also.rows() == 0) word.also = index.none();
                word.also |= index.marked(attribute::tag, id);
            }
    return query;
}

}  // namespace patron::customers
