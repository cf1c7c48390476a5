#include "base/tests/csv_files.hpp"

#include <random>
#include <stdexcept>
#include <system_error>

namespace patron {
namespace {

using std::string_literals::operator""s;

struct ReadRow {
    char const* name;
    std::string bytes;
    std::vector<std::string> rows;
    char delimiter = ',';
    char const* encoding = "UTF-8";
};
void PrintTo(ReadRow const& row, std::ostream* out) { *out << row.name; }
class CsvRead : public testing::TestWithParam<ReadRow> {};
TEST_P(CsvRead, gives_rows_and_can_go_on_behind_each) {
    auto const& test = GetParam();
    CsvFile const file(test.bytes);
    CsvFormat const format{test.encoding, test.delimiter, false};
    auto const rows = file.rows(format);
    auto const expected = test.rows;
    EXPECT_EQ(shown(rows), expected);
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(shown(file.rows(format, rows[i].next_offset, rows[i].next_line)),
                  std::vector(expected.begin() + static_cast<std::ptrdiff_t>(i) + 1, expected.end()))
            << "behind row " << i;
}
INSTANTIATE_TEST_SUITE_P(Plain, CsvRead,
                         testing::Values(ReadRow{"nothing", "", {}}, ReadRow{"only_line_ends", "\n\r\n\r", {}},
                                         ReadRow{"one_cell", "a", {"1:a|"}},
                                         ReadRow{"last_line_open", "a,b\nc,d", {"1:a|b|", "2:c|d|"}},
                                         ReadRow{"line_feeds", "a,b\nc,d\n", {"1:a|b|", "2:c|d|"}},
                                         ReadRow{"carriage_returns", "a,b\rc,d\r", {"1:a|b|", "2:c|d|"}},
                                         ReadRow{"both", "a,b\r\nc,d\r\n", {"1:a|b|", "2:c|d|"}},
                                         ReadRow{"empty_cells", ",\n,,\na,\n", {"1:||", "2:|||", "3:a||"}},
                                         ReadRow{"delimiter_last_in_file", "a,", {"1:a||"}},
                                         ReadRow{"empty_lines_skipped", "\n\na\n\r\n\nb\n\n", {"3:a|", "6:b|"}},
                                         ReadRow{"white_is_kept", " a , b \n", {"1: a | b |"}},
                                         ReadRow{"semicolons", "a;b,c\n", {"1:a|b,c|"}, ';'},
                                         ReadRow{"tabs", "a\tb;c\n", {"1:a|b;c|"}, '\t'},
                                         ReadRow{"bars", "a|b\n", {"1:a|b|"}, '|'},
                                         ReadRow{"nul", "a\0b,c\n"s, {"1:a\0b|c|"s}},
                                         ReadRow{"separator_line", "sep=;\r\na;b\r\n", {"2:a|b|"}, ';'},
                                         ReadRow{"quoted_separator_line", "\"sep=;\"\na;b\n", {"2:a|b|"}, ';'},
                                         ReadRow{"separator_line_alone", "sep=,", {}},
                                         ReadRow{"separator_heading", "sep=x,b\n", {"1:sep=x|b|"}},
                                         ReadRow{"separator_later", "a\nsep=;\n", {"1:a|", "2:sep=;|"}}),
                         [](auto const& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(
    Quoted, CsvRead,
    testing::Values(ReadRow{"quotes", "\"a\",\"b,c\"\n", {"1:a|b,c|"}},
                    ReadRow{"doubled", "\"say \"\"hi\"\"\",\"\"\"\"\n", {"1:say \"hi\"|\"|"}},
                    ReadRow{"empty_quotes", "\"\",\"\"\n\"\"\n", {"1:||", "2:|"}},
                    ReadRow{"line_ends_kept", "\"a\r\nb\nc\rd\",e\nf\n", {"1:a\r\nb\nc\rd|e|", "5:f|"}},
                    ReadRow{"closed_by_the_end", "a,\"b\"", {"1:a|b|"}},
                    ReadRow{"empty_lines_inside", "\"\n\n\"\nx\n", {"1:\n\n|", "4:x|"}},
                    ReadRow{"literal_inside_plain",
                            "5\" pipe,a\"b\"c,\"\n",
                            {"1:5\" pipe|a\"b\"c||!the quote opened in column 3 never closes"}},
                    ReadRow{"literal_behind_white", "a, \"b\"\n", {"1:a| \"b\"|"}},
                    ReadRow{"text_behind_quote", "\"a\"b,\"c\" ,d\n", {"1:ab|c |d|"}},
                    ReadRow{"quotes_not_doubled", "\"say \"hi\" you\",b\n", {"1:say hi\" you\"|b|"}}),
    [](auto const& row) { return row.param.name; });
INSTANTIATE_TEST_SUITE_P(
    Broken, CsvRead,
    testing::Values(ReadRow{"never_closed_loses_one_line",
                            "a,\"b\nc,d\ne,f\n",
                            {"1:a|b|!the quote opened in column 2 never closes", "2:c|d|", "3:e|f|"}},
                    ReadRow{"never_closed_at_the_end",
                            "a,b\nc,\"d",
                            {"1:a|b|", "2:c|d|!the quote opened in column 2 never closes"}},
                    ReadRow{"never_closed_then_other_quotes",
                            "a,\"b\nc,\"d\",e\nf\n",
                            {"1:a|b|!the quote opened in column 2 never closes", "2:c|d|e|", "3:f|"}},
                    ReadRow{"never_closed_behind_a_good_break",
                            "\"a\nb\",\"c\r\nd,e\r\n",
                            {"1:a\nb|c|!the quote opened in column 2 never closes", "3:d|e|"}},
                    ReadRow{"bad_bytes",
                            "a,b\nM\xFCller,x\nc,d\n",
                            {"1:a|b|", "2:M\xEF\xBF\xBDller|x|!column 1 is not valid UTF-8", "3:c|d|"}},
                    ReadRow{"bad_bytes_late_column",
                            "a,\"b\xC0\xAF\"\n",
                            {"1:a|b\xEF\xBF\xBD\xEF\xBF\xBD|!column 2 is not valid UTF-8"}}),
    [](auto const& row) { return row.param.name; });

std::string const mess = "Näme;Bemerkung;Ort\r\n\"Größe \"\"L\"\"\";\"eins\r\nzwei;\nÄnde\";Köln\r\n\r\n;;\rÉva;\"\";Ö";
std::vector<std::string> const mess_rows = {"1:Näme|Bemerkung|Ort|", "2:Größe \"L\"|eins\r\nzwei;\nÄnde|Köln|", "6:|||",
                                            "7:Éva||Ö|"};
INSTANTIATE_TEST_SUITE_P(
    Encodings, CsvRead,
    testing::Values(
        ReadRow{"utf_8", mess, mess_rows, ';'}, ReadRow{"utf_8_with_mark", "\xEF\xBB\xBF" + mess, mess_rows, ';'},
        ReadRow{"utf_16_little", encoded(mess, "UTF-16LE"), mess_rows, ';', "UTF-16LE"},
        ReadRow{"utf_16_little_with_mark", "\xFF\xFE" + encoded(mess, "UTF-16LE"), mess_rows, ';', "UTF-16LE"},
        ReadRow{"utf_16_big", "\xFE\xFF" + encoded(mess, "UTF-16BE"), mess_rows, ';', "UTF-16BE"},
        ReadRow{"utf_32", encoded(mess, "UTF-32LE"), mess_rows, ';', "UTF-32LE"},
        ReadRow{"windows_1252", encoded(mess, "windows-1252"), mess_rows, ';', "windows-1252"},
        ReadRow{"latin_1", encoded(mess, "ISO-8859-1"), mess_rows, ';', "ISO-8859-1"},
        ReadRow{"gb18030", encoded(mess, "GB18030"), mess_rows, ';', "GB18030"},
        ReadRow{"utf_16_looks_like_a_comma",
                encoded("\u2C00,\u002C\u0A0D\n\u0D22\n", "UTF-16LE"),
                {"1:\u2C00||\u0A0D|", "2:\u0D22|"},
                ',',
                "UTF-16LE"},
        ReadRow{"utf_16_pairs", encoded("🙂,🎉\n", "UTF-16BE"), {"1:🙂|🎉|"}, ',', "UTF-16BE"},
        ReadRow{"utf_16_lone_half",
                "\xD8\x3D\0,\0a\0\n\0b"s,
                {"1:\xEF\xBF\xBD|a|!column 1 is not valid UTF-16BE", "2:b|"},
                ',',
                "UTF-16BE"},
        ReadRow{"utf_16_cut", "a\0,\0b"s, {"1:a|\xEF\xBF\xBD|!column 2 is not valid UTF-16LE"}, ',', "UTF-16LE"},
        ReadRow{"shift_jis_bar_in_a_letter",
                encoded("ポスト|氏名\nソ|ー\n", "Shift_JIS"),
                {"1:ポスト|氏名|", "2:ソ|ー|"},
                '|',
                "Shift_JIS"}),
    [](auto const& row) { return row.param.name; });

TEST(CsvReader, gives_up_on_a_row_that_is_too_long_and_goes_on) {
    std::string const big(1'100'000, 'x');
    auto const lines = [&](std::string const& row) {
        return shown(CsvFile("a,b\n" + row + "\nc,d\n").rows({"UTF-8", ',', false}));
    };
    std::string const problem = "the row is longer than 1 MiB";
    EXPECT_EQ(lines(big), (std::vector<std::string>{"1:a|b|", "2:!" + problem, "3:c|d|"}));
    EXPECT_EQ(lines("\"" + big + "\n\",z"), (std::vector<std::string>{"1:a|b|", "2:!" + problem, "4:c|d|"}))
        << "a long quoted cell is skipped whole";
    EXPECT_EQ(lines("\"q\n" + big),
              (std::vector<std::string>{"1:a|b|", "2:q|!the quote opened in column 1 never closes", "3:!" + problem,
                                        "4:c|d|"}));
    EXPECT_EQ(lines(std::string(1'000'000, 'x')).size(), 3u);
    EXPECT_EQ(lines(std::string(1'000'000, 'x'))[1].size(), 1'000'003u) << "one MiB is allowed";
}

TEST(CsvReader, gives_up_on_a_row_with_too_many_columns) {
    auto const rows =
        CsvFile(std::string(511, ',') + "\n" + std::string(512, ',') + "\na\n").rows({"UTF-8", ',', false});
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].cells.size(), 512u);
    EXPECT_EQ(rows[0].problem, "");
    EXPECT_EQ(rows[1].cells.size(), 512u);
    EXPECT_EQ(rows[1].problem, "the row has more than 512 columns");
    EXPECT_EQ(shown(rows[2]), "3:a|");
}

TEST(CsvReader, says_when_it_cannot_read) {
    CsvFile const file("a,b\n");
    EXPECT_THROW(CsvReader("/nowhere/at/all.csv", {"UTF-8", ',', false}), std::system_error);
    EXPECT_THROW(find_csv_format("/nowhere/at/all.csv"), std::system_error);
    EXPECT_THROW(find_csv_format(testing::TempDir()), std::system_error);
    for (auto const* name : {"", "no such", "UTF-7", "UTF-16", "ISO-2022-JP", "ibm-37"})
        EXPECT_THROW(CsvReader(file.path(), {name, ',', false}), std::invalid_argument) << name;
    for (char const delimiter : {'"', '\n', '\r', '\0', '\xA4'})
        EXPECT_THROW(CsvReader(file.path(), {"UTF-8", delimiter, false}), std::invalid_argument);
}

// Rows over many windows, with cells of every awkward kind, are those that were written, from whichever row one goes on.
class CsvRandom : public testing::TestWithParam<char const*> {};
TEST_P(CsvRandom, reads_what_was_written) {
    std::mt19937 random(27);
    std::vector<std::string> const cells = {
        "",   "plain", "Größe", "with,comma", "say \"hi\"", "two\r\nlines",       "\n",
        "\r", "\"",    "\"\"",  " edge ",     "a;b\tc",     std::string(300, 'y')};
    std::vector<std::vector<std::string>> written(4'000);
    std::string text;
    for (auto& row : written) {
        row.resize(1 + random() % 9, "x");
        for (std::size_t i = 1; i < row.size(); ++i) row[i] = cells[random() % cells.size()];
        for (auto const& cell : row) text += (&cell == row.data() ? "" : ",") + csv_cell(cell);
        text += random() % 2 ? "\r\n" : "\n";
    }
    CsvFile const file(encoded(text, GetParam()));
    CsvFormat const format{GetParam(), ',', false};
    auto const rows = file.rows(format);
    ASSERT_EQ(rows.size(), written.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].problem, "");
        auto read = rows[i].cells;
        for (auto& cell : read) cell = csv_uncell(cell);
        ASSERT_EQ(read, written[i]) << "row " << i;
    }
    for (std::size_t i = 0; i < rows.size(); i += 397) {
        auto const rest = file.rows(format, rows[i].next_offset, rows[i].next_line);
        ASSERT_EQ(rest.size(), rows.size() - i - 1);
        ASSERT_EQ(shown(rest), shown(std::vector(rows.begin() + static_cast<std::ptrdiff_t>(i) + 1, rows.end())));
    }
}
INSTANTIATE_TEST_SUITE_P(Encodings, CsvRandom,
                         testing::Values("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32BE", "windows-1252", "GB18030"),
                         [](auto const& test) {
                             auto name = std::string(test.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace patron
