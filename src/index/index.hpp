// The index: every record's marks, texts, numbers and words in memory, so that any question about sets of records – filter,
// sort, first page, count, search as you type – is answered within milliseconds at a million records. It knows nothing of
// customers: whoever fills it says what its attributes mean. It is a cache that can be made again at any time.
//
// Not locked: while put, drop, prepare_some or load runs, nothing else may. Questions (const) may be asked by several threads at once.
// Texts given to it are folded (patron::fold) before; it compares bytes.
#pragma once
#include "index/bits.hpp"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace patron::index {

// What is known about records is told apart by numbers that the filler gives: "folder", "e-mail", "created at".
// Marks, texts and numbers are kept apart: the same attribute may be used for all three.
using Attribute = std::int64_t;

// One record as the index wants it.
struct Entry {
    std::int64_t id = 0;
    bool live = true;                                       // false: in the bin, asked for apart
    std::vector<std::pair<Attribute, std::int64_t>> marks;  // ids, choices, flags: any number; doubles count once
    std::vector<std::pair<Attribute, std::string>> texts;   // folded: any number; doubles count once
    std::vector<std::pair<Attribute, double>> numbers;      // one an attribute, the last counts; NaN is none
    std::string name_key;                                   // bytes to sort names by
    std::string name;                                       // folded display name, for search
    std::string words;                                      // folded other text for search
    std::string digits;                                     // of phone numbers, parted by spaces, as typed and E.164
};

// By what a page is sorted. Ties go by id, in the same direction. Who has no number counts as -1e300, who has no text
// as "", which is what the SQL of lists says too; of several texts the smallest counts.
struct Sort {
    enum class By { name, number, text };
    By by = By::name;
    Attribute attribute = 0;  // of number and text
    bool descending = false;
};

// Where a record stands in a sort; a page is asked for behind one.
struct Place {
    std::int64_t id = 0;
    double number = 0;  // by number
    std::string text;   // by name (the name_key) and by text
    bool operator==(Place const&) const = default;
};

struct Page {
    std::vector<Place> places;  // in order
    bool more = false;          // are there records behind the last?
};

template <class Value>
struct Tally {
    Value value;
    std::size_t count;
    bool operator==(Tally const&) const = default;
};

struct Sum {  // of the numbers that there are
    std::size_t count = 0;
    double sum = 0, least = 0, greatest = 0;
};

struct Bound {
    double value = 0;
    bool inclusive = true;
};
struct TextBound {
    std::string value;
    bool inclusive = true;
};

// Whoever carries one of the marks (or everybody), but none of those that must be lacking. For what is asked over and
// over, such as whom somebody sees.
struct Kept {
    bool everybody = false;
    std::vector<std::pair<Attribute, std::int64_t>> carrying, lacking;  // sorted; everybody needs none to carry
    bool operator==(Kept const&) const = default;
};

// A search as it is typed. Each word must be found, in any field, in any order.
struct Query {
    struct Word {
        std::string text;  // one of words_of(text)
        Bits also;         // rows that match the word by what the index does not know (a tag's name)
    };
    std::string text;         // folded, whole
    std::vector<Word> words;  // query_of makes them
    std::string digits;       // what looks like a phone number: its digits without leading zeros; at least 3, or empty.
                              // Rows with such a number are found too, whatever the words say.
    Attribute recency = 0;  // the number by which equally good hits are ordered, higher first; then by id, higher first
    bool all = false;       // find everything that fits, also when better hits abound: for filters
};
// Words alone, with nothing in `also`.
Query query_of(std::string_view folded, Attribute recency);

// The words of a folded text as the index cuts it: runs of letters and digits; apostrophes within are dropped
// ("o'brien" is "obrien").
std::vector<std::string> words_of(std::string_view folded);

// How good a hit is, best first.
enum class Rank {
    whole,        // the name, or a phone number, is what was typed
    start,        // the name starts with it
    name_words,   // every word stands in the name
    name_starts,  // every word starts a word of the name; or a phone number ends with the digits
    across,       // what was typed stands within the name, over the gaps of words
    words,        // every word stands in some field, the last may be half typed
    elsewhere,    // every word starts a word of some field; digits within a phone number
    within,       // letters within words, at least 3 bytes
    slip_name,    // with one slip a word (a letter missing, too many, wrong, two swapped): a word of the name
    slip_start,   // … starts a word of the name
    slip,         // … stands elsewhere; or a gap between words was left out, or put in
};

struct Found {
    struct Hit {
        std::int64_t id = 0;
        Rank rank = Rank::slip;
    };
    std::vector<Hit> hits;  // in order, from `offset`
    Bits rows;              // all that were found
    std::size_t total = 0;  // how many those are
    bool exact = true;      // false: there may be worse hits which were not looked for, as better ones abound
};

// A snapshot that cannot be read: of another version, damaged, cut short.
struct BadSnapshot : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Index {
  public:
    Index();
    ~Index();
    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;

    // Takes the record in, or what has changed of it. Throws std::length_error for a record beyond 1 MB; the index then
    // stays as it was.
    void put(Entry const& entry);
    void drop(std::int64_t id);  // nothing if it is not there
    // Makes some of what only lets it answer sooner, in a few milliseconds; answers whether there is more to make.
    bool prepare_some();
    // Puts the mark on the records, or takes it off; those that are not there are passed over.
    void mark(Attribute attribute, std::int64_t value, std::span<std::int64_t const> ids, bool on);

    std::size_t size() const;   // records, with those in the bin
    std::size_t bytes() const;  // memory taken, counted by walking over everything: some 50 ms at a million records

    Bits live() const;
    Bits binned() const;
    Bits none() const;  // empty, with room for all

    Bits marked(Attribute attribute, std::int64_t value) const;
    Bits any_mark(Attribute attribute) const;
    Bits text_is(Attribute attribute, std::string_view value) const;
    Bits text_contains(Attribute attribute, std::string_view part) const;
    Bits text_between(Attribute attribute, std::optional<TextBound> const& lower,
                      std::optional<TextBound> const& upper) const;
    Bits text_where(Attribute attribute, std::function<bool(std::string_view)> const& fits) const;  // each value once
    Bits any_text(Attribute attribute) const;
    Bits number_between(Attribute attribute, std::optional<Bound> lower, std::optional<Bound> upper) const;
    Bits any_number(Attribute attribute) const;
    Bits of_ids(std::span<std::int64_t const> ids) const;  // those that are there

    // Takes those out of the rows who are not in the set. The index keeps the sets that were asked for last, and keeps
    // them up: the next time it costs no more than going over a row of bits.
    void narrow(Bits& rows, Kept const& to) const;

    std::optional<Row> row_of(std::int64_t id) const;
    std::int64_t id_of(Row row) const;                      // of a row that is in live() or binned()
    std::vector<std::int64_t> ids(Bits const& rows) const;  // by row
    std::optional<double> number_of(Row row, Attribute attribute) const;

    // How many of the rows carry each value; values that none carries are left out. Marks by value; texts the most
    // frequent first, then by text, at most `limit`.
    std::vector<Tally<std::int64_t>> tally_marks(Attribute attribute, Bits const& among) const;
    std::vector<Tally<std::string>> tally_texts(Attribute attribute, Bits const& among, std::size_t limit) const;
    Sum sum(Attribute attribute, Bits const& among) const;

    Page page(Bits const& among, Sort const& sort, std::optional<Place> const& behind, std::size_t limit) const;

    Found search(Query const& query, Bits const& among, std::size_t limit, std::size_t offset = 0) const;

    // A snapshot holds all there is; who takes it writes beside it how far the index had read.
    void save(std::ostream& into) const;
    // Throws BadSnapshot and leaves the index as it was. The bytes need not be trusted.
    void load(std::istream& from);

  private:
    struct Parts;
    struct Search;
    std::unique_ptr<Parts> parts_;
};

}  // namespace patron::index
