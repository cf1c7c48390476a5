// The compact rows of the list panel.
#pragma once
#include "describe/schema.hpp"
#include "modules/customers/customers.hpp"

namespace patron {

struct CustomerActivity {
    Time at;
    std::string kind, headline;
};
DESCRIBE(CustomerActivity, at, kind, headline);

// Where what was typed was found.
struct CustomerMatch {
    std::string field;  // "email", "phone", "company_name", "city", "tag"
    std::string text;
};
DESCRIBE(CustomerMatch, field, text);

// A line of the list panel.
struct CustomerRow {
    static constexpr std::string_view left_out_when_null[] = {"match"};
    Id<Customer> id;
    std::int64_t version = 0;
    CustomerKind kind = CustomerKind::person;
    std::string display_name;
    std::optional<std::string> company_name;
    std::optional<Id<Folder>> folder_id;
    std::optional<Id<Status>> status_id;
    std::vector<Id<Tag>> tag_ids;
    std::vector<std::string> segment_ids;  // and ids of other sets that modules keep
    std::optional<Id<User>> responsible_id;
    std::optional<Id<File>> photo_id;
    std::optional<std::string> city;
    std::optional<CustomerActivity> activity;
    int unread = 0;
    std::optional<CustomerMatch> match;  // of a search: what was found, when it is not the name
};
DESCRIBE(CustomerRow, id, version, kind, display_name, company_name, folder_id, status_id, tag_ids, segment_ids,
         responsible_id, photo_id, city, activity, unread, match);

namespace customers {

// Rows of these customers with what is new to the one who asks; `typed` is what was searched for, or empty.
std::vector<CustomerRow> rows_of(Reading& reading, std::vector<Customer> const& customers, std::string const& typed);
CustomerRow row_of(Customer const& customer);

Json row_schema(Schemas& schemas);

}  // namespace customers
}  // namespace patron
