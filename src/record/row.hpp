// A described struct as a row: its members are the columns, in the order of the description.
// Texts, numbers, ids, times and enums have a column of their own kind; lists and objects are JSON text.
#pragma once
#include "db/db.hpp"
#include "describe/json.hpp"

#include <algorithm>

namespace patron {

// Members that are worked out when read and stand in no column: `static constexpr std::string_view computed[]`.
template <class T>
constexpr bool is_computed(std::string_view name) {
    if constexpr (requires { T::computed; }) {
        for (auto const& one : T::computed)
            if (one == name) return true;
    }
    return false;
}

template <class M>
db::Value column_value(M const& member) {
    using namespace detail;
    if constexpr (IsPersonal<M>::value) return column_value(static_cast<typename IsPersonal<M>::Inner const&>(member));
    else if constexpr (IsOptional<M>::value) return member ? column_value(*member) : db::Value{};
    else if constexpr (std::is_convertible_v<M const&, std::string const&>)
        return static_cast<std::string const&>(member);
    else if constexpr (std::is_same_v<M, double>) return member;
    else if constexpr (std::is_same_v<M, bool>) return std::int64_t{member ? 1 : 0};
    else if constexpr (std::is_integral_v<M>) return static_cast<std::int64_t>(member);
    else if constexpr (IsId<M>::value) return member ? db::Value{member.value} : db::Value{};
    else if constexpr (std::is_same_v<M, Time>) return member.ms;
    else if constexpr (std::is_same_v<M, Date>) return to_text(member);
    else if constexpr (DescribedEnum<M>) return std::string(enum_text(member));
    else return to_json(member);
}

template <class M>
void read_column(db::Cursor const& row, int column, M& member) {
    using namespace detail;
    if constexpr (IsPersonal<M>::value) read_column(row, column, static_cast<typename IsPersonal<M>::Inner&>(member));
    else if constexpr (IsOptional<M>::value) {
        if (row.is_null(column)) member.reset();
        else read_column(row, column, member.emplace());
    } else if constexpr (std::is_convertible_v<M const&, std::string const&>) member = M(std::string(row.text(column)));
    else if constexpr (std::is_same_v<M, double>) member = row.real(column);
    else if constexpr (std::is_same_v<M, bool>) member = row.integer(column) != 0;
    else if constexpr (std::is_integral_v<M>) member = static_cast<M>(row.integer(column));
    else if constexpr (IsId<M>::value) member = M{row.is_null(column) ? 0 : row.integer(column)};
    else if constexpr (std::is_same_v<M, Time>) member = Time{row.integer(column)};
    else if constexpr (std::is_same_v<M, Date>) member = read_date(row.text(column)).value_or(Date{});
    else if constexpr (DescribedEnum<M>) read_enum(row.text(column), member);
    else if constexpr (IsVector<M>::value) {
        auto const text = row.text(column);
        member = text == "[]" ? M{} : from_own_json<M>(text);
    } else member = from_own_json<M>(row.text(column));
}

// The stored members of T, called as f(name, member pointer).
template <Described T, class F>
void each_column(F&& f) {
    each_member<T>([&](std::string_view name, auto pointer) {
        if (!is_computed<T>(name)) f(name, pointer);
    });
}

// "id,version,body"; with an alias "n" "n.id,n.version,n.body".
template <Described T>
std::string column_list(std::string_view alias = {}) {
    std::string list;
    each_column<T>([&](std::string_view name, auto) {
        if (!list.empty()) list += ',';
        if (!alias.empty()) (list += alias) += '.';
        list += name;
    });
    return list;
}

template <Described T>
T read_row(db::Cursor const& row, int first = 0) {
    T record{};
    int column = first;
    each_column<T>([&](std::string_view, auto pointer) { read_column(row, column++, record.*pointer); });
    return record;
}

// What write_json(read_column()) would write, without making the member on the way.
template <class M>
void write_column(std::string& out, db::Cursor const& row, int column) {
    using namespace detail;
    if constexpr (IsPersonal<M>::value) write_column<typename IsPersonal<M>::Inner>(out, row, column);
    else if constexpr (IsOptional<M>::value) {
        if (row.is_null(column)) out += "null";
        else write_column<typename M::value_type>(out, row, column);
    } else if constexpr (std::is_convertible_v<M const&, std::string const&>) write_json_text(out, row.text(column));
    else if constexpr (std::is_same_v<M, JsonObject>) out += row.text(column);
    else if constexpr (IsVector<M>::value) {
        auto const text = row.text(column);
        OwnText own(text);
        if (has_shape<M>(own)) out += text;
        else write_json(out, from_own_json<M>(text));
    } else {
        M member{};
        read_column(row, column, member);
        write_json(out, member);
    }
}

// What write_json(read_row()) would write. `seen` is called with the name and number of each column.
template <Described T, class Seen>
void write_row(std::string& out, db::Cursor const& row, Seen&& seen) {
    out += '{';
    int column = 0;
    bool first = true;
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
        constexpr auto name = word(decltype(d)::name);
        static_assert(!is_computed<T>(name), "what is worked out when read stands in no row");
        static std::string const named = ",\"" + std::string(name) + "\":";
        auto const number = column++;
        seen(name, number);
        if constexpr (is_left_out_when_null<T>(name))
            if (row.is_null(number)) return;
        out.append(named, first ? 1 : 0);
        first = false;
        write_column<MemberType<decltype(d)::pointer>>(out, row, number);
    });
    out += '}';
}

template <Described T>
std::vector<db::Value> row_values(T const& record) {
    std::vector<db::Value> values;
    each_column<T>([&](std::string_view, auto pointer) { values.push_back(column_value(record.*pointer)); });
    return values;
}

// Columns beyond the members, made from them (a sort key, folded text): specialise for a record.
template <class T>
struct DerivedColumns {
    static constexpr std::string_view names = {};  // ",name_key"
    static void add(T const&, std::vector<db::Value>&) {}
};

template <Described T>
std::string const& insert_sql() {
    static std::string const sql = [] {
        auto const columns = column_list<T>() + std::string(DerivedColumns<T>::names);
        std::string text = "INSERT INTO " + std::string(T::table) + " (" + columns + ") VALUES ($1";
        int const count = static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;
        for (int i = 2; i <= count; ++i) text += ",$" + std::to_string(i);
        return text + ")";
    }();
    return sql;
}

// Changes every column but the id, where id and version are as they were: $last is the version before.
template <Described T>
std::string const& update_sql() {
    static std::string const sql = [] {
        std::string text = "UPDATE " + std::string(T::table) + " SET ";
        auto columns = column_list<T>() + std::string(DerivedColumns<T>::names) + ",";
        int number = 0;
        for (std::size_t at = 0, comma; (comma = columns.find(',', at)) != std::string::npos; at = comma + 1) {
            auto const name = columns.substr(at, comma - at);
            if (++number == 1) continue;  // the id
            if (number > 2) text += ',';
            text += name + "=$" + std::to_string(number);
        }
        return text + " WHERE id=$1 AND version=$" + std::to_string(number + 1);
    }();
    return sql;
}

template <Described T>
std::string const& select_by_id_sql() {
    static std::string const sql = "SELECT " + column_list<T>() + " FROM " + std::string(T::table) + " WHERE id=$1";
    return sql;
}

// The members that differ, as JSON texts of before and after.
struct Change {
    std::string field, from, to;  // from, to: JSON
    bool personal = false;
};
template <Described T>
std::vector<Change> differences(T const& before, T const& after) {
    std::vector<Change> changes;
    each_column<T>([&](std::string_view name, auto pointer) {
        if (name == "version" || name == "updated_at") return;
        auto from = to_json(before.*pointer), to = to_json(after.*pointer);
        if (from == to) return;
        constexpr bool personal = holds_personal<std::remove_cvref_t<decltype(after.*pointer)>>();
        changes.push_back({std::string(name), std::move(from), std::move(to), personal});
    });
    return changes;
}

}  // namespace patron
