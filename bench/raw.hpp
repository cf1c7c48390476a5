// The database without Patron: prepared statements of sqlite3 or libpq and nothing else. What Patron does is measured
// against it.
#pragma once
#include "db/db.hpp"

#include <memory>

namespace patron::bench {

using Row = std::vector<db::Value>;

class Raw {
  public:
    virtual ~Raw() = default;
    static std::unique_ptr<Raw> open(db::Location const& location);

    // Fetches every column of every row; answers the number in the first of each.
    virtual std::vector<std::int64_t> read(std::string const& sql, std::vector<std::int64_t> const& parameters) = 0;
    // The same, keeping everything.
    virtual std::vector<Row> rows(std::string const& sql, std::vector<std::int64_t> const& parameters) = 0;
    std::int64_t number(std::string const& sql, std::vector<std::int64_t> const& parameters = {});

    // One durable transaction: what is posted in between may travel together.
    virtual void prepare(std::string const& sql) = 0;
    virtual void begin() = 0;
    virtual void post(std::string const& sql, Row const& values) = 0;
    virtual void commit() = 0;

    // Rows of a table that is only added to may be deleted from now on.
    virtual void make_deletable(std::string const& table) = 0;
};

std::unique_ptr<Raw> open_raw_sqlite(db::Location const& location);
std::unique_ptr<Raw> open_raw_postgres(db::Location const& location);

}  // namespace patron::bench
