// Tallies: how many of the customers asked for stand in each folder, status, month … and what a field of theirs sums up
// to; for boards, reports and the counts beside filters.
#include "modules/customers/attributes.hpp"
#include "modules/customers/events.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/searching.hpp"

#include "base/zones.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace patron {

struct TallySum {
    std::optional<std::string> currency;  // ISO 4217, of money
    double amount = 0;                    // minor units, of money
};
DESCRIBE(TallySum, currency, amount);

struct TallyLine {
    std::optional<std::string> value;  // an id, a text, a month "2026-11"; null: customers without any
    std::int64_t count = 0;
    std::vector<TallySum> sums;
};
DESCRIBE(TallyLine, value, count, sums);

struct CustomerTally {
    std::int64_t total = 0;
    std::vector<TallyLine> data;
    bool complete = true;  // false: there are rarer values beyond the first thousand
};
DESCRIBE(CustomerTally, total, data, complete);

// Something that filters compare, and what may be asked of it.
struct FilterableField {
    std::string name, label;
    customers::FilterField::Shape shape = customers::FilterField::Shape::text;
    bool ordered = false;               // takes gt, gte, lt, lte
    bool contains = false;              // takes contains
    std::optional<std::string> prefix;  // of ids: "fol", "sta" …
    std::vector<std::string> choices;
};
DESCRIBE(FilterableField, name, label, shape, ordered, contains, prefix, choices);

struct FilterableFields {
    std::vector<FilterableField> data;
};
DESCRIBE(FilterableFields, data);

namespace customers {
namespace {

constexpr std::size_t most_lines = 1'000;
// In every zone a month begins at a full quarter of an hour.
constexpr std::int64_t quarter_ms = 15LL * 60 * 1000;

struct Wanted {
    Asked asked;
    std::shared_ptr<FilterField const> by, sum;
};

Wanted wanted_of(Reading& reading) {
    Wanted wanted{.asked = asked_of(reading)};
    auto const name = reading.call.param("by");
    if (!name) throw invalid("?by", "missing", "The parameter by must name what to count by, such as status_id.");
    wanted.by = filter_field(reading, *name);
    if (!wanted.by || wanted.by->shape == FilterField::Shape::number || wanted.by->name == "name")
        throw invalid("?by", "unknown_field", "Customers can't be counted by " + *name + ".");
    if (auto const sum = reading.call.param("sum")) {
        wanted.sum = filter_field(reading, *sum);
        if (!wanted.sum || wanted.sum->shape != FilterField::Shape::number)
            throw invalid("?sum", "not_a_number_field",
                          "The parameter sum must name a custom field of numbers or money.");
    }
    auto& asked = wanted.asked;
    if (asked.in_bin || asked.unread || asked.only_ids)
        throw invalid("?" + std::string(asked.in_bin   ? "in_bin"
                                        : asked.unread ? "unread"
                                                       : "ids"),
                      "not_here", "Customers are not counted by this.");
    if (!asked.typed.empty()) {
        Filter search{.kind = Filter::Kind::search};
        search.text = std::exchange(asked.typed, {});
        asked.filter.parts.push_back(std::move(search));
    }
    return wanted;
}

// "2026-11": the month where the business is.
std::string month_of(Zone const& zone, std::int64_t ms) { return to_text(zone.day_of(Time{ms})).substr(0, 7); }

std::string text_of_mark(FilterField const& field, std::int64_t value) {
    if (field.shape == FilterField::Shape::flag) return value ? "true" : "false";
    return id_text(field.prefix, value);
}

std::vector<TallySum> sums_of(index::Index const& index, FilterField const& field, index::Bits const& rows) {
    std::vector<TallySum> sums;
    if (field.custom->type != FieldType::money) {
        sums.push_back({{}, index.sum(field.attribute, rows).sum});
        return sums;
    }
    for (auto const& currency : index.tally_texts(field.attribute, rows, most_lines))
        sums.push_back(
            {currency.value, index.sum(field.attribute, rows & index.text_is(field.attribute, currency.value)).sum});
    return sums;
}

// The months of a time, or of a date's text, and the rows of each.
std::map<std::string, index::Bits> by_month(index::Index const& index, FilterField const& field,
                                            index::Bits const& rows, Zone const& zone) {
    std::map<std::string, index::Bits> months;
    std::unordered_map<std::int64_t, index::Bits*> by_quarter;  // a month is worked out once in a quarter of an hour
    rows.each([&](index::Row row) {
        auto const at = index.number_of(row, field.attribute);
        if (!at) return;
        auto& month = by_quarter[static_cast<std::int64_t>(std::floor(*at / quarter_ms))];
        if (!month) {
            month = &months[month_of(zone, static_cast<std::int64_t>(*at))];
            if (month->rows() == 0) *month = index.none();
        }
        month->set(row);
    });
    return months;
}

void tally_in_index(index::Index const& index, index::Bits const& rows, Wanted const& wanted, Zone const& zone,
                    CustomerTally& tally) {
    auto const& field = *wanted.by;
    std::size_t named = 0;
    auto const add = [&](std::string value, index::Bits const& of) {
        TallyLine line{.value = std::move(value), .count = static_cast<std::int64_t>(of.count())};
        if (wanted.sum) line.sums = sums_of(index, *wanted.sum, of);
        tally.data.push_back(std::move(line));
        ++named;
    };
    tally.total = static_cast<std::int64_t>(rows.count());
    auto rest = rows;
    switch (kept_as(field)) {
        case Kept::mark:
            for (auto const& one : index.tally_marks(field.attribute, rows))
                add(text_of_mark(field, one.value), rows & index.marked(field.attribute, one.value));
            rest -= index.any_mark(field.attribute);
            break;
        case Kept::text:
            for (auto const& one : index.tally_texts(field.attribute, rows, most_lines))
                add(one.value, rows & index.text_is(field.attribute, one.value));
            rest -= index.any_text(field.attribute);
            break;
        case Kept::number:
            if (field.shape == FilterField::Shape::flag)
                for (auto const value : {0, 1}) {
                    index::Bound const bound{static_cast<double>(value)};
                    add(value ? "true" : "false", rows & index.number_between(field.attribute, bound, bound));
                }
            else
                for (auto const& [month, of] : by_month(index, field, rows, zone)) add(month, of);
            rest -= index.any_number(field.attribute);
    }
    tally.complete = named < most_lines;
    if (!rest.none()) {
        TallyLine line{.count = static_cast<std::int64_t>(rest.count())};
        if (wanted.sum) line.sums = sums_of(index, *wanted.sum, rest);
        tally.data.push_back(std::move(line));
    }
}

std::string value_text(FilterField const& field, db::Cursor const& row, Zone const& zone) {
    switch (field.shape) {
        case FilterField::Shape::id:
            return field.custom ? std::string(row.text(0)) : id_text(field.prefix, row.integer(0));
        case FilterField::Shape::flag: return row.integer(0) ? "true" : "false";
        case FilterField::Shape::time: return month_of(zone, row.integer(0) * quarter_ms);
        default: return std::string(row.text(0));
    }
}

// Each customer with each of its values of the field.
std::string values_sql(FilterField const& field, Question& question) {
    if (!field.column.empty()) return "customers c JOIN customer_activity a ON a.customer_id=c.id";
    std::string join = field.table + " x ON x.customer_id=c.id";
    if (field.custom) join += " AND x.field_id=" + question.bind(field.custom->id.value);
    if (!field.table_condition.empty()) (join += " AND ") += field.table_condition;
    return "customers c JOIN customer_activity a ON a.customer_id=c.id LEFT JOIN " + join;
}

void tally_by_sql(Reading& reading, Wanted const& wanted, Zone const& zone, CustomerTally& tally) {
    auto const& field = *wanted.by;
    Question question;
    auto const tables = values_sql(field, question);
    std::string columns = field.column.empty() ? field.table_value : field.column;
    if (field.shape == FilterField::Shape::time) columns = "CAST(" + columns + " AS bigint)/900000";
    std::string places = "0", from_sum;
    if (wanted.sum) {
        from_sum = " LEFT JOIN customer_values y ON y.customer_id=c.id AND y.field_id=" +
                   question.bind(wanted.sum->custom->id.value);
        places = "y.text,sum(y.number)";
    }
    add_conditions(reading, wanted.asked, question);
    auto const with_tables = tables + from_sum;
    std::string grouped = wanted.sum ? "1,3" : "1";
    auto const tail = " GROUP BY " + grouped;
    std::map<std::string, TallyLine> lines;
    TallyLine without;
    {
        std::string text = "SELECT " + columns;
        text += ",count(DISTINCT c.id)," + places + " FROM " + with_tables + question.where_text() + tail;
        auto rows = reading.tx.query(text, question.values());
        while (rows.next()) {
            auto& line = rows.is_null(0) ? without : lines[value_text(field, rows, zone)];
            line.count += rows.integer(1);
            if (wanted.sum && !rows.is_null(3)) {
                TallySum sum{.amount = rows.real(3)};
                if (wanted.sum->custom->type == FieldType::money) sum.currency = std::string(rows.text(2));
                auto const known = std::find_if(line.sums.begin(), line.sums.end(),
                                                [&](TallySum const& one) { return one.currency == sum.currency; });
                if (known == line.sums.end()) line.sums.push_back(std::move(sum));
                else known->amount += sum.amount;
            }
        }
    }
    for (auto& [value, line] : lines) {
        line.value = value;
        tally.data.push_back(std::move(line));
    }
    std::stable_sort(tally.data.begin(), tally.data.end(),
                     [](TallyLine const& one, TallyLine const& other) { return one.count > other.count; });
    if (tally.data.size() > most_lines) {
        tally.data.resize(most_lines);
        tally.complete = false;
    }
    if (without.count > 0) tally.data.push_back(std::move(without));
    tally.total = std::ssize(matching_by_sql(reading, within_sight(reading, wanted.asked.filter)));
}

CustomerTally tally(Reading& reading) {
    auto const wanted = wanted_of(reading);
    CustomerTally tally;
    Evaluator const evaluator(reading, wanted.asked.filter);
    Zone const zone(reading.business.settings()->time_zone);
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            tally_in_index(index, rows_of(wanted.asked, evaluator, index), wanted, zone, tally);
        }))
        tally_by_sql(reading, wanted, zone, tally);
    // The most frequent first; months in their order; those without any at the end.
    bool const months = wanted.by->shape == FilterField::Shape::time;
    std::stable_sort(tally.data.begin(), tally.data.end(), [&](TallyLine const& one, TallyLine const& other) {
        if (one.value.has_value() != other.value.has_value()) return one.value.has_value();
        return months ? one.value < other.value : one.count > other.count;
    });
    return tally;
}

// Everything that can be asked for, for whoever builds filters.
FilterableFields list_fields(Reading& reading) {
    FilterableFields fields;
    for (auto const& field : filter_fields(reading)) {
        FilterableField one{.name = field->name,
                            .label = field->label,
                            .shape = field->shape,
                            .ordered = field->ordered,
                            .contains = field->searched_within,
                            .choices = field->choices};
        if (!field->prefix.empty()) one.prefix = field->prefix;
        fields.data.push_back(std::move(one));
    }
    return fields;
}

}  // namespace

std::vector<Route> tally_routes() {
    Permission const view{"customers.view"};
    std::vector<Param> params{{"by", "what to count by: status_id, folder_id, source, created_at (by month) …"},
                              {"sum", "a custom field of numbers or money to sum up"}};
    for (auto const& param : filters()) params.push_back(param);
    return {get<tally>("/customers/tally", view, "tally_customers",
                       "How many customers there are of each folder, status, month …", params),
            get<list_fields>("/customers/filters", view, "list_filter_fields", "What customers can be filtered by")};
}

}  // namespace customers
}  // namespace patron
