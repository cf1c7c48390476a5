#include "db/engines/buffered_rows.hpp"

#include <charconv>

namespace patron::db {

std::int64_t leading_integer(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

double leading_real(std::string_view text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

void BufferedRows::add_integer(std::int64_t value) {
    cells_.push_back({.kind = Cell::Kind::integer, .integer = value});
}

void BufferedRows::add_real(double value) { cells_.push_back({.kind = Cell::Kind::real, .real = value}); }

void BufferedRows::add_text(std::string_view value) {
    cells_.push_back({.kind = Cell::Kind::text, .begin = bytes_.size(), .size = value.size()});
    bytes_ += value;
}

bool BufferedRows::next() {
    written_out_.clear();
    if (begun_) ++row_;
    begun_ = true;
    return row_ * columns_ < cells_.size();
}

std::int64_t BufferedRows::integer(int column) const {
    auto const& value = cell(column);
    if (value.kind == Cell::Kind::real) return static_cast<std::int64_t>(value.real);
    return value.kind == Cell::Kind::text ? leading_integer(bytes(value)) : value.integer;
}

double BufferedRows::real(int column) const {
    auto const& value = cell(column);
    if (value.kind == Cell::Kind::integer) return static_cast<double>(value.integer);
    return value.kind == Cell::Kind::text ? leading_real(bytes(value)) : value.real;
}

std::string_view BufferedRows::text(int column) const {
    auto const& value = cell(column);
    switch (value.kind) {
        case Cell::Kind::null: return {};
        case Cell::Kind::text: return bytes(value);
        case Cell::Kind::integer: return written_out_.emplace_back(std::to_string(value.integer));
        case Cell::Kind::real: break;
    }
    char digits[32];
    auto const end = std::to_chars(std::begin(digits), std::end(digits), value.real).ptr;
    return written_out_.emplace_back(digits, end);
}

}  // namespace patron::db
