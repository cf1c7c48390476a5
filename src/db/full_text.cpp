#include "db/full_text.hpp"

#include <algorithm>

namespace patron::db {
namespace {

constexpr std::size_t longest_word = 120;

// The index is found again by this very expression.
constexpr std::string_view vector_of_words = "array_to_tsvector(string_to_array(words,' '))";

// Not in the middle of a character.
void shorten(std::string& word) {
    if (word.size() <= longest_word) return;
    auto end = longest_word;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    word.resize(end);
}

}  // namespace

// FTS5 is given words that are cut already: for its tokenizer, whatever is not a space belongs to one.
std::string full_text_ddl(Engine engine, std::string_view table) {
    std::string const name(table);
    if (engine == Engine::sqlite)
        return "CREATE VIRTUAL TABLE " + name + "_words USING fts5(words, content='" + name +
               "', content_rowid='id', tokenize='ascii', detail=none, prefix='2 3')";
    return "CREATE INDEX " + name + "_words ON " + name + " USING gin (" + std::string(vector_of_words) + ")";
}

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

// Read and then inserted as plain values: FTS5 (3.40) writes out what it has gathered before each statement that may end
// half-way, such as one that inserts what it selects, and so would make a part of its own for every row.
void add_full_text(Tx& tx, std::string_view table, std::int64_t id) {
    if (tx.engine() == Engine::postgres) return;
    std::string const name(table);
    Value const which[] = {id};
    std::string words;
    {
        auto row = tx.query("SELECT words FROM " + name + " WHERE id=$1 AND words IS NOT NULL", which);
        if (!row.next()) return;
        words = row.text(0);
    }
    Value const values[] = {id, std::move(words)};
    tx.post("INSERT INTO " + name + "_words (rowid,words) VALUES ($1,$2)", values);
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
                          : "SELECT id AS found FROM " + name + " WHERE " + std::string(vector_of_words) + " @@ " +
                                asked + "::tsquery";
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
