// An index written down and read again. Within the blocks stand the rows' ids and which of them are live; the marks, texts
// and words that some row has, each with its rows; the rows by beginnings of words and by digits; what each row consists
// of; the columns; and which attributes were sorted by. Sets of rows are written as they stand in memory, for to gather
// them again from the rows is what took the longest. All of it is checked: a snapshot may say untrue things, but nothing
// that harms.
#include "index/parts.hpp"
#include "index/snapshot_bytes.hpp"

namespace patron::index {

namespace {

// New numbers of the rows that are used, and of the things that some row has, by kind.
struct Renumbered {
    std::vector<Row> rows;
    bool same_rows = true;  // none is unused
    std::vector<std::uint32_t> marks, values, words;
    std::uint32_t of(std::uint32_t code) const {
        auto const kind = kind_of(code);
        auto const& numbers = kind == Kind::mark ? marks : kind == Kind::value ? values : words;
        return code_of(kind, numbers[number_in(code)]);
    }
};

// Twice the number of rows, and their differences; or one more than twice the bytes of a bitmap, and it.
void write_posting(SnapshotWriter& writer, Renumbered const& now, Posting const& posting) {
    auto const write_bitmap = [&](std::string const& bytes) {
        writer.number(bytes.size() << 1 | 1);
        writer.bytes(bytes);
    };
    if (now.same_rows && posting.is_large()) return write_bitmap(posting.portable());
    std::vector<Row> rows;
    rows.reserve(posting.size());
    posting.each([&](Row row) { rows.push_back(now.rows[row]); });
    if (rows.size() > Posting::most_sorted) return write_bitmap(Posting::portable(rows));
    writer.number(rows.size() << 1);
    Row last = 0;
    for (auto const row : rows) writer.number(row - std::exchange(last, row));
}

Posting read_posting(SnapshotReader& reader, std::size_t end) {
    auto const head = reader.number();
    if ((head & 1) != 0) {
        // No set of rows is larger than all of them as bits, with some bytes for each 65536.
        if (head >> 1 > 16 * (end / 65536 + 1) + 8192 * (end / 65536 + 1))
            throw BadSnapshot("a set of rows in the index's snapshot is too long");
        auto posting = Posting::of_portable(reader.take(head >> 1), end);
        if (!posting) throw BadSnapshot("a set of rows in the index's snapshot is damaged");
        return std::move(*posting);
    }
    std::array<Row, Posting::most_sorted> rows;
    auto const size = head >> 1;
    if (size > rows.size()) throw BadSnapshot("a set of rows in the index's snapshot is too long");
    std::uint64_t row = 0;
    for (std::size_t at = 0; at < size; ++at) {
        auto const step = reader.number();
        if (step >= end || (step == 0 && at > 0) || (row += step) >= end)
            throw BadSnapshot("a set of rows in the index's snapshot is damaged");
        rows[at] = static_cast<Row>(row);
    }
    return Posting::of_sorted(std::span(rows).first(size));
}

void refuse_twice(bool is) {
    if (is) throw BadSnapshot("something stands twice in the index's snapshot");
}

}  // namespace

void Index::save(std::ostream& into) const {
    auto const& parts = *parts_;
    SnapshotWriter writer(into);
    auto const used = parts.live | parts.binned;
    Renumbered now;
    now.rows.assign(parts.rows(), Slots::none);
    std::vector<std::int64_t> ids;
    Bits live(used.count());
    used.each([&](Row row) {
        now.rows[row] = static_cast<Row>(ids.size());
        if (parts.live.has(row)) live.set(now.rows[row]);
        ids.push_back(parts.ids[row]);
    });
    now.same_rows = parts.unused.empty();
    writer.number(ids.size());
    writer.array(ids);
    writer.array(live.words());

    // Those of `numbers` that are used are counted, written and numbered anew.
    auto const write_used = [&](std::vector<std::uint32_t>& renumbered, std::size_t all, auto const& numbers,
                                auto const& is_used, auto const& write) {
        renumbered.assign(all, Slots::none);
        std::uint32_t count = 0;
        for (auto const number : numbers)
            if (is_used(number)) renumbered[number] = count++;
        writer.number(count);
        for (auto const number : numbers) {
            if (renumbered[number] != Slots::none) write(number);
            writer.between();
        }
    };
    auto const counted = [](std::size_t end) {
        std::vector<std::uint32_t> numbers(end);
        for (std::size_t at = 0; at < end; ++at) numbers[at] = static_cast<std::uint32_t>(at);
        return numbers;
    };
    write_used(
        now.marks, parts.marks.size(), counted(parts.marks.size()),
        [&](std::uint32_t number) { return !parts.marks[number].rows.empty(); },
        [&](std::uint32_t number) {
            writer.fixed(parts.marks[number].attribute);
            writer.fixed(parts.marks[number].value);
            write_posting(writer, now, parts.marks[number].rows);
        });
    write_used(
        now.values, parts.values.size(), counted(parts.values.size()),
        [&](std::uint32_t number) { return !parts.values[number].rows.empty(); },
        [&](std::uint32_t number) {
            writer.fixed(parts.values.attribute(number));
            writer.text(parts.values.text(number));
            write_posting(writer, now, parts.values[number].rows);
        });
    write_used(
        now.words, parts.words.size(), parts.words.ordered(),
        [&](std::uint32_t number) {
            return !parts.words.rows(number, Field::name).empty() || !parts.words.rows(number, Field::other).empty();
        },
        [&](std::uint32_t number) {
            writer.text(parts.words.text(number));
            write_posting(writer, now, parts.words.rows(number, Field::name));
            write_posting(writer, now, parts.words.rows(number, Field::other));
        });
    writer.number(parts.words.beginnings());
    parts.words.each_kept_beginning([&](std::uint64_t letters, Posting const& in_name, Posting const& elsewhere) {
        writer.fixed(static_cast<std::int64_t>(letters));
        write_posting(writer, now, in_name);
        write_posting(writer, now, elsewhere);
    });
    for (std::uint16_t four = 0; four < Digits::fours; ++four) write_posting(writer, now, parts.digits[four]);

    used.each([&](Row row) {
        auto const view = parts.view(row);
        auto codes = unpacked(view.codes);
        for (auto& code : codes) code = now.of(code);
        std::sort(codes.begin(), codes.end());
        for (auto const part : {view.name, view.digits, view.name_key}) writer.text(part);
        writer.text(packed(codes));
        writer.between();
    });
    writer.number(parts.columns.size());
    for (auto const& column : parts.columns) {
        writer.fixed(column.attribute);
        std::vector<double> numbers;
        numbers.reserve(ids.size());
        used.each([&](Row row) { numbers.push_back(column.numbers[row]); });
        writer.array(numbers);
    }
    auto const sorted_by = parts.values.sorted_by();
    writer.number(sorted_by.size());
    writer.array(sorted_by);
    writer.finish();
}

void Index::load(std::istream& from) {
    auto fresh = std::make_unique<Parts>();
    auto& parts = *fresh;
    SnapshotReader reader(from);
    auto const rows = reader.number();
    if (rows >= Slots::none) throw BadSnapshot("the index's snapshot is too long");
    auto ids = reader.array<std::int64_t>(rows);
    parts.load_ids(std::move(ids), reader.array<std::uint64_t>((rows + 63) / 64));
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed(), value = reader.fixed();
        auto const before = parts.marks.size();
        auto const number = parts.marks.number_of(attribute, value);
        refuse_twice(number < before);
        parts.marks[number].rows = read_posting(reader, rows);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed();
        auto const before = parts.values.size();
        auto const number = parts.values.number_of(attribute, reader.text(Texts::longest));
        refuse_twice(number < before);
        parts.values[number].rows = read_posting(reader, rows);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const word = reader.text(Words::longest);
        auto const last = parts.words.size();
        if (word.empty() || (last > 0 && word <= parts.words.text(static_cast<std::uint32_t>(last - 1))))
            throw BadSnapshot("the words in the index's snapshot are damaged");
        auto const number = parts.words.append(word);
        for (auto const field : {Field::name, Field::other})
            parts.words.rows(number, field) = read_posting(reader, rows);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const letters = static_cast<std::uint64_t>(reader.fixed());
        auto const before = parts.words.beginnings();
        for (auto const field : {Field::name, Field::other})
            parts.words.rows_beginning(letters, field) = read_posting(reader, rows);
        refuse_twice(parts.words.beginnings() == before);
    }
    for (std::uint16_t four = 0; four < Digits::fours; ++four) parts.digits[four] = read_posting(reader, rows);
    std::vector<std::uint64_t> key_heads(rows);
    for (Row row = 0; row < rows; ++row) {
        std::string const name(reader.text(longest_name));
        std::string const digits(reader.text(longest_digits));
        std::string const key(reader.text(longest_key));
        auto const codes = reader.text(Blocks::longest / 2);
        parts.check(codes);
        parts.write_block(row, name, digits, key, codes);
        parts.name_heads[row] = head_of(name);
        key_heads[row] = head_of(key);
    }
    parts.key_heads.assign(std::move(key_heads));
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed();
        refuse_twice(parts.column(attribute) != nullptr);
        parts.made_column(attribute).numbers.assign(reader.array<double>(rows));
    }
    for (auto left = reader.number(); left > 0; --left) parts.values.firsts(reader.fixed(), rows);
    reader.finish();
    parts_ = std::move(fresh);
}

}  // namespace patron::index
