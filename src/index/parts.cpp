#include "index/parts.hpp"

namespace patron::index {

RowView read_block(char const* block) {
    std::uint16_t sizes[4];
    std::uint32_t codes = 0;
    std::memcpy(sizes, block, sizeof sizes);
    std::memcpy(&codes, block + sizeof sizes, sizeof codes);
    auto const* at = block + head_bytes;
    auto const next = [&](std::size_t size) {
        std::string_view const part(at, size);
        at += size;
        return part;
    };
    RowView view{next(sizes[0]), next(sizes[1]), next(sizes[2]), next(codes)};
    view.size = static_cast<std::size_t>(at - block);
    return view;
}

std::string packed(std::vector<std::uint32_t> const& codes) {
    std::string bytes;
    bytes.reserve(codes.size() * 3);
    std::uint32_t last = 0;
    for (auto const code : codes) {
        auto step = code - last;
        last = code;
        for (; step >= 128; step >>= 7) bytes += static_cast<char>(step | 128);
        bytes += static_cast<char>(step);
    }
    return bytes;
}

std::vector<std::uint32_t> unpacked(std::string_view bytes) {
    std::vector<std::uint32_t> codes;
    codes.reserve(bytes.size());
    std::uint32_t code = 0, step = 0, shift = 0;
    for (auto const letter : bytes) {
        auto const byte = static_cast<unsigned char>(letter);
        step |= shift < 32 ? (byte & 127u) << shift : 0;
        shift += 7;
        if (byte >= 128) continue;
        codes.push_back(code += step);
        step = shift = 0;
    }
    return codes;
}

Column const* Index::Parts::column(Attribute attribute) const {
    for (auto const& column : columns)
        if (column.attribute == attribute) return &column;
    return nullptr;
}

Keys<double> const& Index::Parts::numbers(Attribute attribute) const {
    static Keys<double> const nothing(no_value);
    auto const* const found = column(attribute);
    return found == nullptr ? nothing : found->numbers;
}

Column& Index::Parts::made_column(Attribute attribute) {
    for (auto& column : columns)
        if (column.attribute == attribute) return column;
    columns.push_back({attribute});
    columns.back().numbers.reserve(places.capacity());
    return columns.back();
}

void Index::Parts::load_ids(std::vector<std::int64_t> read, std::vector<std::uint64_t> const& which_live) {
    ids.assign(std::move(read));
    places.assign(ids.size(), no_block);
    name_heads.assign(ids.size(), 0);
    by_id.reserve(ids.size());
    live.grow(ids.size()), binned.grow(ids.size());
    for (Row row = 0; row < ids.size(); ++row) {
        if (find(ids[row]) != Slots::none) throw BadSnapshot("a record stands twice in the index's snapshot");
        by_id.add(mixed(static_cast<std::uint64_t>(ids[row])), row);
        ((which_live[row / 64] >> (row % 64) & 1) != 0 ? live : binned).set(row);
    }
}

// Such codes as `packed` makes, of things that there are.
void Index::Parts::check(std::string_view codes) const {
    std::size_t const ends[] = {marks.size(), values.size(), words.size(), words.size()};
    std::uint64_t code = 0, step = 0;
    unsigned shift = 0;
    auto right = true, first = true;
    for (auto const letter : codes) {
        auto const byte = static_cast<unsigned char>(letter);
        right &= shift < 35;
        step |= std::uint64_t{byte & 127u} << shift % 64;
        shift += 7;
        if (byte >= 128) continue;
        right &= first || step > 0;
        code += step;
        right &= code <= 0xffffffff && (code >> 2) < ends[code & 3];
        step = shift = 0;
        first = false;
    }
    if (!right || shift != 0) throw BadSnapshot("a record in the index's snapshot is damaged");
}

}  // namespace patron::index
