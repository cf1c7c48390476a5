// An answer held in memory: what a query in a writing transaction gives, so that the rows stand still while the work
// changes the table it reads from.
#pragma once
#include "db/db.hpp"

#include <deque>

namespace patron::db {

class BufferedRows final : public Cursor::Source {
  public:
    struct Cell {
        enum class Kind { null, integer, real, text } kind = Kind::null;
        std::int64_t integer = 0;
        double real = 0;
        std::size_t begin = 0, size = 0;  // in bytes_
    };

    void set_columns(int columns) { columns_ = static_cast<std::size_t>(columns); }
    void add_null() { cells_.push_back({}); }
    void add_integer(std::int64_t value);
    void add_real(double value);
    void add_text(std::string_view value);

    bool next() override;
    bool is_null(int column) const override { return cell(column).kind == Cell::Kind::null; }
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;

  private:
    Cell const& cell(int column) const { return cells_[row_ * columns_ + static_cast<std::size_t>(column)]; }
    std::string_view bytes(Cell const& cell) const { return {bytes_.data() + cell.begin, cell.size}; }

    std::size_t columns_ = 0;
    std::size_t row_ = 0;
    bool begun_ = false;
    std::vector<Cell> cells_;
    std::string bytes_;
    mutable std::deque<std::string> written_out_;  // numbers asked for as text, of this row
};

// As SQLite reads a number in a text: what stands at the beginning, else 0.
std::int64_t leading_integer(std::string_view text);
double leading_real(std::string_view text);

}  // namespace patron::db
