#include "access/one_time_code.hpp"
#include "modules/staff/second_factor.hpp"

namespace patron::staff::store {
namespace {

constexpr int recovery_codes = 10;

// With the user's id before it: the same code of two people is not the same there.
std::string recovery_hash(Id<User> user, std::string_view typed) {
    return token_hash(user.text() + ' ' + read_recovery_code(typed));
}

std::int64_t count(db::Tx& tx, std::string_view sql, Id<User> user) {
    db::Value const values[] = {user.value};
    auto row = tx.query(sql, values);
    return row.next() ? row.integer(0) : 0;
}

}  // namespace

Codes codes_of(db::Tx& tx, Id<User> user) {
    db::Value const values[] = {user.value};
    auto row = tx.query("SELECT seed,last_step,pending,pending_at FROM codes WHERE user_id=$1", values);
    if (!row.next()) return {};
    return {std::string(row.text(0)), row.integer(1), std::string(row.text(2)), {row.integer(3)}};
}

void keep_codes(db::Tx& tx, Id<User> user, Codes const& codes) {
    db::Value const values[] = {user.value, codes.seed, codes.last_step, codes.pending, codes.pending_at.ms};
    tx.execute(
        "INSERT INTO codes (user_id,seed,last_step,pending,pending_at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (user_id) "
        "DO UPDATE SET "
        "seed=excluded.seed,last_step=excluded.last_step,pending=excluded.pending,pending_at=excluded.pending_at",
        values);
}

bool use_step(db::Tx& tx, Id<User> user, std::int64_t step) {
    db::Value const values[] = {user.value, step};
    return tx.execute("UPDATE codes SET last_step=$2 WHERE user_id=$1 AND last_step<$2", values) == 1;
}

std::int64_t recovery_codes_left(db::Tx& tx, Id<User> user) {
    return count(tx, "SELECT count(*) FROM recovery_codes WHERE user_id=$1", user);
}

std::vector<std::string> make_recovery_codes(db::Tx& tx, Id<User> user, Time now) {
    db::Value const old[] = {user.value};
    tx.execute("DELETE FROM recovery_codes WHERE user_id=$1", old);
    std::vector<std::string> codes;
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(make_recovery_code());
        db::Value const values[] = {recovery_hash(user, codes.back()), user.value, now.ms};
        tx.execute("INSERT INTO recovery_codes (token,user_id,made_at) VALUES ($1,$2,$3)", values);
    }
    return codes;
}

bool use_recovery_code(db::Tx& tx, Id<User> user, std::string_view typed) {
    db::Value const values[] = {recovery_hash(user, typed), user.value};
    return tx.execute("DELETE FROM recovery_codes WHERE token=$1 AND user_id=$2", values) == 1;
}

void drop_second_factor(db::Tx& tx, Id<User> user) {
    db::Value const values[] = {user.value};
    tx.execute("DELETE FROM codes WHERE user_id=$1", values);
    tx.execute("DELETE FROM recovery_codes WHERE user_id=$1", values);
    tx.execute("DELETE FROM passkeys WHERE user_id=$1", values);
}

}  // namespace patron::staff::store
