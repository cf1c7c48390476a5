// Cleans up what people typed into spreadsheets: names, dates, yes and no, lists in one cell. Pure functions.
#pragma once
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron::imports {

// Trimmed, NFC, runs of white space one space; the ways spreadsheets write "nothing" (-, n/a, NULL …) are nothing.
std::string clean_line(std::string_view cell);
// The same with its line ends and inner spaces kept.
std::string clean_text(std::string_view cell);

// "JOHN McDONALD-SMITH" stays as it is but for all capitals: "JOHN SMITH" → "John Smith". At most two letters stay too.
std::string calm_capitals(std::string_view text);

struct WholeName {
    std::string given, family, company;
};
// "Luís Gonçalves", "Gonçalves, Luís", "Ludwig van Beethoven", "Dr. Anna Weiß", "Muster GmbH".
WholeName split_name(std::string_view text);

// Which of two numbers is the day: 3/4/2026.
enum class DateOrder { day_first, month_first };
// What one value says about its column; nothing when it could be either.
std::optional<DateOrder> order_shown_by(std::string_view text);
DateOrder order_of_country(std::string_view country);

// ISO 8601, 21.11.2026, 11/21/26, 21 Nov 2026, November 21, 2026; a time behind it is passed over.
std::optional<Date> read_any_date(std::string_view text, DateOrder order, Date today);
// The same with its time of day, taken as UTC where no offset stands.
std::optional<Time> read_any_time(std::string_view text, DateOrder order, Date today);

// yes, no, true, 0, x, ja, oui, sí …
std::optional<bool> read_yes_no(std::string_view text);

// "VIP, Berlin; *friends" cut at ":::", or at , ; | where there is none, each clean, none twice (compared folded). Google's own groups ("* myContacts") are left out.
std::vector<std::string> split_list(std::string_view cell);
// Several addresses or numbers in one cell, as Google writes them: cut at ":::" alone.
std::vector<std::string> split_values(std::string_view cell);

// A language by its tag or its name in English or itself.
std::optional<std::string> read_language(std::string_view text);

}  // namespace patron::imports
