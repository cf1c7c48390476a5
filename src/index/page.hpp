// The first rows of a set in an order, found in one pass over the set: no order is kept up, and none is needed.
#pragma once
#include "index/bits.hpp"

#include <algorithm>
#include <vector>

namespace patron::index {

// The `most` rows of `among` that come first by `before(row, row)`, a strict order of all rows, in that order.
// `before` may be dear: rows that come behind the worst of those wanted so far are asked about once.
//
// Rows are often taken in by the very order that is asked for, when each would be better than the last and nothing could
// be passed over. So one word of 64 rows in 64 goes first, and sets a mark that most others do not reach.
template <class Before>
std::vector<Row> first_rows(Bits const& among, std::size_t most, Before const& before) {
    std::vector<Row> best;
    if (most == 0) return best;
    auto const room = std::max<std::size_t>(2 * most, 1024);
    best.reserve(room);
    Row worst = 0;
    auto full = false;  // `worst` is the last of `most` rows
    auto const keep_best = [&] {
        auto const end = best.begin() + static_cast<std::ptrdiff_t>(most);
        std::nth_element(best.begin(), end - 1, best.end(), before);
        best.erase(end, best.end());
        worst = best.back();
        full = true;
    };
    auto const take = [&](Row row) {
        if (full && !before(row, worst)) return;
        best.push_back(row);
        if (best.size() == room) keep_best();
    };
    auto const words = among.words().size();
    for (std::size_t at = 0; at < words; at += 64) among.each_in_word(at, take);
    if (best.size() >= most) keep_best();
    for (std::size_t at = 0; at < words; ++at)
        if (at % 64 != 0) among.each_in_word(at, take);
    std::sort(best.begin(), best.end(), before);
    if (best.size() > most) best.resize(most);
    return best;
}

}  // namespace patron::index
