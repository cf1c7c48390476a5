// Tables whose rows stay as they were written: SQLite refuses by triggers, PostgreSQL takes the rights from the business's
// role. Whoever may change the schema can open them; a stray statement, or one that was smuggled in, cannot.
#pragma once
#include "db/db.hpp"

namespace patron::db {

// The DDL's words {no_update TABLE} and {no_delete TABLE} stand for these.
std::string no_update_ddl(Engine engine, std::string_view table);
std::string no_delete_ddl(Engine engine, std::string_view table);

// Rows of the table may be deleted by the work, and not behind it.
void while_deletable(Tx& tx, std::string_view table, std::function<void()> const& work);

}  // namespace patron::db
