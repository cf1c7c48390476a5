// One connection to a PostgreSQL server in pipeline mode: statements are sent without waiting, prepared once and kept.
#pragma once
#include "db/db.hpp"
#include "db/statement_cache.hpp"

#include <deque>
#include <libpq-fe.h>

namespace patron::db::postgres {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

class Connection {
  public:
    // Connects and proves that the server fits: 15 or newer, UTF-8, no standby. `schema` only names it to operators.
    Connection(std::string url, std::string schema);
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() { PQfinish(handle_); }

    // Tries for at most 5 s.
    void reconnect();
    bool broken() const { return broken_; }
    void abandon() { broken_ = true; }  // nobody knows what state it is in

    // Sends a statement without waiting. Its result goes to `keep`, which must live until it is received.
    void send(std::string_view sql, Params params = {}, Result* keep = nullptr);
    // The same for BEGIN, COMMIT, SAVEPOINT …: never prepared, so that it pushes no other statement out of the cache at
    // a moment when the server would refuse that.
    void command(std::string const& sql);
    // Waits for all that was sent; throws the first failure since the last receive, answers the last result.
    Result receive();
    // The same, but failures are forgotten; only a lost connection is thrown.
    void drain();
    // Lets the server begin with what was sent. Results are read, and failures forgotten, at the next receive.
    void leave();

    Result ask(std::string_view sql, Params params = {}) {
        send(sql, params);
        return receive();
    }

    std::string quoted(std::string_view name) const;           // as an identifier
    bool commits_softly() const { return commits_softly_; }    // synchronous_commit is off
    std::string const& timeline() const { return timeline_; }  // changes when another server takes over

  private:
    struct Variant {
        std::string name;        // on the server
        std::vector<Oid> types;  // 0: not known, only null was bound so far
    };
    using Variants = std::vector<Variant>;  // one SQL text with differing types of parameters
    struct Expected {
        enum class Kind { prepare, statement, sync } kind;
        Result* keep = nullptr;
        std::string sql = {}, name = {};  // of a prepare
    };

    void connect();
    void prove_server();
    Variant const& prepared(std::string_view sql, Params params);
    Variant const& prepare(std::string_view sql, Variants& variants, Params params);
    Variants& variants_of(std::string_view sql);
    void forget(Expected const& prepare);
    void sync();
    Result next_result();
    [[noreturn]] void lost(std::string const& said);
    void note(Result& failure, Result result, Expected const& expected);
    [[noreturn]] void fail(PGresult const* result);

    std::string const url_;
    std::string const application_;
    PGconn* handle_ = nullptr;
    bool broken_ = false;
    bool commits_softly_ = false;
    std::string timeline_;
    StatementCache<Variants> statements_;
    std::uint64_t names_given_ = 0;
    std::deque<Expected> expected_;  // what the server still has to answer
};

}  // namespace patron::db::postgres
