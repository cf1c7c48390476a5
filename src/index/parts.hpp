// What an index consists of, shared by the files that fill it, ask it and write it down.
#pragma once
#include "index/digits.hpp"
#include "index/index.hpp"
#include "index/kept.hpp"
#include "index/keys.hpp"
#include "index/marks.hpp"
#include "index/slots.hpp"
#include "index/store.hpp"
#include "index/values.hpp"
#include "index/words.hpp"

namespace patron::index {

// All that postings know of one row, each as kind and number in one code, so that a change is a comparison of two lists.
enum class Kind : std::uint32_t { mark, value, name_word, other_word };
inline std::uint32_t code_of(Kind kind, std::uint32_t number) {
    if (number >= 1u << 30) throw std::length_error("the index is full");
    return number << 2 | static_cast<std::uint32_t>(kind);
}
inline Kind kind_of(std::uint32_t code) { return static_cast<Kind>(code & 3); }
inline std::uint32_t number_in(std::uint32_t code) { return code >> 2; }

inline constexpr std::size_t head_bytes = 12;  // of a block
inline constexpr std::uint32_t no_block = 0xffffffff;

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

struct Column {
    Attribute attribute;
    Keys<double> numbers{no_value};
};

struct Index::Parts {
    Marks marks;
    Values values;
    Words words;
    Digits digits;
    std::vector<Column> columns;
    Blocks blocks;

    // By row.
    Keys<std::int64_t> ids{0};
    std::vector<std::uint32_t> places;  // of the blocks
    Keys<std::uint64_t> key_heads{0};
    std::vector<std::uint64_t> name_heads;
    Bits live, binned;

    Slots by_id;
    std::vector<Row> unused;
    KeptSets kept;

    std::size_t rows() const { return ids.size(); }
    std::uint32_t find(std::int64_t id) const {
        return by_id.find(mixed(static_cast<std::uint64_t>(id)), [&](Row row) { return ids[row] == id; });
    }
    RowView view(Row row) const { return read_block(blocks.at(places[row])); }
    // visit(row, view) for each row of the set. Blocks stand all over the memory: they are sent for some rows ahead.
    template <class Visit>
    void each_view(Bits const& set, Visit const& visit) const {
        Row waiting[32];
        std::size_t count = 0;
        auto const visit_waiting = [&] {
            for (std::size_t at = 0; at < count; ++at) visit(waiting[at], view(waiting[at]));
            count = 0;
        };
        set.each([&](Row row) {
            auto const* const block = blocks.at(places[row]);
            __builtin_prefetch(block), __builtin_prefetch(block + 64);
            waiting[count++] = row;
            if (count == std::size(waiting)) visit_waiting();
        });
        visit_waiting();
    }
    Column const* column(Attribute attribute) const;
    Column& made_column(Attribute attribute);
    Keys<double> const& numbers(Attribute attribute) const;  // empty ones where there is no such column

    void reserve(std::size_t rows);
    Row new_row(std::int64_t id);
    void set_heads(Row row, std::string_view key, std::string_view name);
    // Of a snapshot; they throw BadSnapshot.
    void load_ids(std::vector<std::int64_t> read, std::vector<std::uint64_t> const& which_live);
    void check(std::string_view codes) const;
    void write_block(Row row, std::string_view name, std::string_view digits, std::string_view key,
                     std::string_view codes);
    Posting& posting(std::uint32_t code);
    std::vector<std::uint32_t> codes_of(Entry const& entry);
    void keep_up(Row row, std::vector<std::uint32_t> const& codes);
    void change_codes(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after);
    void change_beginnings(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after);
    void change_digits(Row row, std::string_view before, std::string_view after);
    void set_numbers(Row row, std::vector<std::pair<Attribute, double>> const& numbers);
    void set_values(Row row, std::vector<std::uint32_t> const& codes);
};

}  // namespace patron::index
