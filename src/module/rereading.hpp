// Reading that begins anew where a connection to the database was lost in the middle of it.
#pragma once
#include "db/db.hpp"

namespace patron {

// Like Database::read. PostgreSQL servers restart and connections are cut: the work is tried a few times, within half a
// second, before whoever asked hears of it. So it may run more than once. SQLite has nothing that comes back so soon.
void read_patiently(db::Database& database, db::Work const& work);

}  // namespace patron
