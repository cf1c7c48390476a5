// Devices that somebody signed in on before: a cookie says so, and nothing else can be done with it.
#include "modules/staff/guessing.hpp"

#include "module/origins.hpp"

#include <algorithm>

namespace patron::staff {
namespace {

// People share a device: it holds one token for each, parted by dots, as many as fit a cookie well.
constexpr std::size_t most_tokens = 5;

constexpr std::string_view device_cookie = "patron-device";

std::vector<std::string> tokens_of(http::Request const& request) {
    std::vector<std::string> tokens;
    std::string const value = own_cookie(request, device_cookie).value_or("");
    for (std::size_t at = 0; at < value.size() && tokens.size() < most_tokens;) {
        auto const end = std::min(value.find('.', at), value.size());
        auto token = value.substr(at, end - at);
        if (business_of_token(token)) tokens.push_back(std::move(token));
        at = end + 1;
    }
    return tokens;
}

std::string keep_tokens(http::Request const& request, std::vector<std::string> const& tokens) {
    std::string value;
    for (auto const& token : tokens) value += (value.empty() ? "" : ".") + token;
    return set_own_cookie(request, device_cookie, value, device_ms);
}

bool belongs_to(db::Tx& tx, std::string const& token, Id<User> user) {
    db::Value const values[] = {token_hash(token), user.value};
    return tx.query("SELECT 1 FROM devices WHERE token=$1 AND user_id=$2", values).next();
}

std::string tries_name(std::string const& token) { return "device " + token_hash(token); }

}  // namespace

std::optional<std::string> known_device(Business& business, Call const& call, Id<User> user) {
    std::optional<std::string> name;
    for (auto const& token : tokens_of(*call.request))
        business.database().read([&](db::Tx& tx) {
            if (name || !user || !belongs_to(tx, token, user)) return;
            db::Value const values[] = {tries_name(token)};
            auto row = tx.query("SELECT locked_until FROM tries WHERE name=$1", values);
            if (!row.next() || row.integer(0) <= call.now.ms) name = tries_name(token);
        });
    return name;
}

std::string know_device(Unit& unit, Id<User> user) {
    auto const& request = *unit.call.request;
    auto tokens = tokens_of(request);
    auto const known = std::find_if(tokens.begin(), tokens.end(),
                                    [&](std::string const& token) { return belongs_to(unit.tx, token, user); });
    if (known != tokens.end()) {
        std::rotate(tokens.begin(), known, known + 1);
        db::Value const values[] = {token_hash(tokens.front()), unit.now.ms};
        unit.tx.execute("UPDATE devices SET last_used_at=$2 WHERE token=$1", values);
        db::Value const tried[] = {tries_name(tokens.front())};
        unit.tx.execute("DELETE FROM tries WHERE name=$1", tried);
        return keep_tokens(request, tokens);
    }
    tokens.insert(tokens.begin(), make_token("pd", unit.business.number()));
    tokens.resize(std::min(tokens.size(), most_tokens));
    db::Value const values[] = {token_hash(tokens.front()), user.value, unit.now.ms};
    unit.tx.execute("INSERT INTO devices (token,user_id,last_used_at) VALUES ($1,$2,$3)", values);
    return keep_tokens(request, tokens);
}

void forget_devices(Unit& unit, Id<User> user) {
    db::Value const values[] = {user.value};
    unit.tx.execute("DELETE FROM devices WHERE user_id=$1", values);
}

}  // namespace patron::staff
