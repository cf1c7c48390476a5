#include "modules/staff/guessing.hpp"

#include "module/held_back.hpp"
#include "module/rates.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

constexpr Time never{253'402'300'799'000};  // the end of the year 9999
constexpr std::int64_t remembered_ms = 90LL * 24 * 60 * minute_ms;

Tries tries_in(db::Cursor const& row) { return {row.integer(0), {row.integer(1)}, {row.integer(2)}}; }

Tries tries_of(db::Tx& tx, std::string const& name) {
    db::Value const values[] = {name};
    auto row = tx.query("SELECT count,first_at,locked_until FROM tries WHERE name=$1", values);
    return row.next() ? tries_in(row) : Tries{};
}

// The same, and no other server changes it before this transaction is over.
Tries hold_tries(db::Tx& tx, std::string const& name, Time now) {
    db::Value const values[] = {name, now.ms};
    auto row = tx.query(
        "INSERT INTO tries (name,count,first_at,locked_until,last_at) VALUES ($1,0,0,0,$2) "
        "ON CONFLICT (name) DO UPDATE SET last_at=excluded.last_at RETURNING count,first_at,locked_until",
        values);
    return row.next() ? tries_in(row) : Tries{};
}

void keep_tries(db::Tx& tx, std::string const& name, Tries const& tries) {
    db::Value const values[] = {name, tries.count, tries.first.ms, tries.locked_until.ms};
    tx.execute("UPDATE tries SET count=$2,first_at=$3,locked_until=$4 WHERE name=$1", values);
}

}  // namespace

int wait_of(Tries const& tries, Time now) {
    if (now >= tries.locked_until) return 0;
    constexpr std::int64_t day = 24 * 60 * minute_ms;
    return static_cast<int>((std::min(tries.locked_until.ms - now.ms, day) + 999) / 1000);
}

Tries one_more(Tries tries, Limit const& limit, Time now) {
    if (limit.window_ms && now.ms - tries.first.ms >= limit.window_ms) tries = {};
    if (tries.count == 0) tries.first = now;
    ++tries.count;
    if (limit.ever && tries.count >= limit.ever) tries.locked_until = never;
    else if (tries.count % limit.most == 0)
        tries.locked_until = {limit.window_ms ? tries.first.ms + limit.window_ms : now.ms + limit.wait_ms};
    return tries;
}

Tries one_less(Tries tries, Limit const& limit) {
    if (!limit.window_ms) return {};
    if (tries.count > 0 && tries.count-- % limit.most == 0) tries.locked_until = {};
    return tries;
}

int Guess::take() {
    // In one order, so that two servers never wait for each other.
    std::sort(counted_.begin(), counted_.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    int wait = 0;
    auto const look = [&](Tries const& tries) { wait = std::max(wait, wait_of(tries, call_.now)); };
    // Whoever has to wait costs no write.
    business_.database().read([&](db::Tx& tx) {
        for (auto const& one : counted_) look(tries_of(tx, one.name));
    });
    if (wait) return wait;
    business_.database().write_and_wait([&](db::Tx& tx) {
        wait = 0;
        std::vector<Tries> held;
        for (auto const& one : counted_) look(held.emplace_back(hold_tries(tx, one.name, call_.now)));
        for (std::size_t i = 0; wait == 0 && i < held.size(); ++i)
            keep_tries(tx, counted_[i].name, one_more(held[i], counted_[i].limit, call_.now));
    });
    return wait;
}

void Guess::take_or_refuse() {
    auto const seconds = take();
    if (seconds == 0) return;
    note_held_back(business_, call_, about_ ? AnyId(about_) : AnyId());
    Problem problem(429, "too_many_tries",
                    "There were too many wrong tries. Wait a while, or sign in where you did before; a new password by "
                    "mail helps as well.");
    problem.retry_after = seconds;
    throw problem;
}

void Guess::give_back(db::Tx& tx) const {
    for (auto const& one : counted_) keep_tries(tx, one.name, one_less(hold_tries(tx, one.name, call_.now), one.limit));
}

std::string account_tries(std::string_view email_key) { return "account " + token_hash(email_key); }
std::string proof_tries(Id<User> id) { return "proof " + id.text(); }
std::string code_tries(Id<User> id) { return "code " + id.text(); }
std::string place_tries(Call const& call) { return "place " + token_hash(address_group(call.request->peer)); }

void unlock(Unit& unit, User const& user) {
    db::Value const values[] = {account_tries(normal_email(user.email).value_or("")), proof_tries(user.id)};
    unit.tx.execute("DELETE FROM tries WHERE name=$1 OR name=$2", values);
}

bool forget_old_tries(Unit& unit) {
    db::Value const values[] = {unit.now.ms - remembered_ms, unit.now.ms - device_ms};
    unit.tx.execute("DELETE FROM tries WHERE last_at<$1", std::span(values, 1));
    unit.tx.execute("DELETE FROM devices WHERE last_used_at<$1", std::span(values + 1, 1));
    return false;
}

}  // namespace patron::staff
