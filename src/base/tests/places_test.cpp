#include "base/fold.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

struct CountryRow {
    char const *named, *code;
};
TEST(Country, is_known_by_its_many_names) {
    for (auto const& [named, code] : std::initializer_list<CountryRow>{{"DE", "DE"},
                                                                       {"de", "DE"},
                                                                       {" deu ", "DE"},
                                                                       {"Germany", "DE"},
                                                                       {"Deutschland", "DE"},
                                                                       {"ALLEMAGNE", "DE"},
                                                                       {"Tyskland", "DE"},
                                                                       {"Saksa", "DE"},
                                                                       {"Niemcy", "DE"},
                                                                       {"Německo", "DE"},
                                                                       {"Almanya", "DE"},
                                                                       {"Германия", "DE"},
                                                                       {"Γερμανία", "DE"},
                                                                       {"ドイツ", "DE"},
                                                                       {"德国", "DE"},
                                                                       {"USA", "US"},
                                                                       {"U.S.A.", "US"},
                                                                       {"u.s.", "US"},
                                                                       {"United States", "US"},
                                                                       {"The United States of America", "US"},
                                                                       {"Brazil", "BR"},
                                                                       {"Brasil", "BR"},
                                                                       {"Canada", "CA"},
                                                                       {"Czech Republic", "CZ"},
                                                                       {"Czechia", "CZ"},
                                                                       {"UK", "GB"},
                                                                       {"Great Britain", "GB"},
                                                                       {"Scotland", "GB"},
                                                                       {"Holland", "NL"},
                                                                       {"the netherlands", "NL"},
                                                                       {"Österreich", "AT"},
                                                                       {"Oesterreich", ""},
                                                                       {"Schweiz", "CH"},
                                                                       {"Suisse", "CH"},
                                                                       {"Svizzera", "CH"},
                                                                       {"Côte d’Ivoire", "CI"},
                                                                       {"Ivory Coast", "CI"},
                                                                       {"Bosnia & Herzegovina", "BA"},
                                                                       {"Bosnia and Herzegovina", "BA"},
                                                                       {"Saint Lucia", "LC"},
                                                                       {"St. Lucia", "LC"},
                                                                       {"Myanmar", "MM"},
                                                                       {"Burma", "MM"},
                                                                       {"South Korea", "KR"},
                                                                       {"Korea, Republic of", "KR"},
                                                                       {"North Korea", "KP"},
                                                                       {"Congo", "CG"},
                                                                       {"Congo - Kinshasa", "CD"},
                                                                       {"Niger", "NE"},
                                                                       {"Nigeria", "NG"},
                                                                       {"Guinea", "GN"},
                                                                       {"Equatorial Guinea", "GQ"},
                                                                       {"Papua New Guinea", "PG"},
                                                                       {"Dominica", "DM"},
                                                                       {"Dominican Republic", "DO"},
                                                                       {"Hong Kong", "HK"},
                                                                       {"Türkiye", "TR"},
                                                                       {"Turkey", "TR"},
                                                                       {"Viet Nam", "VN"},
                                                                       {"Kosovo", "XK"},
                                                                       {"Russia", "RU"},
                                                                       {"Russian Federation", "RU"},
                                                                       {"India", "IN"},
                                                                       {"Georgia", "GE"},
                                                                       {"", ""},
                                                                       {"Atlantis", ""},
                                                                       {"ZZ", ""},
                                                                       {"Europe", ""},
                                                                       {"---", ""}})
        EXPECT_EQ(country_code(named).value_or(""), code) << named;
}

TEST(Country, codes_are_those_of_iso_3166) {
    int known = 0;
    for (char a = 'A'; a <= 'Z'; ++a)
        for (char b = 'A'; b <= 'Z'; ++b) known += is_country(std::string{a, b});
    EXPECT_EQ(known, 249 + 1) << "ISO 3166-1's officially assigned ones and XK";
    EXPECT_TRUE(is_country("DE"));
    for (auto const* other : {"de", "DEU", "UK", "EU", "AN", "", "IC", "D"}) EXPECT_FALSE(is_country(other)) << other;
}

TEST(Language, tags_get_their_canonical_case) {
    for (auto const& [typed, kept] :
         std::initializer_list<std::pair<char const*, char const*>>{{"en", "en"},
                                                                    {"pt-br", "pt-BR"},
                                                                    {"ZH-hant-tw", "zh-Hant-TW"},
                                                                    {"de-CH-1996", "de-CH-1996"},
                                                                    {"nb", "nb"},
                                                                    {"gsw", "gsw"},
                                                                    {"es-419", "es-419"},
                                                                    {"", ""},
                                                                    {"xx", ""},
                                                                    {"qaa", ""},
                                                                    {"und", ""},
                                                                    {"english", ""},
                                                                    {"en_US", ""},
                                                                    {"en-", ""},
                                                                    {"e", ""},
                                                                    {"en-US-", ""},
                                                                    {"-en", ""},
                                                                    {"en-ü", ""}})
        EXPECT_EQ(language_tag(typed).value_or(""), kept) << typed;
}

TEST(TimeZone, names_are_those_of_iana) {
    for (auto const* name : {"Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/UTC", "Asia/Kolkata",
                             "Asia/Calcutta", "EST5EDT", "Etc/GMT+5"})
        EXPECT_TRUE(is_time_zone(name)) << name;
    for (auto const* name : {"", "Europe/Stuttgart", "europe/berlin", "PST", "IST", "GMT+5", "GMT+03:30", "Etc/Unknown",
                             "+02:00", "Europe/Berlin ", "Ünited/Zone"})
        EXPECT_FALSE(is_time_zone(name)) << name;
}

TEST(Currency, codes_and_digits_are_those_of_iso_4217) {
    for (auto const& [code, places] : std::initializer_list<std::pair<char const*, int>>{{"EUR", 2},
                                                                                         {"USD", 2},
                                                                                         {"JPY", 0},
                                                                                         {"KWD", 3},
                                                                                         {"ISK", 0},
                                                                                         {"CLF", 4},
                                                                                         {"MGA", 2},
                                                                                         {"IQD", 3},
                                                                                         {"HUF", 2}}) {
        EXPECT_TRUE(is_currency(code)) << code;
        EXPECT_EQ(currency_digits(code), places) << code;
    }
    for (auto const* code : {"", "eur", "DEM", "HRK", "XXX", "XAU", "EU", "EURO", "UR ", "D A"})
        EXPECT_FALSE(is_currency(code)) << code;
}

}  // namespace
}  // namespace patron
