// Filters as SQL: what the index answers from memory, answered by the database. The words are the same on both engines.
#include "modules/customers/event_sql.hpp"
#include "modules/customers/filter_among.hpp"
#include "modules/customers/searching.hpp"

namespace patron::customers {
namespace {

// Over everybody a set is looked up once (IN); of one customer its own rows are looked at (EXISTS).
enum class Scope { everybody, one };

class Compiler {
  public:
    Compiler(Question& question, db::Engine engine, Scope scope)
        : question_(question), engine_(engine), scope_(scope) {}

    std::string compile(Filter const& filter) {
        switch (filter.kind) {
            case Filter::Kind::all: return joined(filter.parts, " AND ", "1=1");
            case Filter::Kind::any: return joined(filter.parts, " OR ", "1=0");
            case Filter::Kind::none: return "NOT " + joined(filter.parts, " OR ", "1=0");
            case Filter::Kind::search: return "(" + search_condition(question_, filter.text) + ")";
            case Filter::Kind::happened: return happened(filter.event);
            case Filter::Kind::empty: return empty(*filter.field);
            default: return compared(filter);
        }
    }

  private:
    Question& question_;
    db::Engine engine_;
    Scope scope_;

    std::string joined(std::vector<Filter> const& parts, std::string_view by, std::string_view none) {
        std::string text;
        for (auto const& part : parts) {
            if (!text.empty()) text += by;
            text += compile(part);
        }
        return "(" + (text.empty() ? std::string(none) : text) + ")";
    }

    // Customers that have a row in the field's table for which the condition holds.
    std::string beside(FilterField const& field, std::string const& condition) {
        std::string rows = field.table + " x WHERE ";
        std::string text;
        auto const add = [&](std::string const& one) {
            if (!one.empty()) text += (text.empty() ? "" : " AND ") + one;
        };
        if (scope_ == Scope::one) add("x.customer_id=c.id");
        if (field.custom) add("x.field_id=" + question_.bind(field.custom->id.value));
        add(field.table_condition);
        add(condition);
        rows += text.empty() ? "1=1" : text;
        return scope_ == Scope::one ? "EXISTS (SELECT 1 FROM " + rows + ")"
                                    : "c.id IN (SELECT x.customer_id FROM " + rows + ")";
    }

    std::string empty(FilterField const& field) {
        if (!field.column.empty()) return "(" + field.column + " IS NULL)";
        return "NOT " + beside(field, field.custom ? field.table_value + " IS NOT NULL" : "");
    }

    std::string compared(Filter const& filter) {
        auto const& field = *filter.field;
        auto const& expression = field.column.empty() ? field.table_value : field.column;
        std::string condition;
        if (filter.kind == Filter::Kind::is) {
            if (filter.values.empty()) return "(1=0)";
            for (auto const& value : filter.values)
                (condition += condition.empty() ? "" : ",") += question_.bind(value);
            condition = expression + " IN (" + condition + ")";
        } else if (filter.kind == Filter::Kind::contains) {
            condition = expression + " LIKE " + question_.bind(like_pattern(filter.text, true)) + " ESCAPE '\\'";
        } else {
            std::string const sign = filter.kind == Filter::Kind::below   ? "<"
                                     : filter.kind == Filter::Kind::up_to ? "<="
                                     : filter.kind == Filter::Kind::above ? ">"
                                                                          : ">=";
            condition = expression + sign + question_.bind(filter.values.front());
        }
        // A missing value fits no comparison, and its opposite neither way becomes null.
        if (!field.column.empty()) return "(" + expression + " IS NOT NULL AND " + condition + ")";
        return beside(field, condition);
    }

    std::string happened(Happened const& event) {
        EventSql events(question_, engine_);
        return scope_ == Scope::one ? events.of_one(event) : events.of_everybody(event);
    }
};

}  // namespace

std::string condition_of(Filter const& filter, Question& question, db::Engine engine) {
    return Compiler(question, engine, Scope::everybody).compile(filter);
}

std::string condition_of_one(Filter const& filter, Question& question, db::Engine engine) {
    return Compiler(question, engine, Scope::one).compile(filter);
}

std::vector<Id<Customer>> matching_by_sql(Reading& reading, Filter const& filter) {
    Question question;
    question.where("a.live=1");
    question.where(condition_of(filter, question, reading.tx.engine()));
    auto rows = reading.tx.query("SELECT c.id FROM customers c JOIN customer_activity a ON a.customer_id=c.id" +
                                     question.where_text() + " ORDER BY c.id",
                                 question.values());
    std::vector<Id<Customer>> ids;
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

std::vector<db::Value> values_of(Reading& reading, FilterField const& field, Id<Customer> id) {
    Question question;
    std::string columns = field.column, tables = "customers c JOIN customer_activity a ON a.customer_id=c.id";
    if (!field.column.empty()) question.where("c.id=" + question.bind(id.value));
    else {
        columns = field.table_value;
        tables = field.table + " x";
        question.where("x.customer_id=" + question.bind(id.value));
        if (field.custom) question.where("x.field_id=" + question.bind(field.custom->id.value));
        if (!field.table_condition.empty()) question.where(field.table_condition);
    }
    std::vector<db::Value> values;
    auto rows = reading.tx.query(selected(columns, tables + question.where_text()), question.values());
    while (rows.next()) {
        if (rows.is_null(0)) continue;
        if (field.custom && fields::compares_by_number(*field.custom)) values.emplace_back(rows.real(0));
        else if (!field.custom && (field.shape == FilterField::Shape::id || field.shape == FilterField::Shape::time ||
                                   field.shape == FilterField::Shape::flag))
            values.emplace_back(rows.integer(0));
        else values.emplace_back(std::string(rows.text(0)));
    }
    return values;
}

std::int64_t measure(Reading& reading, Happened const& event, Id<Customer> id) {
    Question question;
    auto const sql = EventSql(question, reading.tx.engine()).one_measured(event, id);
    auto row = reading.tx.query(sql, question.values());
    return row.next() ? row.integer(0) : 0;
}

std::vector<std::pair<Id<Customer>, std::int64_t>> measures(Reading& reading, Happened const& event) {
    Question question;
    auto const sql = EventSql(question, reading.tx.engine()).all_measured(event);
    auto rows = reading.tx.query(sql, question.values());
    std::vector<std::pair<Id<Customer>, std::int64_t>> all;
    while (rows.next()) all.emplace_back(Id<Customer>{rows.integer(0)}, rows.integer(1));
    return all;
}

std::int64_t place_of_top(std::int64_t top, std::int64_t count) { return (count * top + 9'999) / 10'000; }

bool matches(Reading& reading, Filter const& filter, Id<Customer> id) {
    return !matching_among(reading, filter, {&id, 1}).empty();
}

std::set<Id<Customer>> matching_among(Reading& reading, Filter const& filter, std::span<Id<Customer> const> ids) {
    std::set<Id<Customer>> found;
    ask_among(ids, [&](auto, auto const& places) {
        Question question;
        question.where("c.id IN (" + places(question) + ")");
        // The + keeps SQLite from going over everybody who is live instead of these.
        question.where("+a.live=1");
        question.where(Compiler(question, reading.tx.engine(), Scope::one).compile(filter));
        auto rows = reading.tx.query(
            "SELECT c.id FROM customers c JOIN customer_activity a ON a.customer_id=c.id" + question.where_text(),
            question.values());
        while (rows.next()) found.insert({rows.integer(0)});
    });
    return found;
}

}  // namespace patron::customers
