#include "modules/staff/letters.hpp"

namespace patron::staff {
namespace {

constexpr std::string_view not_you =
    "\nIf this was not you, choose another password at once and tell whoever looks after Patron for you.\n";

std::string body_of(LetterKind kind, std::string const& business, std::string const& link) {
    switch (kind) {
        case LetterKind::reset:
            return "Somebody, most likely you, asked for a new password for " + business +
                   ". Choose one here within half an hour; the link works once:\n\n" + link +
                   "\n\nIf you did not ask for it, leave this message alone: nothing has changed.\n";
        case LetterKind::invitation:
            return "You are invited to work with the customers of " + business +
                   ". Choose a password here within a week; the link works once:\n\n" + link + "\n";
        case LetterKind::new_password:
            return "A colleague sends you a link to a new password for " + business +
                   ". Choose one here within half an hour; the link works once:\n\n" + link + "\n";
        case LetterKind::password_changed:
            return "Your password for " + business + " was changed, and your other devices were signed out.\n" +
                   std::string(not_you);
        case LetterKind::email_changed:
            return "Your e-mail address for " + business +
                   " was changed; from now on you sign in with the new one, and nothing is sent to this one any "
                   "more.\n" +
                   std::string(not_you);
        case LetterKind::second_factor_added:
            return "Signing in to " + business + " asks you for a code from your phone from now on.\n" +
                   std::string(not_you);
        case LetterKind::second_factor_removed:
            return "Signing in to " + business + " does not ask you for a second factor any more.\n" +
                   std::string(not_you);
        case LetterKind::passkey_added:
            return "A passkey was added with which you sign in to " + business + ".\n" + std::string(not_you);
        case LetterKind::passkey_removed:
            return "A passkey with which you signed in to " + business + " was removed.\n" + std::string(not_you);
        case LetterKind::passkey_suspected:
            return "Somebody tried to sign in to " + business +
                   " with one of your passkeys, but it counted as if there were a copy of it. It was refused; remove "
                   "that passkey under Settings, My account.\n" +
                   std::string(not_you);
        case LetterKind::identity_linked:
            return "An account at the sign-in service of " + business +
                   " was linked to you: from now on it signs you in.\n" + std::string(not_you);
        case LetterKind::identity_unlinked:
            return "Your account at the sign-in service of " + business + " does not sign you in any more.\n" +
                   std::string(not_you);
    }
    return {};
}

std::string subject_of(LetterKind kind, std::string const& business) {
    switch (kind) {
        case LetterKind::reset: return "A new password for " + business;
        case LetterKind::invitation: return "Your invitation to " + business;
        case LetterKind::new_password: return "A new password for " + business;
        case LetterKind::password_changed: return "Your password was changed";
        case LetterKind::email_changed: return "Your e-mail address was changed";
        case LetterKind::second_factor_added: return "A second factor was added";
        case LetterKind::second_factor_removed: return "Your second factor was removed";
        case LetterKind::passkey_added: return "A passkey was added";
        case LetterKind::passkey_removed: return "A passkey was removed";
        case LetterKind::passkey_suspected: return "A passkey was refused";
        case LetterKind::identity_linked: return "An account was linked to you";
        case LetterKind::identity_unlinked: return "An account was unlinked from you";
    }
    return {};
}

}  // namespace

Wording wording_of(LetterKind kind, std::string const& name, std::string const& business, std::string const& link) {
    return {subject_of(kind, business), "Hello " + name + ",\n\n" + body_of(kind, business, link) + "\nPatron\n"};
}

}  // namespace patron::staff
