// The bytes of a snapshot: blocks of up to 1 MB – length, CRC-32 (both little endian), bytes – behind eight bytes that name
// the format and its version; a block of no length ends it.
#pragma once
#include "index/index.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <istream>
#include <ostream>
#include <zlib.h>

namespace patron::index {

inline constexpr std::string_view snapshot_format{"PATRIDX\2", 8};
inline constexpr std::size_t snapshot_block = 1u << 20;

static_assert(std::endian::native == std::endian::little, "snapshots are written as they stand in memory");

inline std::uint32_t crc_of(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<Bytef const*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

class SnapshotWriter {
  public:
    explicit SnapshotWriter(std::ostream& into) : into_(into) {
        into_.write(snapshot_format.data(), static_cast<std::streamsize>(snapshot_format.size()));
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
            if (block_.size() >= snapshot_block) flush();
            auto const part = bytes.substr(0, snapshot_block - block_.size());
            block_ += part;
            bytes.remove_prefix(part.size());
        }
    }
    template <class Number>
    void array(std::vector<Number> const& numbers) {
        bytes({reinterpret_cast<char const*>(numbers.data()), numbers.size() * sizeof(Number)});
    }
    void between() {  // things may be parted anywhere; small ones are not
        if (block_.size() >= snapshot_block - 1024) flush();
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

class SnapshotReader {
  public:
    explicit SnapshotReader(std::istream& from) : from_(from) {
        std::array<char, snapshot_format.size()> head{};
        if (!from_.read(head.data(), head.size())) throw BadSnapshot("the index's snapshot is cut short");
        if (std::string_view(head.data(), head.size()) != snapshot_format)
            throw BadSnapshot("the index's snapshot is of another version");
    }
    std::uint64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            auto const byte = static_cast<unsigned char>(at_ < block_.size() ? block_.data()[at_++] : take(1).front());
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
    // What a damaged snapshot says of its size is not believed: the numbers grow as they come.
    template <class Number>
    std::vector<Number> array(std::size_t size) {
        std::vector<Number> numbers;
        constexpr std::size_t step = 8192;
        while (numbers.size() < size) {
            auto const before = numbers.size();
            auto const bytes = take(std::min(step, size - before) * sizeof(Number));
            numbers.resize(before + bytes.size() / sizeof(Number));
            std::memcpy(numbers.data() + before, bytes.data(), bytes.size());
        }
        return numbers;
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
        if (head[0] == 0 || head[0] > 2 * snapshot_block)
            throw BadSnapshot("a block of the index's snapshot is damaged");
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

}  // namespace patron::index
