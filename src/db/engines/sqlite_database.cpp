// SQLite: one writing connection, a pool of reading ones, notices within the process.
#include "db/engines/engines.hpp"
#include "db/engines/notices.hpp"
#include "db/engines/sqlite_tx.hpp"
#include "db/pool.hpp"
#include "db/writer.hpp"

#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace patron::db {
namespace sqlite {
namespace {

constexpr std::int64_t fold_wal_above = 4 << 20;
constexpr std::int64_t reset_wal_above = 64 << 20;

class Descriptor {
  public:
    Descriptor(char const* path, int flags) : number_(::open(path, flags | O_CLOEXEC, 0600)) {
        if (number_ < 0) {
            throw Error(Fault::unavailable,
                        "Cannot open " + std::string(path) + ": " + std::generic_category().message(errno));
        }
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { ::close(number_); }
    void sync() const {
        if (::fsync(number_) != 0) throw Error(Fault::unavailable, "The disk refused to keep the new database file.");
    }

  private:
    int number_;
};

// Readable by its owner alone, and sure to be found after a loss of power. A log without its database would be thrown
// away silently by SQLite, though it may hold the last changes.
void make_file(std::filesystem::path const& file) {
    if (std::filesystem::exists(file)) return;
    std::error_code none;
    if (auto const log = file.string() + "-wal"; std::filesystem::file_size(log, none) > 0 && !none) {
        throw Error(Fault::damaged, "There is a log " + log + " but its database is missing.");
    }
    Descriptor(file.c_str(), O_RDWR | O_CREAT | O_EXCL).sync();
    auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    Descriptor(folder.c_str(), O_RDONLY | O_DIRECTORY).sync();
}

class WritingSide final : public WritingEngine {
  public:
    WritingSide(std::filesystem::path file, std::function<void()> close_readers)
        : file_(std::move(file)),
          close_readers_(std::move(close_readers)),
          connection_(std::make_unique<Connection>(file_, Connection::Role::writer)) {}

    Tx& begin() override {
        if (!connection_ || connection_->broken()) reopen();
        tx_.emplace(*connection_, true);
        connection_->run("BEGIN IMMEDIATE");
        return *tx_;
    }
    void savepoint() override { connection_->run("SAVEPOINT work"); }
    void release_savepoint() override { connection_->run("RELEASE work"); }
    void undo_to_savepoint() override {
        tx_->forget_failure();
        connection_->run("ROLLBACK TO work");
        release_savepoint();
    }
    void finish_work() override { tx_->throw_failure(); }
    void commit() override {
        tx_->throw_failure();
        connection_->run("COMMIT");
    }

    void rollback() noexcept override {
        tx_.reset();
        if (!connection_ || connection_->broken()) {
            connection_.reset();  // closing undoes what is open
            return;
        }
        if (!connection_->in_transaction()) return;  // SQLite has rolled back by itself
        try {
            connection_->run("ROLLBACK");
        } catch (Error const&) { connection_.reset(); }
    }

    void rest(bool long_idle) noexcept override {
        if (!connection_) return;
        auto const bytes = connection_->wal_bytes();
        if (long_idle && bytes > 0) return truncate(100);
        if (bytes > folded_ + fold_wal_above) {
            // Readers have kept it from starting over. To wait for them holds every writer up: not after each group.
            if (bytes > reset_wal_above) truncate(100);
            else connection_->checkpoint(SQLITE_CHECKPOINT_PASSIVE);
        } else if (bytes >= folded_) {
            return;
        }
        folded_ = connection_->wal_bytes();
    }

    // The last connection to close folds the log into the file and removes it.
    void close() noexcept override {
        close_readers_();
        if (connection_) connection_->checkpoint_at_close();
        connection_.reset();
    }

  private:
    // The reading connections stay open meanwhile: they keep the log's index in memory, in which a commit whose fsync
    // failed does not exist, so that the next commit overwrites it.
    void reopen() {
        connection_.reset();
        connection_ = std::make_unique<Connection>(file_, Connection::Role::writer);
        folded_ = 0;
    }

    // Waits for readers only a moment: the next rest tries again.
    void truncate(int milliseconds) noexcept {
        sqlite3_busy_timeout(connection_->raw(), milliseconds);
        connection_->checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
        sqlite3_busy_timeout(connection_->raw(), 5000);
        folded_ = connection_->wal_bytes();
    }

    std::filesystem::path const file_;
    std::function<void()> const close_readers_;
    std::unique_ptr<Connection> connection_;
    std::optional<Transaction> tx_;
    std::int64_t folded_ = 0;  // length of the log when it was last checkpointed
};

class SqliteDatabase final : public Database {
  public:
    explicit SqliteDatabase(Location const& location)
        : readers_(location.readers,
                   [file = location.file] { return std::make_unique<Connection>(file, Connection::Role::reader); }),
          writer_(std::make_unique<WritingSide>(location.file, [this] { readers_.close(); })) {
        readers_.take();  // one reading connection always stays open, see reopen()
    }
    ~SqliteDatabase() override { SqliteDatabase::close(); }

    Engine engine() const override { return Engine::sqlite; }

    void read(Work const& work) override {
        auto const connection = readers_.take();
        connection->run("BEGIN");
        try {
            Transaction tx(*connection, false);
            work(tx);
        } catch (...) {
            if (connection->in_transaction() && !connection->broken()) connection->run("ROLLBACK");
            throw;
        }
        connection->run("COMMIT");
    }

    void write(Work work, Done done) override { writer_.write(std::move(work), std::move(done)); }
    void set_hooks(GroupHooks hooks) override { writer_.set_hooks(std::move(hooks)); }
    void notify(std::string const& payload) override { notices_.say(payload); }
    void on_notify(std::function<void(std::string_view)> heard) override { notices_.listen(std::move(heard)); }
    std::vector<std::string> check() override;

    void close() override {
        writer_.close();
        notices_.close();
    }

  private:
    Pool<Connection> readers_;
    Writer writer_;
    Notices notices_;
};

std::vector<std::string> SqliteDatabase::check() {
    std::vector<std::string> faults;
    try {
        read([&](Tx& tx) {
            auto damage = tx.query("PRAGMA integrity_check");
            while (damage.next()) {
                if (damage.text(0) != "ok") faults.emplace_back(damage.text(0));
            }
            auto orphans = tx.query("PRAGMA foreign_key_check");
            while (orphans.next()) {
                faults.push_back("Row " + std::string(orphans.text(1)) + " of " + std::string(orphans.text(0)) +
                                 " refers to a row of " + std::string(orphans.text(2)) + " that does not exist.");
            }
        });
    } catch (Error const& error) { faults.emplace_back(error.what()); }
    return faults;
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<Database> open_sqlite(Location const& location) {
    sqlite::make_file(location.file);
    return std::make_unique<sqlite::SqliteDatabase>(location);
}

}  // namespace patron::db
