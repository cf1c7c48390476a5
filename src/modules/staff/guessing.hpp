// Guessing is limited: how often a password or code may be tried, by account, device, place and altogether. Counted in the
// database, so that it holds over a restart and on all servers.
#pragma once
#include "modules/staff/parts.hpp"

namespace patron::staff {

struct Limit {
    std::int64_t most;       // tries
    std::int64_t window_ms;  // within so long; 0: in a row, until one succeeds
    std::int64_t wait_ms;    // then none for so long, or until the window is over
    std::int64_t ever = 0;   // in a row: then none until whoever it belongs to has shown who they are (NIST SP 800-63B)
};

// What was tried under one name.
struct Tries {
    std::int64_t count = 0;
    Time first, locked_until;
    bool operator==(Tries const&) const = default;
};
// Seconds to wait; 0: it may be tried now.
int wait_of(Tries const&, Time now);
// One more, which may be tried.
Tries one_more(Tries, Limit const&, Time now);
// One was right after all: those in a row begin anew, in a window it does not count.
Tries one_less(Tries, Limit const&);

inline constexpr std::int64_t minute_ms = 60'000;
// PCI DSS 8.3.4: ten, then half an hour. NIST SP 800-63B-4 §3.2.2: never more than a hundred.
inline constexpr Limit of_an_account{10, 0, 30 * minute_ms, 100};
// A device that signed in before has tries of its own, so that nobody is locked out of it by others; after ten it is a
// stranger like all others.
inline constexpr Limit of_a_device{10, 0, 0, 10};
inline constexpr Limit of_a_place{50, 15 * minute_ms, 0};
inline constexpr Limit of_everybody{1000, 15 * minute_ms, 0};
inline constexpr Limit of_codes{5, minute_ms, 0};  // RFC 6238 leaves so little to guess that few tries are enough
inline constexpr Limit of_codes_in_a_row{10, 0, 30 * minute_ms, 100};
inline constexpr Limit of_questions{300, 15 * minute_ms, 0};  // for passkeys, by whoever is not signed in
inline constexpr Limit of_letters{3, 60 * minute_ms, 0};
inline constexpr Limit of_letters_from_a_place{30, 60 * minute_ms, 0};

struct Counted {
    std::string name;
    Limit limit;
};
// Tries that are counted together: before it is known whether they are right, so that many at once are no more.
class Guess {
  public:
    Guess(Business& business, Call const& call) : business_(business), call_(call) {}
    void count(std::string name, Limit const& limit) { counted_.push_back({std::move(name), limit}); }
    // Seconds to wait, or 0 and it is counted.
    int take();
    // Throws 429 with Retry-After instead, and the audit log tells of it.
    void take_or_refuse();
    void about(Id<User> user) { about_ = user; }  // whose account it is, for the audit log
    // It was right.
    void give_back(db::Tx& tx) const;

  private:
    Business& business_;
    Call const& call_;
    std::vector<Counted> counted_;
    Id<User> about_;
};

// Under which names tries are counted; what they stand for is not to be read there.
std::string account_tries(std::string_view email_key);
std::string proof_tries(Id<User>);  // at the password, of whoever is signed in
std::string code_tries(Id<User>);
std::string place_tries(Call const&);

// Somebody was refused at the door: that counts as a try from their place and stands in the audit log. Throws 429 when
// there were too many. The user may be nobody.
void refused_at_the_door(Business&, Call const&, Id<User>);

// Whoever the account belongs to has shown who they are: it can be signed in to again.
void unlock(Unit&, User const&);
// Tries that nobody made for a long time are forgotten.
bool forget_old_tries(Unit&);

// ---- devices that signed in before
inline constexpr std::int64_t device_ms = 400LL * 24 * 60 * minute_ms;
// The name of tries of the device that asks, when the user signed in there before and it was not tried too often since.
std::optional<std::string> known_device(Business&, Call const&, Id<User>);
// Notes that the user signed in on the device that asks; its cookie.
std::string know_device(Unit&, Id<User>);
void forget_devices(Unit&, Id<User>);

}  // namespace patron::staff
