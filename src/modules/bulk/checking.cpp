#include "modules/bulk/checking.hpp"

#include "modules/customers/filter.hpp"

#include <algorithm>
#include <set>

namespace patron::bulk {
namespace {

std::vector<Id<Customer>> read_ids(Json const& json) {
    auto const* list = json.if_array();
    if (!list) throw invalid("/filter/ids", "not_a_list", "The ids must be a list.");
    if (list->size() > most_ids)
        throw invalid("/filter/ids", "too_many", "At most 10,000 ids may stand here; use a filter instead.");
    std::vector<Id<Customer>> ids;
    std::set<Id<Customer>> seen;
    Mistakes mistakes;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto const& one = (*list)[i];
        auto const id = one.is_string() ? Id<Customer>::read(std::string_view(one.get_string())) : std::nullopt;
        if (!id) mistake(mistakes, pointer_to("/filter/ids", i), "not_an_id", "must be the id of a customer");
        else if (seen.insert(*id).second) ids.push_back(*id);
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return ids;
}

void check_tags(Reading& reading, std::vector<Id<Tag>> const& tags, std::string const& pointer) {
    if (tags.empty()) throw invalid(pointer, "required", "Name at least one tag.");
    for (std::size_t i = 0; i < tags.size(); ++i) reading.refer(tags[i], pointer_to(pointer, i));
}

void check_custom(Reading& reading, std::string const& key, Json const& value) {
    auto definitions = fields::readable(reading);
    std::erase_if(definitions, [&](Field const& field) { return field.key != key; });
    if (definitions.empty())
        throw invalid("/action/set_field/field", "unknown_field", "There is no custom field " + key + ".");
    if (value.is_null()) return;
    JsonObject custom{{key, value}};
    Mistakes mistakes;
    fields::check(definitions, custom, {}, reading.business.settings()->country, "", mistakes, [&](AnyId const& id) {
        if (id.prefix == "usr") return reading.seek(Id<User>{id.value}).has_value();
        if (id.prefix == "cus") return reading.seek(Id<Customer>{id.value}).has_value();
        return id.prefix == "fil" && reading.seek(Id<File>{id.value}).has_value();
    });
    for (auto& one : mistakes) one.pointer = "/action/set_field/value" + one.pointer.substr(1 + key.size());
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

void check_field(Reading& reading, BulkField const& wanted) {
    constexpr std::string_view of_custom = "custom.";
    if (wanted.field.starts_with(of_custom))
        return check_custom(reading, wanted.field.substr(of_custom.size()), wanted.value);
    if (!rules::can_be_set(wanted.field))
        throw invalid("/action/set_field/field", "unknown_field",
                      "The field " + wanted.field + " can't be set for many customers at once.");
    Mistakes mistakes;
    Customer nobody;
    each_column<Customer>([&](std::string_view name, auto member) {
        if (name == wanted.field) read_json(wanted.value, nobody.*member, "/action/set_field/value", mistakes);
    });
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

}  // namespace

std::vector<Id<Customer>> set_of(Reading& reading, BulkOrder const& order, rules::Verb verb) {
    if (auto const* ids = order.filter.if_contains("ids")) {
        for (auto const& entry : order.filter)
            if (entry.key() != "ids")
                throw invalid(pointer_to("/filter", entry.key()), "unknown_member",
                              "Beside ids nothing else may stand.");
        return read_ids(*ids);
    }
    if (verb == rules::Verb::restore)
        throw invalid("/filter", "needs_ids", "Filters do not look into the bin; name the customers by their ids.");
    return customers::matching(reading, customers::read_filter(reading, Json(order.filter), "/filter"));
}

void check(Reading& reading, BulkAction const& action, rules::Verb verb) {
    using rules::Verb;
    if (verb == Verb::tag) check_tags(reading, *action.add_tags, "/action/add_tags");
    if (verb == Verb::untag) check_tags(reading, *action.remove_tags, "/action/remove_tags");
    if (verb == Verb::status) reading.refer(*action.set_status, "/action/set_status");
    if (verb == Verb::unassign) reading.refer(action.unassign->user_id, "/action/unassign/user_id");
    if (verb == Verb::set) check_field(reading, *action.set_field);
    if (verb == Verb::assign &&
        reading.refer(action.assign->user_id, "/action/assign/user_id").state == UserState::disabled)
        throw invalid("/action/assign/user_id", "disabled", "This member of staff no longer works here.");
    if (verb != Verb::move) return;
    reading.refer(*action.move_to, "/action/move_to");
    if (!action.status_id) return;
    reading.refer(*action.status_id, "/action/status_id");
    if (!folders::status_fits(reading, action.move_to, *action.status_id))
        throw invalid("/action/status_id", "not_in_folder", "The status is not one of the folder's list.");
}

void check_rights(Principal const& who, rules::Verb verb) {
    auto const needed = std::string(rules::permission_of(verb));
    if (!who.may(needed)) throw Problem(403, "not_allowed", "Your role does not allow this (" + needed + ").");
}

}  // namespace patron::bulk
