#include "db/append_only.hpp"
#include "db/full_text.hpp"
#include "db/statements.hpp"

#include <array>

namespace patron::db {
namespace {

struct Word {
    std::string_view written;
    std::string_view sqlite;
    std::string_view postgres;
};

constexpr std::array words{
    Word{"{id}", "INTEGER PRIMARY KEY", "bigint PRIMARY KEY"},
    Word{"{int}", "INTEGER", "bigint"},
    Word{"{real}", "REAL", "double precision"},
    Word{"{text}", "TEXT", "text COLLATE \"C\""},
    Word{"{bytes}", "BLOB", "bytea"},
    Word{"{table}", "STRICT", ""},
};

Word const& word_at(std::string_view text) {
    for (auto const& word : words) {
        if (text.starts_with(word.written)) return word;
    }
    throw std::invalid_argument("unknown word in DDL: " + std::string(text.substr(0, text.find('}') + 1)));
}

// {full_text notes}: what is said of a table.
struct OfTable {
    std::string_view begins;
    std::string (*stands_for)(Engine, std::string_view table);
};
constexpr std::array of_tables{OfTable{"{full_text ", full_text_ddl}, OfTable{"{no_update ", no_update_ddl},
                               OfTable{"{no_delete ", no_delete_ddl}};

bool expand_of_table(Engine engine, std::string_view text, std::size_t& at, std::string& out) {
    for (auto const& [begins, stands_for] : of_tables) {
        if (!text.substr(at).starts_with(begins)) continue;
        auto const end = text.find('}', at);
        if (end == std::string_view::npos) throw std::invalid_argument("a word in DDL has no end");
        out += stands_for(engine, text.substr(at + begins.size(), end - at - begins.size()));
        at = end + 1;
        return true;
    }
    return false;
}

}  // namespace

std::string ddl(Engine engine, std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (auto const end = skip_quoted(text, i); end > i) {
            out += text.substr(i, end - i);
            i = end;
        } else if (expand_of_table(engine, text, i, out)) {
            continue;
        } else if (text[i] == '{') {
            auto const& word = word_at(text.substr(i));
            out += engine == Engine::sqlite ? word.sqlite : word.postgres;
            i += word.written.size();
        } else {
            out += text[i++];
        }
    }
    return out;
}

}  // namespace patron::db
