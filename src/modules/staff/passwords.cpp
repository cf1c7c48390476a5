#include "modules/staff/parts.hpp"

#include "base/unicode.hpp"

#include <unicode/normalizer2.h>

namespace patron::staff {

std::string password_in(Json const& body, std::string_view member) {
    std::string_view const typed = body.at(member).as_string();
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normal forms");
    auto const normal = nfc->normalize(utf16(typed), status);
    return U_FAILURE(status) ? std::string(typed) : utf8(normal);
}

void check_strength(std::string const& password, std::string_view email, std::string_view name) {
    if (auto weakness = password_weakness(password, "/password", email, name))
        throw invalid(std::vector{std::move(*weakness)});
}

void set_password(Unit& unit, Id<User> id, std::string const& hash) {
    db::Value const values[] = {id.value, hash, unit.now.ms};
    unit.tx.post(
        "INSERT INTO passwords (user_id,hash,changed_at) VALUES ($1,$2,$3) "
        "ON CONFLICT (user_id) DO UPDATE SET hash=excluded.hash, changed_at=excluded.changed_at",
        values);
}

std::string password_hash_of(Reading& reading, Id<User> id) {
    db::Value const values[] = {id.value};
    auto row = reading.tx.query("SELECT hash FROM passwords WHERE user_id=$1", values);
    return row.next() ? std::string(row.text(0)) : std::string();
}

}  // namespace patron::staff
