// Who of the staff sees a customer, and why – or why not – in words.
#include "modules/customers/sight.hpp"

#include "module/story.hpp"

namespace patron {

struct CustomerViewer {
    Id<User> user_id;
    std::string name;
    bool sees = false;
    bool works = false;  // may change the customer, as far as folders are concerned
    std::string reason;  // "Responsible for or assigned to this customer."
    // What hangs on the customer and is not there for them: names of areas, notes …
    std::vector<std::string> hidden_areas;
};
DESCRIBE(CustomerViewer, user_id, name, sees, works, reason, hidden_areas);

struct CustomerViewers {
    std::vector<CustomerViewer> data;
};
DESCRIBE(CustomerViewers, data);

namespace customers {
namespace {

constexpr std::int64_t most_viewers = 500;

std::string folder_words(FolderRule const& rule, Storyteller& teller) {
    auto const of = rule.whom == RuleFor::user   ? std::string("this person")
                    : rule.whom == RuleFor::team ? "the team " + teller.name_of(id_text("tea", rule.id))
                                                 : "the role " + teller.name_of(id_text("rol", rule.id));
    auto const folder = "The folder " + teller.name_of(id_text("fol", rule.folder));
    switch (rule.level) {
        case FolderLevel::none: return folder + " is closed to " + of + ".";
        case FolderLevel::see: return folder + " is there for " + of + " to look at.";
        case FolderLevel::work: return folder + " is open to " + of + ".";
        case FolderLevel::manage: return folder + " is managed by " + of + ".";
    }
    return folder;
}

std::string in_words(SightReason const& reason, Visibility visibility, Storyteller& teller) {
    using Why = SightReason::Why;
    switch (reason.why) {
        case Why::owner: return "Owners see everybody.";
        case Why::folder: return folder_words(reason.rule, teller);
        case Why::everybody: return "The role shows everybody's customers.";
        case Why::worker: return "Responsible for this customer, or assigned to it.";
        case Why::teammate:
            return "In one team with " + teller.name_of(id_text("usr", reason.worker)) +
                   ", who looks after this customer.";
        case Why::nothing: break;
    }
    switch (visibility) {
        case Visibility::none: return "The role shows only what folders open, and none opens this customer.";
        case Visibility::own: return "The role shows one's own customers, and this is somebody else's.";
        case Visibility::team:
            return "The role shows the team's customers, and nobody of the team looks after this one.";
        case Visibility::all: break;
    }
    return "Nothing shows this customer.";
}

std::string_view whose_in_words(Visibility visibility) {
    switch (visibility) {
        case Visibility::none: return "only of customers whom folders open";
        case Visibility::own: return "only of one's own customers";
        case Visibility::team: return "only of the team's customers";
        case Visibility::all: break;
    }
    return "of all customers";
}

// "The role shows notes only of one's own customers, so none of this one."
void add_hidden_areas(CustomerViewer& viewer, Principal const& who, SightSources const& sources,
                      Standing const& standing, std::vector<Area> const& areas) {
    for (auto const& area : areas) {
        if (!area.hangs_on_customers) continue;
        auto const view = std::string(area.name) + ".view";
        auto seer = sources.viewer(who);
        seer.visibility = who.visibility_in(area.name);
        if (!who.may(view)) {
            viewer.hidden_areas.emplace_back(area.name);
            (viewer.reason += " The role does not show ") += std::string(area.name) + '.';
        } else if (!sources.sight(seer).sees(standing.folder, standing.workers)) {
            viewer.hidden_areas.emplace_back(area.name);
            ((viewer.reason += " The role shows ") += area.name) += ' ';
            (viewer.reason += whose_in_words(seer.visibility)) += ", so none of this one.";
        }
    }
}

std::vector<Id<User>> active_staff(Reading& reading) {
    std::vector<Id<User>> users;
    db::Value const values[] = {most_viewers};
    auto rows = reading.tx.query("SELECT id FROM users WHERE state='active' ORDER BY name_key,id LIMIT $1", values);
    while (rows.next()) users.push_back({rows.integer(0)});
    return users;
}

CustomerViewers viewers(Reading& reading, Id<Customer> id) {
    auto const standing = standing_of(find(reading, id));
    auto const one = reading.call.param("user_id");
    auto const users = one ? std::vector{Id<User>{std::get<std::int64_t>(filter_value<Id<User>>(*one, "user_id"))}}
                           : active_staff(reading);
    CustomerViewers viewers;
    Storyteller teller(reading);
    auto const sources = sight_sources(reading);
    for (auto const user : users) {
        auto const who = principal_of_user(reading.tx, user, reading.business.areas());
        auto const seer = sources.viewer(who);
        auto const sight = sources.sight(seer);
        auto const reason = reason_of(seer, sources.parents, sources.rules, standing.folder, standing.workers);
        CustomerViewer viewer{.user_id = who.user_id, .name = who.name};
        bool const may = who.may("customers.view");
        viewer.sees = may && sight.sees(standing.folder, standing.workers);
        viewer.works = may && who.may("customers.edit") && sight.works(standing.folder, standing.workers);
        viewer.reason = may ? in_words(reason, who.visibility, teller) : "The role does not show customers at all.";
        if (viewer.sees) add_hidden_areas(viewer, who, sources, standing, reading.business.areas());
        viewers.data.push_back(std::move(viewer));
    }
    return viewers;
}

}  // namespace

std::vector<StaffSight> staff_sights(Reading& reading) {
    std::vector<StaffSight> sights;
    auto const sources = sight_sources(reading);
    for (auto const user : active_staff(reading)) {
        auto const who = principal_of_user(reading.tx, user, reading.business.areas());
        if (who.may("customers.view")) sights.push_back({user, who.name, sources.sight(sources.viewer(who))});
    }
    return sights;
}

std::vector<Route> sight_routes() {
    return {get<viewers>("/customers/{id}/viewers", Permission("users.edit"), "list_customer_viewers",
                         "Who of the staff sees this customer, and why or why not", {{"user_id", "only this one"}})};
}

}  // namespace customers
}  // namespace patron
