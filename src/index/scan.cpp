#include "index/scan.hpp"

namespace patron::index {

namespace {

using Lane = unsigned char __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

Lane lane(char const* at) {
    Lane bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

// Eight bytes of 0 or 1 as eight bits: the product moves each to its place in the highest byte.
std::uint64_t bits_of(std::uint64_t bytes) { return bytes * 0x0102040810204080u >> 56; }

}  // namespace

std::uint64_t places_of(char const* at, char first, char last, std::size_t reach) {
    auto const firsts = Lane{} + static_cast<unsigned char>(first), lasts = Lane{} + static_cast<unsigned char>(last);
    Halves seen[4];
    for (std::size_t part = 0; part < 4; ++part) {
        auto const* const here = at + part * sizeof(Lane);
        seen[part] = reinterpret_cast<Halves>((lane(here) == firsts) & (lane(here + reach) == lasts));
    }
    auto const any = seen[0] | seen[1] | seen[2] | seen[3];
    if ((any[0] | any[1]) == 0) return 0;
    constexpr std::uint64_t ones = 0x0101010101010101u;
    std::uint64_t places = 0;
    for (std::size_t part = 0; part < 4; ++part)
        places |= (bits_of(seen[part][0] & ones) | bits_of(seen[part][1] & ones) << 8) << (16 * part);
    return places;
}

}  // namespace patron::index
