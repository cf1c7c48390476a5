// How folders and statuses lie in the database.
#pragma once
#include "modules/folders/rules.hpp"

namespace patron {

template <>
struct DerivedColumns<Folder> {
    static constexpr std::string_view names = ",name_key";
    static void add(Folder const& folder, std::vector<db::Value>& values);
};

namespace folders::store {

std::span<db::Migration const> migrations();

rules::Tree tree(Reading& reading);

// All of them, in their order.
std::vector<Folder> folders(Reading& reading);

// The statuses of the folder's own list, in their order.
std::vector<Status> statuses_of(Reading& reading, Id<Folder> folder);

// The folder whose list of statuses counts here: itself, or the nearest above that has one.
std::optional<Id<Folder>> governing(Reading& reading, Id<Folder> folder);

std::vector<Folder> with_default_status(Reading& reading, Id<Status> status);

// The rank behind the last among the folders of this parent, among the statuses of this folder.
int last_rank(Reading& reading, std::optional<Id<Folder>> parent);
int last_status_rank(Reading& reading, Id<Folder> folder);

}  // namespace folders::store
}  // namespace patron
