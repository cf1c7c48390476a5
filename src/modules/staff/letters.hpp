// Letters to staff: links to a new password, invitations, and word of what changed in how they sign in. They are written
// down with the change that they are about and sent behind it, so that nobody waits for mail, nor can tell by the time it
// took whether one was sent.
#pragma once
#include "modules/staff/parts.hpp"

namespace patron::staff {

struct Letter;

enum class LetterKind {
    reset,                  // somebody asked for a new password; `address` is what they typed
    invitation,             // with a link to choose a password
    new_password,           // the same for somebody who has one
    password_changed,       //
    email_changed,          // to the address that was theirs
    second_factor_added,    //
    second_factor_removed,  //
    passkey_added,          //
    passkey_removed,        //
    passkey_suspected,      // one counts as if there were two of it
    identity_linked,        // an account at the provider signs them in
    identity_unlinked
};
BOOST_DESCRIBE_ENUM(LetterKind, reset, invitation, new_password, password_changed, email_changed, second_factor_added,
                    second_factor_removed, passkey_added, passkey_removed, passkey_suspected, identity_linked,
                    identity_unlinked)

// Sent once the unit is durable. To the user's own address, or to another.
void write_letter(Unit&, LetterKind, Id<User>, std::string const& address = {});

// The words of a letter, without sender and receiver.
struct Wording {
    std::string subject, text;
};
Wording wording_of(LetterKind, std::string const& name, std::string const& business, std::string const& link);

// From now on letters are sent; those that an earlier run left too.
void serve_letters(Business&, Surroundings const&);
bool send_left_letters(Unit&);

void add_letters(Module&);

}  // namespace patron::staff
ID_PREFIX(patron::staff::Letter, "let");
