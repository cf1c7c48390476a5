#include "base/csv.hpp"
#include "base/unicode.hpp"

#include <algorithm>

namespace patron {

namespace {

// What a spreadsheet takes for the beginning of a formula or lets vanish before one (OWASP, "CSV injection").
constexpr std::string_view formula_starts("=+-@\t\r\0", 7);

bool starts_formula(std::string_view text) {
    return !text.empty() && formula_starts.find(text[0]) != std::string_view::npos;
}

std::string_view without_apostrophes(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of('\''), text.size()));
}

std::string_view without_digits(std::string_view text) {
    auto const behind = std::find_if_not(text.begin(), text.end(), is_ascii_digit);
    return text.substr(static_cast<std::size_t>(behind - text.begin()));
}

// A sign, digits, perhaps a point and digits.
bool is_plain_number(std::string_view text) {
    auto const whole = text.substr(1), rest = without_digits(whole);
    if (rest.size() == whole.size()) return false;
    return rest.empty() || (rest[0] == '.' && rest.size() > 1 && without_digits(rest.substr(1)).empty());
}

// ITU-T E.164: a plus and up to fifteen digits. Shorter than eight it is a number with a sign.
bool is_phone(std::string_view text) {
    return text.size() >= 9 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
           without_digits(text.substr(1)).empty();
}

bool needs_quotes(std::string_view text) {
    return text.find_first_of(",;\t|\"\r\n") != std::string_view::npos ||
           (!text.empty() && (text.front() == ' ' || text.back() == ' '));
}

}  // namespace

std::string csv_cell(std::string_view text) {
    // A text that begins with apostrophes itself gets one more, so that csv_uncell gives back exactly what was.
    bool const phone = is_phone(text), harmless = phone || (starts_formula(text) && is_plain_number(text));
    bool const marked = starts_formula(without_apostrophes(text)) && !harmless;
    if (!phone && !needs_quotes(text)) return marked ? '\'' + std::string(text) : std::string(text);
    std::string out = marked ? "\"'" : "\"";
    for (char const letter : text) out.append(letter == '"' ? 2 : 1, letter);
    return out + '"';
}

std::string csv_uncell(std::string_view cell) {
    bool const marked = cell.starts_with('\'') && starts_formula(without_apostrophes(cell));
    return std::string(marked ? cell.substr(1) : cell);
}

}  // namespace patron
