#include "base/csv.hpp"
#include "base/csv_bytes.hpp"
#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <map>
#include <uchardet.h>

namespace patron {

namespace {

constexpr std::size_t sample_size = 64 * 1024;

std::string sample_ahead(FileBytes& bytes) {
    bytes.has(sample_size);
    return std::string(bytes.ahead().substr(0, sample_size));
}

// The beginning; where that is all ASCII, the piece that tells more: around the first other byte of the file.
std::string telling_sample(FileBytes& bytes) {
    constexpr std::uint64_t before = 4096;
    std::string sample;
    do {
        bytes.skip(sample.size());
        sample = sample_ahead(bytes);
    } while (ascii_prefix(sample) == sample.size() && sample.size() == sample_size);
    auto const first = bytes.offset() + ascii_prefix(sample);
    bytes.go_to(first > before ? first - before : 0);
    return sample_ahead(bytes);
}

std::optional<CsvFormat> marked_format(std::string_view sample) {
    for (auto const* name :
         {"UTF-8", "UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"})  // UTF-32LE's mark begins with UTF-16LE's
        if (sample.starts_with(CsvEncoding(name).byte_order_mark())) return CsvFormat{name, ',', true};
    return std::nullopt;
}

// In UTF-16 each ASCII character (delimiters and line ends at least) has a NUL beside it, always on the same side.
std::optional<std::string> wide_encoding(std::string_view sample) {
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == 0) ++(i % 2 == 0 ? even : odd);
    auto const least = std::max<std::size_t>(2, sample.size() / 100);
    if (odd >= least && odd >= even * 8) return "UTF-16LE";
    if (even >= least && even >= odd * 8) return "UTF-16BE";
    return std::nullopt;
}

// A sample may end within a character; a file doesn't.
std::string_view whole_characters(std::string_view sample) {
    if (sample.size() < sample_size) return sample;
    for (std::size_t cut = 1; cut <= 3 && !is_utf8(sample); ++cut)
        if (auto const whole = sample.substr(0, sample.size() - cut); is_utf8(whole)) return whole;
    return sample;
}

std::string detected_encoding(std::string_view sample) {
    std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> const detector(uchardet_new(),
                                                                                                  uchardet_delete);
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "";
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

bool has_any(std::string_view sample, std::string_view bytes) { return sample.find_first_of(bytes) != sample.npos; }

// uchardet tells the language well, and less well its Windows code page from the ISO standard: bytes 80–9F are letters and
// quotes in the one, unused control characters in the other.
std::string windows_or_iso(std::string const& guess, std::string_view sample) {
    static std::map<std::string, std::string, std::less<>> const windows = {
        {"ISO-8859-1", "windows-1252"}, {"ISO-8859-2", "windows-1250"}, {"ISO-8859-4", "windows-1257"},
        {"ISO-8859-5", "windows-1251"}, {"ISO-8859-6", "windows-1256"}, {"ISO-8859-7", "windows-1253"},
        {"ISO-8859-8", "windows-1255"}, {"ISO-8859-9", "windows-1254"}, {"ISO-8859-13", "windows-1257"},
        {"ISO-8859-15", "windows-1252"}};
    bool const from_windows =
        std::any_of(sample.begin(), sample.end(), [](char byte) { return (byte & 0xE0) == 0x80; });
    if (guess == "ISO-8859-1" || guess == "ISO-8859-9") return windows.at(guess);      // which has all of it and more
    if (guess == "ISO-8859-15" && !has_any(sample, "\xA4")) return windows.at(guess);  // no euro sign tells it apart
    if (guess == "WINDOWS-1250" && !from_windows && has_any(sample, "\xA6\xAC\xB1\xB6\xBC"))
        return "ISO-8859-2";  // ŚŹąśź there, signs here
    auto const twin = windows.find(guess);
    return from_windows && twin != windows.end() ? twin->second : guess;
}

// uchardet's names of encodings as ICU's, the wider one where two differ by additions.
std::string icu_name(std::string const& guess, std::string_view sample) {
    static std::map<std::string, std::string, std::less<>> const names = {
        {"SHIFT_JIS", "Shift_JIS"},
        {"EUC-KR", "windows-949"},
        {"UHC", "windows-949"},
        {"BIG5", "Big5"},
        {"TIS-620", "windows-874"},
        {"MAC-CYRILLIC", "x-mac-cyrillic"},
        {"MAC-CENTRALEUROPE", "x-mac-centraleurroman"}};
    if (auto const known = names.find(guess); known != names.end()) return known->second;
    auto name = windows_or_iso(guess, sample);
    if (name.starts_with("WINDOWS-")) std::transform(name.begin(), name.end(), name.begin(), ascii_lower);
    return name;
}

std::string encoding_of(std::string_view sample) {
    if (is_utf8(whole_characters(sample))) return "UTF-8";
    auto const name = icu_name(detected_encoding(sample), sample);
    if (!CsvEncoding::knows(name)) return "windows-1252";
    auto text = std::string(sample.substr(0, sample.rfind('\n')));  // the last character may be cut
    return CsvEncoding(name).to_utf8(text) ? name : "windows-1252";
}

// How many of the delimiter stand in each row, quotes respected.
std::vector<std::size_t> counts_by_row(std::string_view text, char delimiter) {
    std::vector<std::size_t> counts;
    std::size_t count = 0;
    bool quoted = false, at_cell_start = true, empty = true;
    for (char const letter : text) {
        bool const line_end = !quoted && (letter == '\n' || letter == '\r');
        if (line_end && !empty) counts.push_back(count);
        if (line_end) count = 0;
        if (letter == '"' && (quoted || at_cell_start)) quoted = !quoted;
        if (!quoted && letter == delimiter) ++count;
        at_cell_start = line_end || letter == delimiter || (letter == '"' && !quoted);  // a doubled quote opens again
        empty = line_end;
    }
    if (!empty) counts.push_back(count);
    return counts;
}

// The share of rows that have the most frequent count, and that count. Rows without the delimiter only weigh against it.
std::pair<double, std::size_t> consistency(std::vector<std::size_t> const& counts) {
    std::map<std::size_t, std::size_t> rows;
    for (auto const count : counts)
        if (count > 0) ++rows[count];
    if (rows.empty()) return {0, 0};
    auto const most =
        std::max_element(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.second < b.second; });
    double const share = static_cast<double>(most->second) / static_cast<double>(counts.size());
    return {counts.front() == most->first ? share + 0.5 : share, most->first};  // the heading knows
}

constexpr std::string_view delimiters = ",;\t|";

// Of a first line "sep=;", which the reader skips.
std::optional<char> named_delimiter(std::string_view text) {
    if (text.starts_with('"')) text.remove_prefix(1);
    bool const named =
        text.size() > 4 && fold(text.substr(0, 4)) == "sep=" && delimiters.find(text[4]) != delimiters.npos;
    return named && (text.size() == 5 || has_any(text.substr(5, 1), "\r\n\"")) ? std::optional(text[4]) : std::nullopt;
}

char delimiter_of(std::string_view text) {
    if (auto const named = named_delimiter(text)) return *named;
    char best = ',';
    std::pair<double, std::size_t> best_so_far{0, 0};
    for (char const delimiter : delimiters) {
        auto const found = consistency(counts_by_row(text, delimiter));
        if (found > best_so_far) best_so_far = found, best = delimiter;
    }
    return best;
}

}  // namespace

CsvFormat find_csv_format(std::filesystem::path const& file) {
    FileBytes bytes(file, 0);
    auto sample = sample_ahead(bytes);
    auto format = marked_format(sample).value_or(CsvFormat{"", ',', false});
    if (format.encoding.empty()) format.encoding = wide_encoding(sample).value_or("");
    if (format.encoding.empty()) format.encoding = encoding_of(telling_sample(bytes));
    CsvEncoding const encoding(format.encoding);
    if (format.bom) sample.erase(0, encoding.byte_order_mark().size());
    bool const cut = sample.size() >= sample_size - 4;
    encoding.to_utf8(sample);
    if (auto const last = sample.find_last_of("\r\n"); cut && last != sample.npos) sample.resize(last + 1);
    format.delimiter = delimiter_of(sample);
    return format;
}

}  // namespace patron
