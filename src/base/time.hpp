// Moments and calendar days. A moment is UTC milliseconds; a day belongs to no zone.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace patron {

struct Time {
    std::int64_t ms = 0;  // since 1970-01-01T00:00:00Z
    auto operator<=>(Time const&) const = default;
};

// RFC 3339 in UTC with milliseconds: "2026-11-21T09:30:00.000Z".
std::string to_text(Time);
std::string& add_text(std::string& text, Time);  // the same behind a text
// RFC 3339 with any offset, seconds' fraction of any length (cut to milliseconds); years 1 to 9999.
std::optional<Time> read_time(std::string_view text);
Time now_by_clock();

struct Date {
    std::int32_t days = 0;  // since 1970-01-01, proleptic Gregorian
    auto operator<=>(Date const&) const = default;
};
// ISO 8601 "2026-11-21".
std::string to_text(Date);
std::string& add_text(std::string& text, Date);
std::optional<Date> read_date(std::string_view text);
// The day that this moment falls on in UTC.
Date day_of(Time);
Time start_of(Date);

}  // namespace patron
