// Filters asked of some customers, many with one question.
#pragma once
#include "modules/customers/filter.hpp"

#include <set>

namespace patron::customers {

// Those of them that match and are not in the bin.
std::set<Id<Customer>> matching_among(Reading& reading, Filter const& filter, std::span<Id<Customer> const> ids);
// As next_moments, for these alone.
Moments next_moments_among(Reading& reading, Filter const& filter, std::span<Id<Customer> const> ids);

// Calls with parts of the list, and with the places of a part's ids in a question: "$2,$3 …". Parts are filled up, so that
// questions are alike.
template <class Ask>
void ask_among(std::span<Id<Customer> const> ids, Ask const& ask) {
    constexpr std::size_t together = 50;
    for (std::size_t at = 0; at < ids.size(); at += together) {
        auto const part = ids.subspan(at, std::min(together, ids.size() - at));
        ask(part, [part](Question& question) {
            std::string list = question.bind(part.front().value);
            for (std::size_t i = 1; i < (part.size() == 1 ? 1 : together); ++i)
                list += "," + question.bind(i < part.size() ? part[i].value : std::int64_t{0});
            return list;
        });
    }
}

}  // namespace patron::customers
