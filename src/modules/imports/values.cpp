#include "modules/imports/values.hpp"

#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <cmath>

namespace patron::imports {
namespace {

CustomValue wrong(std::string code, std::string says) { return {nullptr, std::move(code), std::move(says)}; }

Json text_json(std::string const& text) { return boost::json::string(text); }

// The currency may stand before or behind, as its code or one of the common signs.
CustomValue money_value(std::string const& line, std::string currency) {
    std::string number, word;
    for (char const c : line) {
        if (is_ascii_digit(c) || c == '.' || c == ',' || c == '-') number += c;
        else if (c != ' ' && c != '\'') word += c;
    }
    static constexpr std::pair<std::string_view, std::string_view> signs[] = {
        {"€", "EUR"}, {"£", "GBP"}, {"$", "USD"}, {"¥", "JPY"}};
    for (auto const& [sign, code] : signs)
        if (word == sign) word = code;
    for (char& c : word) c = ascii_upper(c);
    if (is_currency(word)) currency = word;
    else if (!word.empty()) return wrong("not_money", "is no amount; write it like 12.50 EUR");
    auto const decimal = read_decimal(number);
    if (!decimal) return wrong("not_money", "is no amount; write it like 12.50 EUR");
    auto const minor = std::stod(*decimal) * std::pow(10.0, currency_digits(currency));
    if (std::abs(minor) >= 9e15) return wrong("out_of_range", "is too large an amount");
    return {JsonObject{{"amount", static_cast<std::int64_t>(std::llround(minor))}, {"currency", currency}}, "", ""};
}

std::optional<std::string> option_named(Field const& field, std::string const& text) {
    for (auto const& option : field.options)
        if (option.value == text) return option.value;
    for (auto const& option : field.options)
        if (fold(option.value) == fold(text) || fold(option.label) == fold(text)) return option.value;
    return {};
}

CustomValue choice_value(Field const& field, std::string const& line) {
    if (auto const option = option_named(field, line)) return {text_json(*option), "", ""};
    return wrong("not_an_option", "is none of the field's choices: " + line);
}
CustomValue choices_value(Field const& field, std::string_view cell) {
    JsonArray values;
    for (auto const& one : split_list(cell)) {
        auto const option = option_named(field, one);
        if (!option) return wrong("not_an_option", "is none of the field's choices: " + one);
        values.push_back(text_json(*option));
    }
    return {std::move(values), "", ""};
}

}  // namespace

std::optional<std::string> read_decimal(std::string_view text) {
    std::string plain;
    auto const last = text.find_last_of(".,");
    auto const both = text.find('.') != std::string_view::npos && text.find(',') != std::string_view::npos;
    auto const several = last != std::string_view::npos && std::count(text.begin(), text.end(), text[last]) > 1;
    // A lone comma before three digits parts thousands; a lone point never does.
    bool const thousands =
        last != std::string_view::npos && !both && (several || (text[last] == ',' && text.size() - last == 4));
    bool digit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (is_ascii_digit(c)) plain += c, digit = true;
        else if (c == '-' && i == 0) plain += c;
        else if ((c == '.' || c == ',') && i == last && !thousands) plain += '.';
        else if (c != '.' && c != ',' && c != ' ' && c != '\'') return {};
    }
    return digit && plain.size() < 20 ? std::optional(plain) : std::nullopt;
}

CustomValue custom_value(Field const& field, std::string_view cell, CustomContext const& context) {
    auto const line = clean_line(cell);
    switch (field.type) {
        case FieldType::long_text: return {text_json(clean_text(cell)), "", ""};
        case FieldType::number: {
            auto const decimal = read_decimal(line);
            if (!decimal) return wrong("not_a_number", "is no number");
            auto const number = std::stod(*decimal);
            if (number == std::floor(number) && std::abs(number) < 9e15)
                return {static_cast<std::int64_t>(number), "", ""};
            return {number, "", ""};
        }
        case FieldType::money: return money_value(line, context.currency);
        case FieldType::date:
            if (auto const date = read_any_date(line, context.order, context.today))
                return {text_json(to_text(*date)), "", ""};
            return wrong("not_a_date", "is no date; write it like 2026-11-21");
        case FieldType::date_time:
            if (auto const time = read_any_time(line, context.order, context.today))
                return {text_json(to_text(*time)), "", ""};
            return wrong("not_a_time", "is no time; write it like 2026-11-21T09:30:00Z");
        case FieldType::checkbox:
            if (auto const says = read_yes_no(line)) return {*says, "", ""};
            return wrong("not_yes_or_no", "must be yes or no");
        case FieldType::choice: return choice_value(field, line);
        case FieldType::choices: return choices_value(field, cell);
        default: return {text_json(line), "", ""};
    }
}

}  // namespace patron::imports
