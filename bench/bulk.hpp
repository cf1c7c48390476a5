// Many rows at once into the tables of one business that nobody else has open: prepared statements without a journal on
// SQLite, COPY on PostgreSQL. Indexes are taken away first and made again at the end. What fails half way leaves nothing
// that is fit for use: this is for data that can be made again.
#pragma once
#include "db/db.hpp"

namespace patron::bench {

// A transaction that only takes rows, so that the code that writes a record's rows can write them here.
class Bulk : public db::Tx {
  public:
    static std::unique_ptr<Bulk> open(db::Location const& location);

    bool writable() const override { return true; }
    db::Cursor query(std::string_view sql, db::Params params) override;  // there is nothing to read: throws
    std::int64_t execute(std::string_view sql, db::Params params) override;

    // Makes the indexes again and lets nothing be lost from then on. Without it all rows are gone.
    virtual void finish() = 0;
};

// "INSERT INTO t (a,b) VALUES ($1,$2)" is the table t and its columns; throws for any other text.
struct Insert {
    std::string table, columns;
};
Insert read_insert(std::string_view sql);

std::unique_ptr<Bulk> open_sqlite_bulk(db::Location const& location);
std::unique_ptr<Bulk> open_postgres_bulk(db::Location const& location);

}  // namespace patron::bench
