#include "db/db.hpp"
#include "db/statements.hpp"

#include <chrono>
#include <map>
#include <set>

namespace patron::db {
namespace {

using Key = std::pair<std::string, std::int64_t>;  // module and number

constexpr std::string_view own_table =
    "CREATE TABLE IF NOT EXISTS migrations (module {text} NOT NULL, number {int} NOT NULL, name {text} NOT NULL, "
    "applied_at {int} NOT NULL, PRIMARY KEY (module, number)) {table}";

// SQLite has one writer; several servers may open one PostgreSQL schema at the same time. Building an index over much
// data may take longer than any other statement is allowed to.
void lock(Tx& tx) {
    if (tx.engine() == Engine::sqlite) return;
    tx.execute("SET LOCAL statement_timeout = 0");
    tx.query("SELECT pg_advisory_xact_lock(hashtextextended('patron.migrations.' || current_schema(), 0))");
}

std::map<Key, std::string> applied(Tx& tx) {
    std::map<Key, std::string> found;
    auto rows = tx.query("SELECT module, number, name FROM migrations");
    while (rows.next()) found[{std::string(rows.text(0)), rows.integer(1)}] = rows.text(2);
    return found;
}

void refuse_newer(std::map<Key, std::string> const& applied, std::span<MigrationSet const> sets) {
    std::set<Key> known;
    for (auto const& set : sets) {
        for (auto const& migration : set.migrations) known.emplace(set.module, migration.number);
    }
    for (auto const& [key, name] : applied) {
        if (known.contains(key)) continue;
        throw Error(Fault::other, "This database comes from a newer version of Patron: it holds the migration " +
                                      key.first + " " + std::to_string(key.second) + " (" + name +
                                      "), which this version does not know. Nothing was changed.");
    }
}

void apply(Tx& tx, std::string_view module, Migration const& migration) {
    for (auto const statement : split_statements(migration.sql)) tx.execute(ddl(tx.engine(), statement));
    auto const now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    Value const row[] = {std::string(module), std::int64_t{migration.number}, std::string(migration.name),
                         std::int64_t{now.count()}};
    tx.execute("INSERT INTO migrations (module, number, name, applied_at) VALUES ($1, $2, $3, $4)", row);
}

}  // namespace

int migrate(Database& database, std::span<MigrationSet const> sets) {
    int count = 0;
    database.write_and_wait([&](Tx& tx) {
        count = 0;  // the work may run again
        lock(tx);
        tx.execute(ddl(tx.engine(), own_table));
        auto const present = applied(tx);
        refuse_newer(present, sets);
        for (auto const& set : sets) {
            for (auto const& migration : set.migrations) {
                if (present.contains({std::string(set.module), migration.number})) continue;
                apply(tx, set.module, migration);
                ++count;
            }
        }
    });
    return count;
}

}  // namespace patron::db
