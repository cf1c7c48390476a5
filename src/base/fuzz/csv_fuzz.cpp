// Any bytes as a CSV file: the format is found, every row ends, reading can go on behind each, and what is written of the
// rows reads the same.
#include "base/csv.hpp"
#include "base/fold.hpp"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// A file in memory that is written anew for each input.
class MemoryFile {
  public:
    void write(void const* data, std::size_t size) {
        require(ftruncate(descriptor_, 0) == 0 && pwrite(descriptor_, data, size, 0) == static_cast<ssize_t>(size));
    }
    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  private:
    int descriptor_ = memfd_create("csv", 0);
};

bool same(patron::CsvRow const& a, patron::CsvRow const& b) {
    return a.line == b.line && a.next_offset == b.next_offset && a.next_line == b.next_line && a.cells == b.cells &&
           a.problem == b.problem;
}

// Reads it all; gives the good rows as a file of our own, and what must be read from that.
void read_all(std::filesystem::path const& file, patron::CsvFormat const& format, std::size_t size,
              std::string& written, std::vector<std::vector<std::string>>& rows) {
    patron::CsvReader reader(file, format);
    patron::CsvRow row, again, before;
    for (std::size_t count = 0; reader.next(row); ++count) {
        require(row.next_offset > before.next_offset && row.next_offset <= size && row.next_line >= row.line &&
                row.cells.size() <= 512);
        for (auto const& cell : row.cells) require(patron::is_utf8(cell));
        if (count % 16 == 1) {
            patron::CsvReader from(file, format, before.next_offset, before.next_line);
            require(from.next(again) && same(again, row));
        }
        before = row;
        if (!row.problem.empty() || row.cells == std::vector<std::string>{""}) continue;  // an empty line is no row
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            written += (i > 0 ? "," : "") + patron::csv_cell(row.cells[i]);
        written += "\r\n";
        rows.push_back(row.cells);
    }
}

void check(std::filesystem::path const& file, patron::CsvFormat const& format, std::size_t size) {
    static MemoryFile copy;
    std::string written = "heading\r\n";
    std::vector<std::vector<std::string>> rows;
    read_all(file, format, size, written, rows);
    copy.write(written.data(), written.size());
    patron::CsvReader reader(copy.path(), {"UTF-8", ',', false});
    patron::CsvRow row;
    require(reader.next(row));
    for (auto const& expected : rows) {
        require(reader.next(row) && row.problem.empty() && row.cells.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) require(patron::csv_uncell(row.cells[i]) == expected[i]);
    }
    require(!reader.next(row));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static MemoryFile file;
    file.write(data, size);
    check(file.path(), patron::find_csv_format(file.path()), size);
    if (size == 0) return 0;
    static char const* const encodings[] = {"UTF-8",     "UTF-16LE", "UTF-16BE", "windows-1252",
                                            "Shift_JIS", "GB18030",  "UTF-32BE", "EUC-JP"};
    check(file.path(), {encodings[data[0] % 8], ",;\t|"[data[0] / 8 % 4], false}, size);
    return 0;
}
