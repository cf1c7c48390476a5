#include "db/engines/postgres_setup.hpp"

#include <algorithm>

namespace patron::db::postgres {
namespace {

constexpr std::size_t longest_name = 63;

bool yes(Connection& connection, std::string_view sql, std::vector<Value> const& params) {
    auto const answer = connection.ask(sql, params);
    return PQntuples(answer.get()) > 0 && PQgetvalue(answer.get(), 0, 0)[0] == 't';
}

// Makes true what is not yet; roles belong to the whole cluster, so somebody who sets another database up may be faster.
void ensure(Connection& connection, std::string_view question, std::string const& role, std::string const& sql) {
    if (yes(connection, question, {role})) return;
    connection.ask("SAVEPOINT before_role");
    try {
        connection.ask(sql);
    } catch (Error const&) {
        connection.ask("ROLLBACK TO SAVEPOINT before_role");
        if (!yes(connection, question, {role})) throw;
    }
    connection.ask("RELEASE SAVEPOINT before_role");
}

void make_role(Connection& connection, std::string const& role) {
    auto const quoted = connection.quoted(role);
    ensure(connection, "SELECT true FROM pg_roles WHERE rolname = $1", role, "CREATE ROLE " + quoted + " NOLOGIN");
    ensure(connection, "SELECT pg_has_role(current_user, $1, 'MEMBER')", role, "GRANT " + quoted + " TO CURRENT_USER");
}

// A schema that is older than its role, with the tables in it, changes hands.
void give_to_role(Connection& connection, Location const& location) {
    auto const owned = "SELECT true FROM pg_namespace WHERE nspname = $1 AND pg_get_userbyid(nspowner) = $2";
    if (yes(connection, owned, {location.schema, location.role})) return;
    auto const role = connection.quoted(location.role);
    connection.ask("ALTER SCHEMA " + connection.quoted(location.schema) + " OWNER TO " + role);
    std::vector<Value> const schema{location.schema};
    auto const tables = connection.ask(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
        "WHERE schemaname = $1",
        schema);
    for (int row = 0; row < PQntuples(tables.get()); ++row) {
        connection.ask("ALTER TABLE " + std::string(PQgetvalue(tables.get(), row, 0)) + " OWNER TO " + role);
    }
}

}  // namespace

void make_place(Connection& connection, Location const& location) {
    if (location.schema.empty()) throw Error(Fault::other, "A PostgreSQL database needs the name of a schema.");
    if (std::max(location.schema.size(), location.role.size()) > longest_name) {
        throw Error(Fault::other, "The name of a schema or role has at most 63 bytes.");  // else it would be cut
    }
    connection.ask("BEGIN");
    // Two servers may start at the same time.
    connection.ask("SELECT pg_advisory_xact_lock(hashtextextended('patron.setup', 0))");
    if (!location.role.empty()) make_role(connection, location.role);
    if (!yes(connection, "SELECT true FROM pg_namespace WHERE nspname = $1", {location.schema})) {
        connection.ask("CREATE SCHEMA " + connection.quoted(location.schema));
    }
    if (!location.role.empty()) give_to_role(connection, location);
    connection.ask("COMMIT");
}

}  // namespace patron::db::postgres
