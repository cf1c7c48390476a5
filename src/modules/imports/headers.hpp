// Guesses where the columns of a file belong: by their names in several languages and programs, else by what is in them.
#pragma once
#include "modules/imports/targets.hpp"

namespace patron::imports {

struct Suggestion {
    std::string field;      // empty: no idea
    double confidence = 0;  // 0 to 1
};

// The name without case, marks, spaces and punctuation: "E-Mail Adresse" → "emailadresse".
std::string header_key(std::string_view header);

// By name alone.
Suggestion by_header(std::string_view header, ImportKind kind, std::vector<Field> const& fields);

// By what stands in the column; `country` helps with national phone numbers.
Suggestion by_samples(std::vector<std::string> const& samples, std::string_view country);

// For all columns of a file together: what only one column may be goes to the first that is surest.
struct Column {
    std::string name;
    std::vector<std::string> samples;
};
std::vector<Suggestion> suggest(std::vector<Column> const& columns, ImportKind kind, std::vector<Field> const& fields,
                                std::string_view country);

// Does the name say that passwords or codes of cards stand below? Such a column is never read.
bool is_secret_header(std::string_view header);

}  // namespace patron::imports
