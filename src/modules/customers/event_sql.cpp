#include "modules/customers/event_sql.hpp"

namespace patron::customers {
namespace {

constexpr std::int64_t nobody_has = std::int64_t{1} << 52;

}  // namespace

std::string EventSql::of_everybody(Happened const& event) {
    return everybody_has(event) ? "(1=1)" : "c.id IN (" + who(event) + ")";
}

std::string EventSql::who(Happened const& event) {
    auto const condition = counting(event) + " AND e.customer_id IS NOT NULL";
    auto const enough = measured(event) + ">=" + least(event);
    return selected("e.customer_id", "spine e", condition, "GROUP BY e.customer_id HAVING " + enough);
}

std::string EventSql::of_one(Happened const& event) {
    if (everybody_has(event)) return "(1=1)";
    auto const condition = "e.customer_id=c.id AND " + counting(event);
    auto const columns = measured(event);
    return "((" + selected(columns, "spine e", condition) + ")>=" + least(event) + ")";
}

std::string EventSql::all_measured(Happened const& event) {
    auto const condition = "w.live=1 AND " + counting(event);
    auto const measure = measured(event);
    return selected("e.customer_id AS customer_id," + measure + " AS total",
                    "spine e JOIN customer_activity w ON w.customer_id=e.customer_id", condition,
                    "GROUP BY e.customer_id HAVING " + measure + ">0");
}

std::string EventSql::one_measured(Happened const& event, Id<Customer> id) {
    auto const condition = "e.customer_id=" + question_.bind(id.value) + " AND " + counting(event);
    return selected(measured(event), "spine e", condition);
}

std::string EventSql::ends_of(Happened const& event, std::string const& among) {
    // Has it at all: so long as the newest counts. Any other number may change with the oldest.
    bool const newest = event.sum.empty() && event.at_least == 1 && !event.by_subject;
    auto seen = event;
    seen.by_subject = false;
    seen.ahead_of.reset();
    return by_customer(newest ? "max(e.happened_at)" : "min(e.happened_at)", seen, among);
}

std::string EventSql::next_start(Happened const& event, std::string const& among) {
    auto seen = event;
    seen.by_subject = false;
    return by_customer("min(" + starts_at() + ")", seen, among);
}

std::string EventSql::by_customer(std::string const& moment, Happened const& event, std::string const& among) {
    auto condition = counting(event);
    if (among.empty()) condition += " AND e.customer_id IS NOT NULL";
    else (condition += " AND ") += "e.customer_id IN (" + among + ")";
    return selected("e.customer_id," + moment, "spine e", condition, "GROUP BY e.customer_id");
}

// RFC 3339 in UTC with milliseconds, which sorts as text.
std::string EventSql::starts_at() const {
    return engine_ == db::Engine::sqlite ? "json_extract(e.facts,'$.starts_at')"
                                         : "CAST(e.facts AS json)->>'starts_at'";
}

// What a fact says as a number, cut to a whole one: itself, or the amount of money in it; null for anything else.
std::string EventSql::number_of(std::string const& fact) const {
    if (engine_ == db::Engine::sqlite) {
        auto const whole = [](std::string const& path) {
            return "CAST(json_extract(e.facts,'" + path + "') AS INTEGER)";
        };
        auto const path = "$." + fact;
        auto const amount = path + ".amount";
        return "CASE json_type(e.facts,'" + path + "') WHEN 'integer' THEN " + whole(path) + " WHEN 'real' THEN " +
               whole(path) + " WHEN 'object' THEN CASE json_type(e.facts,'" + amount + "') WHEN 'integer' THEN " +
               whole(amount) + " WHEN 'real' THEN " + whole(amount) + " END END";
    }
    auto const whole = [](std::string const& object, std::string const& name) {
        return "CAST(trunc(CAST(" + object + "->>'" + name + "' AS numeric)) AS bigint)";
    };
    std::string const facts = "CAST(e.facts AS json)";
    auto const inner = "(" + facts + "->'" + fact + "')";
    return "CASE json_typeof(" + inner + ") WHEN 'number' THEN " + whole(facts, fact) +
           " WHEN 'object' THEN CASE json_typeof(" + inner + "->'amount') WHEN 'number' THEN " +
           whole(inner, "amount") + " END END";
}

std::string EventSql::kinds(std::vector<std::string> const& names) {
    std::string list;
    for (auto const& name : names) (list += list.empty() ? "" : ",") += question_.bind(name);
    return " IN (" + list + ")";
}

std::string EventSql::kinds(std::vector<std::string> names, std::vector<std::string> const& more) {
    names.insert(names.end(), more.begin(), more.end());
    return kinds(names);
}

// A customer's events that count, without whose they are.
std::string EventSql::counting(Happened const& event) {
    auto condition = "e.kind" + kinds(event.kinds, event.less);
    if (event.since) condition += " AND e.happened_at>=" + question_.bind(event.since);
    if (event.ahead_of) (condition += " AND ") += starts_at() + ">" + question_.bind(to_text(*event.ahead_of));
    if (!event.by_subject) return condition;
    auto const later = "l.subject_id=e.subject_id AND l.customer_id=e.customer_id AND l.kind" +
                       kinds(event.kinds, event.until) + " AND (l.happened_at,l.position)>(e.happened_at,e.position)";
    return condition + " AND NOT EXISTS (" + selected("1", "spine l", later) + ")";
}

std::string EventSql::measured(Happened const& event) {
    if (event.sum.empty()) return "count(*)";
    auto number = number_of(event.sum);
    if (!event.less.empty())
        number = "CASE WHEN e.kind" + kinds(event.less) + " THEN -(" + number + ") ELSE " + number + " END";
    return "CAST(coalesce(sum(" + number + "),0) AS bigint)";
}

// The least sum among the highest; with nobody above nothing, more than anybody can have.
std::string EventSql::least_of_top(Happened const& event) {
    auto const wanted =
        "(" +
        selected("(count(*)*" + question_.bind(event.top) + "+9999)/10000", "(" + all_measured(event) + ") AS n") + ")";
    auto const sums = "(" + all_measured(event) + ") AS s ORDER BY s.total DESC LIMIT " + wanted;
    auto const highest = selected("s.total", sums);
    return "(" + selected("coalesce(min(t.total)," + question_.bind(nobody_has) + ")", "(" + highest + ") AS t") + ")";
}

std::string EventSql::least(Happened const& event) {
    return event.top ? least_of_top(event) : question_.bind(event.at_least);
}

}  // namespace patron::customers
