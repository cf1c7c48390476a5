// Passkeys: keys in phones, computers and sticks that sign in by themselves, or stand for the second factor.
#pragma once
#include "access/webauthn.hpp"
#include "modules/staff/parts.hpp"

namespace patron::staff {
struct Passkey;
}
ID_PREFIX(patron::staff::Passkey, "pas");

namespace patron::staff {

struct Passkey {
    static constexpr std::string_view table = "passkeys", noun = "passkey";
    static constexpr std::string_view fixed[] = {"id",           "version",    "backed_up", "suspected",
                                                 "last_used_at", "created_at", "updated_at"};
    Id<Passkey> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    bool backed_up = false;  // it is in the keeping of more than one device
    bool suspected = false;  // it counted as if there were a copy
    std::optional<Time> last_used_at;
    Time created_at, updated_at;
};
DESCRIBE(Passkey, id, version, name, backed_up, suspected, last_used_at, created_at, updated_at);

// What a browser needs to ask for a passkey. Bytes are base64 for URLs, without padding.
struct PasskeyQuestion {
    std::string challenge;           // holds five minutes, for one answer
    std::string host;                // the relying party
    std::vector<std::string> known;  // ids of the credentials that may answer; empty: any that the device has
};
DESCRIBE(PasskeyQuestion, challenge, host, known);

// What it answers (PublicKeyCredential of navigator.credentials.get()).
struct PasskeyAnswer {
    Text<1, 1400> id;
    Text<1, 4000> client_data;
    Text<1, 4000> authenticator_data;
    Text<1, 1400> signature;
    std::optional<Text<0, 200>> user_handle;
};
DESCRIBE(PasskeyAnswer, id, client_data, authenticator_data, signature, user_handle);

// Where our pages stand, as the browser sees it. 409 where no passkey can be: at a bare address.
webauthn::Site site_of(Call const& call);
void set_address(std::function<std::string()> address);

// A question for the user, or for whoever it is.
PasskeyQuestion ask_passkey(Unit&, Id<User> user, webauthn::Site const& site);
// A passkey that answered rightly.
struct SeenPasskey {
    Id<Passkey> id;
    Id<User> user_id;
    webauthn::Assertion said;
};
// Uses the question up, whatever comes. Throws 401 passkey_refused. The user of a question must be the passkey's.
SeenPasskey read_passkey(Business&, Call const&, PasskeyAnswer const&);
void count_on(Unit&, SeenPasskey const&);

namespace store {
std::int64_t passkeys_of(db::Tx&, Id<User>);  // how many
std::vector<std::string> credentials_of(db::Tx&, Id<User>);
}  // namespace store

void add_passkeys(Module&);
void add_passkey_sign_in(Module&);

}  // namespace patron::staff
