#include "modules/imports/cleaning.hpp"
#include "modules/imports/masking.hpp"
#include "modules/imports/values.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace patron::imports {
namespace {

Date const today = *read_date("2026-11-21");

std::string date(std::string_view text, DateOrder order = DateOrder::day_first) {
    auto const found = read_any_date(text, order, today);
    return found ? to_text(*found) : "none";
}

TEST(Names, AreParted) {
    struct {
        std::string_view typed, given, family, company;
    } const cases[] = {
        {"Luís Gonçalves", "Luís", "Gonçalves", ""},
        {"Gonçalves, Luís", "Luís", "Gonçalves", ""},
        {"Ludwig van Beethoven", "Ludwig", "van Beethoven", ""},
        {"María de la Cruz", "María", "de la Cruz", ""},
        {"Herr Jörg  Müller", "Jörg", "Müller", ""},
        {"Dr. Anna Weiß", "Dr. Anna", "Weiß", ""},
        {"JOHN SMITH", "John", "Smith", ""},
        {"Martin Luther King Jr.", "Martin Luther", "King Jr.", ""},
        {"Muster GmbH", "", "", "Muster GmbH"},
        {"JetBrains s.r.o.", "", "", "JetBrains s.r.o."},
        {"Cher", "Cher", "", ""},
        {"", "", "", ""},
    };
    for (auto const& one : cases) {
        auto const name = split_name(one.typed);
        EXPECT_EQ(name.given, one.given) << one.typed;
        EXPECT_EQ(name.family, one.family) << one.typed;
        EXPECT_EQ(name.company, one.company) << one.typed;
    }
}

TEST(Capitals, AreCalmedWhereAllAreCapitals) {
    EXPECT_EQ(calm_capitals("JEAN-LUC O'NEIL"), "Jean-Luc O'Neil");
    EXPECT_EQ(calm_capitals("MÜLLER"), "Müller");
    EXPECT_EQ(calm_capitals("McDonald"), "McDonald");
    EXPECT_EQ(calm_capitals("AL"), "AL");
    EXPECT_EQ(calm_capitals("HENRY VIII"), "Henry VIII");
    EXPECT_EQ(calm_capitals("王小明"), "王小明");
}

TEST(Cells, ThatSayNothingAreEmpty) {
    for (auto const text : {"", "  ", "-", "n/a", "NULL", "\\N", "\t"}) EXPECT_EQ(clean_line(text), "") << text;
    EXPECT_EQ(clean_line("  a \n b\t c "), "a b c");
    EXPECT_EQ(clean_text(" a\r\nb "), "a\nb");
}

TEST(Dates, InManyForms) {
    EXPECT_EQ(date("2026-11-21"), "2026-11-21");
    EXPECT_EQ(date("2026/1/2"), "2026-01-02");
    EXPECT_EQ(date("20261121"), "2026-11-21");
    EXPECT_EQ(date("02161121"), date("0216-11-21"));  // both no day of our time
    EXPECT_EQ(date("21.11.2026"), "2026-11-21");
    EXPECT_EQ(date("1. 2. 26"), "2026-02-01");
    EXPECT_EQ(date("3/4/2026"), "2026-04-03");
    EXPECT_EQ(date("3/4/2026", DateOrder::month_first), "2026-03-04");
    EXPECT_EQ(date("3/14/2026"), "2026-03-14");
    EXPECT_EQ(date("14/3/2026", DateOrder::month_first), "2026-03-14");
    EXPECT_EQ(date("5.6.1998 00:00"), "1998-06-05");
    EXPECT_EQ(date("1/2/98"), "1998-02-01");
    EXPECT_EQ(date("21 Nov 2026"), "2026-11-21");
    EXPECT_EQ(date("Nov 21, 2026"), "2026-11-21");
    EXPECT_EQ(date("21. März 2025"), "2025-03-21");
    EXPECT_EQ(date("2 de mayo de 2024"), "2024-05-02");
    for (auto const text : {"31.02.2026", "2026-13-01", "soon", "12", "1/2", "99/99/99", "1.2-2026"})
        EXPECT_EQ(date(text), "none") << text;
}

TEST(Dates, ShowTheirOrder) {
    EXPECT_EQ(order_shown_by("13/1/2026"), DateOrder::day_first);
    EXPECT_EQ(order_shown_by("1/13/2026"), DateOrder::month_first);
    EXPECT_EQ(order_shown_by("1.2.2026"), DateOrder::day_first);
    EXPECT_FALSE(order_shown_by("1/2/2026"));
    EXPECT_FALSE(order_shown_by("2026-13-01"));
}

TEST(Times, InManyForms) {
    auto const time = [](std::string_view text) {
        auto const found = read_any_time(text, DateOrder::day_first, today);
        return found ? to_text(*found) : "none";
    };
    EXPECT_EQ(time("2026-11-21T09:30:00+01:00"), "2026-11-21T08:30:00.000Z");
    EXPECT_EQ(time("2026-11-21 09:30"), "2026-11-21T09:30:00.000Z");
    EXPECT_EQ(time("21.11.2026 9:30:15"), "2026-11-21T09:30:15.000Z");
    EXPECT_EQ(time("21/11/2026 9:30 PM"), "2026-11-21T21:30:00.000Z");
    EXPECT_EQ(time("21.11.2026"), "2026-11-21T00:00:00.000Z");
    EXPECT_EQ(time("never"), "none");
}

TEST(Lists, AreCut) {
    EXPECT_EQ(split_list("VIP, Berlin; friends|VIP"), (std::vector<std::string>{"VIP", "Berlin", "friends"}));
    EXPECT_EQ(split_list("* myContacts ::: Friends, old ::: * Work"),
              (std::vector<std::string>{"Friends, old", "Work"}));
    EXPECT_EQ(split_values("+1 2 ::: +3 4"), (std::vector<std::string>{"+1 2", "+3 4"}));
}

TEST(YesAndNo, InSeveralLanguages) {
    for (auto const text : {"yes", "Ja", "x", "1", "oui", "SÍ", "true"}) EXPECT_EQ(read_yes_no(text), true) << text;
    for (auto const text : {"no", "Nein", "0", "não", "FALSE"}) EXPECT_EQ(read_yes_no(text), false) << text;
    EXPECT_FALSE(read_yes_no("maybe"));
}

TEST(Languages, ByTagAndName) {
    EXPECT_EQ(read_language("pt_br"), "pt-BR");
    EXPECT_EQ(read_language("Deutsch"), "de");
    EXPECT_FALSE(read_language("Klingonese dialect"));
}

TEST(Decimals, WithEitherSeparator) {
    EXPECT_EQ(read_decimal("1.234,56"), "1234.56");
    EXPECT_EQ(read_decimal("1,234.56"), "1234.56");
    EXPECT_EQ(read_decimal("1234,5"), "1234.5");
    EXPECT_EQ(read_decimal("1,234"), "1234");
    EXPECT_EQ(read_decimal("1.234"), "1.234");
    EXPECT_EQ(read_decimal("1.234.567"), "1234567");
    EXPECT_EQ(read_decimal("-3"), "-3");
    EXPECT_FALSE(read_decimal("12a"));
    EXPECT_FALSE(read_decimal("."));
}

TEST(Masking, CoversAllButTheLastFour) {
    EXPECT_EQ(masked("card 4111 1111 1111 1111, thanks"), "card XXXX XXXX XXXX 1111, thanks");
    EXPECT_EQ(masked("DE89 3704 0044 0532 0130 00"), "DEXX XXXX XXXX XXXX XX30 00");
    EXPECT_EQ(masked("order 12345"), "order 12345");
    EXPECT_EQ(secret_in("4111 1111 1111 1111"), Secret::card_number);
    EXPECT_EQ(secret_in(masked("pays with 4111-1111-1111-1111")), Secret::card_number);
    EXPECT_EQ(secret_in(masked("DE89370400440532013000")), Secret::bank_account);
    EXPECT_EQ(secret_in("size XXL, 1234"), Secret::none);
}

TEST(Masking, ChangesTheFileInPlaceInAnyEncoding) {
    auto const path = std::filesystem::path(testing::TempDir()) / "masking.csv";
    auto const wide = [](std::string const& text) {
        std::string out;
        for (char const c : text) (out += c) += '\0';
        return out;
    };
    for (auto const& [encoding, make] : {std::pair<std::string, std::function<std::string(std::string)>>{
                                             "UTF-8", [](std::string text) { return text; }},
                                         {"UTF-16LE", wide}}) {
        std::string const rows =
            "a;\"say \"\"4111111111111111\"\" twice\";secret word;+49 151 12345678\r\nb;plain;pw;x\r\n";
        std::string const want =
            "a;\"say \"\"XXXXXXXXXXXX1111\"\" twice\";XXXXXX XXXX;+49 151 12345678\r\nb;plain;XX;x\r\n";
        std::ofstream(path, std::ios::binary) << make(rows);
        EXPECT_EQ(mask_in_place(path, {encoding, ';', false}, 0, 1,
                                {ColumnGuard::numbers, ColumnGuard::numbers, ColumnGuard::all, ColumnGuard::none}),
                  3u);
        std::ifstream stream(path, std::ios::binary);
        EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), make(want)) << encoding;
    }
    std::filesystem::remove(path);
}

}  // namespace
}  // namespace patron::imports
