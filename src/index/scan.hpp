// Finding a short text in many bytes, sixty-four places at a time.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace patron::index {

// Of the 16 places from `at` on, those where `first` stands, and `last` `reach` bytes behind it: a bit each, the first
// lowest. 16 + reach bytes are read.
inline std::uint64_t places_of(char const* at, char first, char last, std::size_t reach) {
    using Lane = unsigned char __attribute__((vector_size(16)));
    Lane here, there;
    std::memcpy(&here, at, sizeof here);
    std::memcpy(&there, at + reach, sizeof there);
    auto const seen = (here == static_cast<unsigned char>(first)) & (there == static_cast<unsigned char>(last));
#ifdef __SSE2__
    return static_cast<std::uint64_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(seen)));
#else
    std::uint64_t places = 0;
    for (std::size_t place = 0; place < sizeof seen; ++place) places |= std::uint64_t{seen[place] != 0} << place;
    return places;
#endif
}

// A part of at least one byte that is looked for.
class Part {
  public:
    explicit Part(std::string_view part) : part_(part), reach_(part.size() - 1) {
        auto const between = reach_ < 2 ? 0 : std::min<std::size_t>(8, reach_ - 1);
        mask_ = between == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * between);
        if (between != 0) std::memcpy(&between_, part.data() + 1, between);
    }
    // visit(place) wherever the part stands in the bytes; it says from where on to look again. Looks for the part's first
    // and last byte at their distance, many places at once, and compares only where both stand: many times as quick as
    // memmem where the first byte is frequent and where there are many hits.
    template <class Visit>
    void each_place(std::string_view bytes, Visit const& visit) const {
        std::size_t next = 0, from = 0;
        for (auto const read = 64 + std::max<std::size_t>(reach_, 9); from + read <= bytes.size(); from += 64) {
            auto const* const at = bytes.data() + from;
            std::uint64_t places = 0;
            for (unsigned part = 0; part < 64; part += 16)
                places |= places_of(at + part, part_.front(), part_.back(), reach_) << part;
            for (; places != 0; places &= places - 1) {
                auto const place = from + static_cast<std::size_t>(std::countr_zero(places));
                if (place >= next && stands_at(bytes.data() + place)) next = visit(place);
            }
        }
        from = std::max(from, next);
        for (auto place = bytes.find(part_, from); place != std::string_view::npos; place = bytes.find(part_, from))
            from = visit(place);
    }

  private:
    // Its first and last byte do. Most parts are short: up to eight bytes between them are compared at once.
    bool stands_at(char const* at) const {
        std::uint64_t between = 0;
        std::memcpy(&between, at + 1, sizeof between);
        if ((between & mask_) != between_) return false;
        return reach_ <= 9 || std::memcmp(at + 9, part_.data() + 9, reach_ - 9) == 0;
    }
    std::string_view part_;
    std::size_t reach_;
    std::uint64_t mask_ = 0, between_ = 0;
};

}  // namespace patron::index
