#include "base/zones.hpp"

#include "base/unicode.hpp"

#include <unicode/timezone.h>

namespace patron {

struct Zone::Rules {
    std::unique_ptr<icu::TimeZone> zone;

    // How far the clocks there are ahead of UTC; `local`: at a moment as those clocks show it.
    std::int64_t offset(std::int64_t ms, bool local) const {
        std::int32_t raw = 0, summer = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone->getOffset(static_cast<UDate>(ms), local, raw, summer, status);
        return U_FAILURE(status) ? 0 : std::int64_t{raw} + summer;
    }
};

Zone::Zone(std::string_view name) : rules_(std::make_unique<Rules>()) {
    rules_->zone.reset(icu::TimeZone::createTimeZone(utf16(name)));
}
Zone::~Zone() = default;
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;

Date Zone::day_of(Time time) const { return patron::day_of(Time{time.ms + rules_->offset(time.ms, false)}); }

Time Zone::start_of(Date date) const {
    auto const midnight = patron::start_of(date).ms;
    auto const guess = midnight - rules_->offset(midnight, true);
    if (day_of({guess}) == date && day_of({guess - 1}) < date) return {guess};
    // The clocks were put forward or back at midnight: no zone is further than a day from UTC.
    constexpr std::int64_t day_ms = 86'400'000;
    auto before = midnight - day_ms, there = midnight + day_ms;
    while (there - before > 1) {
        auto const between = before + (there - before) / 2;
        (day_of({between}) < date ? before : there) = between;
    }
    return {there};
}

}  // namespace patron
