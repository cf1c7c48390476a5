#include "modules/staff/parts.hpp"

#include "access/passwords.hpp"
#include "base/unicode.hpp"

#include <unicode/normalizer2.h>

namespace patron::staff {
namespace {

// What the passwords of people who do not exist are checked against, so that it takes as long: a hash like all others, of
// random bytes that nobody kept.
constexpr std::string_view nobodys_hash =
    "$argon2id$v=19$m=19456,t=2,p=1$n4BsTXPfk6XfoVRwZ3xrvA$HkVAplOwkdrte8RZyN3NoVL5Kr7mGBWT/zveYci7+tU";

}  // namespace

std::string password_in(Json const& body, std::string_view member) {
    std::string_view const typed = body.at(member).as_string();
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normal forms");
    auto const normal = nfc->normalize(utf16(typed), status);
    return U_FAILURE(status) ? std::string(typed) : utf8(normal);
}

void check_strength(std::string const& password, std::vector<std::string> known) {
    known.emplace_back("Patron");
    if (auto weakness = password_weakness(password, "/password", known))
        throw invalid(std::vector{std::move(*weakness)});
}

void set_password(Unit& unit, Id<User> id, std::string const& hash) {
    db::Value const values[] = {id.value, hash, unit.now.ms};
    unit.tx.post(
        "INSERT INTO passwords (user_id,hash,changed_at) VALUES ($1,$2,$3) "
        "ON CONFLICT (user_id) DO UPDATE SET hash=excluded.hash, changed_at=excluded.changed_at",
        values);
    // Whoever knew the old one and is on the way in, or holds a link to it, has nothing any more.
    unit.tx.post("DELETE FROM links WHERE user_id=$1", std::span(values, 1));
}

bool password_fits_or_nobody(std::string const& hash, std::string const& password) {
    return password_fits(hash.empty() ? nobodys_hash : hash, password) && !hash.empty();
}

std::string password_hash_of(Reading& reading, Id<User> id) {
    db::Value const values[] = {id.value};
    auto row = reading.tx.query("SELECT hash FROM passwords WHERE user_id=$1", values);
    return row.next() ? std::string(row.text(0)) : std::string();
}

}  // namespace patron::staff
