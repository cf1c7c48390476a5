#include "index/scan.hpp"

#include <cstdint>
#include <cstring>

namespace patron::index {

namespace {

using Lane = unsigned char __attribute__((vector_size(16)));
using Halves = std::uint64_t __attribute__((vector_size(16)));

Lane lane(char const* at) {
    Lane bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
}
Lane all_of(char letter) { return Lane{} + static_cast<unsigned char>(letter); }

bool any(Lane lane) {
    Halves halves;
    std::memcpy(&halves, &lane, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

}  // namespace

std::size_t find_bytes(std::string_view bytes, std::string_view part, std::size_t from) {
    if (part.empty() || bytes.size() < part.size()) return part.empty() ? from : std::string_view::npos;
    auto const first = all_of(part.front()), last = all_of(part.back());
    auto const reach = part.size() - 1;
    constexpr std::size_t step = 4 * sizeof(Lane);
    for (; from + reach + step <= bytes.size(); from += step) {
        Lane seen[4];
        for (std::size_t at = 0; at < 4; ++at) {
            auto const* const here = bytes.data() + from + at * sizeof(Lane);
            seen[at] = reinterpret_cast<Lane>((lane(here) == first) & (lane(here + reach) == last));
        }
        if (!any(seen[0] | seen[1] | seen[2] | seen[3])) continue;
        auto const hit = bytes.substr(from, step + reach).find(part);
        if (hit != std::string_view::npos) return from + hit;
    }
    return bytes.find(part, from);
}

}  // namespace patron::index
