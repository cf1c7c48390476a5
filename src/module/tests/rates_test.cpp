// How many requests one may send.
#include "module/rates.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

TEST(Places, TakeAnIpv6NetworkAsOne) {
    EXPECT_EQ(address_group("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(address_group("local"), "local");
    EXPECT_EQ(address_group("2001:db8:1:2::1"), address_group("2001:db8:1:2:ffff::9"));
    EXPECT_NE(address_group("2001:db8:1:2::1"), address_group("2001:db8:1:3::1"));
    EXPECT_NE(address_group("::ffff:192.0.2.1"), address_group("::ffff:192.0.2.2"));
}

constexpr Rates::Moment begin{};
constexpr auto after(double seconds) {
    return begin + std::chrono::duration_cast<Rates::Moment::duration>(std::chrono::duration<double>(seconds));
}

TEST(Rates, HoldBackWhoeverAsksMoreThanTenSecondsWorth) {
    Rates rates;
    rates.limit(5);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(rates.take("jane", begin), 0) << i;
    EXPECT_EQ(rates.take("jane", begin), 1);
    EXPECT_EQ(rates.take("john", begin), 0) << "each has a bucket";
    EXPECT_EQ(rates.held_back(), 1U);
}

TEST(Rates, FillAtTheRateAllowed) {
    Rates rates;
    rates.limit(5);
    for (int i = 0; i < 50; ++i) rates.take("jane", begin);
    EXPECT_EQ(rates.take("jane", after(0.1)), 1);
    EXPECT_EQ(rates.take("jane", after(0.21)), 0) << "a fifth of a second is one request";
    EXPECT_EQ(rates.take("jane", after(0.21)), 1);
    int taken = 0;
    while (rates.take("jane", after(100)) == 0) ++taken;
    EXPECT_EQ(taken, 50) << "no more than the bucket holds";
}

TEST(Rates, SayHowLongToWait) {
    Rates rates;
    rates.limit(1);
    for (int i = 0; i < 10; ++i) rates.take("jane", begin);
    EXPECT_EQ(rates.take("jane", begin), 1);
    EXPECT_EQ(rates.take("jane", after(-3600)), 1) << "a clock that goes back fills nothing";
}

TEST(Rates, OfZeroHoldNobodyBack) {
    Rates rates;
    for (int i = 0; i < 1'000; ++i) EXPECT_EQ(rates.take("jane", begin), 0);
    EXPECT_EQ(rates.size(), 0U);
}

TEST(Rates, StayWithinTheirMemoryAndKnowWhoAskedTooMuch) {
    Rates rates(100);
    rates.limit(5);
    for (int i = 0; i < 50; ++i) rates.take("jane", begin);
    for (int i = 0; i < 5'000; ++i) rates.take("place " + std::to_string(i), begin);
    EXPECT_LE(rates.size(), 100U);
    EXPECT_GT(rates.take("jane", begin), 0);
}

}  // namespace
}  // namespace patron
