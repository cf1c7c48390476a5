// The two engines behind Database::open.
#pragma once
#include "db/db.hpp"

namespace patron::db {

std::unique_ptr<Database> open_sqlite(Location const& location);
std::unique_ptr<Database> open_postgres(Location const& location);

}  // namespace patron::db
