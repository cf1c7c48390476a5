#include "db/engines/sqlite_connection.hpp"

#include "db/statements.hpp"

#include <charconv>
#include <cmath>
#include <utility>

namespace patron::db::sqlite {
namespace {

Fault fault_of(sqlite3* handle, int code) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return Fault::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return Fault::foreign_key;
        case SQLITE_CONSTRAINT_TRIGGER:  // what ON DELETE RESTRICT answers
            return std::string_view(sqlite3_errmsg(handle)) == "FOREIGN KEY constraint failed" ? Fault::foreign_key
                                                                                               : Fault::other;
        default: break;
    }
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Fault::serialization;
        case SQLITE_FULL: return Fault::disk_full;
        case SQLITE_READONLY: return Fault::read_only;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return Fault::damaged;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN: return Fault::unavailable;
        default: return Fault::other;
    }
}

bool breaks_connection(Fault fault) { return fault == Fault::unavailable || fault == Fault::damaged; }

std::string sentence(Fault fault, std::string const& said, std::string_view doing) {
    switch (fault) {
        case Fault::damaged: return "The database file is damaged or is no database: " + said;
        case Fault::disk_full: return "The disk that holds the database is full.";
        case Fault::read_only: return "The database can only be read: " + said;
        default: return said + " (" + std::string(doing) + ")";
    }
}

}  // namespace

Statement::Statement(Connection& connection, std::string_view sql) : connection_(connection) {
    char const* rest = nullptr;
    auto const code = sqlite3_prepare_v3(connection.raw(), sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
    if (code != SQLITE_OK) connection.fail(code, sql);
    if (!statement_) throw Error(Fault::other, "An empty text is no statement.");
    if (!split_statements(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty()) {
        sqlite3_finalize(statement_);
        throw Error(Fault::other, "Only one statement goes at a time.");  // SQLite would pass over the others
    }
    for (int index = 1; index <= sqlite3_bind_parameter_count(statement_); ++index) {
        auto const* given = sqlite3_bind_parameter_name(statement_, index);
        std::string_view const name = given ? given : "";
        std::size_t number = 0;
        if (name.starts_with('$')) std::from_chars(name.data() + 1, name.data() + name.size(), number);
        if (number == 0) {
            Error const wrong(Fault::other, "A parameter is written $1, $2 …, not " + std::string(name));
            sqlite3_finalize(statement_);
            throw wrong;
        }
        parameters_.push_back(number);
    }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(Params params, bool copy) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        if (parameters_[i] > params.size()) {
            throw Error(Fault::other, "The statement has no value for $" + std::to_string(parameters_[i]));
        }
        bind_one(static_cast<int>(i) + 1, params[parameters_[i] - 1], copy);
    }
}

void Statement::bind_one(int index, Value const& value, bool copy) {
    auto const keep = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    int code = SQLITE_OK;
    if (auto const* integer = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement_, index, *integer);
    } else if (auto const* text = std::get_if<std::string>(&value)) {
        if (text->find('\0') != std::string::npos) throw Error(Fault::other, "A text cannot hold the character NUL.");
        code = sqlite3_bind_text64(statement_, index, text->data(), text->size(), keep, SQLITE_UTF8);
    } else if (auto const* blob = std::get_if<Blob>(&value)) {
        code = sqlite3_bind_blob64(statement_, index, blob->bytes.data(), blob->bytes.size(), keep);
    } else if (auto const* real = std::get_if<double>(&value)) {
        if (std::isnan(*real)) throw Error(Fault::other, "A value is not a number (NaN).");
        code = sqlite3_bind_double(statement_, index, *real);
    } else {
        code = sqlite3_bind_null(statement_, index);
    }
    if (code != SQLITE_OK) connection_.fail(code, "binding a value");
}

bool Statement::step() {
    auto const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    connection_.fail(code, sqlite3_sql(statement_));
}

// sqlite3_reset answers again what the last step has already thrown.
void Statement::rewind() noexcept {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Statement::only_reads() const { return sqlite3_stmt_readonly(statement_) != 0; }

Lease::~Lease() {
    if (!statement_) return;
    statement_->rewind();
    statement_->in_use = false;
}

namespace {
// Nobody asks SQLite how much memory it uses; counting it takes a lock with every piece.
void count_no_memory() {
    static bool const done = [] { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK; }();
    (void)done;  // too late where somebody else has begun to use SQLite; then it is merely slower
}
}  // namespace

Connection::Connection(std::filesystem::path const& file, Role role) {
    count_no_memory();
    // Each connection is used by one thread at a time, so SQLite's own mutexes would only cost.
    auto const code = sqlite3_open_v2(file.c_str(), &handle_,
                                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    try {
        if (code != SQLITE_OK) fail(code, "opening " + file.string());
        configure(role);
    } catch (...) {
        statements_.clear();
        sqlite3_close_v2(handle_);
        throw;
    }
}

Connection::~Connection() {
    statements_.clear();
    sqlite3_close_v2(handle_);
}

void Connection::configure(Role role) {
    // Before anything else: two threads that open at once meet a lock in the very first statement.
    if (auto const code = sqlite3_busy_timeout(handle_, 5000); code != SQLITE_OK) fail(code, "busy_timeout");
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 512, 128);  // small pieces without malloc
    set_switch(SQLITE_DBCONFIG_DEFENSIVE, 1);
    set_switch(SQLITE_DBCONFIG_DQS_DML, 0);  // "x" is a name, never a text, as PostgreSQL has it
    set_switch(SQLITE_DBCONFIG_DQS_DDL, 0);
    set_switch(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);  // the writer alone checkpoints
    if (role == Role::writer) set_and_prove("journal_mode", "WAL", "wal");
    else if (ask("PRAGMA journal_mode") != "wal") throw Error(Fault::other, "The database is not in WAL mode.");
    set_and_prove("synchronous", "FULL", "2");
    set_and_prove("foreign_keys", "ON", "1");
    set_and_prove("recursive_triggers", "OFF", "0");
    set_and_prove("trusted_schema", "OFF", "0");
    set_and_prove("cell_size_check", "ON", "1");
    set_and_prove("wal_autocheckpoint", "0", "0");
    set_and_prove("secure_delete", "ON", "1");
    set_and_prove("temp_store", "MEMORY", "2");  // no customer's data in /tmp
    set_and_prove("query_only", role == Role::reader ? "ON" : "OFF", role == Role::reader ? "1" : "0");
    run("PRAGMA case_sensitive_like = ON");  // cannot be asked for, only tried
    if (ask("SELECT 'a' LIKE 'A'") != "0") throw Error(Fault::other, "SQLite did not accept case_sensitive_like.");
    // Waiting was set first of all; that it holds is seen here.
    if (ask("PRAGMA busy_timeout") != "5000") throw Error(Fault::other, "SQLite did not accept busy_timeout.");
    ask("PRAGMA schema_version");  // reads the header: a file that is no database is found here
    page_size_ = std::stoi(ask("PRAGMA page_size"));
    auto const count_pages = [](void* self, sqlite3*, char const*, int pages) {
        static_cast<Connection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(handle_, count_pages, this);
}

void Connection::set_switch(int option, int value) {
    int is = -1;
    auto const code = sqlite3_db_config(handle_, option, value, &is);
    if (code != SQLITE_OK) fail(code, "sqlite3_db_config");
    if (is != value) throw Error(Fault::other, "SQLite did not accept setting " + std::to_string(option));
}

void Connection::set_and_prove(std::string_view pragma, std::string_view value, std::string_view expected) {
    auto const name = "PRAGMA " + std::string(pragma);
    run(name + " = " + std::string(value));
    auto const is = ask(name);
    if (is == expected) return;
    throw Error(Fault::other, "SQLite did not accept " + name + " = " + std::string(value) + " (it is " + is + ").");
}

void Connection::run(std::string_view sql) {
    auto const lease = statement(sql);
    while (lease->step()) {}
}

std::string Connection::ask(std::string_view sql) {
    Statement statement(*this, sql);
    if (!statement.step()) return {};
    auto const* text = sqlite3_column_text(statement.raw(), 0);
    return text ? reinterpret_cast<char const*>(text) : "";
}

Lease Connection::statement(std::string_view sql) {
    if (auto* kept = statements_.find(sql)) {
        if (!(*kept)->in_use) return Lease(**kept);
        return Lease(std::make_unique<Statement>(*this, sql));
    }
    auto fresh = std::make_unique<Statement>(*this, sql);
    statements_.shrink([](auto const& kept) { return !kept->in_use; });
    return Lease(*statements_.add(sql, std::move(fresh)));
}

void Connection::fail(int code, std::string_view doing) {
    auto const fault = fault_of(handle_, code);
    if (breaks_connection(fault)) broken_ = true;
    throw Error(fault, sentence(fault, handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code), doing));
}

// A checkpoint that cannot finish because of a reader is tried again later. One that meets an I/O error breaks the
// connection, as a commit would.
void Connection::checkpoint(int mode) noexcept {
    int in_wal = 0;
    auto const code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &in_wal, nullptr);
    if (code == SQLITE_OK && mode == SQLITE_CHECKPOINT_TRUNCATE) wal_pages_ = 0;
    if (code != SQLITE_OK && breaks_connection(fault_of(handle_, code))) broken_ = true;
}

// Where it is refused, the log merely stays beside the file and is read at the next start.
void Connection::checkpoint_at_close() noexcept {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

}  // namespace patron::db::sqlite
