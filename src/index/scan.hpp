// Finding a short text in many texts that stand one behind the other, sixty-four bytes at a time.
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

// Sixteen bytes compared at once.
using Lane = unsigned char __attribute__((vector_size(16)));

inline Lane lane_at(char const* at) {
    Lane lane;
    std::memcpy(&lane, at, sizeof lane);
    return lane;
}

inline Lane lane_of(char byte) { return Lane{} + static_cast<unsigned char>(byte); }

// A bit for each byte that is not 0, the first one's lowest; all bits of such a byte are set.
inline std::uint64_t bits_of_lane(Lane lane) {
#ifdef __SSE2__
    return static_cast<std::uint64_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(lane)));
#else
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < sizeof lane; ++at) bits |= std::uint64_t{lane[at] != 0} << at;
    return bits;
#endif
}

// A part of at least one byte, none of them zero, that is looked for.
class Part {
  public:
    explicit Part(std::string_view part)
        : part_(part), reach_(part.size() - 1), first_(lane_of(part.front())), last_(lane_of(part.back())) {
        auto const between = reach_ < 2 ? 0 : std::min<std::size_t>(8, reach_ - 1);
        mask_ = between == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * between);
        if (between != 0) std::memcpy(&between_, part.data() + 1, between);
    }
    // Texts each with a zero byte after it: visit(number) for those that hold the part, in order, some more than once;
    // the first text has number 0. Looks for the part's first and last byte at their distance and compares only where
    // both stand, and counts the zero bytes on its way: it does not branch on where a text ends.
    template <class Visit>
    void each_text(std::string_view texts, Visit const& visit) const {
        auto const first = first_, last = last_;
        std::size_t from = 0, number = 0;
        for (auto const read = 64 + std::max<std::size_t>(reach_, 9); from + read <= texts.size(); from += 64) {
            auto const* const at = texts.data() + from;
            std::uint64_t places = 0, ends = 0;
#pragma GCC unroll 4
            for (unsigned part = 0; part < 64; part += 16) {
                auto const here = lane_at(at + part);
                places |= bits_of_lane((here == first) & (lane_at(at + part + reach_) == last)) << part;
                ends |= bits_of_lane(here == Lane{}) << part;
            }
            for (; places != 0; places &= places - 1) {
                auto const before = (places & -places) - 1;
                if (stands_at(at + std::countr_zero(places)))
                    visit(number + static_cast<std::size_t>(std::popcount(ends & before)));
            }
            number += static_cast<std::size_t>(std::popcount(ends));
        }
        for (auto place = texts.find(part_, from); place != std::string_view::npos; place = texts.find(part_, from)) {
            auto const begin = texts.begin();
            number += static_cast<std::size_t>(std::count(begin + static_cast<std::ptrdiff_t>(from),
                                                          begin + static_cast<std::ptrdiff_t>(place), '\0'));
            visit(number);
            from = place + 1;
        }
    }

  private:
    // Its first and last byte do. Most parts are short: up to eight bytes between them are compared at once.
    bool stands_at(char const* at) const {
        if (reach_ < 2) return true;
        std::uint64_t between = 0;
        std::memcpy(&between, at + 1, sizeof between);
        if ((between & mask_) != between_) return false;
        return reach_ <= 9 || std::memcmp(at + 9, part_.data() + 9, reach_ - 9) == 0;
    }
    std::string_view part_;
    std::size_t reach_;
    Lane first_, last_;
    std::uint64_t mask_ = 0, between_ = 0;
};

}  // namespace patron::index
