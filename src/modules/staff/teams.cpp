// Teams: staff who see one another's customers, where their role says so.
#include "modules/staff/parts.hpp"

#include "module/listing.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Kind team_created{"team.created", 1, "{actor} made a team", ""};
constexpr Kind team_updated{"team.updated", 1, "{actor} changed {changes} of a team", ""};
constexpr Kind team_deleted{"team.deleted", 1, "{actor} deleted a team", ""};

constexpr std::size_t most_members = 500;
constexpr std::int64_t most_teams = 200;

Page<Team> list_teams(Reading& reading) {
    return list_records<Team>(reading, {"name"},
                              {{"name", "name"}, {"created_at", "created_at", Order::Type::integer}});
}

Team get_team(Reading& reading, Id<Team> id) { return reading.find(id); }

void check(Reading& reading, Team const& team, std::vector<Id<User>> const& had) {
    Mistakes mistakes;
    if (team.user_ids.size() > most_members)
        mistake(mistakes, "/user_ids", "too_many", "may name at most " + std::to_string(most_members) + " people");
    for (std::size_t i = 0; mistakes.empty() && i < team.user_ids.size(); ++i) {
        auto const id = team.user_ids[i];
        auto const pointer = pointer_to("/user_ids", i);
        if (std::find(team.user_ids.begin(), team.user_ids.begin() + static_cast<std::ptrdiff_t>(i), id) !=
            team.user_ids.begin() + static_cast<std::ptrdiff_t>(i))
            mistake(mistakes, pointer, "given_twice", "stands twice");
        else if (std::find(had.begin(), had.end(), id) == had.end() && !reading.seek(id))
            mistake(mistakes, pointer, "unknown_reference", "names nobody of the staff");
    }
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

// Who sees whose customers is another thing now.
void forget(Unit& unit) {
    unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
}

Team create_team(Unit& unit, Body<Team> const& draft) {
    auto team = draft.value;
    auto count = unit.tx.query("SELECT count(*) FROM teams");
    if (count.next() && count.integer(0) >= most_teams)
        throw conflict("too_many", "There are " + std::to_string(most_teams) + " teams already, which is the most.");
    check(unit, team, {});
    unit.keep(team, {.kind = &team_created});
    forget(unit);
    return team;
}

Team change_team(Unit& unit, Id<Team> id, Patch<Team> const& patch) {
    auto const before = unit.find(id);
    auto after = before;
    patch.apply_to(after);
    check(unit, after, before.user_ids);
    if (unit.change(before, after, {.kind = &team_updated})) forget(unit);
    return after;
}

void delete_team(Unit& unit, Id<Team> id) {
    unit.drop(unit.find(id), {.kind = &team_deleted});
    forget(unit);
}

}  // namespace

void add_teams(Module& module) {
    for (auto const* kind : {&team_created, &team_updated, &team_deleted}) module.kinds.push_back(kind);
    module.routes.push_back(get<list_teams>("/teams", Permission("users.view"), "list_teams", "The teams of the staff",
                                            list_params({{"name", "exactly this name"}})));
    module.routes.push_back(get<get_team>("/teams/{id}", Permission("users.view"), "get_team", "One team"));
    module.routes.push_back(post<create_team>("/teams", Permission("roles.create"), "create_team", "Make a team"));
    module.routes.push_back(
        patch<change_team>("/teams/{id}", Permission("roles.edit"), "change_team", "Change who is in a team"));
    module.routes.push_back(remove<delete_team>("/teams/{id}", Permission("roles.delete"), "delete_team",
                                                "Delete a team; nobody leaves the business by it"));
    module.namers.push_back({Id<Team>::prefix(), "SELECT name FROM teams WHERE id=$1"});
}

}  // namespace patron::staff
