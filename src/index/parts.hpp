// What an index consists of, shared by the files that fill it, ask it and write it down.
#pragma once
#include "index/digits.hpp"
#include "index/index.hpp"
#include "index/marks.hpp"
#include "index/slots.hpp"
#include "index/store.hpp"
#include "index/values.hpp"
#include "index/words.hpp"

#include <limits>

namespace patron::index {

// All that postings know of one row, each as kind and number in one code, so that a change is a comparison of two lists.
enum class Kind : std::uint32_t { mark, value, name_word, other_word };
inline std::uint32_t code_of(Kind kind, std::uint32_t number) {
    if (number >= 1u << 30) throw std::length_error("the index is full");
    return number << 2 | static_cast<std::uint32_t>(kind);
}
inline Kind kind_of(std::uint32_t code) { return static_cast<Kind>(code & 3); }
inline std::uint32_t number_in(std::uint32_t code) { return code >> 2; }

// A row's bytes, as they stand in its block.
struct RowView {
    std::string_view name, digits, name_key, codes;
    std::size_t size = 0;  // of the block
};
RowView read_block(char const* block);
// The sorted codes as differences, seven bits a byte.
std::string packed(std::vector<std::uint32_t> const& codes);
std::vector<std::uint32_t> unpacked(std::string_view bytes);

inline constexpr std::size_t longest_name = 2048, longest_digits = 2048, longest_key = 8192;  // more is cut off
inline constexpr auto no_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr double no_number = -1e300;  // sorts as this

struct Column {
    Attribute attribute;
    std::vector<double> numbers;  // by row; NaN is none. Rows beyond its end have none.
};

struct Index::Parts {
    Marks marks;
    Values values;
    Words words;
    Digits digits;
    std::vector<Column> columns;
    Blocks blocks;

    // By row.
    std::vector<std::int64_t> ids;
    std::vector<std::uint32_t> places;  // of the blocks
    std::vector<std::uint64_t> key_heads, name_heads;
    Bits live, binned;

    Slots by_id;
    std::vector<Row> unused;

    std::size_t rows() const { return ids.size(); }
    std::uint32_t find(std::int64_t id) const {
        return by_id.find(mixed(static_cast<std::uint64_t>(id)), [&](Row row) { return ids[row] == id; });
    }
    RowView view(Row row) const { return read_block(blocks.at(places[row])); }
    Column const* column(Attribute attribute) const;
    Column& made_column(Attribute attribute);

    void reserve(std::size_t rows);
    Row new_row(std::int64_t id);
    void set_heads(Row row, std::string_view key, std::string_view name);
    void check(std::vector<std::uint32_t> const& codes) const;  // of a snapshot; throws BadSnapshot
    void write_block(Row row, std::string_view name, std::string_view digits, std::string_view key,
                     std::string_view codes);
    Posting& posting(std::uint32_t code);
    std::vector<std::uint32_t> codes_of(Entry const& entry);
    void change_codes(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after);
    void change_beginnings(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after);
    void change_digits(Row row, std::string_view before, std::string_view after);
    void set_numbers(Row row, std::vector<std::pair<Attribute, double>> const& numbers);
    void set_firsts(Row row, std::vector<std::uint32_t> const& codes);
};

}  // namespace patron::index
