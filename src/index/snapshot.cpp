// An index written down and read again. A snapshot is blocks of up to 1 MB – length, CRC-32 (both little endian), bytes –
// behind eight bytes that name the format and its version; a block of no length ends it. Within stand first the marks,
// texts and words that some row has, then the rows with the numbers of theirs, then the columns. What is looked things
// up by is made anew, so that nothing of it need be believed.
#include "index/parts.hpp"

#include <array>
#include <bit>
#include <istream>
#include <ostream>
#include <zlib.h>

namespace patron::index {

namespace {

constexpr std::string_view format{"PATRIDX\1", 8};
constexpr std::size_t block_size = 1u << 20;
constexpr std::size_t most_reserved = 1u << 20;  // what a snapshot says of its size is only believed so far

static_assert(std::endian::native == std::endian::little, "snapshots are written as they stand in memory");

std::uint32_t crc_of(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<Bytef const*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

class Writer {
  public:
    explicit Writer(std::ostream& into) : into_(into) {
        into_.write(format.data(), static_cast<std::streamsize>(format.size()));
    }
    void number(std::uint64_t number) {
        for (; number >= 128; number >>= 7) block_ += static_cast<char>(number | 128);
        block_ += static_cast<char>(number);
    }
    void fixed(std::int64_t number) { block_.append(reinterpret_cast<char const*>(&number), sizeof number); }
    void text(std::string_view text) {
        number(text.size());
        bytes(text);
    }
    void bytes(std::string_view bytes) {
        while (!bytes.empty()) {
            if (block_.size() >= block_size) flush();
            auto const part = bytes.substr(0, block_size - block_.size());
            block_ += part;
            bytes.remove_prefix(part.size());
        }
    }
    void between() {  // things may be parted anywhere; small ones are not
        if (block_.size() >= block_size - 1024) flush();
    }
    void finish() {
        if (!block_.empty()) flush();
        flush();
        into_.flush();
        if (!into_) throw std::runtime_error("the index's snapshot could not be written");
    }

  private:
    void flush() {
        std::uint32_t const head[2] = {static_cast<std::uint32_t>(block_.size()), crc_of(block_)};
        into_.write(reinterpret_cast<char const*>(head), sizeof head);
        into_.write(block_.data(), static_cast<std::streamsize>(block_.size()));
        block_.clear();
    }
    std::ostream& into_;
    std::string block_;
};

class Reader {
  public:
    explicit Reader(std::istream& from) : from_(from) {
        std::array<char, format.size()> head{};
        if (!from_.read(head.data(), head.size())) throw BadSnapshot("the index's snapshot is cut short");
        if (std::string_view(head.data(), head.size()) != format)
            throw BadSnapshot("the index's snapshot is of another version");
    }
    std::uint64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            auto const byte = static_cast<unsigned char>(*take(1).data());
            number |= std::uint64_t{byte & 127u} << shift;
            if (byte < 128) return number;
        }
        throw BadSnapshot("a number in the index's snapshot has no end");
    }
    std::int64_t fixed() {
        std::int64_t number = 0;
        auto const bytes = take(sizeof number);
        std::memcpy(&number, bytes.data(), sizeof number);
        return number;
    }
    // Valid until the next is read.
    std::string_view text(std::size_t most) {
        auto const size = number();
        if (size > most) throw BadSnapshot("a text in the index's snapshot is too long");
        return take(size);
    }
    std::string_view take(std::size_t size) {
        if (block_.size() - at_ >= size) return at_ += size, std::string_view(block_).substr(at_ - size, size);
        joined_.clear();
        while (joined_.size() < size) {
            if (at_ == block_.size()) next_block();
            auto const part = std::string_view(block_).substr(at_, size - joined_.size());
            joined_ += part;
            at_ += part.size();
        }
        return joined_;
    }
    void finish() {
        std::uint32_t head[2] = {1, 0};
        if (at_ != block_.size() || !from_.read(reinterpret_cast<char*>(head), sizeof head) || head[0] != 0)
            throw BadSnapshot("the index's snapshot has no end");
    }

  private:
    void next_block() {
        std::uint32_t head[2];
        if (!from_.read(reinterpret_cast<char*>(head), sizeof head))
            throw BadSnapshot("the index's snapshot is cut short");
        if (head[0] == 0 || head[0] > 2 * block_size) throw BadSnapshot("a block of the index's snapshot is damaged");
        block_.resize(head[0]);
        at_ = 0;
        if (!from_.read(block_.data(), static_cast<std::streamsize>(block_.size())))
            throw BadSnapshot("the index's snapshot is cut short");
        if (crc_of(block_) != head[1]) throw BadSnapshot("a block of the index's snapshot is damaged");
    }
    std::istream& from_;
    std::string block_, joined_;
    std::size_t at_ = 0;
};

// New numbers of the things that some row has, by kind.
struct Renumbered {
    std::vector<std::uint32_t> marks, values, words;
    std::uint32_t of(std::uint32_t code) const {
        auto const kind = kind_of(code);
        auto const& numbers = kind == Kind::mark ? marks : kind == Kind::value ? values : words;
        return code_of(kind, numbers[number_in(code)]);
    }
};

}  // namespace

void Index::save(std::ostream& into) const {
    auto const& parts = *parts_;
    Writer writer(into);
    Renumbered now;
    // Those of `numbers` that are used are counted, written and numbered anew.
    auto const write_used = [&](std::vector<std::uint32_t>& renumbered, std::size_t all, auto const& numbers,
                                auto const& used, auto const& write) {
        renumbered.assign(all, Slots::none);
        std::uint32_t count = 0;
        for (auto const number : numbers)
            if (used(number)) renumbered[number] = count++;
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
        });
    write_used(
        now.values, parts.values.size(), counted(parts.values.size()),
        [&](std::uint32_t number) { return !parts.values[number].rows.empty(); },
        [&](std::uint32_t number) {
            writer.fixed(parts.values.attribute(number));
            writer.text(parts.values.text(number));
        });
    write_used(
        now.words, parts.words.size(), parts.words.ordered(),
        [&](std::uint32_t number) {
            return !parts.words.rows(number, Field::name).empty() || !parts.words.rows(number, Field::other).empty();
        },
        [&](std::uint32_t number) { writer.text(parts.words.text(number)); });

    auto const used = parts.live | parts.binned;
    writer.number(used.count());
    used.each([&](Row row) {
        auto const view = parts.view(row);
        auto codes = unpacked(view.codes);
        for (auto& code : codes) code = now.of(code);
        std::sort(codes.begin(), codes.end());
        writer.fixed(parts.ids[row]);
        writer.number(parts.live.has(row) ? 1 : 0);
        for (auto const part : {view.name, view.digits, view.name_key}) writer.text(part);
        writer.text(packed(codes));
        writer.between();
    });
    writer.number(parts.columns.size());
    for (auto const& column : parts.columns) {
        writer.fixed(column.attribute);
        used.each([&](Row row) {
            writer.fixed(std::bit_cast<std::int64_t>(row < column.numbers.size() ? column.numbers[row] : no_value));
            writer.between();
        });
    }
    writer.finish();
}

void Index::load(std::istream& from) {
    auto fresh = std::make_unique<Parts>();
    auto& parts = *fresh;
    Reader reader(from);
    auto const twice = [](bool is) {
        if (is) throw BadSnapshot("something stands twice in the index's snapshot");
    };
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed(), value = reader.fixed();
        auto const before = parts.marks.size();
        twice(parts.marks.number_of(attribute, value) < before);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed();
        auto const before = parts.values.size();
        twice(parts.values.number_of(attribute, reader.text(Texts::longest)) < before);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const before = parts.words.size();
        auto const word = reader.text(Words::longest);
        if (word.empty()) throw BadSnapshot("a word in the index's snapshot is empty");
        twice(parts.words.number_of(word) < before);
    }

    auto const rows = reader.number();
    parts.reserve(std::min<std::size_t>(rows, most_reserved));
    for (std::uint64_t done = 0; done < rows; ++done) {
        auto const id = reader.fixed();
        twice(parts.find(id) != Slots::none);
        auto const is_live = reader.number() != 0;
        std::string const name(reader.text(longest_name)), digits(reader.text(longest_digits)),
            key(reader.text(longest_key));
        auto const bytes = reader.text(Blocks::longest / 2);
        auto const codes = unpacked(bytes);
        parts.check(codes);
        auto const row = parts.new_row(id);
        parts.change_codes(row, {}, codes);
        parts.change_digits(row, {}, digits);
        parts.write_block(row, name, digits, key, packed(codes));
        parts.set_heads(row, key, name);
        (is_live ? parts.live : parts.binned).set(row);
    }
    for (auto left = reader.number(); left > 0; --left) {
        auto const attribute = reader.fixed();
        twice(parts.column(attribute) != nullptr);
        auto& numbers = parts.made_column(attribute).numbers;
        for (std::size_t row = 0; row < parts.rows(); ++row) numbers.push_back(std::bit_cast<double>(reader.fixed()));
    }
    reader.finish();
    parts_ = std::move(fresh);
}

}  // namespace patron::index
