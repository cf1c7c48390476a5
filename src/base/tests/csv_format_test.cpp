#include "base/tests/csv_files.hpp"

namespace patron {
namespace {

using std::string_literals::operator""s;

struct FormatRow {
    char const* name;
    std::string bytes;
    char const* encoding;
    char delimiter;
    bool bom = false;
};
void PrintTo(FormatRow const& row, std::ostream* out) { *out << row.name; }
class CsvFormatOf : public testing::TestWithParam<FormatRow> {};
TEST_P(CsvFormatOf, is_found) {
    auto const& row = GetParam();
    auto const format = find_csv_format(CsvFile(row.bytes).path());
    EXPECT_EQ(format.encoding, row.encoding);
    EXPECT_EQ(format.delimiter, row.delimiter);
    EXPECT_EQ(format.bom, row.bom);
}

std::string const german =
    "Firma;Ansprechpartner;Ort\r\nMüller GmbH;Jörg Schäfer;München\r\nWeiß & Söhne;Günther Groß;Köln\r\n";
std::string const french = "Nom;Prénom;Ville\nLefèvre;Hélène;Besançon\nGarçon;Noël;Orléans\nDupré;Zoé;Île-de-France\n";
std::string const norwegian = "Navn;By\nBjørn Ødegård;Tromsø\nÅse Sætre;Ålesund\nPål Bråthen;Bodø\n";
std::string const polish =
    "Imię;Nazwisko;Miasto\nStanisław;Wójcik;Łódź\nMałgorzata;Wiśniewska;Kraków\nZbigniew;Żółkiewski;Gdańsk\n";
std::string const czech =
    "Jméno;Město\nFrantišek Wichterlová;Praha\nJiří Dvořák;Plzeň\nRůžena Šťastná;Ústí nad Labem\n";
std::string const russian = "Имя;Город\nИван Петров;Москва\nОльга Сидорова;Санкт-Петербург\nФёдор Кузнецов;Казань\n";
std::string const greek = "Όνομα;Πόλη\nΓιώργος Παπαδόπουλος;Αθήνα\nΜαρία Ιωάννου;Θεσσαλονίκη\n";
std::string const turkish = "Ad;Şehir\nIşıl Yıldız;İstanbul\nÇağlar Şahin;İzmir\nGökçe Öztürk;Eskişehir\n";
std::string const japanese =
    "氏名,会社,住所\n山田太郎,株式会社ヤマダ,東京都新宿区西新宿\n鈴木花子,スズキ商店,大阪府大阪市北区梅田\n";
std::string const chinese =
    "姓名,公司,地址\n张伟,北京科技有限公司,北京市海淀区中关村大街\n王芳,上海贸易公司,上海市浦东新区\n";
std::string const korean =
    "이름,회사,주소\n김철수,한국전자,서울특별시 강남구 테헤란로\n이영희,대한무역,부산광역시 해운대구\n";

INSTANTIATE_TEST_SUITE_P(
    Encodings, CsvFormatOf,
    testing::Values(FormatRow{"nothing", "", "UTF-8", ','}, FormatRow{"ascii", "a,b\n1,2\n", "UTF-8", ','},
                    FormatRow{"utf_8", german, "UTF-8", ';'},
                    FormatRow{"utf_8_mark", "\xEF\xBB\xBF" + german, "UTF-8", ';', true},
                    FormatRow{"mark_alone", "\xEF\xBB\xBF", "UTF-8", ',', true},
                    FormatRow{"utf_16_mark", "\xFF\xFE" + encoded(german, "UTF-16LE"), "UTF-16LE", ';', true},
                    FormatRow{"utf_16_big_mark", "\xFE\xFF" + encoded(japanese, "UTF-16BE"), "UTF-16BE", ',', true},
                    FormatRow{"utf_16", encoded(german, "UTF-16LE"), "UTF-16LE", ';'},
                    FormatRow{"utf_16_big", encoded(russian, "UTF-16BE"), "UTF-16BE", ';'},
                    FormatRow{"utf_16_japanese", encoded(japanese, "UTF-16LE"), "UTF-16LE", ','},
                    FormatRow{"utf_32_mark", "\xFF\xFE\0\0"s + encoded(german, "UTF-32LE"), "UTF-32LE", ';', true},
                    FormatRow{"german", encoded(german, "windows-1252"), "windows-1252", ';'},
                    FormatRow{"french", encoded(french, "ISO-8859-1"), "windows-1252", ';'},
                    FormatRow{"norwegian", encoded(norwegian, "windows-1252"), "windows-1252", ';'},
                    FormatRow{"euro_sign", encoded("Name;Preis\nHammer;5,00 €\nSäge;12,00 €\n", "windows-1252"),
                              "windows-1252", ';'},
                    FormatRow{"one_letter",
                              encoded("Name;City\nAnna Smith;London\nJörg Miller;Berlin\nBob;Paris\n", "windows-1252"),
                              "windows-1252", ';'},
                    FormatRow{"polish", encoded(polish, "windows-1250"), "windows-1250", ';'},
                    FormatRow{"polish_iso", encoded(polish, "ISO-8859-2"), "ISO-8859-2", ';'},
                    FormatRow{"czech", encoded(czech, "windows-1250"), "windows-1250", ';'},
                    FormatRow{"russian", encoded(russian, "windows-1251"), "windows-1251", ';'},
                    FormatRow{"russian_koi", encoded(russian, "KOI8-R"), "KOI8-R", ';'},
                    FormatRow{"greek", encoded(greek, "ISO-8859-7"), "ISO-8859-7", ';'},
                    FormatRow{"turkish", encoded(turkish, "windows-1254"), "windows-1254", ';'},
                    FormatRow{"japanese", encoded(japanese, "Shift_JIS"), "Shift_JIS", ','},
                    FormatRow{"japanese_euc", encoded(japanese, "EUC-JP"), "EUC-JP", ','},
                    FormatRow{"chinese", encoded(chinese, "GBK"), "GB18030", ','},
                    FormatRow{"korean", encoded(korean, "windows-949"), "windows-949", ','},
                    FormatRow{"neither", "a,b\n\x81\xFF\x8D,\xC0\n", "windows-1252", ','}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Delimiters, CsvFormatOf,
    testing::Values(FormatRow{"one_column", "name\nAnn\n", "UTF-8", ','},
                    FormatRow{"tabs", "a\tb\n1,5\t2,5\n", "UTF-8", '\t'},
                    FormatRow{"bars", "a|b|c\n1|2|3\n", "UTF-8", '|'},
                    FormatRow{"decimal_commas", "name;price\nA;1,5\nB;2,5\nC;3,5\n", "UTF-8", ';'},
                    FormatRow{"addresses_with_commas", "name;address\nA;x, y, z\nB;x, y\nC;x\n", "UTF-8", ';'},
                    FormatRow{"quoted_semicolons", "name,note\nA,\"x;y;z\"\nB,\"p;q;r\"\n", "UTF-8", ','},
                    FormatRow{"quoted_line_ends", "a;b\n\"x,\n,y,\n\";1\n\"\n,,\n\";2\n", "UTF-8", ';'},
                    FormatRow{"doubled_quotes", "a;b\n\"say \"\"x,y\"\" ok\";1\n", "UTF-8", ';'},
                    FormatRow{"heading_alone", "a;b;c\n", "UTF-8", ';'},
                    FormatRow{"carriage_returns", "a;b\r1;2\r", "UTF-8", ';'},
                    FormatRow{"ragged", "a;b;c\n1;2\n1;2;3\n4;5;6\n7;8;9,9\n", "UTF-8", ';'},
                    FormatRow{"title_above", "Customers 2024\n\na;b\n1;2\n3;4\n", "UTF-8", ';'},
                    FormatRow{"separator_line", "sep=|\na;b|c\n", "UTF-8", '|'},
                    FormatRow{"separator_line_quoted", "\"SEP=;\"\na,b,c\n1,2,3\n", "UTF-8", ';'},
                    FormatRow{"separator_line_tab", "sep=\t\na,b\n", "UTF-8", '\t'}),
    [](auto const& row) { return row.param.name; });

TEST(CsvFormat, looks_on_where_the_beginning_tells_nothing) {
    std::string plain = "name,city\n";
    while (plain.size() < 300'000) plain += "Ann,London\n";
    EXPECT_EQ(find_csv_format(CsvFile(plain).path()).encoding, "UTF-8");
    EXPECT_EQ(find_csv_format(CsvFile(plain + encoded("Jörg Müller,Köln\n", "windows-1252") + plain).path()).encoding,
              "windows-1252");
    EXPECT_EQ(find_csv_format(CsvFile(plain + "Jörg Müller,Köln\n" + plain).path()).encoding, "UTF-8");
}

TEST(CsvFormat, does_not_stumble_over_a_character_cut_by_the_sample) {
    for (std::size_t before = 0; before < 8; ++before) {
        std::string text = "name,city\n" + std::string(before, 'x');
        while (text.size() < 200'000) text += "東京🙂,ü\n";
        auto const format = find_csv_format(CsvFile(text).path());
        EXPECT_EQ(format.encoding, "UTF-8") << before;
        EXPECT_EQ(format.delimiter, ',');
    }
}

struct CellRow {
    char const* name;
    std::string text, cell;
};
class CsvCell : public testing::TestWithParam<CellRow> {};
TEST_P(CsvCell, is_inert_and_comes_back_exactly) {
    auto const& [name, text, cell] = GetParam();
    EXPECT_EQ(csv_cell(text), cell);
    auto const rows = CsvFile("x," + csv_cell(text) + "\n").rows({"UTF-8", ',', false});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(csv_uncell(rows[0].cells.at(1)), text);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, CsvCell,
    testing::Values(
        CellRow{"empty", "", ""}, CellRow{"plain", "Ann Lee", "Ann Lee"}, CellRow{"comma", "a,b", "\"a,b\""},
        CellRow{"quote", "a\"b", "\"a\"\"b\""}, CellRow{"line_end", "a\nb", "\"a\nb\""},
        CellRow{"edges", " a ", "\" a \""}, CellRow{"formula", "=1+1", "'=1+1"},
        CellRow{"formula_with_comma", "=SUM(A1,A2)", "\"'=SUM(A1,A2)\""},
        CellRow{"formula_with_quote", "=\"x\"", "\"'=\"\"x\"\"\""},
        CellRow{"plus", "+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\""}, CellRow{"minus", "-a", "'-a"},
        CellRow{"at", "@SUM", "'@SUM"}, CellRow{"tab", "\tx", "\"'\tx\""}, CellRow{"return", "\rx", "\"'\rx\""},
        CellRow{"nul", "\0x"s, "'\0x"s}, CellRow{"nul_alone", "\0"s, "'\0"s}, CellRow{"number", "-12.50", "-12.50"},
        CellRow{"signed_number", "+5", "+5"}, CellRow{"no_number", "-1.2.3", "'-1.2.3"},
        CellRow{"point_alone", "-1.", "'-1."}, CellRow{"sign_alone", "-", "'-"},
        CellRow{"phone", "+551239235555", "\"+551239235555\""},
        CellRow{"phone_with_spaces", "+55 12 3923-5555", "'+55 12 3923-5555"},
        CellRow{"too_long_for_a_phone", "+5512392355551234", "+5512392355551234"},
        CellRow{"sum_like_phone", "+551239235555+1", "'+551239235555+1"}, CellRow{"own_apostrophe", "'=x", "''=x"},
        CellRow{"apostrophe_and_number", "'-5", "''-5"}, CellRow{"harmless_apostrophe", "'tis", "'tis"},
        CellRow{"many_apostrophes", "'''@", "''''@"}, CellRow{"apostrophe_alone", "'", "'"}),
    [](auto const& row) { return row.param.name; });

TEST(CsvUncell, takes_off_what_a_spreadsheet_put_on) {
    EXPECT_EQ(csv_uncell("'-5"), "-5");
    EXPECT_EQ(csv_uncell("'+49 711 1"), "+49 711 1");
    EXPECT_EQ(csv_uncell("O'Reilly"), "O'Reilly");
    EXPECT_EQ(csv_uncell(""), "");
}

}  // namespace
}  // namespace patron
