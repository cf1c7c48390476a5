// PostgreSQL: a writing connection, a pool of reading ones, and two more for notices.
#include "db/engines/engines.hpp"
#include "db/engines/notices.hpp"
#include "db/engines/postgres_listener.hpp"
#include "db/engines/postgres_setup.hpp"
#include "db/engines/postgres_tx.hpp"
#include "db/pool.hpp"
#include "db/writer.hpp"

namespace patron::db {
namespace postgres {
namespace {

struct ReadingConnection {
    explicit ReadingConnection(Location const& location)
        : connection(location.url, location.schema), opening(reading_opening(connection, location)) {}
    bool broken() const { return connection.broken(); }

    Connection connection;
    Opening const opening;
};

class WritingSide final : public WritingEngine {
  public:
    explicit WritingSide(Location const& location) : location_(location), connection_(location.url, location.schema) {
        make_place(connection_, location);
        opening_ = writing_opening(connection_, location);
    }

    Tx& begin() override {
        tx_.reset();
        if (connection_.broken()) {
            connection_.reconnect();
            opening_ = writing_opening(connection_, location_);  // the server's settings may be others now
        }
        return tx_.emplace(connection_, opening_, true);
    }
    void savepoint() override { tx_->command("SAVEPOINT work"); }
    void release_savepoint() override { tx_->command("RELEASE SAVEPOINT work"); }
    void undo_to_savepoint() override { tx_->undo_to_savepoint(); }
    void finish_work() override { tx_->finish(); }
    void commit() override;
    void rollback() noexcept override;
    void rest(bool) noexcept override {}
    void close() noexcept override { tx_.reset(); }

  private:
    std::string what_became(std::string const& number, std::string const& timeline) noexcept;

    Location const location_;
    Connection connection_;
    Opening opening_;
    std::optional<Transaction> tx_;
};

void WritingSide::commit() {
    tx_->throw_failure();
    if (!tx_->begun()) return;
    auto const timeline = connection_.timeline();
    try {
        tx_->command("COMMIT");
        auto const answer = connection_.receive();
        if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT") {
            throw Error(Fault::other, "The server rolled the transaction back.");
        }
    } catch (Error const& error) {
        if (error.fault != Fault::unavailable) throw;
        auto const became = what_became(tx_->number(), timeline);
        if (became == "committed") return;
        if (became == "aborted") throw Error(Fault::serialization, "The connection broke before the commit.");
        throw Error(Fault::unavailable,
                    "The connection broke while the change was being committed: whether it was "
                    "kept is not known.");
    }
}

// The connection broke within COMMIT. The server remembers what became of the transaction – unless another server has
// taken over, whose numbers mean other transactions. Answers "committed", "aborted", or something else: not known.
std::string WritingSide::what_became(std::string const& number, std::string const& timeline) noexcept {
    if (number.empty()) return "unknown";
    std::vector<Value> const asked{number};
    try {
        connection_.reconnect();
        std::string became = "in progress";
        auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (became == "in progress" && std::chrono::steady_clock::now() < until) {
            if (connection_.timeline() != timeline) return "unknown";
            auto const answer = connection_.ask("SELECT pg_xact_status(CAST($1 AS xid8))", asked);
            became = PQgetvalue(answer.get(), 0, 0);
            if (became == "in progress") std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return became;
    } catch (Error const&) { return "unknown"; }
}

void WritingSide::rollback() noexcept {
    try {
        if (!connection_.broken() && tx_ && tx_->begun()) {
            connection_.drain();
            connection_.command("ROLLBACK");
            connection_.receive();
        }
    } catch (Error const&) {
        connection_.abandon();  // the server rolls back when it goes; begin() connects again
    }
    tx_.reset();
}

class PostgresDatabase final : public Database {
  public:
    explicit PostgresDatabase(Location const& location)
        : location_(location),
          readers_(location.readers, [location] { return std::make_unique<ReadingConnection>(location); }),
          writer_(std::make_unique<WritingSide>(location)) {}
    ~PostgresDatabase() override { PostgresDatabase::close(); }

    Engine engine() const override { return Engine::postgres; }

    void read(Work const& work) override {
        auto const reader = readers_.take();
        Transaction tx(reader->connection, reader->opening, false);
        try {
            work(tx);
            tx.finish();
        } catch (...) {
            tx.end_reading();
            throw;
        }
        tx.end_reading();
    }

    void write(Work work, Done done) override { writer_.write(std::move(work), std::move(done)); }
    void set_hooks(GroupHooks hooks) override { writer_.set_hooks(std::move(hooks)); }
    void notify(std::string const& payload) override;
    void on_notify(std::function<void(std::string_view)> heard) override {
        listener_ = std::make_unique<Listener>(location_.url, location_.schema, std::move(heard));
    }
    std::vector<std::string> check() override;

    void close() override {
        writer_.close();
        readers_.close();
        listener_.reset();
    }

  private:
    std::vector<std::string> tables();

    Location const location_;
    Pool<ReadingConnection> readers_;
    Writer writer_;
    std::mutex notifying_;
    std::unique_ptr<Connection> notifier_;
    std::unique_ptr<Listener> listener_;
};

void PostgresDatabase::notify(std::string const& payload) {
    refuse_long_notice(payload);
    std::vector<Value> const notice{location_.schema, payload};
    std::lock_guard lock(notifying_);
    for (bool again = false;; again = true) {
        try {
            if (!notifier_) notifier_ = std::make_unique<Connection>(location_.url, location_.schema);
            else if (notifier_->broken()) notifier_->reconnect();
            notifier_->ask("SELECT pg_notify($1, $2)", notice);
            return;
        } catch (Error const& error) {
            if (again || error.fault != Fault::unavailable) throw;
        }
    }
}

std::vector<std::string> PostgresDatabase::tables() {
    std::vector<std::string> names;
    read([&](Tx& tx) {
        auto rows = tx.query("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()");
        while (rows.next()) names.emplace_back(rows.text(0));
    });
    return names;
}

std::vector<std::string> PostgresDatabase::check() {
    std::vector<std::string> faults;
    for (auto const& table : tables()) {
        try {
            read([&](Tx& tx) {
                tx.execute("SET LOCAL statement_timeout = 0");
                tx.query("SELECT count(CAST(whole AS text)) FROM " + table + " AS whole");  // unpacks every value
            });
        } catch (Error const& error) { faults.push_back("Table " + table + " cannot be read: " + error.what()); }
    }
    return faults;
}

}  // namespace
}  // namespace postgres

std::unique_ptr<Database> open_postgres(Location const& location) {
    return std::make_unique<postgres::PostgresDatabase>(location);
}

}  // namespace patron::db
