// The second factor: codes that a phone shows, recovery codes for the day it is lost.
#pragma once
#include "access/sealing.hpp"
#include "modules/staff/parts.hpp"

namespace patron::staff {

// What is sealed with the key of this installation.
SealKey& seal_key();
void set_seal_key(std::shared_ptr<SealKey> key);

// ---- where they are kept
struct Codes {
    std::string seed;            // sealed; empty: none
    std::int64_t last_step = 0;  // of the code that was taken last
    std::string pending;         // sealed; empty: none is being set up
    Time pending_at;
};
namespace store {
Codes codes_of(db::Tx&, Id<User>);
void keep_codes(db::Tx&, Id<User>, Codes const&);
bool use_step(db::Tx&, Id<User>,
              std::int64_t step);  // false when a code of it or of a later one was taken, here or elsewhere
std::int64_t recovery_codes_left(db::Tx&, Id<User>);
std::vector<std::string> make_recovery_codes(db::Tx&, Id<User>, Time now);  // ten; earlier ones are void
bool use_recovery_code(db::Tx&, Id<User>, std::string_view typed);
void drop_second_factor(db::Tx&, Id<User>);  // codes, recovery codes, passkeys
}  // namespace store

// ---- what may be shown as the second factor
struct Shown {
    std::optional<Text<1, 20>> code;
    std::optional<Text<1, 60>> recovery_code;
};
// Throws 401 wrong_code when it is not right. A code or recovery code is used up.
void check_second_factor(Unit&, User const&, Shown const&);
bool code_is_right(Unit&, Id<User>, std::string_view code);  // and used up then

// The step after the password: a session, or, for whoever has a second factor, 401 second_factor_needed with a token for
// POST /session/second_step.
http::Response go_on_signing_in(Business&, Call const&, Id<User>, std::function<void(Unit&)> const& also = {});

// Brings the user's record up to what there is by now, and tells them.
void second_factor_changed(Unit&, Id<User>, Kind const& kind);

void add_second_factor(Module&);
void add_second_step(Module&);

// The picture of a text that phones read (ISO/IEC 18004): its rows, a 1 for each dark module.
std::vector<std::string> qr_rows(std::string const& text);

}  // namespace patron::staff
