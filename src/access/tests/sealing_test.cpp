#include "access/sealing.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace patron {
namespace {

class Sealing : public testing::Test {
  protected:
    std::filesystem::path const file =
        std::filesystem::temp_directory_path() / ("patron-seal-" + std::to_string(::getpid()));
    void SetUp() override { std::filesystem::remove(file); }
    void TearDown() override { std::filesystem::remove(file); }
};

TEST_F(Sealing, OpensWithItsKeyForWhatItIsAboutAlone) {
    SealKey key(file, "");
    auto const sealed = key.seal("a seed", "user 1");
    EXPECT_EQ(key.open(sealed, "user 1"), "a seed");
    EXPECT_EQ(key.open(sealed, "user 2"), std::nullopt);
    EXPECT_NE(key.seal("a seed", "user 1"), sealed);
    EXPECT_EQ(SealKey(file, "").open(sealed, "user 1"), "a seed");
    EXPECT_EQ(SealKey(file, to_base64(std::string(32, 'k'))).open(sealed, "user 1"), std::nullopt);
    EXPECT_EQ(SealKey("/nowhere/at/all", "").open(sealed, "user 1"), std::nullopt);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto broken = sealed;
        broken[i] = broken[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(key.open(broken, "user 1"), "a seed") << i;
    }
    EXPECT_EQ(key.open("", "user 1"), std::nullopt);
    EXPECT_EQ(sealed.find("a seed"), std::string::npos);
}

TEST_F(Sealing, KeepsItsKeyForTheServersUser) {
    SealKey(file, "").seal("x", "y");
    struct stat status = {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(Sealing, LeavesNothingBesideItsKey) {
    auto const folder = file.string() + ".d";
    std::filesystem::create_directory(folder);
    SealKey(folder + "/secrets.key", "").seal("x", "y");
    auto const entries = std::distance(std::filesystem::directory_iterator(folder), {});
    std::filesystem::remove_all(folder);
    EXPECT_EQ(entries, 1);
}

TEST_F(Sealing, TakesNoOtherTextForItsKey) {
    EXPECT_THROW(SealKey(file, "short"), std::runtime_error);
    std::ofstream(file) << "short\n";
    EXPECT_THROW(SealKey(file, "").seal("x", "y"), std::runtime_error);
    std::filesystem::remove(file);
    EXPECT_THROW(SealKey(file / "below", "").seal("x", "y"), std::runtime_error) << "a folder that is not there";
}

TEST_F(Sealing, ReadsAKeyInEitherAlphabetOfBase64) {
    std::string const key = std::string(16, '\xfb') + std::string(16, '\xff');
    auto usual = to_base64(key);
    std::replace(usual.begin(), usual.end(), '-', '+');
    std::replace(usual.begin(), usual.end(), '_', '/');
    ASSERT_NE(usual, to_base64(key));
    EXPECT_EQ(SealKey(file, usual + "=").open(SealKey(file, to_base64(key)).seal("a seed", "x"), "x"), "a seed");
}

TEST_F(Sealing, SignsByAKeyThatFollowsFromIt) {
    SealKey key(file, "");
    auto const open = key.public_key(), signature = key.sign("row 7");
    EXPECT_TRUE(is_signed("row 7", signature, open));
    EXPECT_FALSE(is_signed("row 8", signature, open));
    EXPECT_TRUE(is_signed("row 8", SealKey(file, "").sign("row 8"), open)) << "the same file, another start";
    EXPECT_FALSE(is_signed("row 7", SealKey(file, to_base64(std::string(32, 'k'))).sign("row 7"), open));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto broken = signature;
        broken[i] = broken[i] == 'A' ? 'g' : 'A';
        EXPECT_FALSE(is_signed("row 7", broken, open)) << i;
    }
    for (auto const& other : {std::string(), signature + "A", signature.substr(1), std::string("*"), open})
        EXPECT_FALSE(is_signed("row 7", other, open)) << other;
    EXPECT_FALSE(is_signed("row 7", signature, ""));
}

}  // namespace
}  // namespace patron
