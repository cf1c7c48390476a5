// One connection to a SQLite file, with its settings proven and its prepared statements kept.
#pragma once
#include "db/db.hpp"
#include "db/statement_cache.hpp"

#include <sqlite3.h>

namespace patron::db::sqlite {

class Connection;

// A prepared statement whose `$n` were resolved once.
class Statement {
  public:
    Statement(Connection& connection, std::string_view sql);
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;
    ~Statement();

    // Not copied values must outlive the last step.
    void bind(Params params, bool copy);
    bool step();             // false at the end
    void rewind() noexcept;  // lets go of locks and values
    bool only_reads() const;
    sqlite3_stmt* raw() const { return statement_; }

    bool in_use = false;

  private:
    void bind_one(int index, Value const& value, bool copy);

    Connection& connection_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<std::size_t> parameters_;  // of each of SQLite's indexes, the n in $n
};

// A statement lent out; rewound and given back when this ends.
class Lease {
  public:
    explicit Lease(Statement& kept) : statement_(&kept) { kept.in_use = true; }
    explicit Lease(std::unique_ptr<Statement> own) : statement_(own.get()), own_(std::move(own)) {}
    Lease(Lease&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)), own_(std::move(other.own_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Statement* operator->() const { return statement_; }

  private:
    Statement* statement_;
    std::unique_ptr<Statement> own_;
};

class Connection {
  public:
    enum class Role { writer, reader };

    Connection(std::filesystem::path const& file, Role role);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection();

    // From the cache; a fresh one while the kept one is in use.
    Lease statement(std::string_view sql);
    void run(std::string_view sql);

    // Throws what SQLite's answer means. An I/O error or damage breaks the connection: after a failed fsync the kernel
    // may call lost pages clean, so nothing this connection believes may be trusted.
    [[noreturn]] void fail(int code, std::string_view doing);
    bool broken() const { return broken_; }

    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    std::int64_t wal_bytes() const { return static_cast<std::int64_t>(wal_pages_) * page_size_; }
    void checkpoint(int mode) noexcept;
    void checkpoint_at_close() noexcept;
    sqlite3* raw() const { return handle_; }

  private:
    void configure(Role role);
    void set_and_prove(std::string_view pragma, std::string_view value, std::string_view expected);
    std::string ask(std::string_view sql);
    void set_switch(int option, int value);

    sqlite3* handle_ = nullptr;
    StatementCache<std::unique_ptr<Statement>> statements_;
    bool broken_ = false;
    int wal_pages_ = 0;  // after this connection's last commit
    int page_size_ = 4096;
};

}  // namespace patron::db::sqlite
