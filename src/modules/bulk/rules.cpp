#include "modules/bulk/rules.hpp"

#include <algorithm>

namespace patron::bulk::rules {
namespace {

constexpr std::string_view settable[] = {
    "kind", "source", "language", "time_zone", "newsletter", "preferred_contact", "do_not_contact", "customer_since"};
constexpr std::string_view of_custom = "custom.";

void assign(std::vector<Worker>& workers, BulkAssign const& wanted) {
    auto found = std::find_if(workers.begin(), workers.end(),
                              [&](Worker const& worker) { return worker.user_id == wanted.user_id; });
    if (found == workers.end()) found = workers.insert(workers.end(), {.user_id = wanted.user_id});
    if (!wanted.responsible) return;
    for (auto& worker : workers) worker.responsible = worker.user_id == wanted.user_id;
}

void set(Customer& customer, BulkField const& wanted) {
    if (wanted.field.starts_with(of_custom)) {
        auto const key = wanted.field.substr(of_custom.size());
        if (wanted.value.is_null()) customer.custom.erase(key);
        else customer.custom[key] = wanted.value;
        return;
    }
    Mistakes checked_before;
    each_column<Customer>([&](std::string_view name, auto member) {
        if (name == wanted.field) read_json(wanted.value, customer.*member, "", checked_before);
    });
}

}  // namespace

Verb verb_of(BulkAction const& action) {
    std::vector<Verb> verbs;
    auto const add = [&](bool wanted, Verb verb) {
        if (wanted) verbs.push_back(verb);
    };
    add(action.add_tags.has_value(), Verb::tag);
    add(action.remove_tags.has_value(), Verb::untag);
    add(action.move_to.has_value(), Verb::move);
    add(action.set_status.has_value(), Verb::status);
    add(action.assign.has_value(), Verb::assign);
    add(action.unassign.has_value(), Verb::unassign);
    add(action.set_field.has_value(), Verb::set);
    add(action.delete_, Verb::bin);
    add(action.restore, Verb::restore);
    add(action.export_.has_value(), Verb::file);
    if (verbs.empty())
        throw invalid(
            "/action", "no_action",
            "Say what is to be done: add_tags, remove_tags, move_to, set_status, assign, unassign, set_field, "
            "delete, restore or export.");
    if (verbs.size() > 1)
        throw invalid("/action", "several_actions", "An action does one thing; send the others apart.");
    if (action.status_id && verbs.front() != Verb::move)
        throw invalid("/action/status_id", "only_with_move_to",
                      "The status id goes with move_to; else use set_status.");
    return verbs.front();
}

std::string_view kind_of(Verb verb) {
    switch (verb) {
        case Verb::tag: return "bulk.tag";
        case Verb::untag: return "bulk.untag";
        case Verb::move: return "bulk.move";
        case Verb::status: return "bulk.status";
        case Verb::assign: return "bulk.assign";
        case Verb::unassign: return "bulk.unassign";
        case Verb::set: return "bulk.set";
        case Verb::bin: return "bulk.delete";
        case Verb::restore: return "bulk.restore";
        case Verb::file: break;
    }
    return "bulk.export";
}

std::string_view permission_of(Verb verb) {
    if (verb == Verb::bin || verb == Verb::restore) return "customers.delete";
    return verb == Verb::file ? "customers.export" : "customers.edit";
}

bool can_be_set(std::string_view member) {
    return std::find(std::begin(settable), std::end(settable), member) != std::end(settable);
}

void apply(BulkAction const& action, Verb verb, Customer& customer) {
    auto& tags = customer.tag_ids;
    switch (verb) {
        case Verb::tag:
            for (auto const tag : *action.add_tags)
                if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
            break;
        case Verb::untag:
            for (auto const tag : *action.remove_tags) std::erase(tags, tag);
            break;
        case Verb::move:
            customer.folder_id = action.move_to;
            if (action.status_id) customer.status_id = action.status_id;
            break;
        case Verb::status: customer.status_id = action.set_status; break;
        case Verb::assign: assign(customer.workers, *action.assign); break;
        case Verb::unassign:
            std::erase_if(customer.workers,
                          [&](Worker const& worker) { return worker.user_id == action.unassign->user_id; });
            break;
        case Verb::set: set(customer, *action.set_field); break;
        case Verb::bin:
        case Verb::restore:
        case Verb::file: break;
    }
}

std::vector<Change> touched(Customer const& before, Customer const& after) {
    auto changes = differences(before, after);
    auto const is = [](std::string_view name) { return [name](Change const& one) { return one.field == name; }; };
    if (std::any_of(changes.begin(), changes.end(), is("folder_id")) &&
        std::none_of(changes.begin(), changes.end(), is("status_id")))
        changes.push_back({"status_id", to_json(before.status_id), to_json(after.status_id)});
    customers::part_custom(changes, before, after);
    return changes;
}

}  // namespace patron::bulk::rules
