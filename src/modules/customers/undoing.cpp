#include "modules/customers/undoing.hpp"

#include "modules/customers/customers.hpp"
#include "modules/customers/events.hpp"

#include <algorithm>

namespace patron {

struct CustomerUndo {
    std::int64_t position = 0;  // of the event that told the change
};
DESCRIBE(CustomerUndo, position);

namespace customers {
namespace {

constexpr std::string_view of_custom = "custom.";

bool has(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Json value_of(JsonObject const& custom, std::string_view key) {
    auto const* value = custom.if_contains(key);
    return value ? *value : Json(nullptr);
}

std::vector<Change> changes_of(Event const& event) {
    std::vector<Change> changes;
    auto const add = [&](Json const& list, bool personal) {
        if (!list.is_array()) return;
        for (auto const& one : list.get_array())
            changes.push_back({std::string(std::string_view(one.at("field").as_string())), json_text(one.at("from")),
                               json_text(one.at("to")), personal});
    };
    add(parse_own_json(event.changes), false);
    if (!event.personal.empty()) {
        auto const personal = parse_own_json(event.personal);
        if (auto const* list = personal.is_object() ? personal.get_object().if_contains("changes") : nullptr)
            add(*list, true);
    }
    return changes;
}

Event event_at(Reading& reading, std::int64_t position, Id<Customer> customer) {
    static std::string const sql =
        "SELECT " + std::string(event_columns) + " FROM spine WHERE position=$1 AND customer_id=$2";
    db::Value const values[] = {position, customer.value};
    auto row = reading.tx.query(sql, values);
    if (!row.next()) throw invalid("/position", "unknown_reference", "The position names no event of this customer.");
    return read_event(row);
}

// All of it or nothing: half a change taken back would be one that nobody made.
Customer undo(Unit& unit, Id<Customer> id, Body<CustomerUndo> const& body) {
    auto const before = find(unit, id);
    unit.check_match(before);
    unit.check_may_work(before);
    auto const event = event_at(unit, body.value.position, id);
    constexpr Kind const* kinds[] = {&updated, &moved, &status_changed, &tagged, &assigned};
    if (std::none_of(std::begin(kinds), std::end(kinds), [&](Kind const* kind) { return kind->name == event.kind; }))
        throw invalid("/position", "not_undoable", "This is no change of the profile that could be taken back.");
    auto const by = event.actor.id.text();
    if (by != unit.who.actor.id.text() && by != unit.who.user_id.text())
        throw Problem(403, "not_your_change", "You can take back what you changed yourself.");
    auto after = before;
    auto const changes = changes_of(event);
    auto const stay = take_back(after, changes);
    if (changes.empty() || !stay.empty()) {
        std::string names;
        for (auto const& field : stay) (names += names.empty() ? "" : ", ") += field;
        throw conflict("changed_since", names.empty() ? std::string("What this changed is not kept any more.")
                                                      : "This has changed again since: " + names + ".");
    }
    if (!change(unit, before, after)) throw conflict("changed_since", "There is nothing left to take back.");
    return find(unit, id);
}

}  // namespace

void part_custom(std::vector<Change>& changes, Customer const& before, Customer const& after) {
    if (std::erase_if(changes, [](Change const& change) { return change.field == "custom"; }) == 0) return;
    JsonObject keys = before.custom;
    for (auto const& entry : static_cast<JsonObject const&>(after.custom)) keys[entry.key()] = entry.value();
    for (auto const& entry : keys) {
        auto const from = value_of(before.custom, entry.key()), to = value_of(after.custom, entry.key());
        if (from != to)
            changes.push_back(
                {std::string(of_custom) + std::string(entry.key()), json_text(from), json_text(to), true});
    }
}

std::vector<std::string> take_back(Customer& customer, std::vector<Change> const& changes) {
    std::vector<std::string> stay;
    auto const now = customer;
    for (auto const& change : changes) {
        auto const from = parse_own_json(change.from), to = parse_own_json(change.to);
        if (change.field.starts_with(of_custom)) {
            auto const key = change.field.substr(of_custom.size());
            if (value_of(customer.custom, key) != to) stay.push_back(change.field);
            else if (from.is_null()) customer.custom.erase(key);
            else customer.custom[key] = from;
            continue;
        }
        each_column<Customer>([&](std::string_view name, auto member) {
            if (name != change.field) return;
            if (parse_own_json(to_json(customer.*member)) != to) stay.push_back(change.field);
            else read_own(from, customer.*member);
        });
    }
    // A status means something in its folder alone, and the folder says since when: all go back, or none.
    if (has(stay, "folder_id") || has(stay, "status_id")) {
        customer.folder_id = now.folder_id;
        customer.status_id = now.status_id;
        customer.customer_since = now.customer_since;
    }
    return stay;
}

std::vector<Route> undo_routes() {
    return {post<undo>("/customers/{id}/undo", Permission("customers.edit"), "undo_customer_change",
                       "Take back one's own change of a customer, unless it has changed since", 200)};
}

}  // namespace customers
}  // namespace patron
