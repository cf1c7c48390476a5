// What the readers of a filter's conditions share.
#pragma once
#include "base/zones.hpp"
#include "modules/customers/filter.hpp"

namespace patron::customers {

inline constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t most_days = 36'500;

// {"event": …, …}. Throws Problem 422 with pointers below `pointer`.
Filter read_event_condition(Reading& reading, JsonObject const& object, std::string const& pointer);

// Refuses members that are not known.
void only(JsonObject const& object, std::vector<std::string_view> const& known, std::string const& pointer);
Filter negated(Filter filter);

std::string text_of(Json const& value, std::string const& pointer);
std::int64_t whole(Json const& value, std::string const& pointer, std::int64_t least, std::int64_t most);

// A text read as values of the member's type are, or Problem 422 at the pointer.
template <class M>
db::Value filter_value_at(Json const& value, std::string const& pointer) {
    auto const text = text_of(value, pointer);
    try {
        return filter_value<M>(text, "");
    } catch (Problem& problem) {
        for (auto& error : problem.errors) error.pointer = pointer;
        throw;
    }
}

}  // namespace patron::customers
