#include "modules/imports/uploading.hpp"

#include "base/csv.hpp"
#include "base/fold.hpp"
#include "base/unicode.hpp"
#include "modules/imports/headers.hpp"
#include "modules/imports/jobs.hpp"
#include "modules/imports/masking.hpp"
#include "modules/imports/store.hpp"

#include <fstream>
#include <set>

namespace patron::imports {
namespace {

constexpr std::size_t rows_looked_at = 50, samples_shown = 5, longest_sample = 200;

// Other kinds of files are told apart by how they begin, for an answer that helps.
void check_bytes(std::filesystem::path const& file, std::uint64_t size) {
    if (size == 0) throw Problem(422, "empty_file", "The file is empty.");
    std::string begin(4096, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(stream.gcount()));
    if (begin.starts_with("PK\x03\x04") || begin.starts_with("\xd0\xcf\x11\xe0"))
        throw Problem(415, "spreadsheet_file", "This is a spreadsheet file; save it as CSV (UTF-8) and send that.");
    if (begin.starts_with("BEGIN:VCARD"))
        throw Problem(415, "vcard_file", "This is a vCard file; export your contacts as CSV and send that.");
    bool const wide = begin.starts_with("\xff\xfe") || begin.starts_with("\xfe\xff");
    std::size_t odd = 0, zeros = 0;
    for (char const c : begin) {
        zeros += c == '\0' ? 1 : 0;
        odd += (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\0') || c == 0x7f
                   ? 1
                   : 0;
    }
    // Text in two bytes a letter has about half zeros; nothing else has any.
    bool const maybe_wide = wide || (zeros * 4 > begin.size() && zeros * 10 < begin.size() * 7);
    if ((zeros > 0 && !maybe_wide) || odd * 50 > begin.size())
        throw Problem(415, "not_a_list", "This is no list in text form; send a CSV file.");
}

struct Beginning {
    CsvFormat format;
    std::vector<Column> columns;
    std::int64_t offset = 0, line = 1;  // behind the header
};

std::string unique_name(std::string name, std::size_t index, std::set<std::string>& taken) {
    if (name.empty()) name = "Column " + std::to_string(index + 1);
    while (name.size() > 200) name.pop_back();
    while (!is_utf8(name)) name.pop_back();
    auto unique = name;
    for (int number = 2; !taken.insert(unique).second; ++number) unique = name + " (" + std::to_string(number) + ")";
    return unique;
}

Beginning look_at(std::filesystem::path const& file) {
    Beginning begin{.format = find_csv_format(file)};
    CsvReader reader(file, begin.format);
    CsvRow row;
    if (!reader.next(row)) throw Problem(422, "empty_file", "The file has no rows.");
    if (!row.problem.empty())
        throw Problem(422, "unreadable_header",
                      "The first row, which names the columns, cannot be read: " + row.problem + ".");
    std::set<std::string> taken;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        begin.columns.push_back({unique_name(tidy(csv_uncell(row.cells[i])), i, taken), {}});
    begin.offset = static_cast<std::int64_t>(row.next_offset);
    begin.line = static_cast<std::int64_t>(row.next_line);
    for (std::size_t read = 0; read < rows_looked_at && reader.next(row); ++read)
        for (std::size_t i = 0; i < begin.columns.size() && i < row.cells.size(); ++i) {
            auto text = tidy(csv_uncell(row.cells[i]));
            if (!row.problem.empty() || text.empty()) continue;
            if (text.size() > longest_sample) text.resize(longest_sample);
            while (!is_utf8(text)) text.pop_back();
            begin.columns[i].samples.push_back(std::move(text));
        }
    return begin;
}

bool looks_like_phones(Column const& column, std::string_view country) {
    return by_samples(column.samples, country).field == "phone";
}

std::vector<ColumnGuard> guards_of(std::vector<Column> const& columns, std::vector<Suggestion> const& suggestions,
                                   std::string_view country) {
    std::vector<ColumnGuard> guards;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        bool const phone = suggestions[i].field.starts_with("phone") || looks_like_phones(columns[i], country);
        guards.push_back(is_secret_header(columns[i].name) ? ColumnGuard::all
                         : phone                           ? ColumnGuard::none
                                                           : ColumnGuard::numbers);
    }
    return guards;
}

Import import_of(Beginning const& begin, std::vector<Suggestion> const& suggestions,
                 std::vector<ColumnGuard> const& guards) {
    Import import;
    import.format = {begin.format.encoding,
                     begin.format.delimiter == '\t' ? "tab" : std::string(1, begin.format.delimiter)};
    for (std::size_t i = 0; i < begin.columns.size(); ++i) {
        ImportColumn column{.name = begin.columns[i].name, .index = static_cast<int>(i)};
        if (guards[i] != ColumnGuard::all)
            for (auto const& sample : begin.columns[i].samples)
                if (column.samples.size() < samples_shown)
                    column.samples.emplace_back(guards[i] == ColumnGuard::none ? sample : masked(sample));
        if (!suggestions[i].field.empty()) column.suggested = suggestions[i].field;
        column.confidence = suggestions[i].confidence;
        import.mapping[column.name] = column.suggested ? *column.suggested : std::string("-");
        import.columns.push_back(std::move(column));
    }
    return import;
}

}  // namespace

std::string source_of(std::string_view filename) {
    std::string source;
    for (char const c : fold(filename.substr(0, filename.rfind('.')))) {
        if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) source += c;
        else if (!source.empty() && source.back() != '_' && !is_ascii_digit(c)) source += '_';
    }
    while (source.ends_with('_')) source.pop_back();
    if (source.size() > 40 || source.empty()) return "import";
    return source;
}

http::Response upload(Call const& call) {
    auto const typed = call.param("filename");
    if (!typed) throw invalid("?filename", "required", "Say the file's name as ?filename=.");
    auto const filename = files::clean_filename(*typed);
    auto const kind = call.param("kind") ? filter_value<ImportKind>(*call.param("kind"), "kind")
                                         : db::Value{std::string("customers")};
    check_bytes(call.request->body_file, call.request->body_size);
    auto const begin = look_at(call.request->body_file);
    std::vector<Field> definitions;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        definitions = fields::readable(reading);
    });
    ImportKind what{};
    read_enum(std::get<std::string>(kind), what);
    std::string const country = call.business->settings()->country;
    auto const suggestions = suggest(begin.columns, what, definitions, country);
    auto const guards = guards_of(begin.columns, suggestions, country);
    mask_in_place(call.request->body_file, begin.format, static_cast<std::uint64_t>(begin.offset),
                  static_cast<std::uint64_t>(begin.line), guards);
    auto import = import_of(begin, suggestions, guards);
    import.kind = what;
    import.filename = filename;
    import.source = std::get<std::string>(filter_value<Text<1, 60>>(
        call.param("source").value_or(what == ImportKind::staff ? "import" : source_of(filename)), "source"));
    if (call.who.user_id) import.user_id = call.who.user_id;
    files::Shelf const shelf(files::folder_of(*call.business));
    return files::shelve(call, shelf, [&](Unit& unit, std::string const& stored) {
        auto kept = import;
        unit.keep(kept, {.kind = &import_uploaded});
        store::add_work(unit.tx, kept.id,
                        {.stored = stored,
                         .first_offset = begin.offset,
                         .first_line = begin.line,
                         .offset = begin.offset,
                         .line = begin.line});
        return detail::respond(kept, call, 201);
    });
}

}  // namespace patron::imports
