// A transaction on a PostgreSQL connection, opened together with its first statement.
#pragma once
#include "db/engines/postgres_connection.hpp"

namespace patron::db::postgres {

// What each transaction says first. It holds for the transaction alone, so that a pooler may stand between.
struct Opening {
    std::string begin;
    std::string settings;
    std::vector<Value> values;
};
Opening reading_opening(Connection const& connection, Location const& location);
Opening writing_opening(Connection const& connection, Location const& location);

class Transaction final : public Tx {
  public:
    Transaction(Connection& connection, Opening const& opening, bool writable)
        : connection_(connection), opening_(opening), writable_(writable) {}

    Engine engine() const override { return Engine::postgres; }
    bool writable() const override { return writable_; }
    Cursor query(std::string_view sql, Params params) override;
    std::int64_t execute(std::string_view sql, Params params) override;
    void post(std::string_view sql, Params params) override;

    void finish();       // throws what posted statements failed with
    void end_reading();  // the server is not waited for
    // A statement of the writer's own, sent with the next one. Opens the transaction.
    void command(std::string const& sql);
    bool begun() const { return begun_; }
    void throw_failure() const {
        if (failure_) std::rethrow_exception(failure_);
    }
    void undo_to_savepoint();
    std::string number() const;  // the server's number of a writing transaction; empty before an answer came

  private:
    void open();
    Result run(std::string_view sql, Params params);
    Result run_first_read(std::string_view sql, Params params);
    template <class Step>
    auto guarded(Step&& step);

    Connection& connection_;
    Opening const& opening_;
    bool const writable_;
    bool begun_ = false;
    int posted_ = 0;  // since the last answer
    std::exception_ptr failure_;
    Result opened_;
};

}  // namespace patron::db::postgres
