#include "modules/folders/store.hpp"

#include "base/name_key.hpp"

#include <algorithm>

namespace patron {

void DerivedColumns<Folder>::add(Folder const& folder, std::vector<db::Value>& values) {
    values.push_back(name_key(folder.name));
}

namespace folders::store {
namespace {

constexpr db::Migration all[] = {
    {1, "folders and statuses", R"(
CREATE TABLE folders (id {id}, version {int} NOT NULL, name {text} NOT NULL, parent_id {int} REFERENCES folders (id),
  stage {text} NOT NULL, tone {text} NOT NULL, rank {int} NOT NULL, default_status_id {int}, default_tag_ids {text} NOT NULL,
  created_at {int} NOT NULL, updated_at {int} NOT NULL, name_key {text} NOT NULL) {table};
CREATE INDEX folders_by_parent ON folders (parent_id);
CREATE TABLE statuses (id {id}, version {int} NOT NULL, folder_id {int} NOT NULL REFERENCES folders (id), name {text} NOT NULL,
  tone {text} NOT NULL, rank {int} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE INDEX statuses_by_folder ON statuses (folder_id, rank, id))"},
    {2, "who may do what in a folder", "ALTER TABLE folders ADD COLUMN access {text} NOT NULL DEFAULT '[]'"},
    {3, "the first folder of leads",
     "CREATE INDEX folders_of_leads ON folders (rank, id) WHERE parent_id IS NULL AND stage='lead'"},
};

int behind(db::Cursor row) {
    auto const last = row.next() ? row.integer(0) : 0;
    return static_cast<int>(std::clamp<std::int64_t>(last + rules::rank_step, 0, 2'147'483'647));
}

template <class T>
std::vector<T> rows_of(db::Cursor row) {
    std::vector<T> records;
    while (row.next()) records.push_back(read_row<T>(row));
    return records;
}

}  // namespace

std::span<db::Migration const> migrations() { return all; }

rules::Tree tree(Reading& reading) {
    rules::Tree tree;
    auto row = reading.tx.query("SELECT id,parent_id FROM folders");
    while (row.next()) tree[row.integer(0)] = row.is_null(1) ? 0 : row.integer(1);
    return tree;
}

std::vector<Folder> folders(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<Folder>() + " FROM folders ORDER BY rank,id";
    return rows_of<Folder>(reading.tx.query(sql));
}

std::vector<Status> statuses_of(Reading& reading, Id<Folder> folder) {
    static std::string const sql =
        "SELECT " + column_list<Status>() + " FROM statuses WHERE folder_id=$1 ORDER BY rank,id";
    db::Value const values[] = {folder.value};
    return rows_of<Status>(reading.tx.query(sql, values));
}

std::optional<Id<Folder>> governing(Reading& reading, Id<Folder> folder) {
    // Upwards one by one: of hundreds of folders a few are on the way.
    auto id = folder.value;
    for (int level = 0; id != 0 && level < rules::deepest; ++level) {
        db::Value const values[] = {id};
        auto row = reading.tx.query(
            "SELECT parent_id,(SELECT min(s.id) FROM statuses s WHERE s.folder_id=f.id) FROM folders f WHERE f.id=$1",
            values);
        if (!row.next()) return {};
        if (!row.is_null(1)) return Id<Folder>{id};
        id = row.is_null(0) ? 0 : row.integer(0);
    }
    return {};
}

std::vector<Folder> with_default_status(Reading& reading, Id<Status> status) {
    static std::string const sql = "SELECT " + column_list<Folder>() + " FROM folders WHERE default_status_id=$1";
    db::Value const values[] = {status.value};
    return rows_of<Folder>(reading.tx.query(sql, values));
}

int last_rank(Reading& reading, std::optional<Id<Folder>> parent) {
    db::Value const values[] = {parent ? parent->value : 0};
    return behind(reading.tx.query("SELECT coalesce(max(rank),0) FROM folders WHERE coalesce(parent_id,0)=$1", values));
}

int last_status_rank(Reading& reading, Id<Folder> folder) {
    db::Value const values[] = {folder.value};
    return behind(reading.tx.query("SELECT coalesce(max(rank),0) FROM statuses WHERE folder_id=$1", values));
}

}  // namespace folders::store
}  // namespace patron
