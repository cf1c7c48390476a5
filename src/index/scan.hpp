// Finding a short text in many bytes, sixty-four places at a time.
#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace patron::index {

// Of the 64 places from `at` on, those where `first` stands, and `last` `reach` bytes behind it: a bit each, the first lowest.
// 64 + reach bytes are read.
std::uint64_t places_of(char const* at, char first, char last, std::size_t reach);

// visit(place) wherever the part, of at least one byte, stands; it says from where on to look again. Looks for the part's
// first and last byte at their distance, many places at once, and compares only where both stand: many times as quick
// as memmem where the first byte is frequent and where there are many hits.
template <class Visit>
void each_place(std::string_view bytes, std::string_view part, Visit const& visit) {
    auto const reach = part.size() - 1;
    std::size_t next = 0, from = 0;
    for (; from + 64 + reach <= bytes.size(); from += 64)
        for (auto places = places_of(bytes.data() + from, part.front(), part.back(), reach); places != 0;
             places &= places - 1) {
            auto const place = from + static_cast<std::size_t>(std::countr_zero(places));
            if (place < next) continue;
            if (reach > 1 && std::memcmp(bytes.data() + place + 1, part.data() + 1, reach - 1) != 0) continue;
            next = visit(place);
        }
    from = std::max(from, next);
    for (auto place = bytes.find(part, from); place != std::string_view::npos; place = bytes.find(part, from))
        from = visit(place);
}

}  // namespace patron::index
