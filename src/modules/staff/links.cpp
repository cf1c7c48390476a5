#include "modules/staff/parts.hpp"

namespace patron::staff {

std::string make_link(Unit& unit, std::string_view purpose, Id<User> user, Time expires_at) {
    db::Value const old[] = {std::string(purpose), column_value(user), unit.now.ms};
    // Links without a user (setting up) are one; each user has one of a purpose.
    unit.tx.post(
        "DELETE FROM links WHERE (purpose=$1 AND coalesce(user_id,0)=coalesce(CAST($2 AS bigint),0)) OR expires_at<=$3",
        old);
    return add_link(unit, purpose, user, expires_at);
}

std::string add_link(Unit& unit, std::string_view purpose, Id<User> user, Time expires_at) {
    auto token = make_token("pl", unit.business.number());
    db::Value const values[] = {token_hash(token), std::string(purpose), column_value(user), expires_at.ms};
    unit.tx.post("INSERT INTO links (token,purpose,user_id,expires_at) VALUES ($1,$2,$3,$4)", values);
    return token;
}

std::optional<Id<User>> find_link(Reading& reading, std::string_view token, std::string_view purpose) {
    db::Value const values[] = {token_hash(token), std::string(purpose), reading.now.ms};
    auto row = reading.tx.query("SELECT user_id FROM links WHERE token=$1 AND purpose=$2 AND expires_at>$3", values);
    if (!row.next()) return {};
    return Id<User>{row.is_null(0) ? 0 : row.integer(0)};
}

bool use_link(Unit& unit, std::string_view token) {
    db::Value const values[] = {token_hash(token)};
    return unit.tx.execute("DELETE FROM links WHERE token=$1", values) == 1;
}

Door door_of(Call const& call, std::string_view token) {
    Door door{.within = call};
    if (auto const number = business_of_token(token)) door.business = call.businesses->business(*number);
    door.known = door.business != nullptr;
    if (!door.known) door.business = call.businesses->business("");
    door.within.business = door.business.get();
    door.within.who = {};
    return door;
}

}  // namespace patron::staff
