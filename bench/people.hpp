// Makes up as many customers as are wanted: each is the same every time, whoever was made before.
#pragma once
#include "chance.hpp"
#include "modules/customers/customers.hpp"

namespace patron::bench {

struct Country;
struct City;

class People {
  public:
    People();

    // The customer of this number as it came: names, company, language, how it can be reached. Nothing of the business.
    Customer person(std::uint32_t number) const;
    // What it can be reached by after it changed that so many times.
    std::vector<PhoneNumber> phones(std::uint32_t number, int changed) const;
    std::vector<Address> addresses(std::uint32_t number, int changed) const;

    // One of the sentences that offices write down, and another, and another.
    std::string note(Dice& dice) const;

  private:
    struct Name {
        std::string shown, latin;
    };
    struct Names {
        Uneven<Name> given, family;
        std::string language;
        bool family_first = false;
    };
    std::vector<Names> cultures_;  // as often as they are common
    Uneven<std::string> domains_, sentences_;

    City const& home(std::uint32_t number) const;
    void name(Customer& customer, std::uint32_t number) const;
    std::string company(std::uint32_t number) const;
    Name family(Dice& dice, Names const& names) const;
};

}  // namespace patron::bench
