#include "modules/customers/rules.hpp"

#include <algorithm>
#include <set>

namespace patron::customers::rules {
namespace {

template <class T>
std::string text_or_empty(std::optional<T> const& text) {
    return text ? static_cast<std::string const&>(*text) : std::string();
}

// Keeps the first of equal entries; exactly one of what is left is primary.
template <class T, class Key>
void unite(std::vector<T>& entries, Key key) {
    std::set<std::string> seen;
    std::erase_if(entries, [&](T const& entry) { return !seen.insert(key(entry)).second; });
    bool found = false;
    for (auto& entry : entries) {
        entry.primary = entry.primary && !found;
        found = found || entry.primary;
    }
    if (!found && !entries.empty()) entries.front().primary = true;
}

bool is_empty(Address const& a) {
    return !a.line1 && !a.line2 && !a.city && !a.region && !a.postal_code && !a.country && !a.access_notes;
}

void settle_addresses(std::vector<Address>& addresses) {
    std::erase_if(addresses, is_empty);
    for (auto const kind : {AddressKind::billing, AddressKind::shipping, AddressKind::service}) {
        Address* first = nullptr;
        bool found = false;
        for (auto& address : addresses) {
            if (address.kind != kind) continue;
            if (!first) first = &address;
            address.primary = address.primary && !found;
            found = found || address.primary;
        }
        if (first && !found) first->primary = true;
    }
}

void settle_workers(std::vector<Worker>& workers) {
    std::set<std::int64_t> seen;
    std::erase_if(workers, [&](Worker const& worker) { return !seen.insert(worker.user_id.value).second; });
    bool found = false;
    for (auto& worker : workers) {
        worker.responsible = worker.responsible && !found;
        found = found || worker.responsible;
    }
    if (!found && !workers.empty()) workers.front().responsible = true;
}

std::optional<std::string> number_of(PhoneNumber const& phone, std::string const& country) {
    return read_e164(phone.number, phone.country ? std::string(*phone.country) : country);
}

}  // namespace

std::string country_of(Customer const& customer, std::string const& business_country) {
    for (bool const primary : {true, false})
        for (auto const& address : customer.addresses)
            if (address.country && address.primary == primary) return *address.country;
    return business_country;
}

void read_numbers(Customer const& draft, std::string const& business_country) {
    auto const country = country_of(draft, business_country);
    for (auto const& phone : draft.phones) number_of(phone, country);
}

std::string made_name(Customer const& customer) {
    auto const given = text_or_empty(customer.given_name), family = text_or_empty(customer.family_name);
    if (!given.empty() && !family.empty()) return given + ' ' + family;
    if (!given.empty() || !family.empty()) return given + family;
    if (customer.company_name) return *customer.company_name;
    if (!customer.emails.empty()) return customer.emails.front().address;
    if (!customer.phones.empty()) return customer.phones.front().number;
    return {};
}

void settle(Customer& draft, Customer const* before, std::string const& business_country) {
    unite(draft.emails, [](EmailAddress const& email) { return normal_email(email.address).value_or(email.address); });
    auto const country = country_of(draft, business_country);
    // To read a number takes longer than all the rest: what stands as it stood is not read again.
    bool const same_country = before && country_of(*before, business_country) == country;
    auto const as_it_was = [&](PhoneNumber const& phone) {
        return before && (same_country || phone.country) &&
               std::any_of(before->phones.begin(), before->phones.end(), [&](PhoneNumber const& old) {
                   return old.number == phone.number && old.country == phone.country && old.e164 == phone.e164;
               });
    };
    for (auto& phone : draft.phones) {
        if (as_it_was(phone)) continue;
        auto const read = number_of(phone, country);
        if (read) phone.e164 = Personal<std::string>(*read);
        else phone.e164.reset();
    }
    unite(draft.phones, [](PhoneNumber const& phone) {
        return (phone.e164 ? static_cast<std::string const&>(*phone.e164)
                           : static_cast<std::string const&>(phone.number)) +
               '|' + text_or_empty(phone.label);
    });
    settle_addresses(draft.addresses);
    settle_workers(draft.workers);
    std::set<Id<Tag>> seen;
    std::erase_if(draft.tag_ids, [&](Id<Tag> tag) { return !seen.insert(tag).second; });
    std::sort(draft.do_not_contact.begin(), draft.do_not_contact.end());
    draft.do_not_contact.erase(std::unique(draft.do_not_contact.begin(), draft.do_not_contact.end()),
                               draft.do_not_contact.end());
    if (!before && draft.kind == CustomerKind::person && draft.company_name && !draft.given_name &&
        !draft.family_name && !draft.display_name)
        draft.kind = CustomerKind::company;
    // A name that was made follows what it was made of; one that was given stays.
    bool const was_made = before && text_or_empty(before->display_name) == made_name(*before) &&
                          draft.display_name == before->display_name;
    if (!draft.display_name || was_made) {
        auto made = made_name(draft);
        if (made.empty()) draft.display_name.reset();
        else draft.display_name = Personal<Text<0, 200>>(Text<0, 200>(std::move(made)));
    }
}

void check(Customer const& draft, Mistakes& mistakes) {
    if (!draft.display_name)
        mistakes.push_back(
            {"", "needs_a_name", "A customer needs a name, an e-mail address, a phone number or a company."});
    for (std::size_t i = 0; i < draft.addresses.size(); ++i) {
        auto const& address = draft.addresses[i];
        if (address.valid_from && address.valid_to && *address.valid_to < *address.valid_from)
            mistake(mistakes, pointer_to(pointer_to("/addresses", i), "valid_to"), "before_valid_from",
                    "lies before its beginning");
    }
    std::set<std::pair<std::string, std::string>> keys;
    for (std::size_t i = 0; i < draft.import_keys.size(); ++i)
        if (!keys.emplace(draft.import_keys[i].source, draft.import_keys[i].key).second)
            mistake(mistakes, pointer_to("/import_keys", i), "given_twice", "stands twice");
}

void guard_secrets(Customer const& draft, Customer const* before, Mistakes& mistakes) {
    auto const guard = [&](std::string const& text, std::string const& pointer) {
        auto const found = find_secrets(text);
        if (found.empty()) return;
        bool const card = found.front().kind == SecretSpan::Kind::card;
        mistake(
            mistakes, pointer, card ? "card_number" : "bank_account",
            card ? "holds what looks like a card number; card numbers belong in the vault, never in plain fields"
                 : "holds what looks like a bank account; account numbers belong in the vault, never in plain fields");
    };
    auto const guard_member = [&](auto member, std::string_view name) {
        if (draft.*member && (!before || draft.*member != before->*member))
            guard(*(draft.*member), pointer_to("", name));
    };
    guard_member(&Customer::display_name, "display_name");
    guard_member(&Customer::given_name, "given_name");
    guard_member(&Customer::family_name, "family_name");
    guard_member(&Customer::company_name, "company_name");
    guard_member(&Customer::source, "source");
    for (std::size_t i = 0; i < draft.addresses.size(); ++i) {
        auto const where = pointer_to("/addresses", i);
        auto const& address = draft.addresses[i];
        if (address.line1) guard(*address.line1, pointer_to(where, "line1"));
        if (address.line2) guard(*address.line2, pointer_to(where, "line2"));
        if (address.access_notes) guard(*address.access_notes, pointer_to(where, "access_notes"));
    }
}

SearchText search_text(Customer const& customer) {
    SearchText search;
    search.name = fold(text_or_empty(customer.display_name));
    std::string typed = text_or_empty(customer.display_name);
    for (auto const* part : {&customer.given_name, &customer.family_name, &customer.company_name})
        if (*part) (typed += ' ') += **part;
    for (auto const& email : customer.emails) (typed += ' ') += email.address;
    for (auto const& address : customer.addresses)
        if (address.city) (typed += ' ') += *address.city;
    search.text = ' ' + fold(typed);
    for (auto const& phone : customer.phones) {
        search.digits += ' ' + digits(phone.number);
        if (phone.e164) search.digits += ' ' + digits(*phone.e164);
    }
    return search;
}

}  // namespace patron::customers::rules
