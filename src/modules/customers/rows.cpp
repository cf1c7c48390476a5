// The compact rows of the list panel, what a profile shows beside its record, and what is new to whom.
#include "modules/customers/rows.hpp"

#include "modules/customers/events.hpp"
#include "modules/customers/searching.hpp"

#include "base/fold.hpp"
#include "module/listing.hpp"
#include "module/sections_seen.hpp"
#include "module/story.hpp"

#include <algorithm>

namespace patron {

// What the profile shows beside the record.
struct CustomerSummary {
    std::map<std::string, std::int64_t> counts;
    std::optional<Time> last_contact_at;
    std::optional<CustomerActivity> activity;
    int unread = 0;
    std::vector<SetMembership> segments;
};
DESCRIBE(CustomerSummary, counts, last_contact_at, activity, unread, segments);

namespace customers {
namespace {

constexpr int most_unread = 99;

// Events since I last looked, for customers I never opened since I joined.
int unread_since_joining(Reading& reading, Id<Customer> customer) {
    db::Value const values[] = {customer.value, reading.who.user_id.value, std::int64_t{most_unread}};
    auto row = reading.tx.query(
        "SELECT count(*) FROM (SELECT 1 FROM spine WHERE customer_id=$1 AND actor_kind NOT IN ('import','system') AND "
        "actor_id<>$2 "
        "AND recorded_at>=(SELECT created_at FROM users WHERE id=$2) LIMIT $3) AS news",
        values);
    return row.next() ? static_cast<int>(row.integer(0)) : 0;
}

struct Look {
    std::int64_t position = 0, events = 0, seen = -1;
};

Look look_of(Reading& reading, Id<Customer> customer) {
    db::Value const values[] = {customer.value, reading.who.user_id.value};
    auto row = reading.tx.query(
        "SELECT a.position,a.events,coalesce(n.events,-1) FROM customer_activity a LEFT JOIN customer_seen n "
        "ON n.customer_id=a.customer_id AND n.user_id=$2 WHERE a.customer_id=$1",
        values);
    Look look;
    if (row.next()) look = {row.integer(0), row.integer(1), row.integer(2)};
    return look;
}

int unread_of(Reading& reading, Id<Customer> customer, Look const& look) {
    if (look.seen >= 0) return static_cast<int>(std::clamp<std::int64_t>(look.events - look.seen, 0, most_unread));
    return look.events == 0 ? 0 : unread_since_joining(reading, customer);
}

std::optional<CustomerActivity> activity_at(Reading& reading, Storyteller& teller, HiddenKinds const& hidden,
                                            Id<Customer> customer, std::int64_t position) {
    static std::string const sql = "SELECT " + std::string(event_columns) + " FROM spine WHERE position=$1";
    db::Value const values[] = {position};
    auto row = reading.tx.query(sql, values);
    if (!row.next()) return {};
    auto const event = read_event(row);
    // That something happened, but not what, in a section that whoever asks may not look into.
    if (hidden.hides(event.kind, customer)) return CustomerActivity{event.happened_at, "", ""};
    return CustomerActivity{event.happened_at, event.kind, teller.tell(event).headline};
}

}  // namespace

CustomerRow row_of(Customer const& customer) {
    CustomerRow row{.id = customer.id, .version = customer.version, .kind = customer.kind};
    row.display_name = customer.display_name ? static_cast<std::string const&>(*customer.display_name) : std::string();
    if (customer.company_name) row.company_name = *customer.company_name;
    row.folder_id = customer.folder_id;
    row.status_id = customer.status_id;
    row.tag_ids = customer.tag_ids;
    row.photo_id = customer.photo_id;
    for (auto const& worker : customer.workers)
        if (worker.responsible) row.responsible_id = worker.user_id;
    for (auto const& address : customer.addresses)
        if (address.city && !row.city) row.city = *address.city;
    return row;
}

namespace {

bool holds(std::string const& folded, std::vector<std::string> const& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string const& word) { return folded.find(word) != std::string::npos; });
}

// Why a search found the customer, when its name does not say it.
std::optional<CustomerMatch> match_of(Customer const& customer, std::string const& typed,
                                      std::vector<std::string> const& wanted) {
    auto const holding = [&](auto const& text) { return holds(fold(std::string_view(text)), wanted); };
    if (customer.display_name && holding(*customer.display_name)) return {};
    if (auto const number = phone_digits(typed); !number.empty())
        for (auto const& phone : customer.phones)
            if (digits(phone.number).find(number) != std::string::npos ||
                (phone.e164 && digits(*phone.e164).find(number) != std::string::npos))
                return CustomerMatch{"phone", phone.number};
    if (customer.company_name && holding(*customer.company_name))
        return CustomerMatch{"company_name", *customer.company_name};
    for (auto const& email : customer.emails)
        if (holding(email.address)) return CustomerMatch{"email", email.address};
    for (auto const& address : customer.addresses)
        if (address.city && holding(*address.city)) return CustomerMatch{"city", *address.city};
    return {};
}

// The sets that the customers of these rows are in, asked once for all.
void add_sets(Reading& reading, std::vector<CustomerRow>& rows) {
    if (rows.empty()) return;
    std::map<std::int64_t, CustomerRow*> by_id;
    for (auto& row : rows) by_id[row.id.value] = &row;
    for (auto const& module : reading.business.modules())
        for (auto const& set : module.sets) {
            Question question;
            std::string list;
            for (auto const& [id, row] : by_id) (list += list.empty() ? "" : ",") += question.bind(id);
            auto const columns = "customer_id," + std::string(set.column);
            auto found =
                reading.tx.query(selected(columns, set.table, "customer_id IN (" + list + ")", "ORDER BY " + columns),
                                 question.values());
            while (found.next())
                by_id.at(found.integer(0))->segment_ids.push_back(id_text(set.prefix, found.integer(1)));
        }
}

}  // namespace

std::vector<CustomerRow> rows_of(Reading& reading, std::vector<Customer> const& customers, std::string const& typed) {
    std::vector<CustomerRow> rows;
    Storyteller teller(reading);
    HiddenKinds const hidden(reading);
    auto const wanted = words(typed);
    for (auto const& customer : customers) {
        auto row = row_of(customer);
        auto const look = look_of(reading, customer.id);
        row.unread = unread_of(reading, customer.id, look);
        row.activity = activity_at(reading, teller, hidden, customer.id, look.position);
        if (!typed.empty()) row.match = match_of(customer, typed, wanted);
        rows.push_back(std::move(row));
    }
    add_sets(reading, rows);
    return rows;
}

CustomerSummary summary(Reading& reading, Id<Customer> id) {
    auto const customer = find(reading, id);
    CustomerSummary summary;
    db::Value const values[] = {customer.id.value};
    for (auto const& module : reading.business.modules())
        for (auto const& section : module.sections) {
            if (!looks_into(reading.who, reading.business.areas(), section.name)) continue;
            if (!reading.sees(customer.id, section.name)) continue;
            if (section.count) {
                summary.counts[std::string(section.name)] = section.count(reading, customer.id);
                continue;
            }
            auto row = reading.tx.query(section.count_sql, values);
            summary.counts[std::string(section.name)] = row.next() ? row.integer(0) : 0;
        }
    for (auto const& module : reading.business.modules())
        for (auto const& set : module.sets)
            for (auto& one : set.of_customer(reading, customer.id)) summary.segments.push_back(std::move(one));
    auto const look = look_of(reading, id);
    Storyteller teller(reading);
    summary.activity = activity_at(reading, teller, HiddenKinds(reading), id, look.position);
    summary.unread = unread_of(reading, id, look);
    return summary;
}

// Matches by any of e-mail, phone and name: whom a new customer might already be.
http::Response lookalikes(Reading& reading) {
    auto const& call = reading.call;
    std::vector<Id<Customer>> ids;
    auto const add = [&](std::vector<Id<Customer>> const& more) {
        for (auto const id : more)
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    if (auto const email = call.param("email"))
        if (auto const normal = normal_email(*email)) add(known_by_email(reading, *normal));
    if (auto const phone = call.param("phone"))
        if (auto const read = read_phone(*phone, reading.business.settings()->country))
            add(known_by_phone(reading, read->e164));
    if (auto const name = call.param("name"); name && code_points(*name) >= 3) {
        db::Value const values[] = {fold(*name)};
        auto rows = reading.tx.query(
            "SELECT customer_id FROM customer_search WHERE name=$1 ORDER BY customer_id LIMIT 5", values);
        std::vector<Id<Customer>> named;
        while (rows.next()) named.push_back({rows.integer(0)});
        add(named);
    }
    std::vector<CustomerRow> rows;
    for (auto const id : ids)
        if (auto const customer = rows.size() < 5 ? reading.seek(id) : std::nullopt; customer && !customer->bin_until)
            rows.push_back(row_of(*customer));
    return json_response(200, "{\"data\":" + to_json(rows) + "}");
}

void mark_seen(Unit& unit, Id<Customer> id) {
    auto const customer = find(unit, id);
    db::Value const values[] = {unit.who.user_id.value, customer.id.value};
    unit.tx.post(
        "INSERT INTO customer_seen (user_id,customer_id,events) SELECT $1,customer_id,events FROM customer_activity "
        "WHERE customer_id=$2 "
        "ON CONFLICT (user_id,customer_id) DO UPDATE SET events=EXCLUDED.events",
        values);
}

void mark_all_seen(Unit& unit, Id<User> user) {
    db::Value const values[] = {user.value};
    unit.tx.post(
        "INSERT INTO customer_seen (user_id,customer_id,events) SELECT $1,customer_id,events FROM customer_activity "
        "WHERE 1=1 "
        "ON CONFLICT (user_id,customer_id) DO UPDATE SET events=EXCLUDED.events",
        values);
}

std::vector<Route> looking_routes() {
    Permission const view{"customers.view"};
    return {
        get<summary>("/customers/{id}/summary", view, "get_customer_summary", "Counts of each section and what is new"),
        get<lookalikes>("/customers/lookalikes", view, "list_lookalikes", "Whom a new customer might already be",
                        {{"email", "an address"}, {"phone", "a number"}, {"name", "a name"}}),
        post<mark_seen>("/customers/{id}/seen", view, "mark_customer_seen",
                        "Nothing on this customer is new to me any more")};
}

Json row_schema(Schemas& schemas) { return schema<CustomerRow>(schemas); }

}  // namespace customers
}  // namespace patron
