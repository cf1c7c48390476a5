#include "module/business.hpp"

#include "module/edge.hpp"
#include "module/held_back.hpp"
#include "module/sections_seen.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr std::int64_t remembers_ms = 60'000;  // a principal is read again after this at the latest
constexpr std::size_t most_remembered = 10'000;
constexpr std::int64_t live_page = 500;

template <class Part, class Get>
std::vector<Part> collect(std::vector<Module> const& modules, Get get) {
    std::vector<Part> all;
    for (auto const& module : modules)
        for (auto const& part : get(module)) all.push_back(part);
    return all;
}

std::string live_text(std::int64_t position, std::string_view kind, AnyId const& subject, std::int64_t version,
                      Id<Customer> customer) {
    std::string text;
    if (position) text += "id: " + std::to_string(position) + '\n';
    text += "data: {\"position\":";
    if (position) write_json(text, position);
    else text += "null";
    text += ",\"kind\":";
    write_json(text, kind);
    text += ",\"subject\":{\"kind\":";
    write_json(text, kind.substr(0, kind.find('.')));
    text += ",\"id\":";
    write_json(text, subject);
    text += ",\"version\":";
    if (version) write_json(text, version);
    else text += "null";
    text += "},\"customer_id\":";
    write_json(text, customer);
    return text + "}\n\n";
}

}  // namespace

void LiveHub::add(std::shared_ptr<http::EventStream> stream, Principal who, std::int64_t position) {
    std::lock_guard const lock(mutex_);
    listeners_.push_back({std::move(stream), std::move(who), position});
}

void LiveHub::send(std::int64_t position, std::string const& text, std::function<bool(Principal const&)> const& hears) {
    std::lock_guard const lock(mutex_);
    std::erase_if(listeners_, [&](Listener& one) {
        if (position && position <= one.position) return false;
        if (hears(one.who) && !one.stream->push(text)) return true;
        if (position) one.position = position;
        return false;
    });
}

void LiveHub::close_all() {
    close_if([](Principal const&) { return true; });
}

void LiveHub::close_if(std::function<bool(Principal const&)> const& matches) {
    std::vector<std::shared_ptr<http::EventStream>> ended;
    {
        std::lock_guard const lock(mutex_);
        std::erase_if(listeners_, [&](Listener& one) {
            if (!matches(one.who)) return false;
            ended.push_back(one.stream);
            return true;
        });
    }
    for (auto const& stream : ended) stream->close();
}

std::vector<Principal> LiveHub::listeners() const {
    std::lock_guard const lock(mutex_);
    std::vector<Principal> all;
    for (auto const& one : listeners_) all.push_back(one.who);
    return all;
}

std::size_t LiveHub::size() const {
    std::lock_guard const lock(mutex_);
    return listeners_.size();
}

bool Presence::look(Id<Customer> customer, Looker looker) {
    std::lock_guard const lock(mutex_);
    auto& lookers = by_customer_[customer];
    std::erase_if(lookers, [&](Looker const& one) { return looker.seen.ms - one.seen.ms > lasts_ms; });
    for (auto& one : lookers)
        if (one.user_id == looker.user_id) {
            bool const changed = one.field != looker.field;
            looker.since = one.since;
            one = std::move(looker);
            return changed;
        }
    looker.since = looker.seen;
    lookers.push_back(std::move(looker));
    return true;
}

bool Presence::leave(Id<Customer> customer, Id<User> user) {
    std::lock_guard const lock(mutex_);
    auto const found = by_customer_.find(customer);
    if (found == by_customer_.end()) return false;
    bool const left = std::erase_if(found->second, [&](Looker const& one) { return one.user_id == user; }) > 0;
    if (found->second.empty()) by_customer_.erase(found);
    return left;
}

std::vector<Presence::Looker> Presence::lookers(Id<Customer> customer, Time now) {
    std::lock_guard const lock(mutex_);
    auto const found = by_customer_.find(customer);
    if (found == by_customer_.end()) return {};
    std::erase_if(found->second, [&](Looker const& one) { return now.ms - one.seen.ms > lasts_ms; });
    auto lookers = found->second;
    if (found->second.empty()) by_customer_.erase(found);
    return lookers;
}

Business::Business(std::int64_t number, std::string slug, std::unique_ptr<db::Database> database,
                   std::vector<Module> const& modules, std::vector<Area> const& areas, int node)
    : number_(number), slug_(std::move(slug)), modules_(modules), areas_(areas), database_(std::move(database)) {
    for (auto const& module : modules)
        if (module.gate.sight) gate_ = module.gate;
    std::int64_t high_water = 0;
    database_->read([&](db::Tx& tx) {
        // Events carry the newest ids; every record comes with one.
        auto row = tx.query(
            "SELECT coalesce(max(id),0) FROM (SELECT id FROM spine ORDER BY position DESC LIMIT 1000) AS newest");
        if (row.next()) high_water = row.integer(0);
    });
    ids_ = IdMaker(node, high_water);
    spine_ = std::make_unique<Spine>(*database_, ids_,
                                     collect<Kind const*>(modules, [](Module const& m) { return m.kinds; }),
                                     collect<InlineReader>(modules, [](Module const& m) { return m.readers; }));
    sent_position_ = spine_->last_position();
    spine_->on_committed([this](std::int64_t) {
        whatever_happens([this] {
            database_->notify("spine");
            send_events();
        });
    });
    // The spine comes last: whoever takes its head holds up all other servers until the commit.
    database_->set_hooks({.before_commit =
                              [this](db::Tx& tx) {
                                  audit_.before_commit(tx);
                                  spine_->before_commit(tx);
                              },
                          .committed =
                              [this] {
                                  audit_.committed();
                                  spine_->committed();
                              },
                          .undone =
                              [this] {
                                  audit_.undone();
                                  spine_->undone();
                              },
                          .work_kept =
                              [this] {
                                  audit_.work_kept();
                                  spine_->work_kept();
                              },
                          .work_undone =
                              [this] {
                                  audit_.work_undone();
                                  spine_->work_undone();
                              }});
    database_->on_notify([this](std::string_view payload) { heard(payload); });
    database_->write_and_wait([this](db::Tx& tx) { spine_->note_kinds(tx, clock()); });
}

Business::~Business() { close(); }

namespace {

void write_rows(Business& business, bool last) {
    auto rows = business.audit().take_looks();
    for (auto& row : business.part<HeldBack>().take(business.clock().ms, last)) {
        row.id = business.ids().next(row.at);
        rows.push_back(std::move(row));
    }
    if (rows.empty()) return;
    business.database().write_and_wait([&](db::Tx&) {
        for (auto const& row : rows) business.audit().add(row);
    });
}

}  // namespace

void Business::write_looks() { write_rows(*this, false); }

void Business::close() {
    live_.close_all();
    try {
        write_rows(*this, true);
    } catch (std::exception const& error) { log_failure("", error.what()); }
    {
        // Their threads may still ask for one another: they end without the lock.
        std::vector<std::shared_ptr<void>> ended;
        std::lock_guard const lock(parts_mutex_);
        ended.swap(parts_);
    }
    database_->close();
}

std::shared_ptr<BusinessSettings const> Business::settings() {
    {
        std::lock_guard const lock(mutex_);
        if (settings_) return settings_;
    }
    auto const epoch = access_epoch();
    auto fresh = std::make_shared<BusinessSettings>();
    database_->read([&](db::Tx& tx) {
        static std::string const sql = "SELECT " + column_list<BusinessSettings>() + " FROM business";
        auto row = tx.query(sql);
        if (row.next()) *fresh = read_row<BusinessSettings>(row);
    });
    std::lock_guard const lock(mutex_);
    if (fresh->id && epoch == access_epoch_) settings_ = fresh;
    return fresh;
}

void Business::forget_access() {
    std::lock_guard const lock(mutex_);
    ++access_epoch_;
    settings_.reset();
    principals_.clear();
}

void Business::access_changed() {
    forget_access();
    whatever_happens([this] { database_->notify("access"); });
}

// Telling others is no part of the change, which is durable by now. Streams that may have missed something begin anew.
void Business::whatever_happens(std::function<void()> const& telling) {
    try {
        telling();
    } catch (std::exception const& error) {
        log_failure("", error.what());
        live_.close_all();
    }
}

std::optional<Principal> Business::remembered(std::string const& token_hash, Time now) {
    std::lock_guard const lock(mutex_);
    auto const found = principals_.find(token_hash);
    if (found == principals_.end() || now.ms - found->second.at.ms > remembers_ms || now < found->second.at) return {};
    if (auto const until = found->second.who.until; until && *until <= now) return {};
    return found->second.who;
}

void Business::remember(std::string const& token_hash, Principal const& who, Time now, std::uint64_t epoch) {
    std::lock_guard const lock(mutex_);
    if (epoch != access_epoch_) return;
    if (principals_.size() >= most_remembered) principals_.clear();
    principals_[token_hash] = {who, now};
}

void Business::tell(std::string_view kind, AnyId subject, Id<Customer> customer) {
    whatever_happens([&] {
        std::lock_guard const one_at_a_time(sending_);
        Unseen unseen;
        if (auto const listeners = live_.listeners(); customer && !listeners.empty())
            database_->read([&](db::Tx& tx) { unseen = unseen_by(tx, listeners, {customer}); });
        LiveText const text{0, live_text(0, kind, subject, 0, customer), customer, area_of_kind(*this, kind)};
        live_.send(0, text.text, [&](Principal const& who) { return hears(who, unseen, text); });
    });
}

void Business::heard(std::string_view payload) {
    // Nobody knows what was missed while the connection was lost.
    bool const all = payload.empty();
    if (all || payload == "access") {
        forget_access();
        review_streams();
    }
    if (all || payload == "spine") whatever_happens([this] { send_events(); });
}

void Business::review_streams() {
    auto const listeners = live_.listeners();
    if (listeners.empty()) return;
    auto const same = [](Principal const& one, Principal const& other) {
        return one.user_id == other.user_id && one.session_id == other.session_id && one.key_id == other.key_id &&
               one.permissions == other.permissions && one.visibility == other.visibility &&
               one.area_visibility == other.area_visibility && one.second_factor_missing == other.second_factor_missing;
    };
    std::vector<Principal> ended;
    try {
        database_->read([&](db::Tx& tx) {
            ended.clear();
            for (auto const& who : listeners) {
                auto const now = principal_again(tx, who, clock(), areas_);
                if (!now || !same(*now, who)) ended.push_back(who);
            }
        });
    } catch (std::exception const&) { ended = listeners; }  // whoever still may come in comes back by themselves
    live_.close_if([&](Principal const& who) {
        return std::any_of(ended.begin(), ended.end(), [&](Principal const& one) { return same(one, who); });
    });
}

Business::Unseen Business::unseen_by(db::Tx& tx, std::vector<Principal> const& listeners,
                                     std::set<Id<Customer>> const& customers) {
    Unseen unseen;
    Call call;
    call.business = this;
    call.now = clock();
    for (auto const& who : listeners) {
        if (unseen.contains(who.user_id)) continue;
        auto& theirs = unseen[who.user_id];
        call.who = who;
        Reading reading(tx, call);
        for (auto const customer : customers)
            if (!reading.sees(customer)) theirs.customers.insert(customer);
            else
                for (auto const& [area, visibility] : who.area_visibility)
                    if (!reading.sees(customer, area)) theirs.areas.emplace(customer, area);
        for (auto const& [folder, level] : reading.sight().folders)
            if (level == FolderLevel::none) theirs.folders.insert(folder);
    }
    return unseen;
}

// Live texts of what became durable behind a position, at most a page, and who is not to hear of which.
Business::LivePage Business::live_texts(std::int64_t after, std::vector<Principal> const& listeners) {
    LivePage page;
    database_->read([&](db::Tx& tx) {
        page = {};
        std::set<Id<Customer>> customers;
        std::vector<AnyId> subjects;
        db::Value const values[] = {after, live_page};
        auto rows = tx.query(
            "SELECT position,kind,subject_prefix,subject_id,customer_id,subject_version FROM spine WHERE position>$1 "
            "ORDER BY position LIMIT $2",
            values);
        while (rows.next()) {
            Id<Customer> customer;
            read_column(rows, 4, customer);
            if (customer) customers.insert(customer);
            subjects.emplace_back(std::string(rows.text(2)), rows.integer(3));
            page.texts.push_back({rows.integer(0),
                                  live_text(rows.integer(0), rows.text(1), subjects.back(), rows.integer(5), customer),
                                  customer, area_of_kind(*this, rows.text(1))});
        }
        // A folder itself is named, by its id alone: whose folder was just closed learns by it to read anew.
        for (std::size_t i = 0; i < subjects.size(); ++i)
            if (subjects[i].prefix != "fol")
                page.texts[i].folder = folder_of(tx, *this, subjects[i].prefix, subjects[i].value);
        page.unseen = unseen_by(tx, listeners, customers);
    });
    return page;
}

bool Business::hears(Principal const& who, Unseen const& unseen, LiveText const& text) const {
    if (!looks_into(who, areas_, text.area)) return false;
    auto const found = unseen.find(who.user_id);
    return found == unseen.end() ||
           (!found->second.customers.contains(text.customer) && !found->second.folders.contains(text.folder) &&
            !found->second.areas.contains({text.customer, std::string(text.area)}));
}

// Sends what became durable since the last time, in order.
void Business::send_events() {
    std::lock_guard const one_at_a_time(sending_);
    if (live_.size() == 0) {
        sent_position_ = std::max(sent_position_, spine_->last_position());
        return;
    }
    for (bool more = true; more;) {
        auto const page = live_texts(sent_position_, live_.listeners());
        for (auto const& one : page.texts) {
            live_.send(one.position, one.text, [&](Principal const& who) { return hears(who, page.unseen, one); });
            sent_position_ = one.position;
        }
        more = std::ssize(page.texts) == live_page;
    }
}

void Business::follow(std::shared_ptr<http::EventStream> stream, Principal const& who, std::int64_t position,
                      std::uint64_t epoch) {
    std::unique_lock one_at_a_time(sending_);
    for (bool more = true; more;) {
        auto const page = live_texts(position, {who});
        for (auto const& one : page.texts) {
            if (hears(who, page.unseen, one)) stream->push(one.text);
            position = one.position;
        }
        more = std::ssize(page.texts) == live_page;
    }
    if (live_.size() == 0) sent_position_ = position;
    live_.add(std::move(stream), who, position);
    one_at_a_time.unlock();
    // Rights that changed after the listener was looked up were reviewed without this stream.
    if (epoch != access_epoch_) review_streams();
}

bool Business::enter(std::string const& key) {
    std::lock_guard const lock(mutex_);
    return running_.emplace(key, 1).second;
}

void Business::leave(std::string const& key) {
    std::lock_guard const lock(mutex_);
    running_.erase(key);
}

}  // namespace patron
