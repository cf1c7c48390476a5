// Folders: where customers stand in the business's work – leads, active, closed, pipelines of one's own – each with a list of statuses.
#pragma once
#include "modules/tags/tags.hpp"

namespace patron {
struct Folder;
struct Status;
}  // namespace patron
ID_PREFIX(patron::Folder, "fol");
ID_PREFIX(patron::Status, "sta");

namespace patron {

// What being in a folder means for the business.
enum class Stage { lead, active, closed };
BOOST_DESCRIBE_ENUM(Stage, lead, active, closed)

// What people of a role, of a team, or one of the staff may do in a folder and the folders in it.
struct FolderAccess {
    std::string to;  // "rol_…", "tea_…" or "usr_…"
    FolderLevel level = FolderLevel::work;
};
DESCRIBE(FolderAccess, to, level);

struct Folder {
    static constexpr std::string_view table = "folders", noun = "folder";
    static constexpr std::string_view fixed[] = {"id", "version", "customers", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"customers"};
    Id<Folder> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    std::optional<Id<Folder>> parent_id;
    Stage stage = Stage::lead;
    Tone tone = Tone::mute;
    int rank = 0;                                 // place among its siblings; behind the last when left out
    std::optional<Id<Status>> default_status_id;  // what new customers in it get
    std::vector<Id<Tag>> default_tag_ids;
    std::vector<FolderAccess> access;  // who may do what in it; whoever is not named: as in the folder above
    std::int64_t customers = 0;        // how many are in it, subfolders not counted
    Time created_at, updated_at;
};
DESCRIBE(Folder, id, version, name, parent_id, stage, tone, rank, default_status_id, default_tag_ids, access, customers,
         created_at, updated_at);

struct Status {
    static constexpr std::string_view table = "statuses", noun = "status";
    static constexpr std::string_view fixed[] = {"id", "version", "created_at", "updated_at"};
    Id<Status> id;
    std::int64_t version = 0;
    Id<Folder> folder_id;
    Text<1, 100> name;
    Tone tone = Tone::mute;
    int rank = 0;
    Time created_at, updated_at;
};
DESCRIBE(Status, id, version, folder_id, name, tone, rank, created_at, updated_at);

namespace folders {

// The folder, or Problem 404.
Folder find(Reading& reading, Id<Folder> id);

// The rules of who may do what in the folder.
std::vector<FolderRule> rules_of(Folder const& folder);

// All folders, in their order; the statuses of a folder's own list, in theirs.
std::vector<Folder> all(Reading& reading);
std::vector<Status> statuses(Reading& reading, Id<Folder> folder);

// A new folder behind its siblings; a new status at the end of its folder's list. Throws Problem with pointers.
Folder create(Unit& unit, Folder draft);
Status create_status(Unit& unit, Status draft);

// Brings a folder from `before` to `after` after the same checks. False when nothing differs.
bool change(Unit& unit, Folder const& before, Folder& after);

// Where a new customer lands: the first folder of leads, else the first of all, in which whoever asks may work.
std::optional<Id<Folder>> first(Reading& reading);

// The status that a customer gets in this folder, when it names one; a folder without statuses of its own uses its parent's.
std::optional<Id<Status>> default_status(Reading& reading, Id<Folder> folder);

// Is the status one of the folder's own list, or of the nearest folder above that has one? Without a folder none fits.
bool status_fits(Reading& reading, std::optional<Id<Folder>> folder, Id<Status> status);

// The folder and all below it; just the folder itself when it is unknown.
std::vector<Id<Folder>> with_subfolders(Reading& reading, Id<Folder> folder);

Module module();

}  // namespace folders
}  // namespace patron
