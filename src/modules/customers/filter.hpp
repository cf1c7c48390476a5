// Filters: what is asked of customers, one expression for lists, saved views, segments, bulk work, exports and reports.
// As JSON (docs/filters.md):
//   {"all": […]}  {"any": […]}  {"not": {…}}
//   {"field": "folder_id", "is": "fol_…"}         is: a value, or a list of which one is enough; also "is_not"
//   {"field": "folder_id", "within": "fol_…"}     the folder or below it
//   {"field": "created_at", "gte": "2026-01-01", "lt": {"days_ago": 30}}
//   {"field": "custom.size", "empty": true}       {"field": "source", "contains": "fair"}
//   {"search": "gonc"}
//   {"event": "booking.completed", "in_days": 90, "count": {"gte": 3}}      {"event": …, "count": {"lt": 1}}
//   {"event": "payment.received", "sum": "amount", "gte": 100000}           in minor units
//   {"event": "payment.received", "less": "payment.refunded", "sum": "amount", "top_percent": 5}     among the highest
//   {"event": ["booking.requested", "booking.moved"], "until": "booking.cancelled", "upcoming": true}
//       subjects (bookings) whose newest event of all these is none of until, and whose fact starts_at is still to come
#pragma once
#include "module/listing.hpp"
#include "modules/customers/customers.hpp"
#include "modules/fields/fields.hpp"

#include <map>
#include <memory>

namespace patron::customers {

// Something that filters compare: a member of customers, a custom field, or a set that another module keeps.
struct FilterField {
    enum class Shape { id, choice, text, number, flag, time, date };
    BOOST_DESCRIBE_NESTED_ENUM(Shape, id, choice, text, number, flag, time, date)
    std::string name;  // "folder_id", "custom.birthday"
    std::string label;
    Shape shape = Shape::text;
    bool ordered = false;              // takes gt, gte, lt, lte, and sorts
    bool searched_within = false;      // takes contains
    std::string prefix;                // of ids
    std::vector<std::string> choices;  // of choice
    std::optional<Field> custom;

    // Where it stands: in a column of customers c or customer_activity a, or in rows of a table beside (alias x).
    std::string column;
    std::string table, table_condition, table_value;
    std::int64_t attribute = 0;  // what the index knows it by
};

// Events of customers, counted or summed up.
struct Happened {
    std::vector<std::string> kinds;
    std::int64_t since = 0;  // milliseconds; 0: ever
    std::int64_t days = 0;   // that `since` lies back from now, when it is said so
    std::int64_t at_least = 1;
    std::string sum;                // the fact that is summed up instead, or empty
    std::vector<std::string> less;  // kinds whose sums are taken off
    std::int64_t top = 0;           // instead of at_least: among so many hundredths of a per cent of all above nothing
    bool by_subject = false;        // counts subjects by their newest event of kinds and until, unless it is of until
    std::vector<std::string> until;
    std::optional<Time> ahead_of;  // only those whose fact starts_at lies ahead of now
};

struct Filter {
    enum class Kind { all, any, none, is, below, up_to, above, from, contains, empty, search, happened };
    Kind kind = Kind::all;
    std::vector<Filter> parts;  // of all, any, none (none of them)
    std::shared_ptr<FilterField const> field;
    std::vector<db::Value> values;  // integers, numbers or (folded) texts, as they are stored
    std::string text;               // of contains and search
    Happened event;
    std::vector<std::int64_t> from_now;  // of values that count from now: how far ahead, in milliseconds
    bool tree = false;                   // its values are a folder and what is below it
    bool of_me = false;                  // means whoever asks
};

// Reads an expression. Throws Problem 422 with pointers below `pointer`: unknown fields, wrong types, too deep (10), too
// large (200 conditions, 500 values a condition). Relative days count from the reading's moment.
Filter read_filter(Reading& reading, Json const& expression, std::string const& pointer);

// The fields there are, in their order: for the builder of filters and for sorts.
std::vector<std::shared_ptr<FilterField const>> filter_fields(Reading& reading);
// By its name, or null.
std::shared_ptr<FilterField const> filter_field(Reading& reading, std::string_view name);

// The filter as an SQL condition over customers c and customer_activity a; the bin is not its concern.
std::string condition_of(Filter const& filter, Question& question, db::Engine engine);
// The same, quick for a single customer.
std::string condition_of_one(Filter const& filter, Question& question, db::Engine engine);

// The filter, and nobody whom whoever asks does not see.
Filter within_sight(Reading& reading, Filter filter);

// Customers that match, are seen and are not in the bin.
std::vector<Id<Customer>> matching(Reading& reading, Filter const& filter);  // by id
std::int64_t count_matching(Reading& reading, Filter const& filter);
bool matches(Reading& reading, Filter const& filter, Id<Customer> id);
// How many live customers have each id of the field: of each tag, in each segment …
std::map<std::int64_t, std::int64_t> count_by_id(Reading& reading, FilterField const& field);
// The same as matching(), always asked of the database.
std::vector<Id<Customer>> matching_by_sql(Reading& reading, Filter const& filter);

// What an event condition counts or sums up: of one customer; of all live ones who have more than nothing.
std::int64_t measure(Reading& reading, Happened const& event, Id<Customer> id);
std::vector<std::pair<Id<Customer>, std::int64_t>> measures(Reading& reading, Happened const& event);
// What the highest of so many are counted from: of `count` sums the how-many-th is the last one among them.
std::int64_t place_of_top(std::int64_t top, std::int64_t count);

// The values that a customer has of the field, as they are stored.
std::vector<db::Value> values_of(Reading& reading, FilterField const& field, Id<Customer> id);

// The next moment behind now at which the answer could change by time alone, for each customer who has one; of one
// customer or of all.
using Moments = std::map<Id<Customer>, Time>;
Moments next_moments(Reading& reading, Filter const& filter, std::optional<Id<Customer>> of = {});

}  // namespace patron::customers
