#include "base/money.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

TEST(Money, is_told_with_the_decimals_of_its_currency) {
    EXPECT_EQ(money_text({1250, "EUR"}), "12.50 EUR");
    EXPECT_EQ(money_text({-5, "EUR"}), "-0.05 EUR");
    EXPECT_EQ(money_text({0, "USD"}), "0.00 USD");
    EXPECT_EQ(money_text({-300, "JPY"}), "-300 JPY");
    EXPECT_EQ(money_text({1, "KWD"}), "0.001 KWD");
}

}  // namespace
}  // namespace patron
