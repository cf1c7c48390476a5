// CSV files for tests: written from bytes, read back as rows.
#pragma once
#include "base/csv.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unistd.h>

namespace patron {

class CsvFile {
  public:
    explicit CsvFile(std::string_view bytes)
        : path_(testing::TempDir() + "patron_" + std::to_string(getpid()) + "_" + std::to_string(++number()) + ".csv") {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~CsvFile() { std::filesystem::remove(path_); }
    CsvFile(CsvFile const&) = delete;
    CsvFile& operator=(CsvFile const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::vector<CsvRow> rows(CsvFormat const& format, std::uint64_t offset = 0, std::uint64_t line = 1) const {
        std::vector<CsvRow> rows;
        CsvReader reader(path_, format, offset, line);
        for (CsvRow row; reader.next(row);) rows.push_back(row);
        return rows;
    }
    std::vector<CsvRow> rows() const { return rows(find_csv_format(path_)); }

  private:
    static int& number() {
        static int last = 0;
        return last;
    }
    std::filesystem::path path_;
};

// UTF-8 in another encoding.
inline std::string encoded(std::string const& text, char const* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(text.size() * 4 + 16, '\0');
    auto const length = ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int32_t>(out.size()), text.data(),
                                     static_cast<int32_t>(text.size()), &status);
    EXPECT_TRUE(U_SUCCESS(status)) << encoding;
    out.resize(static_cast<std::size_t>(length));
    return out;
}

// A row for comparing: its line, its cells between bars, and what is wrong with it.
inline std::string shown(CsvRow const& row) {
    auto out = std::to_string(row.line) + ":";
    for (auto const& cell : row.cells) out += cell + "|";
    return row.problem.empty() ? out : out + "!" + row.problem;
}
inline std::vector<std::string> shown(std::vector<CsvRow> const& rows) {
    std::vector<std::string> out;
    for (auto const& row : rows) out.push_back(shown(row));
    return out;
}

}  // namespace patron
