#include "house/house.hpp"

#include "house/audit_line.hpp"
#include "modules/staff/staff.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace patron {
namespace {

constexpr db::Migration control_migrations[] = {
    {1, "the businesses of this installation", R"(
CREATE TABLE businesses (number {id}, slug {text} NOT NULL UNIQUE, created_at {int} NOT NULL) {table};
CREATE TABLE nodes (number {id}, taken_at {int} NOT NULL) {table};
INSERT INTO nodes VALUES (0, 0))"},
};

constexpr std::int64_t week_ms = 7LL * 24 * 3600 * 1000;

std::filesystem::path made(std::filesystem::path const& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw StartError("The folder " + folder.string() + " cannot be made (" + error.message() + ").");
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    return folder;
}

std::vector<db::MigrationSet> migrations_of(std::vector<Module> const& modules) {
    std::vector<db::MigrationSet> sets{
        {"edge", edge_migrations()}, {"access", access_migrations()}, {"spine", spine_migrations()}};
    for (auto const& module : modules)
        if (!module.migrations.empty()) sets.push_back({module.name, module.migrations});
    return sets;
}

// A database failure at start as a sentence for whoever starts it.
[[noreturn]] void refuse_start(db::Error const& error) { throw StartError(error.what()); }

}  // namespace

House::House(HouseSettings settings) : settings_(std::move(settings)) {
    if (!settings_.database.empty() && !settings_.database.starts_with("postgres://") &&
        !settings_.database.starts_with("postgresql://"))
        throw StartError("--database must be postgres://… or left out for SQLite in the data folder.");
    made(settings_.data);
    lock_ = std::make_unique<FolderLock>(settings_.data);
    made(uploads());
    made(settings_.data / "files");
    made(settings_.data / "index");
    // What an earlier run was receiving when it ended belongs to nobody.
    for (auto const& left : std::filesystem::directory_iterator(uploads())) std::filesystem::remove(left.path());
    settings_.address = [this] { return address(); };
    auto const key = settings_.secrets_key_file.empty() ? settings_.data / "secrets.key" : settings_.secrets_key_file;
    settings_.seal_key = std::make_shared<SealKey>(key, settings_.secrets_key);
    modules_ = make_modules(settings_);
    areas_ = areas_of(modules_);
    auto routes = routes_of(modules_);
    add_own_routes(routes);
    edge_ = std::make_unique<Edge>(std::move(routes), areas_, *this);
    edge_->limit(settings_.rate_limit);
    api_document_ = openapi_document(edge_->routes(), areas_, PATRON_VERSION);
    try {
        open_control();
    } catch (db::Error const& error) { refuse_start(error); }
    if (settings_.serving) keeper_ = std::thread([this] { keep_house(); });
}

House::~House() {
    {
        std::lock_guard const lock(waking_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (keeper_.joinable()) keeper_.join();
    std::lock_guard const lock(mutex_);
    for (auto& [number, business] : open_) business->close();
    open_.clear();
    if (control_) control_->close();
}

db::Location House::control_location() const {
    if (settings_.database.empty())
        return {.engine = db::Engine::sqlite, .file = settings_.data / "control.db", .readers = 2};
    return {.engine = db::Engine::postgres, .url = settings_.database, .schema = "patron_control", .readers = 2};
}

db::Location House::location_of(std::int64_t number) const {
    if (settings_.database.empty()) {
        made(settings_.data / "businesses");
        return {.engine = db::Engine::sqlite,
                .file = settings_.data / "businesses" / (std::to_string(number) + ".db"),
                .readers = settings_.database_readers + 4};
    }
    auto const name = "patron_" + std::to_string(number);
    return {.engine = db::Engine::postgres,
            .url = settings_.database,
            .schema = name,
            .role = name,
            .readers = settings_.database_readers + 4};
}

void House::open_control() {
    control_ = db::Database::open(control_location());
    db::MigrationSet const sets[] = {{"control", control_migrations}};
    db::migrate(*control_, sets);
    control_->write_and_wait([&](db::Tx& tx) {
        // Each start on a shared database takes the next number of 256 for the ids that it makes.
        if (!settings_.database.empty()) {
            auto row = tx.query("UPDATE nodes SET taken_at=taken_at+1 WHERE number=0 RETURNING taken_at");
            if (row.next()) node_ = static_cast<int>(row.integer(0) % 256);
        }
        auto rows = tx.query("SELECT number,slug FROM businesses");
        while (rows.next()) numbers_[std::string(rows.text(1))] = rows.integer(0);
    });
    if (numbers_.empty()) add_business("main");
}

std::shared_ptr<Business> House::add_business(std::string const& slug) {
    std::int64_t number = 0;
    control_->write_and_wait([&](db::Tx& tx) {
        db::Value const values[] = {slug};
        if (tx.query("SELECT 1 FROM businesses WHERE slug=$1", values).next())
            throw conflict("slug_taken", "There is a business called " + slug + " already.");
        auto row = tx.query("SELECT coalesce(max(number),0)+1 FROM businesses");
        row.next();
        number = row.integer(0);
        db::Value const made[] = {number, slug, now_by_clock().ms};
        tx.execute("INSERT INTO businesses (number,slug,created_at) VALUES ($1,$2,$3)", made);
    });
    {
        std::lock_guard const lock(mutex_);
        numbers_[slug] = number;
    }
    return business(number);
}

void House::remove_business(std::string const& slug) {
    std::shared_ptr<Business> gone;
    std::int64_t number = 0;
    {
        std::lock_guard const lock(mutex_);
        auto const found = numbers_.find(slug);
        if (found == numbers_.end())
            throw Problem(404, "no_such_business", "There is no business called " + slug + ".");
        number = found->second;
        if (std::all_of(numbers_.begin(), numbers_.end(), [&](auto const& one) { return one.second >= number; }))
            throw conflict("first_business",
                           "The first business is the installation's own; remove the data folder instead.");
        if (auto const loaded = open_.find(number); loaded != open_.end()) gone = loaded->second;
        open_.erase(number);
        numbers_.erase(found);
    }
    if (gone) gone->close();
    // First it is no business any more; what is left of its data after a crash belongs to nobody.
    control_->write_and_wait([&](db::Tx& tx) {
        db::Value const values[] = {number};
        tx.execute("DELETE FROM businesses WHERE number=$1", values);
        if (tx.engine() == db::Engine::postgres)
            tx.execute("DROP SCHEMA IF EXISTS patron_" + std::to_string(number) + " CASCADE");
    });
    if (settings_.database.empty())
        for (auto const* ending : {"", "-wal", "-shm"})
            std::filesystem::remove(location_of(number).file.string() + ending);
    std::filesystem::remove_all(settings_.data / "files" / std::to_string(number));
    std::filesystem::remove(settings_.data / "index" / std::to_string(number));
}

std::shared_ptr<Business> House::open(std::int64_t number, std::string const& slug) {
    auto database = db::Database::open(location_of(number));
    auto const sets = migrations_of(modules_);
    db::migrate(*database, sets);
    auto business = std::make_shared<Business>(number, slug, std::move(database), modules_, areas_, node_);
    if (settings_.serving)
        for (auto const& module : modules_)
            if (module.opened) module.opened(*business);
    return business;
}

std::shared_ptr<Business> House::business(std::string_view slug) {
    std::int64_t number = 0;
    {
        std::lock_guard const lock(mutex_);
        if (slug.empty()) {
            for (auto const& [name, one] : numbers_)
                if (number == 0 || one < number) number = one;
        } else if (auto const found = numbers_.find(slug); found != numbers_.end()) number = found->second;
    }
    return number ? business(number) : nullptr;
}

std::shared_ptr<Business> House::business(std::int64_t number) {
    std::lock_guard const lock(mutex_);
    if (auto const found = open_.find(number); found != open_.end()) return found->second;
    for (auto const& [slug, one] : numbers_)
        if (one == number) {
            try {
                return open_[number] = open(number, slug);
            } catch (...) {
                open_.erase(number);
                throw;
            }
        }
    return nullptr;
}

std::vector<House::Listed> House::businesses() {
    std::map<std::string, std::int64_t, std::less<>> numbers;
    {
        std::lock_guard const lock(mutex_);
        numbers = numbers_;
    }
    std::vector<Listed> all;
    for (auto const& [slug, number] : numbers) all.push_back({number, slug, business(number)->settings()->name});
    std::sort(all.begin(), all.end(), [](Listed const& a, Listed const& b) { return a.number < b.number; });
    return all;
}

void House::set_address(std::string address) {
    std::lock_guard const lock(mutex_);
    address_ = std::move(address);
}

std::string House::address() {
    if (!settings_.public_url.empty()) return settings_.public_url;
    std::lock_guard const lock(mutex_);
    return address_;
}

bool House::run(std::function<void()> task) {
    if (run_) return run_(std::move(task));
    task();
    return true;
}

std::optional<http::Response> House::page(http::Request const& request, std::string const& nonce) {
    return asset_response(request, nonce);
}

std::optional<std::string> House::setup_link(std::string const& address) {
    auto const first = business("");
    bool needed = false;
    first->database().read([&](db::Tx& tx) { needed = staff::needs_setup(tx); });
    if (!needed) return {};
    return (settings_.public_url.empty() ? address : settings_.public_url) +
           "/setup#token=" + staff::setup_link_token(*first);
}

std::vector<std::string> House::check(Business& business) {
    auto faults = business.database().check();
    business.database().read([&](db::Tx& tx) {
        auto head = tx.query(
            "SELECT position,(SELECT count(*) FROM spine),(SELECT coalesce(max(position),0) FROM spine) FROM "
            "spine_head");
        if (!head.next()) faults.push_back("The spine has no head.");
        else if (head.integer(0) != head.integer(1) || head.integer(0) != head.integer(2))
            faults.push_back("The spine has gaps: its head is " + std::to_string(head.integer(0)) + ", it holds " +
                             std::to_string(head.integer(1)) + " events up to " + std::to_string(head.integer(2)) +
                             ".");
        auto lost = tx.query(
            "SELECT count(*) FROM customers c WHERE NOT EXISTS (SELECT 1 FROM customer_activity a WHERE "
            "a.customer_id=c.id)");
        if (lost.next() && lost.integer(0))
            faults.push_back(std::to_string(lost.integer(0)) + " customers have no event on the spine.");
        auto found = tx.query(
            "SELECT count(*) FROM customers c WHERE c.bin_until IS NULL AND NOT EXISTS (SELECT 1 FROM customer_search "
            "s WHERE s.customer_id=c.id)");
        if (found.next() && found.integer(0))
            faults.push_back(std::to_string(found.integer(0)) + " customers cannot be found by search.");
    });
    business.database().read([&](db::Tx& tx) {
        for (auto& fault : verify_audit(tx)) faults.push_back(std::move(fault));
    });
    return faults;
}

void House::keep(Business& business) {
    Call call;
    call.business = &business;
    call.route = "keeping house";
    call.who = the_house();
    for (auto const& module : modules_)
        for (auto const& chore : module.chores)
            for (bool more = true; more && !stopping();) {
                call.now = business.clock();
                call.request_id = id_text("req", business.ids().next(call.now.ms));
                run_unit(business, call, [&](Unit& unit) { more = chore.some(unit); });
            }
    business.database().write_and_wait([now = business.clock().ms](db::Tx& tx) {
        db::Value const old[] = {now - week_ms};
        tx.post("DELETE FROM idempotency WHERE created_at<$1", old);
        db::Value const idle[] = {now - session_idle_ms, now - session_absolute_ms};
        tx.post("DELETE FROM sessions WHERE last_seen_at<$1 OR created_at<$2", idle);
        db::Value const expired[] = {now};
        tx.post("DELETE FROM links WHERE expires_at<$1", expired);
    });
    business.review_streams();
}

bool House::stopping() {
    std::lock_guard const lock(waking_);
    return stopping_;
}

// All businesses, also those that nobody has asked for yet: what is to be forgotten is forgotten in time.
void House::keep_all() {
    std::vector<std::int64_t> numbers;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& [slug, number] : numbers_) numbers.push_back(number);
    }
    for (auto const number : numbers) {
        if (stopping()) return;
        try {
            if (auto const one = business(number)) keep(*one);
        } catch (std::exception const& error) {
            spdlog::warn("housekeeping failed; it will be tried again: {}", error.what());
        }
    }
}

std::vector<std::shared_ptr<Business>> House::open_businesses() {
    std::lock_guard const lock(mutex_);
    std::vector<std::shared_ptr<Business>> all;
    for (auto const& [number, business] : open_) all.push_back(business);
    return all;
}

void House::write_looks() {
    for (auto const& one : open_businesses()) try {
            one->write_looks();
        } catch (std::exception const& error) {
            spdlog::error("who looked could not be written to the audit log: {}", error.what());
        }
}

// The log is kept elsewhere than the database: what is cut off the end of an audit log is missed there.
void House::tell_audit_heads() {
    for (auto const& one : open_businesses()) try {
            AuditHead head;
            one->database().read([&](db::Tx& tx) { head = audit_head(tx); });
            if (head.seq > 0) spdlog::info("{}", audit_line(*settings_.seal_key, one->slug(), head, now_by_clock()));
        } catch (std::exception const& error) {
            spdlog::warn("the end of the audit log could not be read: {}", error.what());
        }
}

// Who looked is written every second; what has outlived its time goes soon after the start and then every ten minutes;
// then and every hour the log says where the audit logs end.
void House::keep_house() {
    using Clock = std::chrono::steady_clock;
    auto keeps = Clock::now() + std::chrono::seconds(5), tells = Clock::now();
    for (;;) {
        {
            std::unique_lock lock(waking_);
            if (wake_.wait_for(lock, std::chrono::milliseconds(900), [this] { return stopping_; })) return;
        }
        write_looks();
        if (Clock::now() >= keeps) {
            keep_all();
            keeps = Clock::now() + std::chrono::minutes(10);
        }
        if (Clock::now() >= tells) {
            tell_audit_heads();
            tells = Clock::now() + std::chrono::hours(1);
        }
    }
}

}  // namespace patron
