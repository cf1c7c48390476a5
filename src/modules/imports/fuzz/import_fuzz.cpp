// Any text as a spreadsheet's cell: what is made of it is well-formed, cleaning it again changes nothing, and the values of
// custom fields are what their type says.
#include "base/fold.hpp"
#include "modules/imports/values.hpp"

#include <cstdlib>

namespace {

using namespace patron;
using namespace patron::imports;

void require_that(bool holds) {
    if (!holds) std::abort();
}

void check_texts(std::string_view cell) {
    auto const line = clean_line(cell), text = clean_text(cell), calm = calm_capitals(line);
    require_that(is_utf8(line) && clean_line(line) == line && line.find('\n') == std::string::npos);
    require_that(is_utf8(text) && clean_text(text) == text);
    require_that(is_utf8(calm) && calm_capitals(calm) == calm);
    auto const name = split_name(cell);
    require_that(is_utf8(name.given) && is_utf8(name.family) && is_utf8(name.company));
    require_that(line.empty() || !(name.given + name.family + name.company).empty());
    for (auto const& one : split_list(cell)) require_that(!one.empty() && is_utf8(one));
    for (auto const& one : split_values(cell)) require_that(!one.empty() && clean_line(one) == one);
    if (auto const language = read_language(cell)) require_that(language_tag(*language) == language);
}

void check_dates(std::string_view cell, DateOrder order) {
    constexpr Date today{20'779};  // 2026-11-22
    order_shown_by(cell);
    auto const date = read_any_date(cell, order, today);
    require_that(!date || read_any_date(to_text(*date), order, today) == date);
    auto const time = read_any_time(cell, order, today);
    require_that(!time || read_time(to_text(*time)) == time);
}

void check_custom_values(std::string_view cell, DateOrder order) {
    Field field;
    field.options = {{"red", "Red", Tone::mute}, {"blue", "Blue, like the sky", Tone::mute}};
    for (auto const type : {FieldType::text, FieldType::long_text, FieldType::number, FieldType::money, FieldType::date,
                            FieldType::date_time, FieldType::checkbox, FieldType::choice, FieldType::choices}) {
        field.type = type;
        auto const value = custom_value(field, cell, {order, Date{20'779}, "JPY"});
        require_that(value.code.empty() == value.says.empty() && is_utf8(value.says));
        if (!value.code.empty()) continue;
        auto const written = json_text(value.json);
        require_that(is_utf8(written) && json_text(parse_json(written)) == written);
        if (type != FieldType::money) continue;
        Mistakes mistakes;
        Money money;
        read_json(value.json, money, "", mistakes);
        require_that(mistakes.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const cell(reinterpret_cast<char const*>(data), size);
    if (!is_utf8(cell)) return 0;  // the reader of files hands on nothing else
    auto const order = size % 2 ? DateOrder::day_first : DateOrder::month_first;
    check_texts(cell);
    check_dates(cell, order);
    check_custom_values(cell, order);
    read_yes_no(cell);
    return 0;
}
