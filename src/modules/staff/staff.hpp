// Staff: the people who work in the business – who they are, what they may do, how they and their programs sign in –
// and what the business says of itself.
#pragma once
#include "access/sealing.hpp"
#include "base/mail.hpp"
#include "module/module.hpp"
#include "outbound/outbound.hpp"

namespace patron::staff {

struct NewBusiness {
    std::string business_name, slug, currency, country, time_zone, locale;
    std::string owner_name, owner_email;
    std::string password_hash;  // may be empty: the owner is invited by a link
};

// Writes the business, its roles and its owner, and lets every module furnish it. 409 when it has been founded before.
// What it is given must have been checked.
User found(Unit& unit, NewBusiness const& what);

// Makes the secret of the one-time link that sets an empty business up; an earlier one is void from then on. It holds
// for 24 hours, and only its hash is kept. The link is /setup#token=…
std::string setup_link_token(Business& business);
// Has nobody founded it yet?
bool needs_setup(db::Tx& tx);

// Staff as imports know them.
std::optional<Id<User>> by_import_key(Reading& reading, std::string_view source, std::string_view key);
std::optional<Id<User>> by_email(Reading& reading, std::string_view email);

// A new user out of a checked draft; without a password invited. Throws Problem when the e-mail or an import key is
// taken, or there is no such role. Whether the one who asks may do it is for the caller to settle.
User create_user(Unit& unit, User draft, std::string const& password_hash);
// The role of that key: owner, manager, staff, read_only.
Role role_of_key(Reading& reading, std::string_view key);

// What staff needs of the world around it. Left empty where nobody is served.
struct Surroundings {
    std::function<void(Mail const&)> send;       // throws when it cannot; never on the writer thread
    std::function<std::string()> address;        // where people reach Patron: "https://crm.example.com"
    std::shared_ptr<SealKey> seal_key;           // what second factors are sealed with
    std::shared_ptr<outbound::Caller> outbound;  // how providers of sign-in are called
    std::string public_url;                      // the address, when it was set
};

Module module(Surroundings around = {});

}  // namespace patron::staff
