// Tokens, passwords, rights of roles.
#include "access/access.hpp"

#include <gtest/gtest.h>

#include <set>

namespace patron {
namespace {

TEST(Token, NamesItsBusinessAndNothingElse) {
    auto const token = make_token("pk", 1234);
    EXPECT_TRUE(token.starts_with("pk_"));
    EXPECT_EQ(business_of_token(token), 1234);
    EXPECT_EQ(token.size(), 3U + 4 + 52) << "52 characters of 5 bits: 260 bits";
}

TEST(Token, IsNeverTheSameTwice) {
    std::set<std::string> tokens;
    for (int i = 0; i < 1'000; ++i) tokens.insert(make_token("ps", 1));
    EXPECT_EQ(tokens.size(), 1'000U);
}

TEST(Token, IsReadOnlyWhole) {
    auto const token = make_token("pk", 7);
    for (auto const& broken : {token + "0", token.substr(0, token.size() - 1), std::string("pk_"), std::string(),
                               std::string("pk"), std::string("pk_UUUU") + token.substr(7)})
        EXPECT_FALSE(business_of_token(broken)) << broken;
}

TEST(Token, IsKeptAsAHash) {
    EXPECT_EQ(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        << "FIPS 180-4, example of SHA-256";
}

TEST(Password, IsHashedWithArgon2idAsOwaspAsks) {
    auto const hash = hash_password("seven green kettles");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_NE(hash, hash_password("seven green kettles")) << "a salt each time";
    EXPECT_TRUE(password_fits(hash, "seven green kettles"));
    EXPECT_FALSE(password_fits(hash, "seven green kettleS"));
    EXPECT_FALSE(password_fits(hash, "seven green kettles "));
    EXPECT_FALSE(password_fits("", "seven green kettles"));
}

TEST(Password, IsNotCutOff) {
    std::string const long_one(128, 'a');
    auto const hash = hash_password(long_one + "b");
    EXPECT_FALSE(password_fits(hash, long_one + "c"));
}

std::vector<Area> const areas{
    {.name = "customers", .label = "Customers", .acts = {"view", "edit", "export"}},
    {.name = "users", .label = "Staff", .changed_by = "manager"},
    {.name = "business", .label = "Business", .acts = {"view", "edit"}, .changed_by = "owner"},
    {.name = "audit", .label = "Audit", .acts = {"view"}, .seen_by = "manager"}};

TEST(Roles, MayMoreTheHigherTheyStand) {
    using Permissions = std::vector<std::string>;
    EXPECT_EQ(role_permissions("read_only", areas), (Permissions{"business.view", "customers.view", "users.view"}));
    EXPECT_EQ(role_permissions("staff", areas),
              (Permissions{"business.view", "customers.edit", "customers.view", "users.view"}));
    EXPECT_EQ(role_permissions("manager", areas),
              (Permissions{"audit.view", "business.view", "customers.edit", "customers.export", "customers.view",
                           "users.create", "users.delete", "users.edit", "users.view"}));
    auto const owner = role_permissions("owner", areas);
    EXPECT_EQ(owner.size(), 10U);
    EXPECT_TRUE(std::is_sorted(owner.begin(), owner.end()));
}

}  // namespace
}  // namespace patron
