#include "access/sight.hpp"

#include <algorithm>

namespace patron {
namespace {

bool holds(std::vector<std::int64_t> const& sorted, std::int64_t id) {
    return std::binary_search(sorted.begin(), sorted.end(), id);
}

bool any_of(std::vector<std::int64_t> const& sorted, std::span<std::int64_t const> ids) {
    return std::any_of(ids.begin(), ids.end(), [&](std::int64_t id) { return holds(sorted, id); });
}

bool is_for(FolderRule const& rule, Viewer const& viewer) {
    switch (rule.whom) {
        case RuleFor::role: return rule.id == viewer.role;
        case RuleFor::user: return rule.id == viewer.user;
        case RuleFor::team: return std::find(viewer.teams.begin(), viewer.teams.end(), rule.id) != viewer.teams.end();
    }
    return false;
}

// The rule that counts in the folder itself, if one is for the viewer.
FolderRule const* nearest_rule(std::int64_t folder, Viewer const& viewer, std::vector<FolderRule> const& rules) {
    FolderRule const* nearest = nullptr;
    for (auto const& rule : rules) {
        if (rule.folder != folder || !is_for(rule, viewer)) continue;
        bool const nearer = !nearest || rule.whom > nearest->whom;
        if (nearer || (rule.whom == nearest->whom && rule.level < nearest->level)) nearest = &rule;
    }
    return nearest;
}

// The one of the folder, or of the nearest folder above that has one.
FolderRule const* rule_for(std::int64_t folder, Viewer const& viewer,
                           std::map<std::int64_t, std::int64_t> const& parents, std::vector<FolderRule> const& rules) {
    std::size_t levels = 0;
    for (auto at = folder; at != 0 && levels <= parents.size(); ++levels) {
        if (auto const* rule = nearest_rule(at, viewer, rules)) return rule;
        auto const parent = parents.find(at);
        at = parent == parents.end() ? 0 : parent->second;
    }
    return nullptr;
}

}  // namespace

bool Sight::sees_everybody() const {
    return visibility == Visibility::all && std::none_of(folders.begin(), folders.end(), [](auto const& entry) {
               return entry.second == FolderLevel::none;
           });
}

bool Sight::works_with_everybody() const {
    return visibility == Visibility::all && std::none_of(folders.begin(), folders.end(), [](auto const& entry) {
               return entry.second < FolderLevel::work;
           });
}

bool Sight::sees(std::optional<std::int64_t> in, std::span<std::int64_t const> workers) const {
    if (auto const rule = in ? folders.find(*in) : folders.end(); rule != folders.end())
        return rule->second != FolderLevel::none;
    return visibility == Visibility::all || any_of(users, workers);
}

bool Sight::works(std::optional<std::int64_t> in, std::span<std::int64_t const> workers) const {
    if (!sees(in, workers)) return false;
    auto const rule = in ? folders.find(*in) : folders.end();
    if (rule == folders.end() || rule->second >= FolderLevel::work) return true;
    // A folder to look at: whoever looks after a customer in it still works with that one.
    return std::find(workers.begin(), workers.end(), user) != workers.end();
}

FolderLevel Sight::folder(std::int64_t id) const {
    auto const rule = folders.find(id);
    return rule == folders.end() ? FolderLevel::work : rule->second;
}

Sight sight_of(Viewer const& viewer, std::map<std::int64_t, std::int64_t> const& parents,
               std::vector<FolderRule> const& rules) {
    if (viewer.owner) return whole_sight();
    Sight sight{.visibility = viewer.visibility, .user = viewer.user, .users = {}, .folders = {}};
    if (viewer.visibility != Visibility::none) sight.users = {viewer.user};
    if (viewer.visibility == Visibility::team)
        sight.users.insert(sight.users.end(), viewer.teammates.begin(), viewer.teammates.end());
    std::sort(sight.users.begin(), sight.users.end());
    sight.users.erase(std::unique(sight.users.begin(), sight.users.end()), sight.users.end());
    for (auto const& [folder, above] : parents)
        if (auto const* rule = rule_for(folder, viewer, parents, rules)) sight.folders[folder] = rule->level;
    return sight;
}

SightReason reason_of(Viewer const& viewer, std::map<std::int64_t, std::int64_t> const& parents,
                      std::vector<FolderRule> const& rules, std::optional<std::int64_t> folder,
                      std::span<std::int64_t const> workers) {
    using Why = SightReason::Why;
    if (viewer.owner) return {.why = Why::owner, .rule = {}, .worker = 0};
    if (folder)
        if (auto const* rule = rule_for(*folder, viewer, parents, rules))
            return {.why = Why::folder, .rule = *rule, .worker = 0};
    if (viewer.visibility == Visibility::all) return {.why = Why::everybody, .rule = {}, .worker = 0};
    if (viewer.visibility == Visibility::none) return {};
    for (auto const worker : workers)
        if (worker == viewer.user) return {.why = Why::worker, .rule = {}, .worker = worker};
    if (viewer.visibility == Visibility::team)
        for (auto const worker : workers)
            if (std::find(viewer.teammates.begin(), viewer.teammates.end(), worker) != viewer.teammates.end())
                return {.why = Why::teammate, .rule = {}, .worker = worker};
    return {};
}

}  // namespace patron
