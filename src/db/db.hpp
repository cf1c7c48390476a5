// One business's database: a thin, same face over SQLite and PostgreSQL.
//
// Reading: many threads at once, each in a consistent snapshot.
// Writing: one writer thread a database takes what is queued, runs it in one transaction (each piece of work under
// a savepoint of its own) and pays one commit for all. A piece of work that throws is undone alone.
//
// SQL texts are the same for both engines: `$1 …` parameters, times as bigint milliseconds, no now(), no lower().
#pragma once
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace patron::db {

enum class Engine { sqlite, postgres };

struct Blob {
    std::string bytes;
    bool operator==(Blob const&) const = default;
};

// A bound parameter: null, 64-bit integer, double, UTF-8 text or bytes.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;
using Params = std::span<Value const>;

enum class Fault {
    unique,         // a unique or primary key is taken
    foreign_key,    // a referenced row is missing, or still referenced
    serialization,  // lost against another writer (40001, 40P01, SQLITE_BUSY): running the work again may succeed
    unavailable,    // the server is away or the connection broke
    disk_full,
    read_only,
    damaged,  // the file is no database or is corrupt
    other
};

struct Error : std::runtime_error {
    Error(Fault fault, std::string const& what) : std::runtime_error(what), fault(fault) {}
    Fault fault;
};

// What a query answers, row by row. Column numbers begin at 0. Texts are valid until the next call of next().
class Cursor {
  public:
    struct Source {
        virtual ~Source() = default;
        virtual bool next() = 0;
        virtual bool is_null(int column) const = 0;
        virtual std::int64_t integer(int column) const = 0;
        virtual double real(int column) const = 0;
        virtual std::string_view text(int column) const = 0;  // TEXT or BLOB, as bytes
    };
    explicit Cursor(std::unique_ptr<Source> source) : source_(std::move(source)) {}
    bool next() { return source_->next(); }
    bool is_null(int column) const { return source_->is_null(column); }
    std::int64_t integer(int column) const { return source_->integer(column); }
    double real(int column) const { return source_->real(column); }
    std::string_view text(int column) const { return source_->text(column); }

  private:
    std::unique_ptr<Source> source_;
};

// An open transaction on one connection. Statements are prepared once per connection and SQL text, and kept.
// A Cursor must be finished or destroyed before the next call on the same Tx of an engine that allows one at a time;
// two cursors open at once are allowed on both engines.
//
// Alike on both engines: a statement that failed fails the whole work, even when its error is caught (let ON CONFLICT
// decide instead); in a writing transaction a cursor's rows are fetched at once and stand still while their table
// changes; one statement a call; no NUL in texts, no NaN. Where only null was ever bound to a parameter and nothing
// beside it tells its type, write CAST($1 AS bigint). LIKE minds case; give it an ESCAPE '\' when the pattern has one.
class Tx {
  public:
    virtual ~Tx() = default;
    virtual Engine engine() const = 0;
    virtual bool writable() const = 0;
    virtual Cursor query(std::string_view sql, Params params = {}) = 0;
    // Answers how many rows it changed.
    virtual std::int64_t execute(std::string_view sql, Params params = {}) = 0;
    // Like execute, for whoever does not need the count: may be sent together with later statements. It takes effect
    // before any later statement of this Tx; its failure comes out there or at the end of the piece of work.
    virtual void post(std::string_view sql, Params params = {}) = 0;
};

struct Location {
    Engine engine = Engine::sqlite;
    std::filesystem::path file;  // SQLite: the database file
    std::string url;             // PostgreSQL: postgres://…
    std::string schema;          // PostgreSQL: the business's schema; it is made when missing
    std::string role;            // PostgreSQL: a role of the business's own, or empty; set in each transaction
    int readers = 4;             // the most reading connections kept
};

// What goes around each group of writes, all on the writer thread. Used by the spine.
struct GroupHooks {
    std::function<void(Tx&)> before_commit;  // last in the transaction; throwing undoes the whole group
    std::function<void()> committed;         // durable now; called before the works' own `done`
    std::function<void()> undone;            // the group was rolled back (it may be tried again)
    std::function<void()> work_kept;         // one work of several succeeded
    std::function<void()> work_undone;       // one work of several failed and was undone alone
};

using Work = std::function<void(Tx&)>;
using Done = std::function<void(std::exception_ptr)>;  // null: durable. Called once, on the writer thread

// The group could not run for lack of room in the queue.
struct Overloaded : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Database {
  public:
    virtual ~Database() = default;

    // Opens or makes it. Throws Error with a sentence a person understands.
    static std::unique_ptr<Database> open(Location const&);

    virtual Engine engine() const = 0;

    // Runs on the calling thread in one read-only snapshot, on a connection from the pool (waits at most 5 s for one,
    // then throws Overloaded).
    virtual void read(Work const& work) = 0;

    // Queues the work; it may run more than once (after a serialization failure), never partly. Throws Overloaded when
    // 4,096 are waiting.
    virtual void write(Work work, Done done) = 0;
    // The same, waiting for it; throws what the work threw. Never called on the writer thread.
    void write_and_wait(Work work);

    virtual void set_hooks(GroupHooks hooks) = 0;

    // PostgreSQL: LISTEN/NOTIFY across servers on a connection of its own; SQLite: within the process.
    virtual void notify(std::string const& payload) = 0;  // ≤ 4,000 bytes
    // On a thread of the database's own; when it comes back, it listens. An empty payload says that the connection was
    // lost for a while: something may have been missed.
    virtual void on_notify(std::function<void(std::string_view)> heard) = 0;

    // SQLite: PRAGMA integrity_check and foreign_key_check; PostgreSQL: reads every table. One sentence a fault.
    virtual std::vector<std::string> check() = 0;

    // Finishes what is queued, folds the WAL, closes. The destructor does the same.
    virtual void close() = 0;
};

// DDL is written once. These words are replaced for each engine:
//   {id} 64-bit primary key · {int} 64-bit integer · {real} · {text} UTF-8 compared by bytes · {bytes}
// and "{table}" at the end of a CREATE TABLE's closing bracket becomes STRICT on SQLite. The statements {full_text TABLE},
// {no_update TABLE} and {no_delete TABLE} make what db/full_text.hpp and db/append_only.hpp ask.
std::string ddl(Engine engine, std::string_view text);

struct Migration {
    int number;             // 1, 2, 3 … within its module
    std::string_view name;  // what it does
    std::string_view sql;   // statements parted by semicolons, in the words of ddl()
};
struct MigrationSet {
    std::string_view module;
    std::span<Migration const> migrations;
};

// Applies what is missing, in the order given, under a lock, all in one transaction; notes each in table `migrations`.
// A database that holds a migration which is not in the sets comes from a newer version: throws Error, unchanged.
// Answers how many were applied.
int migrate(Database& database, std::span<MigrationSet const> sets);

}  // namespace patron::db
