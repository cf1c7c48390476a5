// The rows that carry one thing – a mark, a word, a text: two in place, some hundred as a sorted array, more as a Roaring
// bitmap. Sixteen bytes, since an index holds millions of them and most have one row.
#pragma once
#include "index/bits.hpp"
#include "index/containers.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace patron::index {

class Posting {
  public:
    Posting() = default;
    Posting(Posting&& other) noexcept { swap(other); }
    Posting& operator=(Posting&& other) noexcept { return swap(other), *this; }
    ~Posting();

    void add(Row row);  // quick when rows come in ascending order
    void remove(Row row);
    std::size_t size() const { return room_ == large ? static_cast<std::size_t>(rows_.large->cardinality()) : size_; }
    bool empty() const { return room_ != large && size_ == 0; }
    bool has(Row row) const;
    void into(Bits& bits) const {  // bits |= this
        if (room_ != in_place) return many_into(bits);
        for (std::uint32_t at = 0; at < size_; ++at) bits.set(rows_.few[at]);
    }
    std::size_t count_in(Bits const& bits) const;
    template <class Visit>
    void each(Visit visit) const {
        if (room_ == large) {
            each_container(
                *rows_.large,
                [&](Row first, std::uint64_t const* array) {
                    for (std::size_t at = 0; at < container_words; ++at)
                        for (auto left = array[at]; left != 0; left &= left - 1)
                            visit(static_cast<Row>(first + at * 64 + static_cast<std::size_t>(std::countr_zero(left))));
                },
                visit);
        } else {
            for (auto at = begin(), end = at + size_; at != end; ++at) visit(*at);
        }
    }
    std::size_t bytes() const;  // on the heap

    // As it stands in a snapshot: few rows sorted, many as Roaring's portable format.
    static constexpr std::size_t most_sorted = 512;
    static Posting of_sorted(std::span<Row const> rows);  // at most that many
    // Rows below `end`; nothing if the bytes are no such bitmap, whatever they are. They need not be trusted.
    static std::optional<Posting> of_portable(std::string_view bytes, std::size_t end);
    static std::string portable(std::span<Row const> rows);
    bool is_large() const { return room_ == large; }
    std::string portable() const;  // of a large one

  private:
    static constexpr std::uint32_t in_place = 2, large = 0xffffffff;

    Row const* begin() const { return room_ == in_place ? rows_.few : rows_.many; }
    Row* begin() { return room_ == in_place ? rows_.few : rows_.many; }
    void swap(Posting& other) noexcept {
        std::swap(rows_, other.rows_), std::swap(size_, other.size_), std::swap(room_, other.room_);
    }
    void many_into(Bits& bits) const;
    void make_room();
    void to_large();
    void to_sorted();

    union {
        Row few[2] = {0, 0};
        Row* many;
        Roaring* large;
    } rows_;
    std::uint32_t size_ = 0;         // unless large
    std::uint32_t room_ = in_place;  // how many fit, or `large`
};

static_assert(sizeof(Posting) == 16);

}  // namespace patron::index
