// What a Roaring bitmap consists of, for whoever goes over all of it.
#pragma once
#include "index/bits.hpp"

#include <roaring/roaring.hh>

#include <optional>
#include <string_view>

namespace patron::index {

inline constexpr std::size_t container_words = 1024;

// Rows of a Roaring bitmap stand in containers of 65536; a visitor gets each as what it is.
template <class Dense, class Sparse>
void each_container(Roaring const& rows, Dense dense, Sparse sparse) {
    auto const& containers = rows.roaring.high_low_container;
    for (int at = 0; at < containers.size; ++at) {
        auto const first = static_cast<Row>(containers.keys[at]) << 16;
        auto type = containers.typecodes[at];
        auto const* const container = container_unwrap_shared(containers.containers[at], &type);
        if (type == BITSET_CONTAINER_TYPE_CODE) {
            dense(first, static_cast<bitset_container_t const*>(container)->array);
        } else if (type == ARRAY_CONTAINER_TYPE_CODE) {
            auto const* const array = static_cast<array_container_t const*>(container);
            for (int place = 0; place < array->cardinality; ++place) sparse(first | array->array[place]);
        } else {
            auto const* const runs = static_cast<run_container_t const*>(container);
            for (int run = 0; run < runs->n_runs; ++run)
                for (std::uint32_t step = 0; step <= runs->runs[run].length; ++step)
                    sparse(first | (runs->runs[run].value + step));
        }
    }
}

// Are the bytes a bitmap in Roaring's portable format – of arrays and bit sets, as ours are – of rows below `end`, to the
// last byte?
bool is_portable(std::string_view bytes, std::size_t end);

}  // namespace patron::index
