// The texts that records carry – sources, e-mail addresses, cities – each once, with who carries it.
#pragma once
#include "index/keys.hpp"
#include "index/posting.hpp"
#include "index/remembered.hpp"
#include "index/slots.hpp"
#include "index/store.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace patron::index {

// The first eight bytes of a text as a number that orders like the text does.
std::uint64_t head_of(std::string_view text);

// The smallest text of each row for one attribute, to sort by.
struct FirstValues {
    static constexpr std::uint32_t none = 0xffffffff;
    std::vector<std::uint32_t> numbers;
    Keys<std::uint64_t> heads{0};
    std::uint32_t number(Row row) const { return row < numbers.size() ? numbers[row] : none; }
};

class Values {
  public:
    struct Value {
        Posting rows;
        std::uint32_t attribute, place, length;
    };

    Values();
    ~Values();

    std::uint32_t number_of(std::int64_t attribute, std::string_view text);
    Value& operator[](std::uint32_t number) { return all_[number]; }
    Value const& operator[](std::uint32_t number) const { return all_[number]; }
    std::size_t size() const { return all_.size(); }
    std::string_view text(std::uint32_t number) const;
    std::int64_t attribute(std::uint32_t number) const;

    Posting const* rows(std::int64_t attribute, std::string_view text) const;
    // Each value with rows, in the order of their coming: visit(text, rows).
    template <class Visit>
    void each(std::int64_t attribute, Visit visit) const {
        auto const* const group = find(attribute);
        if (group == nullptr) return;
        for (auto const number : numbers(*group))
            if (!all_[number].rows.empty()) visit(text(number), all_[number].rows);
    }
    // Two letters are known where there are many texts. Else goes over all of the attribute, or remembers what it found the
    // last time.
    void containing(std::int64_t attribute, std::string_view part, Bits& bits) const;

    // The column to sort by, made when first asked for. Afterwards it follows set_values.
    FirstValues const& firsts(std::int64_t attribute, std::size_t rows) const;
    std::vector<std::int64_t> sorted_by() const;                          // attributes that have such a column
    void set_values(Row row, std::vector<std::uint32_t> const& numbers);  // those that the row now has

    // From here on the pairs of an attribute are kept, as soon as they are made: some values at a time.
    static constexpr std::size_t many_texts = 50'000, texts_at_once = 4'000;
    bool make_some_pairs();  // answers whether there is more
    // The row, whose postings say so already, has these values now instead of those.
    void change_pairs(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after);

    std::size_t bytes() const;

  private:
    struct Group;  // all values of an attribute
    Group const* find(std::int64_t attribute) const;
    static std::vector<std::uint32_t> const& numbers(Group const& group);
    void scan(Group const& group, std::string_view part, Bits& bits) const;
    std::vector<std::string_view> texts_of(std::uint32_t group, std::vector<std::uint32_t> const& numbers) const;
    void set_firsts(Row row, std::vector<std::uint32_t> const& numbers);

    std::vector<Value> all_;
    std::vector<std::unique_ptr<Group>> groups_;
    std::unordered_map<std::int64_t, std::uint32_t> group_of_;
    RememberedParts remembered_;
};

}  // namespace patron::index
