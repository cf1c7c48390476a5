#include "base/fold.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

using std::string_literals::operator""s;

struct Utf8Row {
    char const* name;
    std::string text;
    bool well_formed;
};
class Utf8 : public testing::TestWithParam<Utf8Row> {};
TEST_P(Utf8, is_told_from_other_bytes) {
    EXPECT_EQ(is_utf8(GetParam().text), GetParam().well_formed);
    EXPECT_EQ(is_utf8("sixteen ascii ch" + GetParam().text + "and more of these"), GetParam().well_formed);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Utf8,
    testing::Values(Utf8Row{"empty", "", true}, Utf8Row{"ascii", "plain text, long enough for eight at a time", true},
                    Utf8Row{"nul", "a\0b"s, true}, Utf8Row{"two", "ü", true}, Utf8Row{"three", "東京", true},
                    Utf8Row{"four", "🙂", true}, Utf8Row{"highest", "\xF4\x8F\xBF\xBF", true},
                    Utf8Row{"too_high", "\xF4\x90\x80\x80", false}, Utf8Row{"overlong_two", "\xC0\xAF", false},
                    Utf8Row{"overlong_three", "\xE0\x80\xAF", false},
                    Utf8Row{"overlong_four", "\xF0\x80\x80\xAF", false}, Utf8Row{"surrogate", "\xED\xA0\x80", false},
                    Utf8Row{"lone_continuation", "\x80", false}, Utf8Row{"cut_short", "\xE6\x9D", false},
                    Utf8Row{"five_octets", "\xF8\x88\x80\x80\x80", false}, Utf8Row{"latin_1", "M\xFCnchen", false}),
    [](auto const& row) { return row.param.name; });

TEST(CodePoints, counts_letters_not_bytes) {
    EXPECT_EQ(code_points(""), 0u);
    EXPECT_EQ(code_points("Köln"), 4u);
    EXPECT_EQ(code_points("🙂東"), 2u);
}

struct TidyRow {
    char const* name;
    std::string typed, kept;
};
class Tidy : public testing::TestWithParam<TidyRow> {};
TEST_P(Tidy, keeps_the_one_form) {
    EXPECT_EQ(tidy(GetParam().typed), GetParam().kept);
    EXPECT_EQ(tidy(GetParam().kept), GetParam().kept);
}
INSTANTIATE_TEST_SUITE_P(Rows, Tidy,
                         testing::Values(TidyRow{"trims", " \t\n Ann  Lee \r\n", "Ann  Lee"},
                                         TidyRow{"only_white", " \xC2\xA0 ", ""},
                                         TidyRow{"trims_unicode_white",
                                                 "\xE2\x80\x83"
                                                 "Ann\xE3\x80\x80",
                                                 "Ann"},
                                         TidyRow{"composes",
                                                 "Mu\xCC\x88"
                                                 "ller",
                                                 "Müller"},
                                         TidyRow{"line_ends", "a\r\nb\rc\n\rd", "a\nb\nc\n\nd"},
                                         TidyRow{"keeps_compatibility_forms", "① ﬁ", "① ﬁ"}),
                         [](auto const& row) { return row.param.name; });

TEST(ForbiddenControl, finds_what_no_field_may_hold) {
    for (auto const& good : {"plain\ttext\nwith lines"s, "Müller"s, "שלום\xE2\x80\x8F"s, "👩\xE2\x80\x8D👩"s, ""s})
        EXPECT_FALSE(has_forbidden_control(good)) << good;
    for (auto const& bad : {"a\0b"s, "a\rb"s, "a\x1B[0m"s, "\x7F"s, "\xC2\x85"s, "\xE2\x80\xA8"s, "\xE2\x80\xA9"s,
                            "\xE2\x80\xAE"s, "\xE2\x81\xA6"s, "\xC2\x80"s})
        EXPECT_TRUE(has_forbidden_control(bad)) << testing::PrintToString(bad);
}

struct FoldRow {
    char const* name;
    std::string text, folded;
};
class Fold : public testing::TestWithParam<FoldRow> {};
TEST_P(Fold, makes_text_comparable) {
    auto const& [name, text, folded] = GetParam();
    EXPECT_EQ(fold(text), folded);
    EXPECT_EQ(fold(folded), folded) << "folding again changes nothing";
    EXPECT_EQ(fold(text + " é"), folded.empty() ? "e" : folded + " e")
        << "the way for ASCII and the way for the rest agree";
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Fold,
    testing::Values(
        FoldRow{"empty", "", ""}, FoldRow{"case_and_white", "  Ann \t\n LEE ", "ann lee"},
        FoldRow{"norwegian", "Bjørn  HANSEN", "bjorn hansen"},
        FoldRow{"german", "Große STRAẞE Köln", "grosse strasse koln"},
        FoldRow{"polish", "Stanisław WÓJCIK", "stanislaw wojcik"}, FoldRow{"turkish", "Işık İNCİ", "isik inci"},
        FoldRow{"icelandic", "Þórður Æðelstan", "thordur aedelstan"}, FoldRow{"vietnamese", "Nguyễn Đức", "nguyen duc"},
        FoldRow{"decomposed",
                "Ame\xCC\x81"
                "lie",
                "amelie"},
        FoldRow{"quotes", "O’Reilly O´Reilly O`Reilly „x“ «y»", "o'reilly o'reilly o'reilly \"x\" \"y\""},
        FoldRow{"dashes", "Jean–Luc — a−b", "jean-luc - a-b"}, FoldRow{"full_width", "ＡＢＣ　１２３", "abc 123"},
        FoldRow{"ligatures", "ﬁne œuvre", "fine oeuvre"},
        FoldRow{"greek", "Γιώργος ΠΑΠΑΔΌΠΟΥΛΟΣ", "γιωργοσ παπαδοπουλοσ"}, FoldRow{"russian", "Фёдор", "федор"},
        FoldRow{"arabic_vowels", "مُحَمَّد", "محمد"}, FoldRow{"soft_hyphen", "Donau\xC2\xADschiff", "donauschiff"},
        FoldRow{"no_break_space", "10\xC2\xA0km", "10 km"}),
    [](auto const& row) { return row.param.name; });

TEST(FoldOfScripts, keeps_marks_that_are_letters) {
    EXPECT_NE(fold("कु"), fold("क"));    // a vowel
    EXPECT_NE(fold("ば"), fold("は"));  // another consonant
    EXPECT_EQ(fold("ﾊﾞ"), fold("バ"));  // half width
    EXPECT_NE(fold("ก่า"), fold("กา"));  // a tone
}

struct WordsRow {
    char const* name;
    std::string text;
    std::vector<std::string> found;
};
class Words : public testing::TestWithParam<WordsRow> {};
TEST_P(Words, are_runs_of_letters_and_digits) { EXPECT_EQ(words(GetParam().text), GetParam().found); }
INSTANTIATE_TEST_SUITE_P(Rows, Words,
                         testing::Values(WordsRow{"empty", "", {}}, WordsRow{"marks_only", "-- … !", {}},
                                         WordsRow{"ascii", "O'Reilly & Co., 12b", {"o", "reilly", "co", "12b"}},
                                         WordsRow{"accents", "Café–Bar Søren", {"cafe", "bar", "soren"}},
                                         WordsRow{"thai", "สวัสดีครับ", {"สวัสดี", "ครับ"}},
                                         WordsRow{"chinese", "北京大学 abc", {"北京", "大学", "abc"}},
                                         WordsRow{"hindi", "नमस्ते दुनिया", {"नमस्ते", "दुनिया"}}),
                         [](auto const& row) { return row.param.name; });

TEST(SortKey, orders_as_the_locale_does) {
    auto const before = [](char const* a, char const* b, char const* locale) {
        return sort_key(a, locale) < sort_key(b, locale);
    };
    EXPECT_TRUE(before("Äpfel", "Zebra", "de"));
    EXPECT_TRUE(before("Zebra", "Äpple", "sv"));
    EXPECT_TRUE(before("Østergård", "Zorro", "en"));
    EXPECT_TRUE(before("Zorro", "Østergård", "nb-NO"));
    EXPECT_TRUE(before("Item 9", "Item 10", "en"));
    EXPECT_TRUE(before("anna", "Anna", "en"));
    EXPECT_TRUE(before("Anna", "annb", "en"));
    EXPECT_EQ(sort_key("", "de"), sort_key("", "en"));
    EXPECT_EQ(sort_key("Müller", "de"), sort_key("Mu\xCC\x88"
                                                 "ller",
                                                 "de"));
    EXPECT_EQ(sort_key("Anna", "no such locale!"), sort_key("Anna", "en")) << "a tag that is none gives the root order";
}

TEST(SortKey, keeps_up_with_many_locales) {
    for (char a = 'a'; a <= 'z'; ++a)
        for (char b = 'a'; b <= 'e'; ++b) EXPECT_FALSE(sort_key("Anna", std::string{a, b}).empty());
}

TEST(Digits, come_from_every_script) {
    EXPECT_EQ(digits("+49 (0)711-28"), "49071128");
    EXPECT_EQ(digits("٣٤ ３"), "343");
    EXPECT_EQ(digits("none"), "");
}

}  // namespace
}  // namespace patron
