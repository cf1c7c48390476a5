// A cell as the value of a custom field, by the field's type.
#pragma once
#include "modules/imports/cleaning.hpp"
#include "modules/fields/fields.hpp"

namespace patron::imports {

struct CustomContext {
    DateOrder order = DateOrder::day_first;
    Date today;
    std::string currency;  // of amounts without one
};
struct CustomValue {
    Json json;
    std::string code, says;  // what is wrong, when it is
};
CustomValue custom_value(Field const& field, std::string_view cell, CustomContext const& context);

// "1.234,56", "1,234.56", "1234.5", "-3": decimal text with a point, or nothing.
std::optional<std::string> read_decimal(std::string_view text);

}  // namespace patron::imports
