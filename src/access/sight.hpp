// Sight: which customers somebody sees and which they may work with – by role, by being responsible or assigned, by team
// and by folder. Everything that hangs on a customer follows the customer.
#pragma once
#include "describe/describe.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace patron {

// Whose customers a role shows: everybody's, those of whoever shares a team with one, those that one is responsible for
// or assigned to, or none but by folder.
enum class Visibility { none, own, team, all };
BOOST_DESCRIBE_ENUM(Visibility, none, own, team, all)

// What may be done in a folder: nothing, not even see it; look; work with its customers; set the folder up as well.
enum class FolderLevel { none, see, work, manage };
BOOST_DESCRIBE_ENUM(FolderLevel, none, see, work, manage)

// Whom a rule of a folder is for. The nearest of them counts: a rule for a person before one for their team, that before
// one for their role. Of several teams the least counts.
enum class RuleFor { role, team, user };
struct FolderRule {
    std::int64_t folder = 0;
    RuleFor whom = RuleFor::role;
    std::int64_t id = 0;
    FolderLevel level = FolderLevel::work;
};

// Somebody, as far as sight is concerned.
struct Viewer {
    bool owner = false;
    Visibility visibility = Visibility::none;
    std::int64_t user = 0, role = 0;
    std::vector<std::int64_t> teams;      // those that the user is in
    std::vector<std::int64_t> teammates;  // whoever is in one of them
};

struct Sight {
    Visibility visibility = Visibility::none;
    std::int64_t user = 0;
    std::vector<std::int64_t> users;  // whose customers these are: one's own, with teams the teammates'; sorted
    std::map<std::int64_t, FolderLevel> folders;  // where a rule speaks; elsewhere the role does

    // All customers, wherever they are.
    bool sees_everybody() const;
    bool works_with_everybody() const;
    // A customer in this folder whom these look after.
    bool sees(std::optional<std::int64_t> folder, std::span<std::int64_t const> workers) const;
    bool works(std::optional<std::int64_t> folder, std::span<std::int64_t const> workers) const;
    // What may be done with the folder itself. Without a rule: work, for whoever may work at all.
    FolderLevel folder(std::int64_t id) const;
    bool operator==(Sight const&) const = default;
};

// Why a viewer sees a customer, or does not.
struct SightReason {
    enum class Why { owner, folder, everybody, worker, teammate, nothing };
    Why why = Why::nothing;
    FolderRule rule;          // of `folder`: the one that counts
    std::int64_t worker = 0;  // of `teammate`: whose customer it is
};

inline Sight whole_sight() { return {.visibility = Visibility::all, .user = 0, .users = {}, .folders = {}}; }

// The sight of a viewer; `parents` is the tree of folders (0: at the top). A folder without a rule for the viewer has the
// one of the nearest folder above that has.
SightReason reason_of(Viewer const& viewer, std::map<std::int64_t, std::int64_t> const& parents,
                      std::vector<FolderRule> const& rules, std::optional<std::int64_t> folder,
                      std::span<std::int64_t const> workers);
Sight sight_of(Viewer const& viewer, std::map<std::int64_t, std::int64_t> const& parents,
               std::vector<FolderRule> const& rules);

}  // namespace patron
