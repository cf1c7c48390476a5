// Makes a business's place on the server: its schema and, when it has one, its role.
#pragma once
#include "db/engines/postgres_connection.hpp"

namespace patron::db::postgres {

// Does nothing where all exists. A role of its own owns the schema and all in it, and has rights on nothing else: the
// server refuses a query that names another business's schema.
void make_place(Connection& connection, Location const& location);

}  // namespace patron::db::postgres
