#include "modules/customers/finder.hpp"

#include "modules/customers/attributes.hpp"
#include "modules/customers/searching.hpp"

#include "module/edge.hpp"

#include <fstream>
#include <future>
#include <limits>
#include <set>

namespace patron::customers {
namespace {

constexpr auto looks_every = std::chrono::milliseconds(200);
constexpr auto saves_every = std::chrono::minutes(10);
constexpr std::int64_t chunk = 2'000;          // customers read, or events looked through, at a time
constexpr std::size_t bytes_a_customer = 700;  // what one takes, for the estimate before loading
constexpr std::string_view snapshot_head = "Patron's index, 1\n";

Call nobody(Business& business) {
    Call call;
    call.business = &business;
    call.now = business.clock();
    call.who = the_house();
    return call;
}

}  // namespace

Finder::~Finder() {
    {
        std::lock_guard const lock(waking_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (!thread_.joinable()) return;
    thread_.join();
    try {
        save_snapshot();
    } catch (std::exception const& error) {
        // The next start reads everything anew.
        log_failure("index", error.what());
    }
}

void Finder::begin(FinderSettings const& settings) {
    std::lock_guard const lock(waking_);
    if (thread_.joinable()) return;
    settings_ = settings;
    thread_ = std::thread([this] { work(); });
}

bool Finder::stopping() {
    std::lock_guard const lock(waking_);
    return stopping_;
}

std::size_t Finder::size() const {
    std::shared_lock const lock(mutex_);
    return index_.size();
}

std::size_t Finder::bytes() const {
    std::shared_lock const lock(mutex_);
    return index_.bytes();
}

// Loads, then looks now and then for what another server did; what this one does is looked for by whoever asks.
void Finder::work() {
    auto saved = std::chrono::steady_clock::now();
    while (!stopping()) {
        try {
            if (state_ == State::resting) load();
            if (state_ == State::no_room) return;
            if (state_ == State::ready) follow(head());
            while (state_ == State::ready && !stopping() && prepare_some()) {}
            if (std::chrono::steady_clock::now() - saved > saves_every) {
                save_snapshot();
                saved = std::chrono::steady_clock::now();
            }
        } catch (std::exception const& error) {
            // The database is away or busy: the index is behind until it is back, and so is whoever asks the database.
            log_failure("index", error.what());
        }
        std::unique_lock lock(waking_);
        wake_.wait_for(lock, looks_every, [this] { return stopping_; });
    }
}

// In pieces, between which others ask.
bool Finder::prepare_some() {
    std::unique_lock const lock(mutex_);
    return index_.prepare_some();
}

std::int64_t Finder::head() {
    std::int64_t position = 0;
    business_.database().read([&](db::Tx& tx) {
        auto row = tx.query("SELECT position FROM spine_head");
        if (row.next()) position = row.integer(0);
    });
    return position;
}

bool Finder::fits() {
    std::int64_t customers = 0;
    business_.database().read([&](db::Tx& tx) {
        auto row = tx.query("SELECT n FROM customer_counts WHERE prefix='cus' AND id=1");
        if (row.next()) customers = row.integer(0);
    });
    auto const needed = static_cast<std::size_t>(customers) * bytes_a_customer;
    if (needed <= settings_.most_bytes) return true;
    settings_.notice("The index of " + std::to_string(customers) + " customers needs about " +
                     std::to_string(needed >> 20) + " MiB, and may take " + std::to_string(settings_.most_bytes >> 20) +
                     " MiB (--index-memory): the database answers instead, more slowly.");
    return false;
}

// From the snapshot and what happened since, or from nothing. Whoever asks meanwhile is answered by the database.
void Finder::load() {
    if (!fits()) {
        state_ = State::no_room;
        return;
    }
    state_ = State::loading;
    try {
        if (!load_snapshot()) {
            auto const begun = head();
            read_everybody();
            position_ = begun;
        }
        follow(head());
        if (!stopping()) state_ = State::ready;
    } catch (...) {
        {
            std::unique_lock const lock(mutex_);
            index_ = {};
        }
        state_ = State::resting;
        throw;
    }
}

// A chunk is read while the one before is taken in.
void Finder::read_everybody() {
    struct Chunk {
        std::vector<index::Entry> entries;
        std::int64_t end = 0;
    };
    auto const read_behind = [this](std::int64_t last) {
        Chunk read;
        business_.database().read([&](db::Tx& tx) {
            auto const call = nobody(business_);
            Reading reading(tx, call);
            read.entries.clear();
            read.end = EntryReader(reading).behind(last, chunk, read.entries);
        });
        return read;
    };
    for (auto next = std::async(std::launch::async, read_behind, 0); !stopping();) {
        auto const read = next.get();
        if (read.end == 0) return;
        next = std::async(std::launch::async, read_behind, read.end);
        std::unique_lock const lock(mutex_);
        for (auto const& entry : read.entries) index_.put(entry);
    }
}

bool Finder::ask(std::function<void(index::Index const&)> const& question) {
    if (state_ != State::ready) return false;
    follow(business_.spine().last_position());
    std::shared_lock const lock(mutex_);
    question(index_);
    return true;
}

void Finder::follow(std::int64_t until) {
    if (position_ >= until) return;
    std::lock_guard const one_at_a_time(following_);
    while (position_ < until && !stopping())
        if (!follow_page()) return;
}

namespace {

// A set that some module keeps, and under which attribute the index knows it.
struct KnownSet {
    CustomerSet const* set;
    std::int64_t attribute;
};

KnownSet const* find_set(std::vector<KnownSet> const& sets, std::string_view prefix) {
    for (auto const& one : sets)
        if (one.set->prefix == prefix) return &one;
    return nullptr;
}

std::vector<KnownSet> sets_of(Business const& business) {
    std::vector<KnownSet> sets;
    for (auto const& module : business.modules())
        for (auto const& set : module.sets)
            sets.push_back({&set, attribute::sets + static_cast<std::int64_t>(sets.size())});
    return sets;
}

// What a set's own events changed: who is in it now, of those named, and who is not.
struct MarkedAnew {
    std::int64_t attribute, value;
    std::vector<std::int64_t> in, out;
    bool nobody = false;  // nobody is in it any more
};

// An event about a set moved many into or out of it, or ended it.
MarkedAnew marked_anew(db::Tx& tx, CustomerSet const& set, std::int64_t attribute, std::int64_t value,
                       std::int64_t position) {
    MarkedAnew anew{attribute, value, {}, {}};
    auto const table = std::string(set.table) + " m", of_set = "m." + std::string(set.column) + "=$1";
    auto const is_in = selected("count(*)", table, of_set + " AND m.customer_id=x.customer_id");
    db::Value const values[] = {value, position};
    auto rows = tx.query(selected("x.customer_id,(" + is_in + ")", "spine_many x", "x.position=$2"), values);
    while (rows.next()) (rows.integer(1) ? anew.in : anew.out).push_back(rows.integer(0));
    db::Value const whole[] = {value};
    anew.nobody = !tx.query(selected("1", table, of_set, "LIMIT 1"), whole).next();
    return anew;
}

// The same of one customer.
MarkedAnew marked_anew(db::Tx& tx, KnownSet const& known, std::int64_t value, Id<Customer> customer) {
    MarkedAnew anew{known.attribute, value, {}, {}};
    db::Value const values[] = {value, customer.value};
    auto const sql = selected("1", known.set->table, std::string(known.set->column) + "=$1 AND customer_id=$2");
    (tx.query(sql, values).next() ? anew.in : anew.out).push_back(customer.value);
    return anew;
}

}  // namespace

// Reads a page of the spine and takes in whom it names as they are now. False when there was nothing.
bool Finder::follow_page() {
    std::set<std::int64_t> customers;
    std::vector<MarkedAnew> marks;
    std::vector<index::Entry> entries;
    std::vector<std::int64_t> gone;
    auto position = position_.load();
    business_.database().read([&](db::Tx& tx) {
        auto const call = nobody(business_);
        Reading reading(tx, call);
        auto const sets = sets_of(business_);
        struct Named {
            std::int64_t position, subject;
            KnownSet const* set;
            Id<Customer> customer;
        };
        std::vector<Named> of_many, into_a_set;
        db::Value const values[] = {position, chunk};
        {
            auto rows = tx.query(
                "SELECT position,customer_id,subject_prefix,subject_id,actor_kind FROM spine WHERE position>$1 ORDER "
                "BY "
                "position LIMIT $2",
                values);
            while (rows.next()) {
                position = rows.integer(0);
                Named named{position, rows.integer(3), find_set(sets, rows.text(2)), {}};
                if (rows.is_null(1)) of_many.push_back(named);
                else {
                    named.customer = {rows.integer(1)};
                    // What Patron itself says of a set changes nothing else of the customer.
                    if (named.set && rows.text(4) == enum_text(ActorKind::system)) into_a_set.push_back(named);
                    else customers.insert(named.customer.value);
                }
            }
        }
        for (auto const& event : of_many) {
            if (event.set)
                marks.push_back(marked_anew(tx, *event.set->set, event.set->attribute, event.subject, event.position));
            else
                for (auto const id : customers_of(tx, event.position, std::numeric_limits<std::int64_t>::max()))
                    customers.insert(id.value);
        }
        for (auto const& event : into_a_set)
            if (!customers.contains(event.customer.value))
                marks.push_back(marked_anew(tx, *event.set, event.subject, event.customer));
        EntryReader reader(reading);
        for (auto const id : customers) {
            if (auto entry = reader.of({id})) entries.push_back(std::move(*entry));
            else gone.push_back(id);
        }
    });
    std::unique_lock const lock(mutex_);
    for (auto const& entry : entries) index_.put(entry);
    for (auto const id : gone) index_.drop(id);
    for (auto const& one : marks) {
        index_.mark(one.attribute, one.value, one.in, true);
        index_.mark(one.attribute, one.value,
                    one.nobody ? index_.ids(index_.marked(one.attribute, one.value)) : one.out, false);
    }
    bool const moved = position > position_;
    position_ = position;
    return moved;
}

std::filesystem::path Finder::snapshot() const {
    return settings_.snapshot ? settings_.snapshot(business_) : std::filesystem::path{};
}

// A snapshot says up to which event it goes; one of another story (a restored database) is not used.
bool Finder::load_snapshot() {
    auto const path = snapshot();
    if (path.empty() || !std::filesystem::exists(path)) return false;
    try {
        std::ifstream file(path, std::ios::binary);
        std::string head(snapshot_head.size(), '\0');
        std::int64_t position = 0, event = 0, there = 0;
        file.read(head.data(), static_cast<std::streamsize>(head.size()));
        file.read(reinterpret_cast<char*>(&position), sizeof position);
        file.read(reinterpret_cast<char*>(&event), sizeof event);
        if (!file || head != snapshot_head) throw index::BadSnapshot("it is of another version");
        business_.database().read([&](db::Tx& tx) {
            db::Value const values[] = {position};
            auto row = tx.query("SELECT id FROM spine WHERE position=$1", values);
            if (row.next()) there = row.integer(0);
        });
        if (there != event) throw index::BadSnapshot("it belongs to another state of the data");
        index::Index loaded;
        loaded.load(file);
        std::unique_lock const lock(mutex_);
        index_ = std::move(loaded);
        position_ = saved_position_ = position;
        return true;
    } catch (index::BadSnapshot const& why) {
        settings_.notice(std::string("The index's snapshot is thrown away (") + why.what() +
                         "); everything is read anew.");
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        return false;
    }
}

// Written beside and put in place whole, so that a half one is never read.
void Finder::save_snapshot() {
    auto const path = snapshot();
    if (path.empty() || state_ != State::ready || position_ == saved_position_ || position_ == 0) return;
    auto const beside = std::filesystem::path(path.string() + ".new");
    std::int64_t event = 0;
    auto position = position_.load();
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        std::shared_lock const lock(mutex_);
        position = position_;
        business_.database().read([&](db::Tx& tx) {
            db::Value const values[] = {position};
            auto row = tx.query("SELECT id FROM spine WHERE position=$1", values);
            if (row.next()) event = row.integer(0);
        });
        file << snapshot_head;
        file.write(reinterpret_cast<char const*>(&position), sizeof position);
        file.write(reinterpret_cast<char const*>(&event), sizeof event);
        index_.save(file);
        if (!file.flush()) {
            std::error_code ignored;
            std::filesystem::remove(beside, ignored);
            throw std::runtime_error("the index's snapshot could not be written");
        }
    }
    std::filesystem::rename(beside, path);
    saved_position_ = position;
}

}  // namespace patron::customers
