#include "base/fold.hpp"

#include <gtest/gtest.h>
#include <random>

namespace patron {
namespace {

std::string masked(std::string text) {
    for (auto const& span : find_secrets(text))
        text.replace(span.begin, span.end - span.begin, span.end - span.begin,
                     span.kind == SecretSpan::Kind::card ? '#' : '*');
    return text;
}
std::string marks(std::size_t count, char mark) { return std::string(count, mark); }

struct SecretRow {
    char const* name;
    std::string text, masked;
};
class Secret : public testing::TestWithParam<SecretRow> {};
TEST_P(Secret, is_found_where_it_stands) { EXPECT_EQ(masked(GetParam().text), GetParam().masked); }

// The numbers are the public test numbers of the card schemes and the examples of the IBAN registry.
INSTANTIATE_TEST_SUITE_P(
    Cards, Secret,
    testing::Values(SecretRow{"nothing", "", ""},
                    SecretRow{"visa", "card 4111111111111111, thanks", "card " + marks(16, '#') + ", thanks"},
                    SecretRow{"fours", "4111 1111 1111 1111", marks(19, '#')},
                    SecretRow{"dashes", "(5555-5555-5555-4444)", "(" + marks(19, '#') + ")"},
                    SecretRow{"dots", "no:6011.1111.1111.1117.", "no:" + marks(19, '#') + "."},
                    SecretRow{"amex", "3782 822463 10005", marks(17, '#')},
                    SecretRow{"diners", "3056 930902 5904", marks(16, '#')},
                    SecretRow{"old_visa", "4222222222222", marks(13, '#')},
                    SecretRow{"nineteen", "6304 0000 0000 0000 018", marks(23, '#')},
                    SecretRow{"odd_groups", "41 111111 11111 111", marks(19, '#')},
                    SecretRow{"spaced_dashes", "4111 - 1111 - 1111 - 1111", marks(25, '#')},
                    SecretRow{"no_break_spaces",
                              "4111\xC2\xA0"
                              "1111\xC2\xA0"
                              "1111\xC2\xA0"
                              "1111",
                              marks(22, '#')},
                    SecretRow{"full_width", "４１１１１１１１１１１１１１１１", marks(48, '#')},
                    SecretRow{"security_code_behind", "4111 1111 1111 1111 737", marks(19, '#') + " 737"},
                    SecretRow{"date_behind", "4111111111111111 12/30", marks(16, '#') + " 12/30"},
                    SecretRow{"quantity_before", "12 4111111111111111", "12 " + marks(16, '#')},
                    SecretRow{"two_of_them", "4111111111111111 5555555555554444",
                              marks(16, '#') + " " + marks(16, '#')},
                    SecretRow{"wrong_luhn", "4111 1111 1111 1112", "4111 1111 1111 1112"},
                    SecretRow{"unknown_issuer", "1111 1111 1111 1117", "1111 1111 1111 1117"},
                    SecretRow{"in_a_word", "x4111111111111111 4111111111111111x _4111111111111111",
                              "x4111111111111111 4111111111111111x _4111111111111111"},
                    SecretRow{"longer_number", "41111111111111110000", "41111111111111110000"},
                    SecretRow{"plus_before", "+4222222222222", "+4222222222222"},
                    SecretRow{"fraction", "0.4111111111111111", "0.4111111111111111"},
                    SecretRow{"barcode", "4006381333931", "4006381333931"},
                    SecretRow{"phones", "+49 711 2842222, 0711/2842222 - 030 26550280",
                              "+49 711 2842222, 0711/2842222 - 030 26550280"},
                    SecretRow{"years", "2021 2022 2023 2024 2025", "2021 2022 2023 2024 2025"}),
    [](auto const& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(
    Ibans, Secret,
    testing::Values(SecretRow{"plain", "to DE89370400440532013000.", "to " + marks(22, '*') + "."},
                    SecretRow{"printed", "GB29 NWBK 6016 1331 9268 19", marks(27, '*')},
                    SecretRow{"lower", "gb29nwbk60161331926819 please", marks(22, '*') + " please"},
                    SecretRow{"short", "NO9386011117947", marks(15, '*')},
                    SecretRow{"word_behind", "FR14 2004 1010 0505 0001 3M02 606 is mine", marks(33, '*') + " is mine"},
                    SecretRow{"long", "MT84MALT011000012345MTLCAST001S", marks(31, '*')},
                    SecretRow{"wrong_check", "DE88370400440532013000", "DE88370400440532013000"},
                    SecretRow{"wrong_length", "DE8937040044053201300012", "DE8937040044053201300012"},
                    SecretRow{"unknown_country", "US89370400440532013000", "US89370400440532013000"},
                    SecretRow{"in_a_word", "xDE89370400440532013000", "xDE89370400440532013000"},
                    SecretRow{"cut_short", "DE89 3704", "DE89 3704"}),
    [](auto const& row) { return row.param.name; });

class Numbers {
  public:
    explicit Numbers(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
    std::string some(std::size_t count) {
        std::string out;
        while (out.size() < count) out += static_cast<char>('0' + below(10));
        return out;
    }
    // '9' stands for any digit, the rest for itself.
    std::string like(std::string_view pattern) {
        std::string out;
        for (char const letter : pattern) out += letter == '9' ? some(1)[0] : letter;
        return out;
    }
    template <std::size_t N>
    char const* of(char const* const (&choices)[N]) {
        return choices[below(N)];
    }

  private:
    std::mt19937 random_;
};

std::string with_luhn_digit(std::string number) {
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        int const digit = number[number.size() - 1 - i] - '0';
        sum += i % 2 == 1 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
    }
    return number + static_cast<char>('0' + (10 - sum % 10) % 10);
}

// As printed, in fours, at random places, or without.
std::string separated(std::string const& number, Numbers& random) {
    char const separator = " -."[random.below(3)];
    auto const way = random.below(4);
    std::string out;
    for (std::size_t i = 0; i < number.size(); ++i) {
        bool const amex = number.size() == 15 || number.size() == 14;
        bool const here = way == 0   ? (amex ? i == 4 || i == 10 : i % 4 == 0 && i > 0)
                          : way == 1 ? i % 4 == 0 && i > 0
                          : way == 2 ? number.size() > 13 && i > 0 && random.below(5) == 0
                                     : false;
        if (here) out += separator;
        out += number[i];
    }
    return out;
}

TEST(Secrets, finds_nearly_every_card_however_it_is_separated) {
    struct {
        char const* prefix;
        std::size_t digits;
    } const kinds[] = {{"4", 16},    {"4", 16},  {"4", 16},  {"51", 16},  {"55", 16},   {"2221", 16}, {"2720", 16},
                       {"34", 15},   {"37", 15}, {"36", 14}, {"305", 14}, {"6011", 16}, {"65", 16},   {"649", 16},
                       {"3530", 16}, {"62", 16}, {"62", 19}, {"4", 19},   {"4", 13},    {"6759", 16}, {"5018", 13}};
    Numbers random(45);
    int found = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const& kind = kinds[random.below(std::size(kinds))];
        std::string const prefix = kind.prefix;
        auto const card = separated(with_luhn_digit(prefix + random.some(kind.digits - 1 - prefix.size())), random);
        auto const spans = find_secrets("please book it on " + card + ", thanks");
        found += spans.size() == 1 && spans[0].begin == 18 && spans[0].end == 18 + card.size();
    }
    RecordProperty("found_of_10000", found);
    EXPECT_GE(found, 9'900);
}

// Made so that a part of each is an IBAN by country, length and check digits.
TEST(Secrets, takes_no_part_of_a_uuid_for_an_iban) {
    std::string const belgian = "3f2504e0-4f89-41d3-be68-539007547034",
                      estonian = "ee382200-2210-2014-5685-c0ffee123456";
    for (auto const& uuid : {belgian, estonian}) {
        EXPECT_EQ(masked("source " + uuid), "source " + uuid);
        EXPECT_EQ(masked(uuid + ", and again " + uuid), uuid + ", and again " + uuid);
    }
    EXPECT_EQ(masked("be68-539007547034"), marks(17, '*')) << "by itself it is one";
    EXPECT_EQ(masked(belgian + " BE68539007547034"), belgian + " " + marks(16, '*'));
    // Longer than a UUID it is none.
    EXPECT_EQ(masked("ee382200-2210-2014-5685-c0ffee1234567").substr(0, 24), marks(23, '*') + "-");
}

TEST(Secrets, takes_hardly_a_phone_or_an_id_for_a_card) {
    char const* const shapes[] = {"+49 999 9999999",
                                  "+499999999999",
                                  "0049 999 9999 999",
                                  "0999/9999999",
                                  "(999) 999-9999",
                                  "+1 (999) 999-9999",
                                  "1-999-999-9999",
                                  "+44 9999 999999",
                                  "4499999999999",
                                  "49 999 99999999",
                                  "+33 9 99 99 99 99",
                                  "+55 (99) 99999-9999",
                                  "+86 999 9999 9999",
                                  "91-99999-99999",
                                  "999.999.9999",
                                  "INV-2024-999999",
                                  "99999999",
                                  "9999999999",
                                  "999999999999",
                                  "#9999999999999",
                                  "9999999999999999",
                                  "2024-09-19 19:59:59",
                                  "20240919195959",
                                  "1799999999999",
                                  "1799999999999999",
                                  "99999-9999-9999",
                                  "999-99-9999",
                                  "99999999-9999-4999-8999-999999999999",
                                  "DE999999999",
                                  "R99999999999999999999",
                                  "35 999999 999999 9",
                                  "00340999999999999999",
                                  "1Z999AA19999999999",
                                  "9.99999999999",
                                  "400999999999",
                                  "49.9999, 9.9999",
                                  "2020 2021 2022 2023",
                                  "978-9-99-999999-9"};
    Numbers random(46);
    int alarms = 0;
    for (int i = 0; i < 100'000; ++i) alarms += !find_secrets("ref " + random.like(random.of(shapes)) + " ok").empty();
    RecordProperty("alarms_of_100000", alarms);
    EXPECT_LE(alarms, 1'000);
}

}  // namespace
}  // namespace patron
