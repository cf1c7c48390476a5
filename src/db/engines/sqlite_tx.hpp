// A transaction on a SQLite connection.
#pragma once
#include "db/engines/sqlite_connection.hpp"

namespace patron::db::sqlite {

// After a statement failed, every later one throws the same failure and the work cannot succeed any more, as
// PostgreSQL has it: otherwise a work that swallows a failure would end differently on the two engines.
class Transaction final : public Tx {
  public:
    Transaction(Connection& connection, bool writable) : connection_(connection), writable_(writable) {}

    Engine engine() const override { return Engine::sqlite; }
    bool writable() const override { return writable_; }
    Cursor query(std::string_view sql, Params params) override;
    std::int64_t execute(std::string_view sql, Params params) override;
    void post(std::string_view sql, Params params) override;

    void throw_failure() const {
        if (failure_) std::rethrow_exception(failure_);
    }
    void forget_failure() { failure_ = nullptr; }

    // Runs one step of a statement and remembers its failure.
    template <class Step>
    auto guarded(Step&& step) {
        throw_failure();
        try {
            return step();
        } catch (...) {
            failure_ = std::current_exception();
            throw;
        }
    }

  private:
    Connection& connection_;
    bool const writable_;
    std::exception_ptr failure_;
};

}  // namespace patron::db::sqlite
