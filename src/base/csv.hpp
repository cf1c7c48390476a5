// Comma-separated values as people's programs really write them (RFC 4180 and its relatives).
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

struct CsvFormat {
    std::string encoding;  // "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1" … (ICU name)
    char delimiter = ',';  // one of , ; tab |
    bool bom = false;
};

// Finds encoding (byte-order mark, UTF-8 validity, uchardet) and delimiter (consistent counts outside quotes) from the
// beginning of a file.
CsvFormat find_csv_format(std::filesystem::path const& file);

struct CsvRow {
    std::uint64_t line = 0;          // the line of the file on which it begins, from 1
    std::uint64_t next_offset = 0;   // byte offset in the file behind it: reading can go on from there
    std::uint64_t next_line = 1;     // the line of the file that begins there
    std::vector<std::string> cells;  // UTF-8; text is exact (quotes undoubled, line ends inside quotes kept)
    std::string problem;  // empty, or what is wrong with the row ("the quote opened in column 3 never closes", …)
};

// Reads a file row by row in bounded memory (a row ≤ 1 MiB, else a problem row; at most 512 columns). "sep=;" as the
// first line is understood and skipped; empty lines are skipped.
class CsvReader {
  public:
    CsvReader(std::filesystem::path const& file, CsvFormat const& format, std::uint64_t offset = 0,
              std::uint64_t line = 1);
    ~CsvReader();
    CsvReader(CsvReader&&) noexcept;
    // False at the end of the file.
    bool next(CsvRow& row);

  private:
    struct Inner;
    std::unique_ptr<Inner> inner_;
};

// One field, quoted where RFC 4180 asks for it; a cell that a spreadsheet would take for a formula (begins with
// = + - @ tab CR NUL) gets a leading apostrophe, except plain numbers and E.164 phones ("+551239235555" is quoted text).
std::string csv_cell(std::string_view text);
// Takes that apostrophe off again.
std::string csv_uncell(std::string_view cell);

}  // namespace patron
