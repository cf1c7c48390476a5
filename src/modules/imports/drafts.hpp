// A row of the file as the record it asks for, before anybody looks what is there already.
#pragma once
#include "modules/imports/cleaning.hpp"
#include "modules/imports/imports.hpp"

#include <map>

namespace patron::imports {

// All that reading a row needs to know.
struct Plan {
    ImportKind kind = ImportKind::customers;
    std::vector<std::string> columns;
    std::vector<std::optional<Target>> targets;  // by column
    std::vector<DateOrder> orders;               // by column
    std::vector<Field> fields;
    std::vector<User> users;
    std::string country, currency;  // of the business
    Date today;
    std::string source;  // of import keys
};

struct Draft {
    Customer customer;  // what the row says and nothing else
    User user;          // the same for staff
    std::optional<std::string> key;
    std::vector<std::string> tags, notes;
    std::string folder, status;
    std::optional<Time> created_at;
    bool says_kind = false, says_newsletter = false;
    bool is_empty = true;
    std::vector<ImportReason> mistakes;
    std::map<std::string, std::size_t> origins;  // "/emails/0" → the column it came from
    // The column that a problem's pointer leads back to, or empty.
    std::string column_of(std::string_view pointer, Plan const& plan) const;
};

Draft make_draft(Plan const& plan, std::vector<std::string> const& cells);

// A member of staff named by import key of any source, e-mail or name; nothing when nobody or several are.
std::optional<Id<User>> find_worker(std::vector<User> const& users, std::string_view text);

}  // namespace patron::imports
