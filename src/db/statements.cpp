#include "db/statements.hpp"

#include <algorithm>

namespace patron::db {
namespace {

std::size_t after(std::string_view sql, std::string_view ending, std::size_t from) {
    auto const found = sql.find(ending, from);
    return found == std::string_view::npos ? sql.size() : found + ending.size();
}

// Spaces and comments alone are no statement.
bool says_something(std::string_view sql) {
    for (std::size_t i = 0; i < sql.size();) {
        auto const comment = sql.substr(i, 2) == "--" || sql.substr(i, 2) == "/*";
        if (comment) i = skip_quoted(sql, i);
        else if (sql[i] == ' ' || sql[i] == '\n' || sql[i] == '\t' || sql[i] == '\r') ++i;
        else return true;
    }
    return false;
}

}  // namespace

// A doubled quote inside a text reads as two texts side by side, which ends at the same place.
std::size_t skip_quoted(std::string_view sql, std::size_t from) {
    if (sql[from] == '\'' || sql[from] == '"') return after(sql, sql.substr(from, 1), from + 1);
    if (sql.substr(from, 2) == "--") return after(sql, "\n", from + 2);
    if (sql.substr(from, 2) == "/*") return after(sql, "*/", from + 2);
    return from;
}

std::vector<std::string_view> split_statements(std::string_view sql) {
    std::vector<std::string_view> statements;
    std::size_t begin = 0;
    auto const cut = [&](std::size_t end) {
        auto const statement = sql.substr(begin, end - begin);
        if (says_something(statement)) statements.push_back(statement);
        begin = end + 1;
    };
    for (std::size_t i = 0; i < sql.size();) {
        auto const end = skip_quoted(sql, i);
        if (end > i) {
            i = end;
            continue;
        }
        if (sql[i] == ';') cut(i);
        ++i;
    }
    if (begin < sql.size()) cut(sql.size());
    return statements;
}

}  // namespace patron::db
