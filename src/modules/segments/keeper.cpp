#include "modules/segments/keeper.hpp"

#include "modules/segments/events.hpp"
#include "modules/segments/ready_made.hpp"

#include "module/edge.hpp"
#include "modules/customers/filter_among.hpp"

#include <algorithm>

namespace patron::segments {
namespace {

constexpr auto looks_every = std::chrono::milliseconds(100);
constexpr auto looks_for_others_every = std::chrono::milliseconds(500);  // what another server wrote
constexpr auto rests_after_failure = std::chrono::seconds(1);
constexpr std::int64_t held_ms = 10'000;
constexpr std::int64_t unkept = 1'000;           // events that may be read again after a start
constexpr std::size_t many = 50;                 // more moves at once are one event
constexpr std::size_t moves_at_once = 10'000;    // in a transaction, so that nobody waits long for the writer
constexpr std::size_t beside_at_once = 20'000;   // sums and moments in a transaction
constexpr std::int64_t turned_back_ms = 60'000;  // a clock set back by less is let be

// Another server keeps the segments by now.
struct Overtaken : std::runtime_error {
    Overtaken() : std::runtime_error("another server keeps the segments") {}
};

// Says of each that it moved; of many that all did.
void tell(Unit& unit, Kind const& kind, Id<Segment> segment, std::vector<Id<Customer>> const& customers, bool silent) {
    if (customers.empty()) return;
    Happening what{.kind = &kind, .subject = segment};
    what.facts["segment_id"] = boost::json::string(segment.text());
    // The feed leaves out what another line says.
    if (silent) what.facts["silent"] = true;
    if (customers.size() > many) {
        what.facts["customers"] = std::ssize(customers);
        what.of_many = customers;
        return unit.say(std::move(what));
    }
    for (auto const customer : customers) {
        auto one = what;
        one.customer_id = customer;
        unit.say(std::move(one));
    }
}

// Of who is in the bin the feed says so already.
void tell_left(Unit& unit, Id<Segment> segment, std::vector<Id<Customer>> const& customers) {
    auto const stay = customers::matching_among(unit, {.kind = customers::Filter::Kind::all}, customers);
    std::vector<Id<Customer>> out, binned;
    for (auto const customer : customers) (stay.contains(customer) ? out : binned).push_back(customer);
    tell(unit, left, segment, out, false);
    tell(unit, left, segment, binned, true);
}

void move(Unit& unit, Change const& change) {
    for (auto const customer : change.entering) store::enter(unit.tx, change.segment, customer, unit.now);
    for (auto const customer : change.leaving) store::leave(unit.tx, change.segment, customer);
    tell(unit, entered, change.segment, change.entering, change.silent);
    tell_left(unit, change.segment, change.leaving);
}

bool is_as_it_was(Unit& unit, Change const& change) {
    auto const segment = unit.seek(change.segment);
    return segment && segment->version == change.version;
}

void keep_beside(Unit& unit, Change const& change) {
    for (auto const& [customer, at] : change.dues) store::set_due(unit.tx, change.segment, customer, at);
    for (auto const& one : change.totals) store::set_total(unit.tx, change.segment, one.place, one.customer, one.total);
    for (std::size_t place = 0; place < change.tops.size(); ++place)
        store::keep_top(unit.tx, change.segment, place, change.tops[place]);
}

// The first `most` of the list, taken out of it.
template <class T>
std::vector<T> part_of(std::vector<T>& list, std::size_t most) {
    auto const begin = list.size() > most ? list.end() - static_cast<std::ptrdiff_t>(most) : list.begin();
    std::vector<T> part(begin, list.end());
    list.erase(begin, list.end());
    return part;
}

}  // namespace

Keeper::Keeper(Business& business) : business_(business), holder_(business.ids().next(now_by_clock().ms)) {
    call_.business = &business_;
    call_.request_id = "segments";
    call_.who = the_house();
}

Keeper::~Keeper() {
    {
        std::lock_guard const lock(waking_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (!holding_) return;
    try {
        business_.database().write_and_wait([&](db::Tx& tx) {
            db::Value const values[] = {holder_};
            tx.execute("UPDATE segment_reader SET held_until=0 WHERE holder=$1", values);
        });
    } catch (std::exception const& error) {
        // Another server waits until this one has been silent for a while.
        log_failure("segments", error.what());
    }
}

void Keeper::begin() {
    std::lock_guard const lock(waking_);
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
}

void Keeper::work() {
    for (;;) {
        std::chrono::milliseconds rest = looks_every;
        try {
            std::unique_lock const awake(resting_, std::try_to_lock);
            if (awake && anything_to_do() && step() == Step::more) rest = {};
        } catch (std::exception const& error) {
            // The database is away or busy: what is to be done stays to be done.
            log_failure("segments", error.what());
            rest = rests_after_failure;
        }
        std::unique_lock lock(waking_);
        if (wake_.wait_for(lock, rest, [this] { return stopping_; })) return;
    }
}

bool Keeper::anything_to_do() const {
    return business_.spine().last_position() != seen_ || (next_due_ && *next_due_ <= business_.clock()) ||
           std::chrono::steady_clock::now() - looked_ > looks_for_others_every;
}

Keeper::Step Keeper::step() {
    auto const seen = business_.spine().last_position();
    looked_ = std::chrono::steady_clock::now();
    call_.now = business_.clock();
    if (call_.now.ms + turned_back_ms < last_now_.ms) ask_those_with_a_clock();
    last_now_ = call_.now;

    Standing place;
    std::vector<Rule> rules;
    std::map<Id<Segment>, std::int64_t> asked;
    Look look;
    Change whole;
    enum class Next { nothing, hold, whole, changes } next = Next::nothing;
    business_.database().read([&](db::Tx& tx) {
        Reading reading(tx, call_);
        place = standing(reading);
        next_due_ = store::next_due(reading);
        asked = store::asked(reading);
        if (place.holder == holder_) position_ = std::max(position_, place.position);
        bool const behind = place.holder != holder_ ? head(reading) > place.position : head(reading) > position_;
        bool const due = next_due_ && *next_due_ <= call_.now;
        if (asked.empty() && !behind && !due) return;
        if (place.holder != holder_) {
            next = Next::hold;
        } else if (!asked.empty()) {
            whole.segment = asked.begin()->first;
            for (auto const& rule : read_rules(reading))
                if (rule.segment.id == asked.begin()->first) whole = look_at_whole(reading, rule);
            next = Next::whole;
        } else {
            if (behind) look = look_at_page(reading, position_);
            else look = look_at_clock(reading, position_);
            next = Next::changes;
        }
    });
    try {
        if (next == Next::hold) return hold(place) ? Step::more : Step::idle;
        if (next == Next::whole) keep_whole(std::move(whole), asked.begin()->second);
        if (next == Next::changes) {
            position_ = look.position;
            if (!look.changes.empty() || position_ - kept_position_ > unkept) keep(look.changes);
        }
    } catch (...) {
        // What was read is read again from where it is kept.
        position_ = 0;
        throw;
    }
    if (next == Next::nothing) {
        seen_ = seen;
        return Step::idle;
    }
    // What happens meanwhile waits for the next look, so that a busy time is looked at in large pages.
    return next == Next::changes && !look.more ? Step::done : Step::more;
}

// Takes the place over, unless another server holds it. On SQLite nobody else can.
bool Keeper::hold(Standing const& now) {
    auto const real = now_by_clock().ms;
    if (business_.database().engine() == db::Engine::postgres && now.held_until > real) return false;
    bool taken = false;
    business_.database().write_and_wait([&](db::Tx& tx) {
        db::Value const values[] = {holder_, real + held_ms, now.holder, now.held_until};
        taken =
            tx.execute("UPDATE segment_reader SET holder=$1,held_until=$2 WHERE one=1 AND holder=$3 AND held_until=$4",
                       values) == 1;
    });
    position_ = kept_position_ = 0;
    holding_ = taken;
    if (taken && now.position == 0) begin_with_ready_made();
    return taken;
}

// A business that was founded before there were segments.
void Keeper::begin_with_ready_made() {
    write([](Unit& unit) {
        bool const founded = unit.tx.query("SELECT 1 FROM business").next();
        if (founded && store::all(unit).empty()) make_ready_made(unit);
    });
}

void Keeper::write(std::function<void(Unit&)> const& work) {
    KeptUnit kept;
    business_.database().write_and_wait([&](db::Tx& tx) {
        db::Value const values[] = {position_, now_by_clock().ms + held_ms, holder_};
        if (tx.execute("UPDATE segment_reader SET position=$1,held_until=$2 WHERE one=1 AND holder=$3", values) == 0)
            throw Overtaken();
        kept = keep_unit(tx, call_, [&](Unit& unit) {
            work(unit);
            return http::Response(200);
        });
    });
    now_durable(call_, kept);
    kept_position_ = position_;
}

void Keeper::keep(std::vector<Change> const& changes) {
    write([&](Unit& unit) {
        for (auto const& change : changes) {
            if (!is_as_it_was(unit, change)) continue;
            if (change.ask) {
                store::ask(unit.tx, change.segment);
                continue;
            }
            keep_beside(unit, change);
            move(unit, change);
        }
    });
}

// In parts, so that nobody waits long; while they are written the wish stands, and after an end in between all is done anew.
void Keeper::keep_whole(Change change, std::int64_t wish) {
    write([&](Unit& unit) {
        if (!is_as_it_was(unit, change)) return;
        store::forget_dues(unit.tx, change.segment);
        store::forget_totals(unit.tx, change.segment);
    });
    while (!change.dues.empty() || !change.totals.empty()) {
        Change part{.segment = change.segment, .version = change.version};
        part.dues = part_of(change.dues, beside_at_once);
        part.totals = part_of(change.totals, beside_at_once);
        keep({part});
    }
    for (bool more = true; more;) {
        Change part{.segment = change.segment, .version = change.version, .silent = change.silent};
        part.entering = part_of(change.entering, moves_at_once);
        part.leaving = part_of(change.leaving, moves_at_once - std::min(moves_at_once, part.entering.size()));
        more = !change.entering.empty() || !change.leaving.empty();
        write([&](Unit& unit) {
            if (is_as_it_was(unit, part)) {
                if (!more) part.tops = change.tops;
                keep_beside(unit, part);
                move(unit, part);
            }
            if (!more) store::answered(unit.tx, part.segment, wish);
        });
    }
}

// A clock that was set back by much: what was true later may not be true now.
void Keeper::ask_those_with_a_clock() {
    std::vector<Id<Segment>> ids;
    business_.database().read([&](db::Tx& tx) {
        Reading reading(tx, call_);
        for (auto const& rule : read_rules(reading))
            if (rule.concern.clock) ids.push_back(rule.segment.id);
    });
    business_.database().write_and_wait([&](db::Tx& tx) {
        for (auto const id : ids) store::ask(tx, id);
    });
}

}  // namespace patron::segments
