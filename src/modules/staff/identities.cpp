// Accounts at a provider that sign people in: one's own are seen and unlinked, and those not linked yet are.
#include "modules/staff/letters.hpp"
#include "modules/staff/openid.hpp"
#include "modules/staff/rules.hpp"

namespace patron::staff {
namespace {

constexpr Kind identity_linked{"identity.linked", 1, "{actor} linked an account that signs them in", ""};
constexpr Kind identity_unlinked{"identity.unlinked", 1, "{actor} unlinked an account that signed them in", ""};

Page<Identity> list_identities(Reading& reading) {
    static std::string const sql =
        "SELECT " + column_list<Identity>() + " FROM identities WHERE user_id=$1 ORDER BY id";
    auto const provider = store::provider_of(reading.tx);
    db::Value const values[] = {reading.who.user_id.value};
    Page<Identity> page;
    auto rows = reading.tx.query(sql, values);
    while (rows.next()) {
        page.data.push_back(read_row<Identity>(rows));
        if (provider && provider->issuer == page.data.back().issuer) page.data.back().name = provider->name;
    }
    page.total = std::ssize(page.data);
    return page;
}

void tell_unlinked(Unit& unit, Id<User> id) {
    unit.say({.kind = &identity_unlinked, .subject = id});
    write_letter(unit, LetterKind::identity_unlinked, id);
}

http::Response unlink(Unit& unit, Id<Identity> id) {
    need_session(unit.who);
    db::Value const values[] = {id.value, unit.who.user_id.value};
    if (unit.tx.execute("DELETE FROM identities WHERE id=$1 AND user_id=$2", values) == 0) throw not_found();
    // Whoever got in by it is out: which sessions those are is not kept, so all others end.
    end_sessions(unit, unit.who.user_id, unit.who.session_id);
    tell_unlinked(unit, unit.who.user_id);
    return renewed(unit, http::Response(204));
}

// The account of a colleague that fell into other hands, or is not theirs any more.
void unlink_colleague(Unit& unit, Id<User> id) {
    auto const user = unit.find(id);
    if (id == unit.who.user_id || !outranks(unit.who, role_of(unit, user), unit.business.areas()))
        throw above_your_rights();
    db::Value const values[] = {id.value};
    if (unit.tx.execute("DELETE FROM identities WHERE user_id=$1", values) == 0)
        throw Problem(404, "no_identity", "No account elsewhere signs this colleague in.");
    end_sessions(unit, id);
    tell_unlinked(unit, id);
}

}  // namespace

std::optional<Id<User>> store::user_of_identity(db::Tx& tx, std::string const& issuer, std::string const& subject) {
    db::Value const values[] = {issuer, subject};
    auto row = tx.query("SELECT user_id FROM identities WHERE issuer=$1 AND subject=$2", values);
    if (!row.next()) return {};
    return Id<User>{row.integer(0)};
}

void link_identity(Unit& unit, Id<User> user, std::string const& issuer, std::string const& subject) {
    db::Value const mine[] = {user.value, issuer};
    if (unit.tx.query("SELECT 1 FROM identities WHERE user_id=$1 AND issuer=$2", mine).next())
        throw Problem(403, "other_account_linked",
                      "You are linked to another account there; sign in with that one, or unlink it under Settings, "
                      "My account.");
    if (store::user_of_identity(unit.tx, issuer, subject))
        throw Problem(403, "account_taken", "This account signs a colleague in already.");
    db::Value const values[] = {unit.business.ids().next(unit.now.ms), issuer, unit.now.ms, subject, user.value};
    unit.tx.execute(
        "INSERT INTO identities (id,issuer,created_at,last_used_at,subject,user_id) VALUES ($1,$2,$3,$3,$4,$5)",
        values);
    unit.say({.kind = &identity_linked, .subject = user});
    write_letter(unit, LetterKind::identity_linked, user);
}

void use_identity(Unit& unit, std::string const& issuer, std::string const& subject) {
    db::Value const values[] = {issuer, subject, unit.now.ms};
    unit.tx.execute("UPDATE identities SET last_used_at=$3 WHERE issuer=$1 AND subject=$2", values);
}

void add_identities(Module& module) {
    for (auto const* kind : {&identity_linked, &identity_unlinked}) module.kinds.push_back(kind);
    module.routes.push_back(own_sign_in(get<list_identities>("/session/identities", signed_in, "list_identities",
                                                             "The accounts elsewhere that sign me in")));
    module.routes.push_back(own_sign_in(with_proof(remove<unlink>(
        "/session/identities/{id}", signed_in, "remove_identity", "Sign in without this account from now on"))));
    module.routes.push_back(
        with_proof(remove<unlink_colleague>("/users/{id}/identities", Permission("users.edit"), "remove_identities_of",
                                            "Unlink the account elsewhere that signs a colleague in; signs them out")));
}

}  // namespace patron::staff
