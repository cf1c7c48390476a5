// The customers' rows beyond the record itself: what they are found by. Made from the record, in its transaction.
#pragma once
#include "modules/customers/customers.hpp"
#include "modules/fields/fields.hpp"

#include <set>

namespace patron {

// The name in the order of the business's language.
template <>
struct DerivedColumns<Customer> {
    static constexpr std::string_view names = ",name_key";
    static void add(Customer const& customer, std::vector<db::Value>& values, Reading& reading);
};

namespace customers::store {

std::span<db::Migration const> migrations();

// Writes the rows that `after` is found by, where they differ from those of `before` (null: new).
void index(db::Tx& tx, Customer const* before, Customer const& after, std::vector<Field> const& fields);

// Writes the words that the customer is searched by as they are to be by now.
void reword(db::Tx& tx, Customer const& customer, std::vector<Field> const& fields);

// What contact rows a customer is found by: (kind, value), as customer_contacts has them.
std::set<std::pair<std::string, std::string>> contacts(Customer const& customer);

// Takes them away: a customer in the bin is found by nothing.
void unindex(db::Tx& tx, Id<Customer> id);

}  // namespace customers::store
}  // namespace patron
