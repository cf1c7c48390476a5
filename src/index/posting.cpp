#include "index/posting.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace patron::index {

Posting::~Posting() {
    if (room_ == large) delete rows_.large;
    else if (room_ != in_place) std::free(rows_.many);
}

void Posting::add(Row row) {
    if (room_ == large) return rows_.large->add(row);
    auto* const first = begin();
    auto* at = first + size_;
    if (size_ != 0 && at[-1] >= row) {
        at = std::lower_bound(first, at, row);
        if (*at == row) return;
    }
    auto const place = at - first;
    if (size_ == room_) {
        make_room();
        if (room_ == large) return rows_.large->add(row);
    }
    at = begin() + place;
    std::copy_backward(at, begin() + size_, begin() + size_ + 1);
    *at = row;
    ++size_;
}

void Posting::remove(Row row) {
    if (room_ == large) {
        rows_.large->remove(row);
        if (rows_.large->cardinality() < most_sorted / 2) to_sorted();
        return;
    }
    auto* const first = begin();
    auto* const at = std::lower_bound(first, first + size_, row);
    if (at == first + size_ || *at != row) return;
    std::copy(at + 1, first + size_, at);
    if (--size_ > in_place || room_ == in_place) return;
    auto* const many = rows_.many;
    Row const kept[2] = {many[0], many[1]};
    std::free(many);
    rows_.few[0] = kept[0], rows_.few[1] = kept[1];
    room_ = in_place;
}

bool Posting::has(Row row) const {
    return room_ == large ? rows_.large->contains(row) : std::binary_search(begin(), begin() + size_, row);
}

void Posting::make_room() {
    if (room_ >= most_sorted) return to_large();
    auto const room = room_ == in_place ? 4 : room_ + room_ / 2;
    auto* const many = static_cast<Row*>(std::realloc(room_ == in_place ? nullptr : rows_.many, room * sizeof(Row)));
    if (many == nullptr) throw std::bad_alloc();
    if (room_ == in_place) std::copy(rows_.few, rows_.few + size_, many);
    rows_.many = many;
    room_ = room;
}

void Posting::to_large() {
    auto* const made = new Roaring(size_, rows_.many);
    std::free(rows_.many);
    rows_.large = made;
    room_ = large;
}

void Posting::to_sorted() {
    auto* const old = rows_.large;
    auto const size = static_cast<std::uint32_t>(old->cardinality());
    auto* const many = static_cast<Row*>(std::malloc(most_sorted * sizeof(Row)));
    if (many == nullptr) throw std::bad_alloc();
    old->toUint32Array(many);
    delete old;
    rows_.many = many;
    size_ = size;
    room_ = most_sorted;
}

void Posting::many_into(Bits& bits) const {
    if (room_ != large) return each([&](Row row) { bits.set(row); });
    auto* const words = bits.words().data();
    auto const size = bits.words().size();
    each_container(
        *rows_.large,
        [&](Row first, std::uint64_t const* array) {
            auto const from = first / 64;
            auto const end = std::min(size, from + container_words);
            for (std::size_t at = from; at < end; ++at) words[at] |= array[at - from];
        },
        [&](Row row) { words[row / 64] |= std::uint64_t{1} << (row % 64); });
}

std::size_t Posting::count_in(Bits const& bits) const {
    std::size_t sum = 0;
    auto const one = [&](Row row) { sum += bits.has(row) ? 1 : 0; };
    if (room_ != large) return each(one), sum;
    auto const* const words = bits.words().data();
    auto const size = bits.words().size();
    each_container(
        *rows_.large,
        [&](Row first, std::uint64_t const* array) {
            auto const from = first / 64;
            auto const end = std::min(size, from + container_words);
            for (std::size_t at = from; at < end; ++at) sum += Bits::ones(words[at] & array[at - from]);
        },
        one);
    return sum;
}

Posting Posting::of_sorted(std::span<Row const> rows) {
    Posting posting;
    auto const size = static_cast<std::uint32_t>(rows.size());
    if (size > in_place) {
        auto* const many = static_cast<Row*>(std::malloc(size * sizeof(Row)));
        if (many == nullptr) throw std::bad_alloc();
        posting.rows_.many = many;
        posting.room_ = size;
    }
    std::copy(rows.begin(), rows.end(), posting.begin());
    posting.size_ = size;
    return posting;
}

namespace {

std::string written(Roaring const& bitmap) {
    std::string bytes(bitmap.getSizeInBytes(), '\0');
    bitmap.write(bytes.data());
    return bytes;
}

}  // namespace

std::string Posting::portable(std::span<Row const> rows) { return written(Roaring(rows.size(), rows.data())); }
std::string Posting::portable() const { return written(*rows_.large); }

// Roaring believes what it reads: only what was found right goes there.
std::optional<Posting> Posting::of_portable(std::string_view bytes, std::size_t end) {
    if (!is_portable(bytes, end)) return {};
    Posting posting;
    posting.rows_.large = new Roaring(Roaring::readSafe(bytes.data(), bytes.size()));
    posting.room_ = large;
    return posting;
}

std::size_t Posting::bytes() const {
    constexpr std::size_t per_allocation = 16;
    if (room_ == in_place) return 0;
    if (room_ != large) return room_ * sizeof(Row) + per_allocation;
    auto const& containers = rows_.large->roaring.high_low_container;
    auto sum = sizeof(Roaring) + per_allocation +
               static_cast<std::size_t>(containers.allocation_size) * (sizeof(void*) + 2 + 1) + per_allocation;
    for (int at = 0; at < containers.size; ++at) {
        auto type = containers.typecodes[at];
        auto const* const container = container_unwrap_shared(containers.containers[at], &type);
        sum += 2 * per_allocation + sizeof(array_container_t);
        sum += type == ARRAY_CONTAINER_TYPE_CODE
                   ? static_cast<std::size_t>(static_cast<array_container_t const*>(container)->capacity) * 2
                   : container_words * 8;
    }
    return sum;
}

}  // namespace patron::index
