#include "base/zones.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

struct StartRow {
    char const *zone, *date, *start;
};

TEST(Zone, a_day_begins_where_its_clocks_say) {
    for (auto const& [zone, date, start] : std::initializer_list<StartRow>{
             {"UTC", "2026-03-01", "2026-03-01T00:00:00.000Z"},
             {"Europe/Berlin", "2026-01-01", "2025-12-31T23:00:00.000Z"},
             {"Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z"},
             {"Asia/Kathmandu", "2026-07-01", "2026-06-30T18:15:00.000Z"},
             {"Pacific/Kiritimati", "2026-07-01", "2026-06-30T10:00:00.000Z"},
             {"Pacific/Niue", "2026-07-01", "2026-07-01T11:00:00.000Z"},
             // Midnight was left out, or came twice, when the clocks were put forward or back at it.
             {"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"},
             {"America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"},
             {"Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00.000Z"}}) {
        Zone const there(zone);
        auto const day = *read_date(date);
        EXPECT_EQ(to_text(there.start_of(day)), start) << zone << ' ' << date;
        EXPECT_EQ(there.day_of(there.start_of(day)), day) << zone << ' ' << date;
        EXPECT_EQ(there.day_of({there.start_of(day).ms - 1}).days, day.days - 1) << zone << ' ' << date;
    }
}

TEST(Zone, follows_every_day_of_many_years) {
    for (auto const* name : {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca"}) {
        Zone const there(name);
        auto last = there.start_of(*read_date("2010-01-01"));
        for (auto day = *read_date("2010-01-02"); day < *read_date("2030-01-01"); ++day.days) {
            auto const start = there.start_of(day);
            EXPECT_EQ(there.day_of(start), day) << name;
            EXPECT_EQ(there.day_of({start.ms - 1}).days, day.days - 1) << name << ' ' << to_text(day);
            EXPECT_LE(start.ms - last.ms, 25 * 3'600'000) << name << ' ' << to_text(day);
            last = start;
        }
    }
}

}  // namespace
}  // namespace patron
