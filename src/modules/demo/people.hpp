// Makes up the customers of the demo, as drafts without anything that refers to the business.
#pragma once
#include "modules/customers/customers.hpp"
#include "modules/demo/dice.hpp"

#include <set>

namespace patron::demo {

struct Culture;
struct Town;

class People {
  public:
    explicit People(Dice& dice) : dice_(dice) {}

    Customer person();
    Customer relative(Customer const& of);  // same family name and address
    Customer firm(std::size_t index);
    Customer employee(Customer const& firm);
    std::string address_line();  // another one in Berlin
    std::string mobile_number();
    std::string mail_address(Customer const& of);  // another one that nobody has

  private:
    Dice& dice_;
    std::set<std::string> taken_;  // addresses and numbers
    std::string free_address(std::string local, std::string_view domain);
    std::string number_of(std::string_view forms, std::string_view country);  // in one of the forms; nobody has it
    void name(Customer& customer, Culture const& culture, std::string_view family);
    void settle_at(Customer& customer, Town const& town);
};

}  // namespace patron::demo
