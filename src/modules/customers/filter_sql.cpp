// Filters as SQL: what the index answers from memory, answered by the database. The words are the same on both engines.
#include "modules/customers/filter.hpp"
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

    // What a fact says as a number: itself, or the amount of money in it.
    std::string number_of(std::string const& fact) const {
        if (engine_ == db::Engine::sqlite)
            return "CASE json_type(e.facts,'$." + fact + "') WHEN 'object' THEN CAST(json_extract(e.facts,'$." + fact +
                   ".amount') AS INTEGER) ELSE CAST(json_extract(e.facts,'$." + fact + "') AS INTEGER) END";
        return "CASE json_typeof(CAST(e.facts AS json)->'" + fact +
               "') WHEN 'object' THEN CAST(CAST(e.facts AS json)->'" + fact +
               "'->>'amount' AS bigint) ELSE CAST(CAST(e.facts AS json)->>'" + fact + "' AS bigint) END";
    }

    std::string happened(Happened const& event) {
        if (event.sum.empty() && event.at_least <= 0) return "(1=1)";
        auto const measure =
            event.sum.empty() ? std::string("count(*)") : "coalesce(sum(" + number_of(event.sum) + "),0)";
        auto condition = "e.kind=" + question_.bind(event.kind);
        if (event.since) condition += " AND e.happened_at>=" + question_.bind(event.since);
        if (scope_ == Scope::one)
            return "((SELECT " + measure + " FROM spine e WHERE e.customer_id=c.id AND " + condition +
                   ")>=" + question_.bind(event.at_least) + ")";
        return "c.id IN (SELECT e.customer_id FROM spine e WHERE " + condition +
               " AND e.customer_id IS NOT NULL GROUP BY e.customer_id HAVING " + measure +
               ">=" + question_.bind(event.at_least) + ")";
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

bool matches(Reading& reading, Filter const& filter, Id<Customer> id) {
    Question question;
    question.where("c.id=" + question.bind(id.value));
    question.where("a.live=1");
    question.where(condition_of_one(filter, question, reading.tx.engine()));
    return reading.tx
        .query("SELECT 1 FROM customers c JOIN customer_activity a ON a.customer_id=c.id" + question.where_text(),
               question.values())
        .next();
}

}  // namespace patron::customers
