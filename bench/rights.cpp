#include "rights.hpp"

#include "modules/staff/staff.hpp"

#include <iterator>
#include <stdexcept>

namespace patron::bench {
namespace {

struct NewRole {
    std::string_view name, key;
    Visibility visibility;
};
constexpr NewRole new_roles[] = {{"Sales", "sales", Visibility::team},    {"Field service", "field", Visibility::own},
                                 {"Support", "support", Visibility::all}, {"Partner", "partner", Visibility::none},
                                 {"Trainee", "trainee", Visibility::own}, {"Bookkeeping", "books", Visibility::all}};

// How many have which role, in the order in which they came.
struct Share {
    std::string_view role;
    int people;
};
constexpr Share shares[] = {{"owner", 1},   {"manager", 3}, {"staff", 12},  {"sales", 10},    {"field", 8},
                            {"support", 6}, {"partner", 3}, {"trainee", 3}, {"read_only", 2}, {"books", 2}};

constexpr std::size_t in_a_team = 7;

struct Rule {
    int district;
    RuleFor whom;
    std::string_view role;  // or the role of whose first team, or of which first person, it is for
    FolderLevel level;
};
constexpr Rule rules[] = {
    {1, RuleFor::role, "support", FolderLevel::none},  {2, RuleFor::role, "support", FolderLevel::none},
    {3, RuleFor::role, "support", FolderLevel::see},   {4, RuleFor::role, "sales", FolderLevel::see},
    {5, RuleFor::role, "sales", FolderLevel::none},    {6, RuleFor::role, "field", FolderLevel::none},
    {7, RuleFor::role, "field", FolderLevel::see},     {8, RuleFor::role, "partner", FolderLevel::work},
    {9, RuleFor::role, "partner", FolderLevel::see},   {10, RuleFor::role, "trainee", FolderLevel::see},
    {11, RuleFor::team, "sales", FolderLevel::work},   {12, RuleFor::team, "field", FolderLevel::work},
    {13, RuleFor::team, "support", FolderLevel::none}, {14, RuleFor::user, "sales", FolderLevel::work},
    {15, RuleFor::user, "field", FolderLevel::see},    {16, RuleFor::user, "support", FolderLevel::none},
    {17, RuleFor::role, "books", FolderLevel::none},   {18, RuleFor::role, "read_only", FolderLevel::none}};

int first_with(std::string_view role) {
    for (int number = 0; number < staff_count; ++number)
        if (role_key_of(number) == role) return number;
    throw std::logic_error("nobody is " + std::string(role));
}

std::string addressee(Unit& unit, Rule const& rule, Office const& office, std::vector<Id<Team>> const& teams) {
    if (rule.whom == RuleFor::role) return staff::role_of_key(unit, rule.role).id.text();
    auto const person = static_cast<std::size_t>(first_with(rule.role));
    return rule.whom == RuleFor::team ? teams[person / in_a_team].text() : office.staff[person].user_id.text();
}

}  // namespace

std::string_view role_key_of(int number) {
    for (auto const& share : shares)
        if ((number -= share.people) < 0) return share.role;
    throw std::out_of_range("so many are not in the office");
}

std::string email_of(int number) {
    return number == 0 ? std::string(owner_email) : "staff" + std::to_string(number) + "@bench.example";
}

void make_roles(Unit& unit, Office const& office) {
    for (auto const& wish : new_roles) {
        Role role;
        role.name = Text<1, 100>(wish.name);
        role.key = wish.key;
        role.permissions = role_permissions("staff", unit.business.areas());
        role.edited = true;
        role.visibility = wish.visibility;
        unit.keep(role, {.kind = &office.kind("role.created")});
    }
}

void make_teams_and_rules(Unit& unit, Office const& office) {
    std::vector<Id<Team>> teams;
    for (std::size_t at = 0; at < office.staff.size(); at += in_a_team) {
        Team team;
        team.name = Text<1, 100>("Team " + std::to_string(teams.size() + 1));
        for (auto member = at; member < std::min(at + in_a_team, office.staff.size()); ++member)
            team.user_ids.push_back(office.staff[member].user_id);
        unit.keep(team, {.kind = &office.kind("team.created")});
        teams.push_back(team.id);
    }
    for (auto const& rule : rules) {
        auto const name = "District " + std::to_string(rule.district);
        for (auto const& before : folders::all(unit)) {
            if (before.name != name) continue;
            auto after = before;
            after.access.push_back({addressee(unit, rule, office, teams), rule.level});
            folders::change(unit, before, after);
        }
    }
}

}  // namespace patron::bench
