#include "base/fold.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace patron {
namespace {

struct EmailRow {
    char const* name;
    std::string typed, kept;
};  // kept: empty when refused
class Email : public testing::TestWithParam<EmailRow> {};
TEST_P(Email, has_one_normal_form) {
    auto const& [name, typed, kept] = GetParam();
    EXPECT_EQ(normal_email(typed).value_or(""), kept);
    if (!kept.empty()) { EXPECT_EQ(normal_email(kept).value_or(""), kept); }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Email,
    testing::Values(EmailRow{"plain", "ann@example.com", "ann@example.com"},
                    EmailRow{"case_and_white", " Ann.Lee@Example.COM ", "ann.lee@example.com"},
                    EmailRow{"tag", "ann+news@example.com", "ann+news@example.com"},
                    EmailRow{"odd_but_allowed", "!#$%&'*/=?^_`{|}~-@a.b", "!#$%&'*/=?^_`{|}~-@a.b"},
                    EmailRow{"polish_local_part", "Stanisław.Wójcik@wp.pl", "stanisław.wójcik@wp.pl"},
                    EmailRow{"composed",
                             "ame\xCC\x81"
                             "lie@x.fr",
                             "amélie@x.fr"},
                    EmailRow{"domain_of_letters", "info@MÜNCHEN.de", "info@xn--mnchen-3ya.de"},
                    EmailRow{"sharp_s", "a@straße.de", "a@xn--strae-oqa.de"},
                    EmailRow{"ideographic_dot", "a@例え。jp", "a@xn--r8jz45g.jp"},
                    EmailRow{"localhost", "root@localhost", "root@localhost"},
                    EmailRow{"longest_local_part", std::string(64, 'a') + "@x.de", std::string(64, 'a') + "@x.de"},
                    EmailRow{"local_part_too_long", std::string(65, 'a') + "@x.de", ""},
                    EmailRow{"label_too_long", "a@" + std::string(64, 'a') + ".de", ""},
                    EmailRow{"whole_too_long",
                             std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
                                 std::string(60, 'd') + ".de",
                             ""},
                    EmailRow{"empty", "", ""}, EmailRow{"no_at", "ann.example.com", ""},
                    EmailRow{"two_ats", "a@b@example.com", ""}, EmailRow{"no_local_part", "@example.com", ""},
                    EmailRow{"no_domain", "ann@", ""}, EmailRow{"no_dot", "ann@example", ""},
                    EmailRow{"dot_first", ".ann@x.de", ""}, EmailRow{"dot_last", "ann.@x.de", ""},
                    EmailRow{"dots_together", "a..b@x.de", ""}, EmailRow{"empty_label", "a@x..de", ""},
                    EmailRow{"dot_behind", "a@x.de.", ""}, EmailRow{"space_inside", "an n@x.de", ""},
                    EmailRow{"line_inside", "ann\n@x.de", ""}, EmailRow{"quoted", "\"ann lee\"@x.de", ""},
                    EmailRow{"comment", "ann(home)@x.de", ""}, EmailRow{"with_name", "Ann <ann@x.de>", ""},
                    EmailRow{"address_literal", "a@[192.0.2.1]", ""}, EmailRow{"bare_address", "a@192.0.2.1", ""},
                    EmailRow{"underscore_in_domain", "a@x_y.de", ""}, EmailRow{"hyphen_first", "a@-x.de", ""},
                    EmailRow{"broken_bytes", "a\xFF@x.de", ""}, EmailRow{"hidden_letter", "a\xE2\x80\x8B@x.de", ""},
                    EmailRow{"bad_label", "a@xn--0.de", ""}),
    [](auto const& row) { return row.param.name; });

struct PhoneRow {
    char const *name, *typed, *country, *e164, *where;
};
class Phone : public testing::TestWithParam<PhoneRow> {};
TEST_P(Phone, is_understood_as_typed) {
    auto const& row = GetParam();
    auto const form = read_phone(row.typed, row.country);
    EXPECT_EQ(form ? form->e164 : "", row.e164);
    if (form) { EXPECT_EQ(form->country, row.where); }
}
INSTANTIATE_TEST_SUITE_P(
    Rows, Phone,
    testing::Values(PhoneRow{"plus", "+55 (12) 3923-5555", "", "+551239235555", "BR"},
                    PhoneRow{"trunk_zero", "+49 0711 2842222", "DE", "+497112842222", "DE"},
                    PhoneRow{"zero_in_brackets", "+44 (0)20 7707 0707", "GB", "+442077070707", "GB"},
                    PhoneRow{"italian_zero_stays", "+39 06 39733434", "IT", "+390639733434", "IT"},
                    PhoneRow{"national", "(514) 721-4711", "CA", "+15147214711", "CA"},
                    PhoneRow{"national_without_country", "(514) 721-4711", "", "", ""},
                    PhoneRow{"lower_case_country", "030 26550280", "de", "+493026550280", "DE"},
                    PhoneRow{"double_zero", "0049 711 2842222", "FR", "+497112842222", "DE"},
                    PhoneRow{"double_zero_without_country", "00 49 (0)711 2842222", "", "+497112842222", "DE"},
                    PhoneRow{"double_zero_in_america", "0049 711 2842222", "US", "+497112842222", "DE"},
                    PhoneRow{"american_way_out", "011 49 711 2842222", "US", "+497112842222", "DE"},
                    PhoneRow{"australian_way_out", "0011 49 711 2842222", "AU", "+497112842222", "DE"},
                    PhoneRow{"plus_wins", "+41 44 668 18 00", "DE", "+41446681800", "CH"},
                    PhoneRow{"full_width", "＋４９ ７１１ ２８４２２２２", "", "+497112842222", "DE"},
                    PhoneRow{"dots_and_slash", "0711/284.22.22", "DE", "+497112842222", "DE"},
                    PhoneRow{"extension", "+1 650 253 0000 ext. 12", "US", "+16502530000", "US"},
                    PhoneRow{"words_before", "Tel.: +49 711 2842222", "", "+497112842222", "DE"},
                    PhoneRow{"letters", "1-800-FLOWERS", "US", "+18003569377", "US"},
                    PhoneRow{"of_no_country", "+800 1234 5678", "", "+80012345678", ""},
                    PhoneRow{"unknown_country", "0711 2842222", "QQ", "", ""},
                    PhoneRow{"too_short", "+49 711", "DE", "", ""},
                    PhoneRow{"too_long", "+49 711 2842222 2842222", "DE", "", ""},
                    PhoneRow{"no_number", "call me", "DE", "", ""}, PhoneRow{"empty", "", "DE", "", ""},
                    PhoneRow{"only_zeros", "00", "DE", "", ""},
                    PhoneRow{"no_such_country_code", "+999 12345678", "", "", ""}),
    [](auto const& row) { return row.param.name; });

TEST(Phone, is_shown_internationally) {
    EXPECT_EQ(read_phone("012 39235555", "BR").value_or(PhoneForm{}).international, "+55 12 3923-5555");
}

// data/phones.csv: typed;country;E.164 or nothing – the telephone and fax numbers of the Chinook sample database.
// What was read lately is remembered by what was typed and where: the same digits are another number elsewhere.
TEST(Phone, read_again_is_the_same) {
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(read_e164("06 28 11 22 33", "FR"), "+33628112233");
        EXPECT_EQ(read_e164("06 28 11 22 33", "US"), std::nullopt);
        EXPECT_EQ(read_e164("no number", "FR"), std::nullopt);
        for (int i = 0; i < 600; ++i) read_e164("+33 6 28 11 " + std::to_string(1000 + i), "FR");
    }
}

TEST(Phone, of_the_sample_business_are_understood) {
    std::ifstream file(std::filesystem::path(PATRON_BASE_TESTS) / "data/phones.csv");
    ASSERT_TRUE(file);
    int count = 0;
    for (std::string line; std::getline(file, line); ++count) {
        std::istringstream cells(line);
        std::string typed, country, e164;
        std::getline(std::getline(std::getline(cells, typed, ';'), country, ';'), e164, ';');
        auto const code = country_code(country);
        ASSERT_TRUE(code) << country;
        auto const form = read_phone(typed, *code);
        EXPECT_EQ(form ? form->e164 : "", e164) << typed;
        if (form) { EXPECT_EQ(form->country, *code) << typed; }
    }
    EXPECT_EQ(count, 70);
}

}  // namespace
}  // namespace patron
