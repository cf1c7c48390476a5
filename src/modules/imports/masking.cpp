#include "modules/imports/masking.hpp"

#include "base/csv_bytes.hpp"
#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace patron::imports {
namespace {

// Fewer digits make neither a card number (13) nor a bank account (the shortest IBAN has 13).
bool may_hold_secret(std::string_view text) {
    int count = 0;
    for (char const c : text) count += is_ascii_digit(c) ? 1 : 0;
    return count >= 10;
}

bool is_alphanumeric(int c) {
    return c >= 0 && c < 0x80 && (is_ascii_digit(static_cast<char>(c)) || is_ascii_letter(static_cast<char>(c)));
}

// Which of the text's ASCII letters and digits, counted through, are to be covered: all of each secret but the last four
// and, of bank accounts, the country.
std::vector<bool> covered(std::string_view text) {
    std::vector<bool> cover;
    std::vector<std::size_t> number_of(text.size() + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        number_of[i] = cover.size();
        if (is_alphanumeric(static_cast<unsigned char>(text[i]))) cover.push_back(false);
    }
    number_of[text.size()] = cover.size();
    for (auto const& span : find_secrets(text)) {
        auto const end = number_of[span.end],
                   begin = number_of[span.begin] + (span.kind == SecretSpan::Kind::iban ? 2 : 0);
        for (auto i = begin; i + 4 < end; ++i) cover[i] = true;
    }
    return cover;
}

// Where each cell's units begin in the raw bytes of a row: calls f(column, position, ASCII or CsvEncoding::none).
template <class F>
void each_unit(std::string const& raw, CsvEncoding const& encoding, char delimiter, F&& f) {
    bool quoted = false, begins = true;
    std::size_t column = 0;
    for (std::size_t at = 0; at + encoding.width() <= raw.size(); at += encoding.width()) {
        auto const c = encoding.ascii(raw.data() + at);
        if (c == '"' && (begins || quoted)) quoted = !quoted;
        else if (c == delimiter && !quoted) {
            ++column;
            begins = true;
            continue;
        } else f(column, at, c);
        begins = false;
        if (encoding.width() == 1 && encoding.leads(static_cast<unsigned char>(raw[at]))) ++at;
    }
}

// A file read and written at places, closed whatever happens.
class Patched {
  public:
    explicit Patched(std::filesystem::path const& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CLOEXEC)) {
        check(descriptor_ >= 0);
    }
    Patched(Patched const&) = delete;
    ~Patched() { ::close(descriptor_); }
    std::string read(std::uint64_t from, std::uint64_t to) const {
        std::string bytes(to - from, '\0');
        check(::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(from)) ==
              static_cast<ssize_t>(bytes.size()));
        return bytes;
    }
    void write(std::uint64_t at, std::string const& bytes) const {
        check(::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at)) ==
              static_cast<ssize_t>(bytes.size()));
    }

  private:
    static void check(bool well) {
        if (!well) throw std::system_error(errno, std::generic_category(), "an uploaded file cannot be masked");
    }
    int descriptor_;
};

// The raw row with the covered letters and digits of its cells as X. `cover[column]` counts a cell's letters and digits
// through.
std::string cover_row(std::string raw, CsvFormat const& format, CsvEncoding const& encoding,
                      std::vector<std::vector<bool>> const& cover, std::vector<ColumnGuard> const& guards) {
    std::vector<std::size_t> counted(cover.size(), 0);
    auto const width = encoding.width();
    each_unit(std::string(raw), encoding, format.delimiter, [&](std::size_t column, std::size_t at, int c) {
        if (column >= cover.size()) return;
        bool hide = guards[column] == ColumnGuard::all && c > ' ' && c < 0x7f && c != '"';
        if (is_alphanumeric(c)) {
            auto const number = counted[column]++;
            hide = hide || (number < cover[column].size() && cover[column][number]);
        }
        if (!hide) return;
        for (std::size_t i = 0; i < width; ++i)
            if (raw[at + i] == static_cast<char>(c)) raw[at + i] = 'X';
    });
    return raw;
}

}  // namespace

std::size_t mask_in_place(std::filesystem::path const& file, CsvFormat const& format, std::uint64_t offset,
                          std::uint64_t line, std::vector<ColumnGuard> const& columns) {
    Patched const patched(file);
    CsvEncoding const encoding(format.encoding);
    CsvReader reader(file, format, offset, line);
    CsvRow row;
    auto guards = columns;
    std::size_t count = 0;
    for (auto begin = offset; reader.next(row); begin = row.next_offset) {
        std::vector<std::vector<bool>> cover(row.cells.size());
        if (guards.size() < row.cells.size()) guards.resize(row.cells.size(), ColumnGuard::numbers);
        bool any = false;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            bool const hides = guards[i] == ColumnGuard::all && !row.cells[i].empty();
            if (guards[i] == ColumnGuard::numbers && may_hold_secret(row.cells[i])) cover[i] = covered(row.cells[i]);
            if (!hides && std::find(cover[i].begin(), cover[i].end(), true) == cover[i].end()) continue;
            any = true;
            ++count;
        }
        if (any) patched.write(begin, cover_row(patched.read(begin, row.next_offset), format, encoding, cover, guards));
    }
    return count;
}

std::string masked(std::string_view text) {
    std::string out(text);
    if (!may_hold_secret(text)) return out;
    auto const cover = covered(text);
    std::size_t number = 0;
    for (char& c : out)
        if (is_alphanumeric(static_cast<unsigned char>(c)) && cover[number++]) c = 'X';
    return out;
}

Secret secret_in(std::string_view text) {
    if (may_hold_secret(text))
        if (auto const found = find_secrets(text); !found.empty())
            return found.front().kind == SecretSpan::Kind::card ? Secret::card_number : Secret::bank_account;
    // What masking left: eight or more X, perhaps parted, before the last four.
    std::size_t hidden = 0;
    bool account = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == 'X') {
            if (hidden++ == 0) account = i >= 2 && is_ascii_letter(text[i - 1]) && is_ascii_letter(text[i - 2]);
        } else if (is_alphanumeric(static_cast<unsigned char>(text[i]))) {
            if (hidden >= 8) return account ? Secret::bank_account : Secret::card_number;
            hidden = 0;
        }
    }
    return Secret::none;
}

}  // namespace patron::imports
