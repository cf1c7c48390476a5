#include "modules/imports/merging.hpp"

#include "base/fold.hpp"

#include <algorithm>

namespace patron::imports {
namespace {

template <class T>
void put(std::optional<T>& there, std::optional<T> const& row, bool overwrite) {
    if (row && (overwrite || !there)) there = row;
}

// The row's entries that are not there yet; those that are keep their place. What the row puts first becomes primary
// when it overwrites.
template <class T, class Same>
void unite(std::vector<T>& there, std::vector<T> const& row, bool overwrite, Same same) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto found = std::find_if(there.begin(), there.end(), [&](T const& one) { return same(one, row[i]); });
        bool const is_new = found == there.end();
        if (is_new) found = there.insert(there.end(), row[i]);
        else if (overwrite && row[i].label) found->label = row[i].label;
        if (i > 0 || !overwrite) {
            if (is_new) found->primary = false;
            continue;
        }
        for (auto& one : there) one.primary = &one == &*found;
    }
    if (!there.empty() && std::none_of(there.begin(), there.end(), [](T const& one) { return one.primary; }))
        there.front().primary = true;
}

std::string country_of(Customer const& customer, std::string const& otherwise) {
    for (auto const& address : customer.addresses)
        if (address.country) return *address.country;
    return otherwise;
}

// As dialled, else as typed.
std::string number_of(PhoneNumber const& phone, std::string const& country) {
    if (phone.e164) return *phone.e164;
    if (auto const read = read_phone(phone.number, phone.country ? std::string(*phone.country) : country))
        return read->e164;
    return phone.number;
}

// Where both say something else, they are two different addresses, and the one that is there stays.
bool disagree(Address const& there, Address const& row) {
    auto const differ = [](auto const& a, auto const& b) { return a && b && fold(*a) != fold(*b); };
    return differ(there.line1, row.line1) || differ(there.city, row.city) ||
           differ(there.postal_code, row.postal_code) || differ(there.country, row.country);
}

void merge_address(std::vector<Address>& there, Address const& row, bool overwrite) {
    auto const found =
        std::find_if(there.begin(), there.end(), [&](Address const& one) { return one.kind == row.kind; });
    if (found == there.end()) return there.push_back(row);
    if (!overwrite && disagree(*found, row)) return;
    put(found->line1, row.line1, overwrite);
    put(found->line2, row.line2, overwrite);
    put(found->city, row.city, overwrite);
    put(found->region, row.region, overwrite);
    put(found->postal_code, row.postal_code, overwrite);
    put(found->country, row.country, overwrite);
    put(found->access_notes, row.access_notes, overwrite);
}

template <class T>
void add_missing(std::vector<T>& there, std::vector<T> const& row) {
    for (auto const& one : row)
        if (std::find(there.begin(), there.end(), one) == there.end()) there.push_back(one);
}

// Another one for the same program would be another customer.
void add_keys(std::vector<ImportKey>& there, std::vector<ImportKey> const& row) {
    for (auto const& key : row)
        if (std::none_of(there.begin(), there.end(), [&](ImportKey const& one) { return one.source == key.source; }))
            there.push_back(key);
}

void merge_workers(std::vector<Worker>& there, std::vector<Worker> const& row, bool overwrite) {
    if (row.empty() || (!overwrite && !there.empty())) return;
    if (overwrite)
        for (auto& one : there) one.responsible = false;
    for (auto const& worker : row) {
        auto const found =
            std::find_if(there.begin(), there.end(), [&](Worker const& one) { return one.user_id == worker.user_id; });
        if (found == there.end()) there.push_back(worker);
        else found->responsible = worker.responsible;
    }
}

}  // namespace

Customer merged(Customer const& there, Customer const& row, Draft const& draft, ImportPolicy policy,
                std::string const& country) {
    bool const overwrite = policy == ImportPolicy::overwrite;
    auto after = there;
    if (overwrite && draft.says_kind) after.kind = row.kind;
    put(after.given_name, row.given_name, overwrite);
    put(after.family_name, row.family_name, overwrite);
    put(after.company_name, row.company_name, overwrite);
    put(after.display_name, row.display_name, overwrite);
    for (auto const& address : row.addresses) merge_address(after.addresses, address, overwrite);
    auto const place = country_of(after, country);
    unite(after.emails, row.emails, overwrite, [](EmailAddress const& a, EmailAddress const& b) {
        return normal_email(a.address) == normal_email(b.address);
    });
    unite(after.phones, row.phones, overwrite, [&](PhoneNumber const& a, PhoneNumber const& b) {
        return number_of(a, place) == number_of(b, place) && (!b.label || !a.label || *a.label == *b.label);
    });
    put(after.folder_id, row.folder_id, overwrite);
    if (after.folder_id == there.folder_id || row.status_id) put(after.status_id, row.status_id, overwrite);
    add_missing(after.tag_ids, row.tag_ids);
    merge_workers(after.workers, row.workers, overwrite);
    put(after.preferred_contact, row.preferred_contact, overwrite);
    add_missing(after.do_not_contact, row.do_not_contact);
    if (draft.says_newsletter && (overwrite || row.newsletter)) after.newsletter = row.newsletter;
    put(after.language, row.language, overwrite);
    put(after.time_zone, row.time_zone, overwrite);
    put(after.source, row.source, overwrite);
    put(after.customer_since, row.customer_since, overwrite);
    for (auto const& entry : row.custom)
        if (overwrite || !after.custom.contains(entry.key())) after.custom[entry.key()] = entry.value();
    add_keys(after.import_keys, row.import_keys);
    return after;
}

}  // namespace patron::imports
