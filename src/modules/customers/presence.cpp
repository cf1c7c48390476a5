#include "modules/customers/presence.hpp"

namespace patron {

// Who is looking at a customer right now.
struct LookingUser {
    Id<User> user_id;
    std::string name;
    std::optional<std::string> field;
    Time since;
};
DESCRIBE(LookingUser, user_id, name, field, since);

struct PresenceDraft {
    std::optional<Text<0, 100>> field;  // which one I am editing
};
DESCRIBE(PresenceDraft, field);

namespace customers {

http::Response lookers(Reading& reading, Id<Customer> id) {
    find(reading, id);
    std::vector<LookingUser> users;
    for (auto const& one : reading.business.presence().lookers(id, reading.now))
        users.push_back({one.user_id, one.name, one.field, one.since});
    return json_response(200, "{\"data\":" + to_json(users) + "}");
}

void look(Unit& unit, Id<Customer> id, Body<PresenceDraft> draft) {
    find(unit, id);
    Presence::Looker looker{unit.who.user_id, unit.who.name, {}, unit.now, unit.now};
    if (draft->field) looker.field = *draft->field;
    unit.after_commit.push_back([&business = unit.business, id, looker] {
        if (business.presence().look(id, looker)) business.tell("presence.changed", id, id);
    });
}

void leave(Unit& unit, Id<Customer> id) {
    find(unit, id);
    unit.after_commit.push_back([&business = unit.business, id, user = unit.who.user_id] {
        if (business.presence().leave(id, user)) business.tell("presence.changed", id, id);
    });
}

std::vector<Route> presence_routes() {
    Permission const view{"customers.view"};
    // Said again and again while a page is open; whoever opens the customer is in the audit log.
    auto here =
        put<look>("/customers/{id}/presence", view, "look_at_customer", "I am looking; repeat within 45 seconds");
    auto gone = remove<leave>("/customers/{id}/presence", view, "leave_customer", "I am looking no more");
    here.audited = gone.audited = false;
    return {get<lookers>("/customers/{id}/presence", view, "list_lookers", "Who is looking at this customer"),
            std::move(here), std::move(gone)};
}

}  // namespace customers
}  // namespace patron
