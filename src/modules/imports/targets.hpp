// Where a column of a file may go: "email.work", "address.shipping.city", "custom.loyalty", "-" …
#pragma once
#include "modules/fields/fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron::imports {

enum class ImportKind { customers, staff };
BOOST_DESCRIBE_ENUM(ImportKind, customers, staff)

// A target taken apart. "address.shipping.city": base "address", label "shipping", part "city"; "phone.fax": base "phone",
// label "fax"; "custom.loyalty": base "custom", part "loyalty".
struct Target {
    std::string base, label, part;
    bool operator==(Target const&) const = default;
};

// Nothing when there is no such target. "-" (leave the column out) is none.
std::optional<Target> read_target(std::string_view text, ImportKind kind);

// May several columns go there?
bool takes_many(Target const& target);

// One for a person to choose from.
struct Choice {
    std::string field, label, group;
};
DESCRIBE(Choice, field, label, group);
std::vector<Choice> choices(ImportKind kind, std::vector<Field> const& fields);

}  // namespace patron::imports
