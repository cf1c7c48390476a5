#include "modules/staff/guessing.hpp"

#include <gtest/gtest.h>

namespace patron::staff {
namespace {

constexpr std::int64_t half_an_hour = 30 * minute_ms;

// As many as may be tried one after the other at that time.
int tried(Tries& tries, Limit const& limit, Time now, int most = 1000) {
    int count = 0;
    for (; count < most && wait_of(tries, now) == 0; ++count) tries = one_more(tries, limit, now);
    return count;
}

TEST(Guessing, OfAnAccountEndsAfterTenForHalfAnHour) {
    Tries tries;
    Time const now{1'000'000};
    EXPECT_EQ(tried(tries, of_an_account, now), 10);
    EXPECT_EQ(wait_of(tries, now), 30 * 60);
    EXPECT_EQ(wait_of(tries, {now.ms + half_an_hour - 1}), 1);
    EXPECT_EQ(tried(tries, of_an_account, {now.ms + half_an_hour}), 10);
}

TEST(Guessing, IsNeverMoreThanAHundredInARow) {
    Tries tries;
    int all = 0;
    for (std::int64_t at = 0; at < 1000 * half_an_hour; at += half_an_hour) all += tried(tries, of_an_account, {at});
    EXPECT_EQ(all, 100);
    EXPECT_GT(wait_of(tries, {1'000'000 * half_an_hour}), 0);
}

TEST(Guessing, BeginsAnewWhenOneWasRight) {
    Tries tries;
    tried(tries, of_an_account, {0}, 9);
    tries = one_less(one_more(tries, of_an_account, {0}), of_an_account);
    EXPECT_EQ(tries, Tries{});
    EXPECT_EQ(tried(tries, of_an_account, {0}), 10);
}

TEST(Guessing, OfADeviceEndsForGood) {
    Tries tries;
    EXPECT_EQ(tried(tries, of_a_device, {0}), 10);
    EXPECT_GT(wait_of(tries, {1000 * half_an_hour}), 0);
}

TEST(Guessing, FromAPlaceIsCountedInAWindow) {
    Tries tries;
    EXPECT_EQ(tried(tries, of_a_place, {5'000}), 50);
    EXPECT_EQ(wait_of(tries, {5'000}), 15 * 60);
    EXPECT_EQ(wait_of(tries, {5'000 + of_a_place.window_ms}), 0);
    EXPECT_EQ(tried(tries, of_a_place, {5'000 + of_a_place.window_ms}), 50);
}

TEST(Guessing, RightOnesDoNotCountInAWindow) {
    Tries tries;
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(wait_of(tries, {i}), 0) << i;
        tries = one_less(one_more(tries, of_a_place, {i}), of_a_place);
    }
    tried(tries, of_a_place, {0}, 49);
    // The fiftieth was right, so the place is not closed.
    tries = one_less(one_more(tries, of_a_place, {0}), of_a_place);
    EXPECT_EQ(wait_of(tries, {0}), 0);
}

TEST(Guessing, OfCodesIsFiveAMinute) {
    Tries tries;
    EXPECT_EQ(tried(tries, of_codes, {0}), 5);
    EXPECT_EQ(wait_of(tries, {0}), 60);
    EXPECT_EQ(tried(tries, of_codes, {minute_ms}), 5);
}

}  // namespace
}  // namespace patron::staff
