// PostgreSQL comes with the next change.
#include "db/engines/engines.hpp"
namespace patron::db {
std::unique_ptr<Database> open_postgres(Location const&) { throw Error(Fault::other, "PostgreSQL is not built in."); }
}  // namespace patron::db
