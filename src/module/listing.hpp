// Lists of records: filters by member, sorts, pages by keyset, totals. One SQL text for each shape of question.
#pragma once
#include "module/route.hpp"

#include <charconv>

namespace patron {

// A question put together from conditions whose values are bound, never written into the text.
class Question {
  public:
    // Binds a value, answers its place: "$3".
    std::string bind(db::Value value);
    void where(std::string condition) { conditions_.push_back(std::move(condition)); }
    // Asks only rows of the table, whose column `words` has full text, in which all words of the text stand, the last one
    // perhaps as a beginning; `found` is their id. False when the text has no word.
    bool find(db::Engine engine, std::string_view table, std::string_view text);
    std::string from(std::string_view table) const { return from_.empty() ? std::string(table) : from_; }
    std::string where_text() const;  // "" or " WHERE a AND b"
    std::vector<db::Value> const& values() const { return values_; }
    std::vector<db::Value> take_values() const { return values_; }

  private:
    std::string from_;
    std::vector<std::string> conditions_;
    std::vector<db::Value> values_;
};

// The text of a question whose parts are literals, names that are declared in the code, and places of bound values.
std::string selected(std::string_view columns, std::string_view tables, std::string_view conditions = {},
                     std::string_view behind = {});

struct Order {
    std::string name;        // as in ?sort=
    std::string expression;  // SQL; never null
    enum class Type { integer, text, bytes, real } type = Type::text;
    bool descending = false;
    bool is_id = false;  // no two rows share it: it is the record's id

    db::Value value(db::Cursor const& row, int column) const;
};

int list_limit_of(Call const& call);  // 1 to 200, 50 when left out; else Problem
// The order that ?sort= asks for among those offered, or the first one offered.
Order order_of(Call const& call, std::vector<Order> const& offered);

// A cursor holds the order it was made for and the place behind which to go on; opaque outside.
std::string make_cursor(Order const& order, db::Value const& at, std::int64_t id);
// The place that the call's cursor names in this order, if it has one: a value of the order and an id.
struct ListPlace {
    db::Value at;
    std::int64_t id = 0;
};
std::optional<ListPlace> place_behind(Call const& call, Order const& order);
// Adds the condition that continues behind the call's cursor, if it has one.
void continue_behind(Question& question, Call const& call, Order const& order, std::string const& id_expression);

// A filter value read as JSON would be read into the member's type.
template <class M>
db::Value filter_value(std::string const& text, std::string const& name) {
    using namespace detail;
    if constexpr (IsPersonal<M>::value) return filter_value<typename IsPersonal<M>::Inner>(text, name);
    else if constexpr (IsOptional<M>::value) return filter_value<typename M::value_type>(text, name);
    else {
        M value{};
        Mistakes mistakes;
        Json json = boost::json::string(text);
        if constexpr (std::is_same_v<M, bool>) {
            if (text == "true" || text == "false") json = text == "true";
        } else if constexpr (std::is_integral_v<M>) {
            std::int64_t number = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error == std::errc{} && end == text.data() + text.size()) json = number;
        } else if constexpr (std::is_same_v<M, Time>) {
            // A date means its beginning in UTC.
            if (auto const date = read_date(text)) json = boost::json::string(to_text(start_of(*date)));
        }
        read_json(json, value, "?" + name, mistakes);
        if (!mistakes.empty()) throw invalid(std::move(mistakes));
        return column_value(value);
    }
}

// ?name=, ?name[gte]= … of a ranged parameter, as conditions over the expression.
template <class M>
void filter_by(Question& question, Call const& call, std::string const& name, std::string const& expression) {
    if (auto const value = call.param(name)) {
        auto const wanted = filter_value<M>(*value, name);
        // A literal: there are indexes of those few rows for which it is true.
        if constexpr (std::is_same_v<M, bool>)
            question.where(expression + (wanted == db::Value{std::int64_t{1}} ? "=1" : "=0"));
        else question.where(expression + "=" + question.bind(wanted));
    }
    for (auto const& [suffix, sign] :
         {std::pair<char const*, char const*>{"[gte]", ">="}, {"[gt]", ">"}, {"[lte]", "<="}, {"[lt]", "<"}})
        if (auto const value = call.param(name + suffix))
            question.where(expression + sign + question.bind(filter_value<M>(*value, name + suffix)));
}

inline constexpr std::int64_t exact_up_to = 10'000;
// How many rows the question has, counted no further than exact_up_to.
void count_rows(Reading& reading, Question const& question, std::string_view from, std::int64_t& total, bool& exact);

// The parameters that every list takes.
std::vector<Param> list_params(std::vector<Param> own);

// Leaves out the records that name a customer or a folder who asks does not see.
template <Described T>
void only_seen(Reading& reading, Question& question) {
    auto const& sight = reading.sight_for<T>();
    if (sight.sees_everybody()) return;
    each_column<T>([&](std::string_view name, auto pointer) {
        using M = std::remove_cvref_t<decltype(std::declval<T>().*pointer)>;
        std::string const column(name);
        if constexpr (std::is_same_v<M, Id<Customer>>)
            question.where(reading.business.gate().condition(reading, sight, question, column));
        else if constexpr (std::is_same_v<M, std::optional<Id<Customer>>>)
            question.where("(" + column + " IS NULL OR " +
                           reading.business.gate().condition(reading, sight, question, column) + ")");
        else if constexpr (std::is_same_v<M, Id<Folder>>) {
            for (auto const& [folder, level] : sight.folders)
                if (level == FolderLevel::none) question.where(column + "<>" + question.bind(folder));
        }
    });
}

// The order of what Question::find found: the newest first.
inline Order newest_found() {
    return {.name = "found", .expression = "found", .type = Order::Type::integer, .descending = true, .is_id = true};
}

// A list of whole records of T with the filters named (members of T) and the orders offered.
template <Described T>
Page<T> list_records(Reading& reading, std::vector<std::string_view> const& filters, std::vector<Order> const& orders,
                     Question question = {}) {
    auto const& call = reading.call;
    each_column<T>([&](std::string_view name, auto pointer) {
        using M = std::remove_cvref_t<decltype(std::declval<T>().*pointer)>;
        if constexpr (!detail::IsVector<M>::value && !std::is_same_v<M, JsonObject> && !Described<M>)
            for (auto const& filter : filters)
                if (filter == name) filter_by<M>(question, call, std::string(name), std::string(name));
    });
    only_seen<T>(reading, question);
    Page<T> page;
    auto const from = question.from(T::table);
    count_rows(reading, question, from, page.total, page.exact);
    auto const order = order_of(call, orders);
    auto const limit = list_limit_of(call);
    continue_behind(question, call, order, "id");
    std::string const direction = order.descending ? " DESC" : "";
    auto const sql = "SELECT " + column_list<T>() + "," + order.expression + " FROM " + from + question.where_text() +
                     " ORDER BY " + order.expression + direction + (order.is_id ? "" : ",id" + direction) + " LIMIT " +
                     question.bind(std::int64_t{limit} + 1);
    auto rows = reading.tx.query(sql, question.values());
    int column = 0;
    each_column<T>([&](std::string_view, auto) { ++column; });
    db::Value last;
    while (rows.next()) {
        if (static_cast<int>(page.data.size()) == limit) {
            page.next = make_cursor(order, last, page.data.back().id.value);
            break;
        }
        page.data.push_back(read_row<T>(rows));
        last = order.value(rows, column);
    }
    return page;
}

}  // namespace patron
