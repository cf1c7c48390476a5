#include "modules/customers/searching.hpp"

#include "base/fold.hpp"

namespace patron::customers {

std::string like_pattern(std::string_view text, bool infix) {
    std::string pattern = infix ? "%" : "";
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

std::string phone_digits(std::string_view typed) {
    auto const all = digits(typed);
    if (all.size() < 3 || all.size() * 2 < code_points(typed)) return {};
    auto const start = all.find_first_not_of('0');
    return start == std::string::npos ? std::string() : all.substr(start);
}

std::string search_condition(Question& question, std::string_view typed) {
    std::string words_match;
    for (auto const& word : words(typed)) {
        if (!words_match.empty()) words_match += " AND ";
        words_match += "s.words LIKE " + question.bind(like_pattern(word, true)) + " ESCAPE '\\'";
    }
    std::string ways = words_match.empty() ? "" : "(" + words_match + ")";
    if (auto const number = phone_digits(typed); !number.empty())
        ways += (ways.empty() ? "" : " OR ") + ("s.digits LIKE " + question.bind(like_pattern(number, true))) +
                " ESCAPE '\\'";
    std::string text =
        ways.empty() ? "" : "c.id IN (SELECT s.customer_id FROM customer_search s WHERE " + ways + ") OR ";
    text +=
        "c.id IN (SELECT ct.customer_id FROM customer_tags ct JOIN tags t ON t.id=ct.tag_id WHERE t.name_key LIKE " +
        question.bind(like_pattern(fold(typed), false)) + " ESCAPE '\\')";
    return text;
}

}  // namespace patron::customers
