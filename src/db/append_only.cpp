#include "db/append_only.hpp"

namespace patron::db {
namespace {

std::string trigger(std::string_view table, std::string_view event) {
    std::string const name(table);
    return "CREATE TRIGGER " + name + "_no_" + std::string(event) + " BEFORE " + std::string(event) + " ON " + name +
           " BEGIN SELECT RAISE(ABORT,'rows of " + name + " stay as they were written'); END";
}

std::string right(std::string_view what, std::string_view table, std::string_view whom) {
    return std::string(what) + " ON " + std::string(table) + std::string(whom) + " CURRENT_USER";
}

}  // namespace

std::string no_update_ddl(Engine engine, std::string_view table) {
    return engine == Engine::sqlite ? trigger(table, "update") : right("REVOKE UPDATE", table, " FROM");
}

std::string no_delete_ddl(Engine engine, std::string_view table) {
    return engine == Engine::sqlite ? trigger(table, "delete") : right("REVOKE DELETE, TRUNCATE", table, " FROM");
}

void while_deletable(Tx& tx, std::string_view table, std::function<void()> const& work) {
    auto const sqlite = tx.engine() == Engine::sqlite;
    tx.execute(sqlite ? "DROP TRIGGER " + std::string(table) + "_no_delete" : right("GRANT DELETE", table, " TO"));
    work();
    tx.execute(no_delete_ddl(tx.engine(), table));
}

}  // namespace patron::db
