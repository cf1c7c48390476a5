#include "modules/demo/people.hpp"

#include "modules/demo/names.hpp"

#include <algorithm>

namespace patron::demo {
namespace {

constexpr std::string_view mail_domains =
    "post.example;mail.example;posteo.example;example.com;example.net;example.org;briefkasten.example";

// "Олена/olena" is shown as the first and written as the second in addresses.
std::string_view shown(std::string_view name) { return name.substr(0, name.find('/')); }
std::string latin(std::string_view name) {
    auto const mark = name.find('/');
    std::string plain;
    for (char const c : fold(mark == std::string_view::npos ? name : name.substr(mark + 1)))
        if (c >= 'a' && c <= 'z') plain += c;
    return plain;
}

std::string with(std::string text, std::string_view slot, std::string_view value) {
    if (auto const at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), value);
    return text;
}

Town const& town_named(std::string_view city) {
    return *std::find_if(towns().begin(), towns().end(), [&](Town const& town) { return town.city == city; });
}

Culture const& any_culture(Dice& dice) {
    int whole = 0;
    for (auto const& culture : cultures()) whole += culture.weight;
    int left = dice.below(whole);
    for (auto const& culture : cultures())
        if ((left -= culture.weight) < 0) return culture;
    return cultures().front();
}

Culture const& culture_of(Town const& town) {
    for (auto const& culture : cultures())
        if (culture.place == town.city) return culture;
    return cultures().front();
}

}  // namespace

std::string People::number_of(std::string_view forms, std::string_view country) {
    for (;;) {
        std::string text(pick_part(dice_, forms));
        for (char& c : text)
            if (c == 'd') c = static_cast<char>('0' + dice_.below(10));
        auto const read = read_phone(text, country);
        if (read && taken_.insert(read->e164).second) return text;
    }
}

std::string People::free_address(std::string local, std::string_view domain) {
    auto address = local + '@' + std::string(domain);
    for (int number = 2; !taken_.insert(address).second; ++number)
        address = local + std::to_string(number) + '@' + std::string(domain);
    return address;
}

std::string People::mobile_number() { return number_of(towns().front().mobiles, "DE"); }

std::string People::address_line() {
    auto const& berlin = towns().front();
    return with(with(std::string(berlin.street_form), "{street}", pick_part(dice_, berlin.streets)), "{number}",
                std::to_string(dice_.between(1, 168)));
}

std::string People::mail_address(Customer const& of) {
    auto const& old = static_cast<std::string const&>(of.emails.front().address);
    return free_address(old.substr(0, old.find('@')), pick_part(dice_, mail_domains));
}

void People::settle_at(Customer& customer, Town const& town) {
    Address address;
    address.line1 =
        Personal<Text<0, 200>>(with(with(std::string(town.street_form), "{street}", pick_part(dice_, town.streets)),
                                    "{number}", std::to_string(dice_.between(1, 140))));
    if (dice_.chance(12) && town.city == "Berlin")
        address.line2 = Personal<Text<0, 200>>(dice_.chance(50) ? "Hinterhaus, 3. OG" : "2. Hof, Aufgang B");
    address.city = Personal<Text<0, 200>>(town.city);
    if (!town.region.empty()) address.region = Text<0, 100>(town.region);
    address.postal_code = Personal<Text<0, 40>>(pick_part(dice_, town.postal_codes));
    address.country = CountryCode(town.country);
    address.primary = true;
    customer.addresses.push_back(std::move(address));
    customer.time_zone = ZoneName(town.zone);
}

void People::name(Customer& customer, Culture const& culture, std::string_view family) {
    bool const woman = dice_.chance(72);
    auto const given = pick_part(dice_, woman ? culture.women : culture.men);
    if (family.empty())
        family = pick_part(dice_,
                           woman && !culture.families_of_women.empty() ? culture.families_of_women : culture.families);
    customer.given_name = Personal<Text<0, 200>>(shown(given));
    customer.family_name = Personal<Text<0, 200>>(shown(family));
    if (culture.family_first)
        customer.display_name = Personal<Text<0, 200>>(std::string(shown(family)) + ' ' + std::string(shown(given)));
    customer.language = LanguageTag(culture.language);
    auto const family_letters = latin(family);
    auto const local = latin(given) + (family_letters.empty() ? ""
                                       : dice_.chance(70)     ? "." + family_letters
                                                              : family_letters.substr(0, 1));
    EmailAddress email{.address = free_address(local, pick_part(dice_, mail_domains)), .primary = true};
    if (dice_.chance(60)) email.label = Text<0, 40>("private");
    customer.emails.push_back(std::move(email));
}

Customer People::person() {
    auto const& culture = any_culture(dice_);
    Customer customer;
    name(customer, culture, "");
    auto const& town = dice_.chance(culture.place == "Hamburg" ? 90 : 68) ? towns().front() : town_named(culture.place);
    if (dice_.chance(80)) settle_at(customer, town);
    PhoneNumber phone{.number = number_of(town.mobiles, town.country),
                      .label = Text<0, 40>("mobile"),
                      .primary = true,
                      .country = CountryCode(town.country)};
    if (dice_.chance(88)) customer.phones.push_back(std::move(phone));
    if (dice_.chance(10))
        customer.phones.push_back({.number = number_of(town.landlines, town.country),
                                   .label = Text<0, 40>("home"),
                                   .country = CountryCode(town.country)});
    if (!customer.phones.empty() && dice_.chance(9)) customer.emails.clear();
    return customer;
}

Customer People::relative(Customer const& of) {
    Customer customer;
    for (auto const& culture : cultures()) {
        if (culture.language != *of.language) continue;
        name(customer, culture, *of.family_name);
        break;
    }
    customer.addresses = of.addresses;
    customer.time_zone = of.time_zone;
    customer.phones.push_back(
        {.number = mobile_number(), .label = Text<0, 40>("mobile"), .primary = true, .country = CountryCode("DE")});
    return customer;
}

Customer People::firm(std::size_t index) {
    auto const& what = firms()[index];
    auto const& town = town_named(what.place);
    Customer customer;
    customer.kind = CustomerKind::company;
    customer.company_name = Personal<Text<0, 200>>(what.name);
    customer.language = LanguageTag(culture_of(town).language);
    settle_at(customer, town);
    customer.emails.push_back({.address = free_address(what.place == "Berlin" ? "kontakt" : "office", what.domain),
                               .label = Text<0, 40>("office"),
                               .primary = true});
    customer.phones.push_back({.number = number_of(town.landlines, town.country),
                               .label = Text<0, 40>("office"),
                               .primary = true,
                               .country = CountryCode(town.country)});
    return customer;
}

Customer People::employee(Customer const& firm) {
    auto const& town = town_named(*firm.addresses.front().city);
    auto const& culture = dice_.chance(70) ? culture_of(town) : any_culture(dice_);
    Customer customer;
    name(customer, culture, "");
    customer.company_name = firm.company_name;
    auto const& office = static_cast<std::string const&>(firm.emails.front().address);
    auto const& own = static_cast<std::string const&>(customer.emails.front().address);
    EmailAddress work{.address = free_address(own.substr(0, own.find('@')), office.substr(office.find('@') + 1)),
                      .label = Text<0, 40>("work"),
                      .primary = true};
    if (dice_.chance(70)) customer.emails.clear();
    else customer.emails.front().primary = false;
    customer.emails.insert(customer.emails.begin(), std::move(work));
    customer.phones.push_back({.number = number_of(town.mobiles, town.country),
                               .label = Text<0, 40>("mobile"),
                               .primary = true,
                               .country = CountryCode(town.country)});
    customer.time_zone = ZoneName(town.zone);
    return customer;
}

}  // namespace patron::demo
