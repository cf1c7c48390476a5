// Where the index keeps its bytes: texts that stay for good, and blocks that come and go with their records.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace patron::index {

// Texts one behind the other, each with a zero byte after it, at places that only grow.
class Texts {
  public:
    static constexpr std::size_t chunk_size = 65536, longest = 1u << 24;

    std::uint32_t keep(std::string_view text) {
        if (text.size() > longest) throw std::length_error("a text is too long for the index");
        auto const needed = text.size() + 1;
        if (chunks_.empty() || chunks_.back().used + needed > chunks_.back().room) {
            if (chunks_.size() == chunk_size) throw std::length_error("the index has too many texts");
            auto const size = std::max(needed, chunks_.empty() ? chunk_size / 16 : chunk_size);
            chunks_.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
        }
        auto& chunk = chunks_.back();
        auto const place = static_cast<std::uint32_t>((chunks_.size() - 1) << 16 | chunk.used);
        std::memcpy(chunk.bytes.get() + chunk.used, text.data(), text.size());
        chunk.bytes[chunk.used + text.size()] = '\0';
        chunk.used += needed;
        return place;
    }
    char const* at(std::uint32_t place) const { return chunks_[place >> 16].bytes.get() + (place & 0xffff); }

    static std::size_t chunk_of(std::uint32_t place) { return place >> 16; }
    // visit(number, bytes) for each chunk; a text stands whole in one.
    template <class Visit>
    void each_chunk(Visit visit) const {
        for (std::size_t chunk = 0; chunk < chunks_.size(); ++chunk)
            visit(chunk, std::string_view(chunks_[chunk].bytes.get(), chunks_[chunk].used));
    }
    std::size_t bytes() const {
        std::size_t sum = chunks_.capacity() * sizeof(Chunk);
        for (auto const& chunk : chunks_) sum += chunk.room;
        return sum;
    }

  private:
    struct Chunk {
        std::unique_ptr<char[]> bytes;
        std::size_t used, room;
    };
    std::vector<Chunk> chunks_;
};

// Blocks of bytes by their place; a released block's room is used again for one of about its size.
class Blocks {
  public:
    static constexpr std::size_t longest = 1u << 20;

    std::uint32_t take(std::size_t size) {
        auto const units = rounded(size);
        auto& free = free_[kind(units)];
        if (!free.empty()) {
            auto const place = free.back();
            free.pop_back();
            return place;
        }
        if (units > left_) {
            if (chunks_.size() == 65536) throw std::length_error("the index is full");
            chunks_.push_back(std::make_unique_for_overwrite<char[]>(longest));
            left_ = chunk_units;
        }
        auto const place = static_cast<std::uint32_t>(chunks_.size() * chunk_units - left_);
        left_ -= units;
        return place;
    }
    void release(std::uint32_t place, std::size_t size) { free_[kind(rounded(size))].push_back(place); }
    bool fits(std::size_t old_size, std::size_t size) const { return rounded(old_size) == rounded(size); }
    char* at(std::uint32_t place) { return chunks_[place / chunk_units].get() + place % chunk_units * unit; }
    char const* at(std::uint32_t place) const {
        return chunks_[place / chunk_units].get() + place % chunk_units * unit;
    }
    std::size_t bytes() const {
        auto sum = chunks_.size() * longest;
        for (auto const& free : free_) sum += free.capacity() * sizeof(std::uint32_t);
        return sum;
    }

  private:
    static constexpr std::size_t unit = 16, chunk_units = longest / unit;

    // Up to 512 bytes in steps of 16; above, four steps to each doubling.
    static std::size_t rounded(std::size_t size) {
        if (size > longest) throw std::length_error("a record is too large for the index");
        auto const units = std::max<std::size_t>(1, (size + unit - 1) / unit);
        if (units <= 32) return units;
        auto const step = std::bit_floor(units - 1) / 4;
        return (units + step - 1) / step * step;
    }
    static std::size_t kind(std::size_t units) {
        if (units <= 32) return units;
        auto const floor = std::bit_floor(units - 1);
        return 32 + (std::bit_width(floor) - 6) * 4 + (units - floor + floor / 4 - 1) / (floor / 4);
    }

    std::vector<std::unique_ptr<char[]>> chunks_;
    std::size_t left_ = 0;
    std::array<std::vector<std::uint32_t>, 96> free_;
};

}  // namespace patron::index
