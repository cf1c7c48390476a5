#include "db/engines/sqlite_tx.hpp"

#include "db/engines/buffered_rows.hpp"

namespace patron::db::sqlite {
namespace {

std::string_view column_text(sqlite3_stmt* statement, int column) {
    // Of a text these are its bytes, in the database's encoding, which is UTF-8. The pointer first: asking for it may
    // convert the value, which changes its size.
    auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement, column));
    if (!bytes) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

// The rows of a reading transaction, as SQLite finds them. The first is found at once, so that a failure comes out of
// query() itself.
class StreamedRows final : public Cursor::Source {
  public:
    StreamedRows(Lease statement, Transaction& tx) : tx_(tx), statement_(std::move(statement)) {
        has_row_ = statement_->step();
    }

    bool next() override {
        if (!begun_) begun_ = true;
        else if (has_row_) has_row_ = tx_.guarded([this] { return statement_->step(); });
        return has_row_;
    }
    bool is_null(int column) const override { return sqlite3_column_type(raw(), column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(raw(), column); }
    double real(int column) const override { return sqlite3_column_double(raw(), column); }
    std::string_view text(int column) const override { return column_text(raw(), column); }

  private:
    sqlite3_stmt* raw() const { return statement_->raw(); }

    Transaction& tx_;
    Lease statement_;
    bool begun_ = false;
    bool has_row_ = false;
};

void add_cell(BufferedRows& rows, sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: return rows.add_null();
        case SQLITE_INTEGER: return rows.add_integer(sqlite3_column_int64(statement, column));
        case SQLITE_FLOAT: return rows.add_real(sqlite3_column_double(statement, column));
        default: return rows.add_text(column_text(statement, column));
    }
}

std::unique_ptr<BufferedRows> all_rows(Lease const& statement) {
    auto rows = std::make_unique<BufferedRows>();
    bool has_row = statement->step();  // may prepare anew after DDL, and then have other columns
    auto const columns = sqlite3_column_count(statement->raw());
    rows->set_columns(columns);
    for (; has_row; has_row = statement->step()) {
        for (int column = 0; column < columns; ++column) add_cell(*rows, statement->raw(), column);
    }
    return rows;
}

}  // namespace

Cursor Transaction::query(std::string_view sql, Params params) {
    return guarded([&] {
        auto statement = connection_.statement(sql);
        statement->bind(params, !writable_);
        if (writable_) return Cursor(all_rows(statement));
        return Cursor(std::make_unique<StreamedRows>(std::move(statement), *this));
    });
}

std::int64_t Transaction::execute(std::string_view sql, Params params) {
    return guarded([&] {
        auto const statement = connection_.statement(sql);
        statement->bind(params, false);
        auto const before = sqlite3_total_changes64(connection_.raw());
        while (statement->step()) {}
        // sqlite3_changes keeps the count of an earlier statement when this one is none that changes rows.
        bool const changed = sqlite3_total_changes64(connection_.raw()) != before;
        return changed ? std::int64_t{sqlite3_changes64(connection_.raw())} : 0;
    });
}

void Transaction::post(std::string_view sql, Params params) {
    throw_failure();
    try {
        execute(sql, params);
    } catch (Error const&) {
        failure_ = std::current_exception();  // comes out at the next statement or at the end of the work
    }
}

}  // namespace patron::db::sqlite
