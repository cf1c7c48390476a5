#include "modules/customers/asking.hpp"
#include "modules/customers/events.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/presence.hpp"
#include "modules/customers/rewording.hpp"
#include "modules/customers/rows.hpp"
#include "modules/customers/sight.hpp"
#include "modules/customers/undoing.hpp"
#include "modules/customers/store.hpp"

namespace patron::customers {
namespace {

Shown<Customer> get_one(Reading& reading, Id<Customer> id) { return reading.show(id); }

Customer create_one(Unit& unit, Body<Customer> draft) {
    auto customer = create(unit, std::move(*draft));
    return customer;
}

// Values of `custom` are merged by key; null takes a key away.
void merge_custom(Customer const& before, Customer& after, Patch<Customer> const& patch) {
    if (!patch.has("custom")) return;
    JsonObject merged = before.custom;
    for (auto const& entry : static_cast<JsonObject const&>(after.custom)) {
        if (entry.value().is_null()) merged.erase(entry.key());
        else merged[entry.key()] = entry.value();
    }
    static_cast<JsonObject&>(after.custom) = std::move(merged);
}

Customer change_one(Unit& unit, Id<Customer> id, Patch<Customer> patch) {
    auto const before = find(unit, id);
    auto after = before;
    unit.check_match(before);
    patch.apply_to(after);
    merge_custom(before, after, patch);
    change(unit, before, after);
    return after;
}

void delete_one(Unit& unit, Id<Customer> id) { bin(unit, find(unit, id)); }

Customer restore_one(Unit& unit, Id<Customer> id) {
    auto const before = unit.seek(id);
    if (!before) throw not_found();
    return restore(unit, *before);
}

}  // namespace

Module module(FinderSettings finder) {
    Permission const view{"customers.view"}, edit{"customers.edit"};
    Module module{.name = "customers", .needs = {"folders", "tags", "fields"}};
    module.areas = {{"customers", "Customers", {"view", "create", "edit", "delete", "export", "sensitive"}}};
    module.migrations = store::migrations();
    module.kinds = {&created, &updated, &moved,    &status_changed, &tagged,     &assigned,
                    &binned,  &erased,  &restored, &words_hidden,   &words_shown};
    auto listing =
        get<list>("/customers", view, "list_customers", "Customers, filtered, sorted, searched", list_filters());
    listing.answer_schema = [](Schemas& schemas) {
        return Json(
            JsonObject{{"oneOf", JsonArray{page_schema(schema<Customer>(schemas)), page_schema(row_schema(schemas))}}});
    };
    auto one = get<get_one>("/customers/{id}", view, "get_customer", "One customer");
    one.looks = "customer.opened";
    module.routes = {
        std::move(listing),
        std::move(one),
        post<create_one>("/customers", Permission("customers.create"), "create_customer", "A new customer"),
        patch<change_one>("/customers/{id}", edit, "update_customer", "Change a customer"),
        remove<delete_one>("/customers/{id}", Permission("customers.delete"), "delete_customer",
                           "Move a customer to the bin"),
        post<restore_one>("/customers/{id}/restoration", Permission("customers.delete"), "restore_customer",
                          "Bring a customer back from the bin", 200)};
    for (auto& route : tally_routes()) module.routes.push_back(std::move(route));
    for (auto& route : looking_routes()) module.routes.push_back(std::move(route));
    for (auto& route : presence_routes()) module.routes.push_back(std::move(route));
    for (auto& route : undo_routes()) module.routes.push_back(std::move(route));
    for (auto& route : sight_routes()) module.routes.push_back(std::move(route));
    module.gate = gate();
    module.opened = [finder](Business& business) { business.part<Finder>().begin(finder); };
    module.chores = {{"bin of customers", erase_some}, {"words of fields", reword_those_left}};
    module.readers = {activity_reader(), counts_reader()};
    module.namers = {{"cus", "SELECT display_name FROM customers WHERE id=$1"}};
    module.usages = {{"fol", "SELECT id,n FROM customer_counts WHERE prefix='fol' AND n>0"},
                     {"sta", "SELECT id,n FROM customer_counts WHERE prefix='sta' AND n>0"},
                     {"tag", "SELECT id,n FROM customer_counts WHERE prefix='tag' AND n>0"}};
    return module;
}

}  // namespace patron::customers
