#include "access/one_time_code.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

std::string seed_of(std::size_t length) {
    std::string seed;
    while (seed.size() < length) seed += "1234567890";
    seed.resize(length);
    return seed;
}

struct Vector {
    std::int64_t seconds;
    CodeHash hash;
    char const* code;
};

// RFC 6238, appendix B, with the seeds of its erratum 2866: as long as the hash.
TEST(OneTimeCode, IsWhatTheStandardSays) {
    for (auto const& [seconds, hash, code] : {Vector{59, CodeHash::sha1, "94287082"},
                                              {59, CodeHash::sha256, "46119246"},
                                              {59, CodeHash::sha512, "90693936"},
                                              {1111111109, CodeHash::sha1, "07081804"},
                                              {1111111109, CodeHash::sha256, "68084774"},
                                              {1111111109, CodeHash::sha512, "25091201"},
                                              {1111111111, CodeHash::sha1, "14050471"},
                                              {1111111111, CodeHash::sha256, "67062674"},
                                              {1111111111, CodeHash::sha512, "99943326"},
                                              {1234567890, CodeHash::sha1, "89005924"},
                                              {1234567890, CodeHash::sha256, "91819424"},
                                              {1234567890, CodeHash::sha512, "93441116"},
                                              {2000000000, CodeHash::sha1, "69279037"},
                                              {2000000000, CodeHash::sha256, "90698825"},
                                              {2000000000, CodeHash::sha512, "38618901"},
                                              {20000000000, CodeHash::sha1, "65353130"},
                                              {20000000000, CodeHash::sha256, "77737706"},
                                              {20000000000, CodeHash::sha512, "47863826"}}) {
        auto const seed = seed_of(hash == CodeHash::sha1 ? 20 : hash == CodeHash::sha256 ? 32 : 64);
        EXPECT_EQ(one_time_code(seed, code_step({seconds * 1000}), 8, hash), code) << seconds;
    }
}

// RFC 4226, appendix D.
TEST(OneTimeCode, CountsAsItsForerunnerDoes) {
    constexpr char const* codes[] = {"755224", "287082", "359152", "969429", "338314",
                                     "254676", "287922", "162583", "399871", "520489"};
    for (std::int64_t step = 0; step < 10; ++step) EXPECT_EQ(one_time_code(seed_of(20), step), codes[step]);
}

TEST(OneTimeCode, IsTakenOnceAndNearItsTime) {
    auto const seed = seed_of(20);
    Time const now{1'700'000'010'000};
    auto const step = code_step(now);
    for (std::int64_t off = -3; off <= 3; ++off) {
        auto const found = step_of_code(seed, one_time_code(seed, step + off), now, 0);
        EXPECT_EQ(found.has_value(), off >= -1 && off <= 1) << off;
        EXPECT_EQ(found.value_or(step + off), step + off);
    }
    auto const code = one_time_code(seed, step);
    EXPECT_TRUE(step_of_code(seed, code.substr(0, 3) + ' ' + code.substr(3), now, step - 1));
    EXPECT_FALSE(step_of_code(seed, code, now, step));
    EXPECT_FALSE(step_of_code(seed, one_time_code(seed, step - 1), now, step));
    for (auto const* wrong : {"", "1", "12345", "1234567", "abcdef"}) EXPECT_FALSE(step_of_code(seed, wrong, now, 0));
}

TEST(OneTimeCode, IsToldToThePhone) {
    EXPECT_EQ(to_base32("12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(to_base32("f"), "MY");
    EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
    EXPECT_EQ(code_uri("12345678901234567890", "Müller & Co", "a@b.c"),
              "otpauth://totp/M%C3%BCller%20%26%20Co:a%40b.c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
              "M%C3%BCller%20%26%20Co&algorithm=SHA1&digits=6&period=30");
    EXPECT_EQ(make_seed().size(), 20U);
    EXPECT_NE(make_seed(), make_seed());
}

TEST(RecoveryCode, IsReadHoweverItIsTyped) {
    auto const code = make_recovery_code();
    EXPECT_EQ(code.size(), 19U);
    EXPECT_NE(code, make_recovery_code());
    EXPECT_EQ(read_recovery_code(code).size(), 16U);
    EXPECT_EQ(read_recovery_code(" 7K2M-OILx 0000 "), "7k2m011x0000");
}

}  // namespace
}  // namespace patron
