#include "db/full_text.hpp"

#include <algorithm>

namespace patron::db {
namespace {

constexpr std::size_t longest_word = 120;

// Not in the middle of a character.
void shorten(std::string& word) {
    if (word.size() <= longest_word) return;
    auto end = longest_word;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    word.resize(end);
}

}  // namespace

std::string full_text_words(std::vector<std::string> words) {
    for (auto& word : words) shorten(word);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    std::string text;
    for (auto const& word : words) (text += text.empty() ? "" : " ") += word;
    return text;
}

// A word is letters and digits alone, so quoting it needs no escapes.
std::string full_text_question(Engine engine, std::vector<std::string> const& words) {
    bool const sqlite = engine == Engine::sqlite;
    char const quote = sqlite ? '"' : '\'';
    std::string text;
    for (auto word : words) {
        shorten(word);
        if (!text.empty()) text += sqlite ? " AND " : " & ";
        ((text += quote) += word) += quote;
    }
    return text += sqlite ? " *" : ":*";
}

// Plain values: FTS5 (3.40) writes out what it has gathered before each statement that may end half-way, such as one that
// selects, and so makes a part of its own for every row.
void add_full_text(Tx& tx, std::string_view table, std::int64_t id, std::string words) {
    if (tx.engine() == Engine::postgres) return;
    Value const values[] = {id, std::move(words)};
    tx.post("INSERT INTO " + std::string(table) + "_words (rowid,words) VALUES ($1,$2)", values);
}

void drop_full_text(Tx& tx, std::string_view table, std::string_view column, std::int64_t value) {
    if (tx.engine() == Engine::postgres) return;
    std::string const name(table);
    Value const values[] = {value};
    tx.post("INSERT INTO " + name + "_words (" + name + "_words,rowid,words) SELECT 'delete',id,words FROM " + name +
                " WHERE " + std::string(column) + "=$1 AND words IS NOT NULL",
            values);
}

std::string full_text_rows(Engine engine, std::string_view table, std::string_view question) {
    std::string const name(table), asked(question);
    auto const hits = engine == Engine::sqlite
                          ? "SELECT rowid AS found FROM " + name + "_words WHERE " + name + "_words MATCH " + asked
                          : "SELECT id AS found FROM " + name +
                                " WHERE array_to_tsvector(string_to_array(words,' ')) @@ " + asked + "::tsquery";
    return "(" + hits + ") AS hits JOIN " + name + " ON " + name + ".id=hits.found";
}

bool forget_full_text(Tx& tx, std::string_view table, bool first) {
    if (tx.engine() == Engine::postgres) return false;
    std::string const name(table);
    constexpr std::int64_t pages = 400;
    // A negative number takes all parts together for one merge; positive ones go on with it.
    Value const step[] = {first ? -pages : pages};
    tx.execute("INSERT INTO " + name + "_words (" + name + "_words, rank) VALUES ('merge', $1)", step);
    auto row = tx.query("SELECT count(DISTINCT segid) FROM " + name + "_words_idx");
    return row.next() && row.integer(0) > 1;
}

bool is_small_full_text(Tx& tx, std::string_view table) {
    constexpr std::int64_t most_pages = 1'000;
    if (tx.engine() == Engine::postgres) return true;
    Value const values[] = {most_pages};
    auto row = tx.query(
        "SELECT count(*) FROM (SELECT 1 FROM " + std::string(table) + "_words_data LIMIT $1) AS counted", values);
    return row.next() && row.integer(0) < most_pages;
}

}  // namespace patron::db
