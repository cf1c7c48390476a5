// Customers: the one shared record that everything else hangs on – who they are, how to reach them, where they stand.
#pragma once
#include "modules/folders/folders.hpp"
#include "modules/tags/tags.hpp"

#include <filesystem>

namespace patron {
struct File;
}  // namespace patron
ID_PREFIX(patron::File, "fil");

namespace patron {

enum class CustomerKind { person, company };
BOOST_DESCRIBE_ENUM(CustomerKind, person, company)
enum class Channel { email, sms, whatsapp, call };
BOOST_DESCRIBE_ENUM(Channel, email, sms, whatsapp, call)
enum class ContactMethod { email, sms, whatsapp, call, post };
BOOST_DESCRIBE_ENUM(ContactMethod, email, sms, whatsapp, call, post)
enum class AddressKind { billing, shipping, service };
BOOST_DESCRIBE_ENUM(AddressKind, billing, shipping, service)

struct EmailAddress {
    Personal<EmailText> address;
    std::optional<Text<0, 40>> label;
    bool primary = false;
};
DESCRIBE(EmailAddress, address, label, primary);

struct PhoneNumber {
    static constexpr std::string_view ignored[] = {"e164"};
    Personal<Text<1, 60>> number;               // as typed
    std::optional<Personal<std::string>> e164;  // ITU-T E.164, when it could be read
    std::optional<Text<0, 40>> label;
    bool primary = false;
    std::optional<CountryCode> country;  // how a national number is to be read, when it is not the address's
};
DESCRIBE(PhoneNumber, number, e164, label, primary, country);

struct Address {
    AddressKind kind = AddressKind::billing;
    std::optional<Personal<Text<0, 200>>> line1, line2, city;
    std::optional<Text<0, 100>> region;
    std::optional<Personal<Text<0, 40>>> postal_code;
    std::optional<CountryCode> country;
    std::optional<Personal<Text<0, 2000>>> access_notes;
    std::optional<Date> valid_from, valid_to;
    bool primary = false;
};
DESCRIBE(Address, kind, line1, line2, city, region, postal_code, country, access_notes, valid_from, valid_to, primary);

struct Worker {
    Id<User> user_id;
    bool responsible = false;
};
DESCRIBE(Worker, user_id, responsible);

struct Customer {
    static constexpr std::string_view table = "customers", noun = "customer";
    static constexpr std::string_view fixed[] = {"id", "version", "photo_id", "created_at", "updated_at", "bin_until"};
    static constexpr std::string_view left_out_when_null[] = {"bin_until"};
    Id<Customer> id;
    std::int64_t version = 0;
    CustomerKind kind = CustomerKind::person;
    std::optional<Personal<Text<0, 200>>> display_name, given_name, family_name;  // display_name is made when left out
    std::optional<Personal<Text<0, 200>>> company_name;
    std::vector<EmailAddress> emails;
    std::vector<PhoneNumber> phones;
    std::vector<Address> addresses;
    std::optional<Id<Folder>> folder_id;
    std::optional<Id<Status>> status_id;
    std::vector<Id<Tag>> tag_ids;
    std::vector<Worker> workers;
    std::optional<ContactMethod> preferred_contact;
    std::vector<Channel> do_not_contact;
    bool newsletter = false;
    std::optional<LanguageTag> language;
    std::optional<ZoneName> time_zone;
    std::optional<Text<0, 100>> source;
    std::optional<Date> customer_since;
    Personal<JsonObject> custom;  // by the keys of fields; merged by key in a PATCH
    std::vector<ImportKey> import_keys;
    std::optional<Id<File>> photo_id;
    Time created_at, updated_at;
    std::optional<Time> bin_until;
};
DESCRIBE(Customer, id, version, kind, display_name, given_name, family_name, company_name, emails, phones, addresses,
         folder_id, status_id, tag_ids, workers, preferred_contact, do_not_contact, newsletter, language, time_zone,
         source, customer_since, custom, import_keys, photo_id, created_at, updated_at, bin_until);

// Reads what takes long of a body: the numbers.
void look_ahead(Customer const& draft, Call const& call);

namespace customers {

// The condition that the customer whom a column of a list names is not in the bin. Few are: each is looked for, instead of
// gathering all who are not.
std::string not_in_bin(std::string_view column);

// A customer who is there and may be seen; Problem 404 or 410 otherwise.
Customer find(Reading& reading, Id<Customer> id);

// A new customer out of a draft: checks everything (references, custom values, at least a name, e-mail, phone or company),
// makes the display name, reads phones, gives the folder's defaults, keeps and tells it. `happened_at` 0 means now.
// Throws Problem with pointers into the draft.
struct Origin {
    Time created_at;
};
Customer create(Unit& unit, Customer draft, Origin origin = {});

// Brings a customer from `before` to `after` after the same checks and tells it in the kinds it takes. False when nothing
// differs.
bool change(Unit& unit, Customer const& before, Customer& after);

// Among the changes from one state to the other, the one of `custom` as one for each key: "custom.size".
void part_custom(std::vector<Change>& changes, Customer const& before, Customer const& after);
// Gives each changed member its value back, unless it has changed since. Answers those that stay.
std::vector<std::string> take_back(Customer& customer, std::vector<Change> const& changes);

// Puts into the bin; brings back. Throws Problem 409 when it is not in the bin, or an import key is taken by now.
void bin(Unit& unit, Customer const& customer);
Customer restore(Unit& unit, Customer const& binned);

// Erases a customer who lies in the bin for good, with all that any module holds of them: what stays are the positions,
// kinds and facts of their events.
void erase(Unit& unit, Customer const& customer);

// Does a custom value of another customer, in the bin or not, hold this id?
bool is_held_by_others(Reading& reading, Id<Customer> customer, AnyId const& id);

// Nothing that happened until now is news to the user any more.
void mark_all_seen(Unit& unit, Id<User> user);

// Who is known by any of these: at most `limit` live customers. E-mails normalised, phones in E.164.
std::vector<Id<Customer>> known_by_email(Reading& reading, std::string_view normal_email, int limit = 5);
std::vector<Id<Customer>> known_by_phone(Reading& reading, std::string_view e164, int limit = 5);
std::optional<Id<Customer>> known_by_import_key(Reading& reading, std::string_view source, std::string_view key);

// The parameters that filter the list of customers, in words; those given stand behind the search.
std::vector<Param> filters(std::vector<Param> behind_search = {});

// The customers of a list's filters, page by page (for exports): calls `each` until it answers false.
void each_matching(Reading& reading, std::function<bool(Customer const&)> const& each);

// Room for the index of a business in memory, and where its snapshots lie. Without room the database answers.
struct FinderSettings {
    std::size_t most_bytes = std::size_t{1} << 30;
    std::function<std::filesystem::path(Business const&)> snapshot;
    std::function<void(std::string const&)> notice = [](std::string const&) {};  // what the log is to say
};

Module module(FinderSettings finder = {});

}  // namespace customers
}  // namespace patron
