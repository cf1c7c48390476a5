#include "base/csv.hpp"
#include "base/csv_bytes.hpp"
#include "base/unicode.hpp"

#include <stdexcept>

namespace patron {

namespace {

constexpr std::size_t most_columns = 512;
constexpr std::uint64_t most_bytes = 1 << 20;
constexpr int end_of_file = -1;

// By byte: does a run of plain text stop here?
using Stops = std::array<bool, 256>;

Stops stops_at(std::initializer_list<char> letters, CsvEncoding const& encoding) {
    Stops stops{};
    for (char const letter : letters) stops[static_cast<unsigned char>(letter)] = true;
    for (std::size_t byte = 0; byte < 256; ++byte)
        stops[byte] = stops[byte] || encoding.leads(static_cast<unsigned char>(byte));
    return stops;
}

bool is_line_end(int letter) { return letter == '\n' || letter == '\r'; }

bool parts_cells(char letter) { return letter != 0 && !(letter & 0x80) && letter != '"' && !is_line_end(letter); }

}  // namespace

struct CsvReader::Inner {
    Inner(std::filesystem::path const& file, CsvFormat const& format, std::uint64_t offset, std::uint64_t line)
        : bytes(file, offset),
          encoding(format.encoding),
          format(format),
          line(line),
          plain_stops(stops_at({format.delimiter, '\r', '\n'}, encoding)),
          quoted_stops(stops_at({'"', '\r', '\n'}, encoding)) {
        if (!parts_cells(format.delimiter)) throw std::invalid_argument("this delimiter cannot part cells");
        if (offset == 0) skip_preamble();
    }

    bool next(CsvRow& row);
    void skip_preamble();
    bool skips_separator_line(std::string_view quote);

    bool read_cell(std::string& cell);
    bool read_quoted(std::string& cell);
    void give_up_quote(CsvRow& row, std::size_t column);
    void finish(CsvRow& row, std::size_t columns);

    // The ASCII character of the unit here, CsvEncoding::none for any other, or end_of_file.
    int peek() {
        if (bytes.has(encoding.width())) return encoding.ascii(bytes.ahead().data());
        return bytes.ahead().empty() ? end_of_file : CsvEncoding::none;  // the file may end within a unit
    }
    bool at_cell_end() {
        auto const letter = peek();
        return letter == format.delimiter || is_line_end(letter) || letter == end_of_file;
    }
    void take(std::size_t count, std::string* into) {
        if (bytes.offset() + count - row_begin > most_bytes) too_long = true;
        if (into && !too_long) into->append(bytes.ahead().substr(0, count));
        bytes.skip(count);
    }
    void take_unit(std::string* into) { take(std::min(encoding.width(), bytes.ahead().size()), into); }
    void take_line_end(std::string* into) {
        bool const carriage_return = peek() == '\r';
        take_unit(into);
        if (carriage_return && peek() == '\n') take_unit(into);
        ++line;
    }
    // A character that is neither delimiter nor quote nor line end here, whole: behind a lead byte stands a trail byte,
    // which may look like "|" or a letter.
    void take_character(std::string& cell) {
        bool const leads = encoding.width() == 1 && encoding.leads(static_cast<unsigned char>(bytes.ahead()[0]));
        take_unit(&cell);
        if (leads && bytes.has(1) && static_cast<unsigned char>(bytes.ahead()[0]) >= 0x40) take_unit(&cell);
    }
    void take_run(std::string& cell, Stops const& stops);

    FileBytes bytes;
    CsvEncoding encoding;
    CsvFormat format;
    std::uint64_t line;
    Stops plain_stops, quoted_stops;

    // Of the row being read
    std::uint64_t row_begin = 0;
    bool too_long = false;
    // The first line end inside the quotes being read: where to go on if they never close.
    struct Break {
        std::uint64_t offset, line;
        std::size_t cell_size;
    };
    std::optional<Break> first_break;
    std::string spare;  // takes the cells beyond the last allowed column
};

void CsvReader::Inner::take_run(std::string& cell, Stops const& stops) {
    auto const width = encoding.width();
    while (bytes.has(width)) {
        auto const ahead = bytes.ahead();
        std::size_t run = 0;
        if (width == 1) {
            while (run < ahead.size() && !stops[static_cast<unsigned char>(ahead[run])]) ++run;
        } else {
            for (; run + width <= ahead.size(); run += width)
                if (auto const letter = encoding.ascii(ahead.data() + run);
                    letter != CsvEncoding::none && stops[static_cast<unsigned char>(letter)])
                    break;
        }
        take(run, &cell);
        if (run + width <= ahead.size()) return;
    }
}

// Reads up to and over the closing quote. False when it never comes: at the end of the file, or when the first that comes
// on another line stands before text, where a cell of that line was to open.
bool CsvReader::Inner::read_quoted(std::string& cell) {
    first_break.reset();
    for (;;) {
        take_run(cell, quoted_stops);
        auto const letter = peek();
        if (letter == end_of_file) return false;
        if (letter == '"') {
            take_unit(nullptr);
            if (peek() != '"') return !first_break || at_cell_end();
            take_unit(&cell);
        } else if (is_line_end(letter)) {
            auto const size = cell.size();
            take_line_end(&cell);
            if (!first_break) first_break = {bytes.offset(), line, size};
        } else {
            take_character(cell);
        }
    }
}

// Reads up to the delimiter or line end behind the cell. Quotes inside plain text are themselves; so is text behind a closing quote.
bool CsvReader::Inner::read_cell(std::string& cell) {
    cell.clear();
    if (peek() == '"') {
        take_unit(nullptr);
        if (!read_quoted(cell)) return false;
    }
    take_run(cell, plain_stops);
    while (!at_cell_end()) {
        take_character(cell);
        take_run(cell, plain_stops);
    }
    return true;
}

// The line on which the quote opened is lost, the lines behind it are not.
void CsvReader::Inner::give_up_quote(CsvRow& row, std::size_t column) {
    row.problem = "the quote opened in column " + std::to_string(column + 1) + " never closes";
    if (!first_break) return;
    bytes.go_to(first_break->offset);
    line = first_break->line;
    too_long = first_break->offset - row_begin > most_bytes;
    if (column < row.cells.size()) row.cells[column].resize(std::min(row.cells[column].size(), first_break->cell_size));
}

void CsvReader::Inner::finish(CsvRow& row, std::size_t columns) {
    row.cells.resize(too_long ? 0 : std::min(columns, most_columns));
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (!encoding.to_utf8(row.cells[i]) && row.problem.empty())
            row.problem = "column " + std::to_string(i + 1) + " is not valid " + format.encoding;
    if (columns > most_columns) row.problem = "the row has more than 512 columns";
    if (too_long) row.problem = "the row is longer than 1 MiB";
    row.next_offset = bytes.offset();
    row.next_line = line;
}

bool CsvReader::Inner::next(CsvRow& row) {
    row_begin = bytes.offset();
    while (is_line_end(peek())) take_line_end(nullptr);
    if (peek() == end_of_file) return false;
    row_begin = bytes.offset();
    row.line = line;
    row.problem.clear();
    too_long = false;
    std::size_t columns = 0;
    for (bool more = true; more; ++columns) {
        if (columns == row.cells.size() && columns < most_columns) row.cells.emplace_back();
        if (!read_cell(columns < most_columns ? row.cells[columns] : spare)) {
            give_up_quote(row, columns);
            more = false;
        } else if (peek() == format.delimiter) {
            take_unit(nullptr);
        } else {
            if (is_line_end(peek())) take_line_end(nullptr);
            more = false;
        }
    }
    finish(row, columns);
    return true;
}

void CsvReader::Inner::skip_preamble() {
    auto const mark = encoding.byte_order_mark();
    if (!mark.empty() && bytes.has(mark.size()) && bytes.ahead().starts_with(mark)) bytes.skip(mark.size());
    if (!skips_separator_line("")) skips_separator_line("\"");
}

// "sep=;", which Excel writes and reads; some programs quote it.
bool CsvReader::Inner::skips_separator_line(std::string_view quote) {
    auto const begin = bytes.offset();
    auto const takes = [&](std::string_view letters) {
        for (char const letter : letters) {
            if (peek() != letter && peek() != ascii_upper(letter)) return false;
            bytes.skip(encoding.width());
        }
        return true;
    };
    if (takes(quote) && takes("sep=") &&
        std::string_view(",;\t|").find(static_cast<char>(peek())) != std::string_view::npos) {
        bytes.skip(encoding.width());
        row_begin = bytes.offset();
        if (takes(quote) && (is_line_end(peek()) || peek() == end_of_file)) {
            if (is_line_end(peek())) take_line_end(nullptr);
            return true;
        }
    }
    bytes.go_to(begin);
    return false;
}

CsvReader::CsvReader(std::filesystem::path const& file, CsvFormat const& format, std::uint64_t offset,
                     std::uint64_t line)
    : inner_(std::make_unique<Inner>(file, format, offset, line)) {}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
bool CsvReader::next(CsvRow& row) { return inner_->next(row); }

}  // namespace patron
