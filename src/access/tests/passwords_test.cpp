#include "access/passwords.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

struct Choice {
    std::string password;
    char const* code;  // nullptr: good
};

std::vector<std::string> const context{"Jane.Peacock@example.com", "Jane Peacock", "Harbour Music", "Patron"};

TEST(Password, MayBeAnythingLongThatIsNotGuessedFirst) {
    for (auto const& [password, code] : {Choice{"seven green kettles", nullptr},
                                         {"пароль из слов", nullptr},
                                         {"🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊 1", nullptr},
                                         {" outer spaces ", nullptr},
                                         {"alllowercaseandnothingelse", nullptr},
                                         {"monkey and a dragon at sunset", nullptr},
                                         {"dragon 8392 0174 8233", nullptr},
                                         {"Jane found a kettle", nullptr},
                                         {"short", "too_short"},
                                         {"elevenchars", "too_short"},
                                         {"Password1234", "well_known"},
                                         {"P@ssw0rd1234", "well_known"},
                                         {"!!Dragon2026", "well_known"},
                                         {"trustno1!!!!", "well_known"},
                                         {"1qaz2wsx3edc", "well_known"},
                                         {"finalfantasy", "well_known"},
                                         {"aaaaaaaaaaaaaaa", "too_easy"},
                                         {"            ", "too_easy"},
                                         {"abcabcabcabc", "too_easy"},
                                         {"asdfghjklpoiuytr", "too_easy"},
                                         {"2345678901234", "too_easy"},
                                         {"jane.peacock@example.com", "too_close"},
                                         {"HarbourMusic2026", "too_close"},
                                         {"patronpeacock!", "too_close"}}) {
        auto const weakness = password_weakness(password, "/password", context);
        EXPECT_EQ(weakness ? weakness->code : "good", code ? code : "good") << password;
        if (weakness) { EXPECT_EQ(weakness->pointer, "/password"); }
    }
}

TEST(Password, CountsCharactersAsPeopleDo) {
    EXPECT_FALSE(password_weakness(std::string(60, 'a') + std::string(68, 'b'), "/password", {}));
    EXPECT_TRUE(password_weakness(std::string(60, 'a') + std::string(69, 'b'), "/password", {}));
    EXPECT_EQ(password_weakness("ключключклю", "/password", {})->code, "too_short");
}

TEST(Password, KnowsTheOnesThatGuessingBeginsWith) {
    for (auto const* one : {"password", "qwerty", "dragon", "unbelievable", "correcthorsebatterystaple"})
        EXPECT_TRUE(is_common_password(one)) << one;
    EXPECT_FALSE(is_common_password(""));
    EXPECT_FALSE(is_common_password("seven green kettles"));
}

}  // namespace
}  // namespace patron
