#include "module/listing.hpp"

#include "base/fold.hpp"
#include "db/full_text.hpp"

#include <charconv>
#include <cmath>

namespace patron {
namespace {

// A number of a bound value: $3 may stand in a text several times and is bound once.
std::string place(std::size_t number) { return "$" + std::to_string(number); }

constexpr std::string_view hex = "0123456789abcdef";
std::string to_hex(std::string_view bytes) {
    std::string text;
    for (char const c : bytes) {
        text += hex[static_cast<unsigned char>(c) >> 4];
        text += hex[static_cast<unsigned char>(c) & 15];
    }
    return text;
}
std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2) return {};
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        auto const high = hex.find(text[i]), low = hex.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

Problem bad_cursor() {
    return invalid("?cursor", "not_a_cursor",
                   "The parameter cursor is none that a list gave for this order; begin again without it.");
}

db::Value value_of(std::string_view text, Order::Type type) {
    switch (type) {
        case Order::Type::integer: {
            std::int64_t number = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc{} || end != text.data() + text.size()) throw bad_cursor();
            return number;
        }
        case Order::Type::real: {
            double number = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) throw bad_cursor();
            return number;
        }
        case Order::Type::bytes: return db::Blob{std::string(text)};
        case Order::Type::text:
            if (!is_utf8(text) || text.find('\0') != text.npos) throw bad_cursor();
            return std::string(text);
    }
    throw bad_cursor();
}

std::string text_of(db::Value const& value) {
    if (auto const* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (auto const* real = std::get_if<double>(&value)) return to_json(*real);
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* blob = std::get_if<db::Blob>(&value)) return blob->bytes;
    return {};
}

}  // namespace

db::Value Order::value(db::Cursor const& row, int column) const {
    switch (type) {
        case Type::integer: return row.integer(column);
        case Type::real: return row.real(column);
        case Type::bytes: return db::Blob{std::string(row.text(column))};
        case Type::text: break;
    }
    return std::string(row.text(column));
}

std::string Question::bind(db::Value value) {
    values_.push_back(std::move(value));
    return place(values_.size());
}

bool Question::find(db::Engine engine, std::string_view table, std::string_view text) {
    auto const asked = words(text);
    if (asked.empty()) return false;
    from_ = db::full_text_rows(engine, table, bind(db::full_text_question(engine, asked)));
    return true;
}

std::string Question::where_text() const {
    std::string text;
    for (auto const& condition : conditions_) (text += text.empty() ? " WHERE " : " AND ") += condition;
    return text;
}

std::string selected(std::string_view columns, std::string_view tables, std::string_view conditions,
                     std::string_view behind) {
    std::string text = "SELECT ";
    (text += columns) += " FROM ";
    text += tables;
    if (!conditions.empty()) (text += " WHERE ") += conditions;
    if (!behind.empty()) (text += ' ') += behind;
    return text;
}

int list_limit_of(Call const& call) {
    auto const text = call.param("limit");
    if (!text) return 50;
    int limit = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
    if (error != std::errc{} || end != text->data() + text->size() || limit < 1 || limit > 200)
        throw invalid("?limit", "out_of_range", "The parameter limit must be a whole number from 1 to 200.");
    return limit;
}

Order order_of(Call const& call, std::vector<Order> const& offered) {
    auto wanted = call.param("sort");
    if (!wanted) return offered.front();
    bool const descending = wanted->starts_with('-');
    auto const name = wanted->substr(descending ? 1 : 0);
    for (auto order : offered)
        if (order.name == name) {
            order.descending = descending;
            return order;
        }
    std::string names;
    for (auto const& order : offered) (names += names.empty() ? "" : ", ") += order.name;
    throw invalid("?sort", "unknown_sort",
                  "The parameter sort takes one of " + names + ", with - before it for the other direction.");
}

// order name, direction, id, value: parted by colons, in hexadecimal so that nothing in it invites to be built by hand.
std::string make_cursor(Order const& order, db::Value const& at, std::int64_t id) {
    return to_hex((order.descending ? "-" : "+") + order.name + ':' + std::to_string(id) + ':' + text_of(at));
}

std::optional<ListPlace> place_behind(Call const& call, Order const& order) {
    auto const cursor = call.param("cursor");
    if (!cursor) return {};
    auto const text = from_hex(*cursor);
    auto const head = (order.descending ? "-" : "+") + order.name + ':';
    if (!text || !text->starts_with(head)) throw bad_cursor();
    auto const colon = text->find(':', head.size());
    if (colon == std::string::npos) throw bad_cursor();
    auto const id = value_of(std::string_view(*text).substr(head.size(), colon - head.size()), Order::Type::integer);
    return ListPlace{value_of(std::string_view(*text).substr(colon + 1), order.type), std::get<std::int64_t>(id)};
}

void continue_behind(Question& question, Call const& call, Order const& order, std::string const& id_expression) {
    auto const place = place_behind(call, order);
    if (!place) return;
    auto const at = question.bind(place->at);
    if (order.is_id) return question.where(order.expression + (order.descending ? "<" : ">") + at);
    question.where("(" + order.expression + "," + id_expression + ")" + (order.descending ? "<" : ">") + "(" + at +
                   "," + question.bind(place->id) + ")");
}

void count_rows(Reading& reading, Question const& question, std::string_view from, std::int64_t& total, bool& exact) {
    auto const sql = "SELECT count(*) FROM (SELECT 1 FROM " + std::string(from) + question.where_text() + " LIMIT " +
                     std::to_string(exact_up_to + 1) + ") AS counted";
    auto row = reading.tx.query(sql, question.values());
    total = row.next() ? row.integer(0) : 0;
    exact = total <= exact_up_to;
    if (!exact) total = exact_up_to;
}

std::vector<Param> list_params(std::vector<Param> own) {
    std::vector<Param> all{{"limit", "how many, 1 to 200; 50 when left out"},
                           {"cursor", "the next of the page before"},
                           {"sort", "a member's name, - before it for descending"}};
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

}  // namespace patron
