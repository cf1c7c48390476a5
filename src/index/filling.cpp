// Taking records in and out.
#include "index/parts.hpp"

namespace patron::index {

namespace {

void sort_once(std::vector<std::uint32_t>& codes) {
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

// At a code point's border.
std::string_view cut(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    return text.substr(0, most);
}

// visit(code) for what is only in the first of two sorted lists.
template <class Visit>
void each_only_in(std::vector<std::uint32_t> const& one, std::vector<std::uint32_t> const& other, Visit visit) {
    auto at = other.begin();
    for (auto const code : one) {
        while (at != other.end() && *at < code) ++at;
        if (at == other.end() || *at != code) visit(code);
    }
}

std::vector<std::uint32_t> numbers_of(Kind kind, std::vector<std::uint32_t> const& codes) {
    std::vector<std::uint32_t> numbers;
    for (auto const code : codes)
        if (kind_of(code) == kind) numbers.push_back(number_in(code));
    return numbers;
}

}  // namespace

void Index::Parts::reserve(std::size_t rows) {
    ids.reserve(rows);
    places.reserve(rows);
    key_heads.reserve(rows);
    name_heads.reserve(rows);
    by_id.reserve(rows);
}

void Index::Parts::set_heads(Row row, std::string_view key, std::string_view name) {
    key_heads.set(row, head_of(key));
    name_heads[row] = head_of(name);
}

Row Index::Parts::new_row(std::int64_t id) {
    Row row = 0;
    if (!unused.empty()) {
        row = unused.back();
        unused.pop_back();
        ids.set(row, id);
    } else {
        if (ids.size() >= Slots::none) throw std::length_error("the index is full");
        row = static_cast<Row>(ids.size());
        ids.set(row, id);
        places.push_back(no_block);
        key_heads.set(row, 0);
        name_heads.push_back(0);
        live.grow(ids.size());
        binned.grow(ids.size());
    }
    by_id.add(mixed(static_cast<std::uint64_t>(id)), row);
    return row;
}

void Index::Parts::write_block(Row row, std::string_view name, std::string_view digits, std::string_view key,
                               std::string_view codes) {
    auto const size = head_bytes + name.size() + digits.size() + key.size() + codes.size();
    auto const old = places[row];
    auto const old_size = old == no_block ? 0 : view(row).size;
    if (old == no_block || !blocks.fits(old_size, size)) {
        places[row] = blocks.take(size);
        if (old != no_block) blocks.release(old, old_size);
    }
    auto* at = blocks.at(places[row]);
    std::uint16_t const sizes[4] = {static_cast<std::uint16_t>(name.size()), static_cast<std::uint16_t>(digits.size()),
                                    static_cast<std::uint16_t>(key.size()), 0};
    auto const codes_size = static_cast<std::uint32_t>(codes.size());
    std::memcpy(at, sizes, sizeof sizes);
    std::memcpy(at + sizeof sizes, &codes_size, sizeof codes_size);
    at += head_bytes;
    for (auto const part : {name, digits, key, codes}) {
        if (!part.empty()) std::memcpy(at, part.data(), part.size());
        at += part.size();
    }
}

Posting& Index::Parts::posting(std::uint32_t code) {
    auto const number = number_in(code);
    switch (kind_of(code)) {
        case Kind::mark: return marks[number].rows;
        case Kind::value: return values[number].rows;
        case Kind::name_word: return words.rows(number, Field::name);
        default: return words.rows(number, Field::other);
    }
}

std::vector<std::uint32_t> Index::Parts::codes_of(Entry const& entry) {
    std::vector<std::uint32_t> codes;
    codes.reserve(64);
    for (auto const& [attribute, value] : entry.marks)
        codes.push_back(code_of(Kind::mark, marks.number_of(attribute, value)));
    for (auto const& [attribute, text] : entry.texts)
        codes.push_back(code_of(Kind::value, values.number_of(attribute, text)));
    each_word(entry.name,
              [&](std::string_view word) { codes.push_back(code_of(Kind::name_word, words.number_of(word))); });
    each_word(entry.words,
              [&](std::string_view word) { codes.push_back(code_of(Kind::other_word, words.number_of(word))); });
    sort_once(codes);
    return codes;
}

// The sets that are kept, after a mark that they depend on came or went.
void Index::Parts::keep_up(Row row, std::vector<std::uint32_t> const& codes) {
    std::vector<KeptSets::Mark> carried;
    for (auto const code : codes)
        if (kind_of(code) == Kind::mark)
            if (auto const& mark = marks[number_in(code)]; kept.concerns(mark.attribute))
                carried.emplace_back(mark.attribute, mark.value);
    kept.set_marks(row, carried);
}

void Index::Parts::change_codes(Row row, std::vector<std::uint32_t> const& before,
                                std::vector<std::uint32_t> const& after) {
    auto words_change = false, kept_change = false, values_change = false;
    auto const note = [&](std::uint32_t code) {
        values_change |= kind_of(code) == Kind::value;
        words_change |= kind_of(code) == Kind::name_word || kind_of(code) == Kind::other_word;
        kept_change |= kind_of(code) == Kind::mark && kept.concerns(marks[number_in(code)].attribute);
    };
    each_only_in(before, after, [&](std::uint32_t code) { note(code), posting(code).remove(row); });
    each_only_in(after, before, [&](std::uint32_t code) { note(code), posting(code).add(row); });
    if (words_change) change_beginnings(row, before, after);
    if (values_change) values.change_pairs(row, numbers_of(Kind::value, before), numbers_of(Kind::value, after));
    if (kept_change) keep_up(row, after);
}

void Index::Parts::change_beginnings(Row row, std::vector<std::uint32_t> const& before,
                                     std::vector<std::uint32_t> const& after) {
    using Beginnings = std::vector<std::pair<std::uint64_t, Field>>;
    auto const of = [&](std::vector<std::uint32_t> const& codes) {
        Beginnings all;
        all.reserve(3 * codes.size());
        for (auto const code : codes) {
            auto const kind = kind_of(code);
            if (kind != Kind::name_word && kind != Kind::other_word) continue;
            Words::each_beginning(words.text(number_in(code)), [&](std::uint64_t letters) {
                all.emplace_back(letters, kind == Kind::name_word ? Field::name : Field::other);
            });
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    };
    auto const old = of(before), now = of(after);
    for (auto const& one : old)
        if (!std::binary_search(now.begin(), now.end(), one)) words.rows_beginning(one.first, one.second).remove(row);
    for (auto const& one : now)
        if (!std::binary_search(old.begin(), old.end(), one)) words.rows_beginning(one.first, one.second).add(row);
}

void Index::Parts::change_digits(Row row, std::string_view before, std::string_view after) {
    if (before == after) return;
    auto const old = Digits::fours_of(before), now = Digits::fours_of(after);
    for (auto const four : old)
        if (!std::binary_search(now.begin(), now.end(), four)) digits[four].remove(row);
    for (auto const four : now)
        if (!std::binary_search(old.begin(), old.end(), four)) digits[four].add(row);
}

void Index::Parts::set_numbers(Row row, std::vector<std::pair<Attribute, double>> const& numbers) {
    for (auto const& number : numbers) made_column(number.first);
    for (auto& column : columns) {
        auto const last = std::find_if(numbers.rbegin(), numbers.rend(),
                                       [&](auto const& number) { return number.first == column.attribute; });
        if (last != numbers.rend()) column.numbers.set(row, last->second);
        else if (row < column.numbers.size()) column.numbers.set(row, no_value);
    }
}

void Index::Parts::set_values(Row row, std::vector<std::uint32_t> const& codes) {
    values.set_values(row, numbers_of(Kind::value, codes));
}

Index::Index() : parts_(std::make_unique<Parts>()) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

void Index::put(Entry const& entry) {
    auto& parts = *parts_;
    auto const codes = parts.codes_of(entry);
    auto const bytes = packed(codes);
    auto const name = cut(entry.name, longest_name), digits = cut(entry.digits, longest_digits);
    auto const key = std::string_view(entry.name_key).substr(0, longest_key);
    if (bytes.size() + name.size() + digits.size() + key.size() + head_bytes > Blocks::longest)
        throw std::length_error("a record is too large for the index");

    auto row = parts.find(entry.id);
    if (row == Slots::none) {
        row = parts.new_row(entry.id);
        parts.change_codes(row, {}, codes);
        parts.change_digits(row, {}, digits);
    } else {
        auto const before = parts.view(row);
        if (before.codes != bytes) parts.change_codes(row, unpacked(before.codes), codes);
        parts.change_digits(row, before.digits, digits);
    }
    parts.write_block(row, name, digits, key, bytes);
    parts.set_heads(row, key, name);
    parts.set_numbers(row, entry.numbers);
    parts.set_values(row, codes);
    (entry.live ? parts.live : parts.binned).set(row);
    (entry.live ? parts.binned : parts.live).reset(row);
}

bool Index::prepare_some() { return parts_->values.make_some_pairs(); }

void Index::mark(Attribute attribute, std::int64_t value, std::span<std::int64_t const> ids, bool on) {
    if (ids.empty()) return;
    auto& parts = *parts_;
    auto const code = code_of(Kind::mark, parts.marks.number_of(attribute, value));
    for (auto const id : ids) {
        auto const row = parts.find(id);
        if (row == Slots::none) continue;
        auto const before = parts.view(row);
        auto codes = unpacked(before.codes);
        auto const place = std::lower_bound(codes.begin(), codes.end(), code);
        bool const marked = place != codes.end() && *place == code;
        if (marked == on) continue;
        if (on) codes.insert(place, code);
        else codes.erase(place);
        // The block may move: what stands in it is taken out first.
        std::string const name(before.name), digits(before.digits), key(before.name_key);
        parts.write_block(row, name, digits, key, packed(codes));
        if (on) parts.posting(code).add(row);
        else parts.posting(code).remove(row);
        if (parts.kept.concerns(attribute)) parts.keep_up(row, codes);
    }
}

void Index::drop(std::int64_t id) {
    auto& parts = *parts_;
    auto const row = parts.find(id);
    if (row == Slots::none) return;
    auto const view = parts.view(row);
    parts.change_codes(row, unpacked(view.codes), {});
    parts.change_digits(row, view.digits, {});
    parts.blocks.release(parts.places[row], view.size);
    parts.places[row] = no_block;
    parts.set_numbers(row, {});
    parts.set_values(row, {});
    parts.live.reset(row);
    parts.binned.reset(row);
    parts.by_id.remove(mixed(static_cast<std::uint64_t>(id)), row);
    parts.unused.push_back(row);
}

}  // namespace patron::index
