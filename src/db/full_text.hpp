// Full-text search in the database's own engine: FTS5 (sqlite.org/fts5.html) or a GIN index over tsvector (PostgreSQL 15,
// chapter 12). Neither cuts texts: both are given the same words, cut and folded before (base/fold.hpp), in the column
// `words` of the table, and so find the same rows.
#pragma once
#include "db/db.hpp"

namespace patron::db {

// The DDL's word {full_text TABLE} makes it for a table whose integer key is `id` and whose text column is `words`; a
// row whose words are null is not found. PostgreSQL keeps it in step by itself. FTS5 is told, for triggers may not write
// to it in a database whose schema is not trusted (PRAGMA trusted_schema):

// Behind a row that was written, or got other words.
void add_full_text(Tx& tx, std::string_view table, std::int64_t id);
// Before rows are deleted or get other words: those whose column `column` has the value.
void drop_full_text(Tx& tx, std::string_view table, std::string_view column, std::int64_t value);

// What {full_text TABLE} stands for.
std::string full_text_ddl(Engine engine, std::string_view table);

// What goes into the column: each word once, in the order of bytes, none longer than 120 bytes.
std::string full_text_words(std::vector<std::string> words);

// All of these words, the last one as a beginning; `words` must not be empty.
std::string full_text_question(Engine engine, std::vector<std::string> const& words);

// The table's rows that fit, for FROM, with `found`, which is their id, as a further column; `question` is the place of
// what full_text_question made, "$1".
std::string full_text_rows(Engine engine, std::string_view table, std::string_view question);

// The words of deleted rows stay in FTS5's older parts until they are merged: merges some. Answers whether there is more.
// The first call of a round says so.
bool forget_full_text(Tx& tx, std::string_view table, bool first);
// Is it so small that forgetting costs nothing worth waiting for?
bool is_small_full_text(Tx& tx, std::string_view table);

}  // namespace patron::db
