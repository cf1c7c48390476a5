#include "index/containers.hpp"

#include <cstring>

namespace patron::index {

namespace {

constexpr std::uint32_t no_runs = 12346;  // what the format begins with
constexpr std::size_t most_in_array = 4096;

template <class Number>
Number number_at(char const* at) {
    Number number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
}

bool ascend(char const* array, std::size_t count) {
    auto right = true;
    for (std::size_t at = 1; at < count; ++at)
        right &= number_at<std::uint16_t>(array + 2 * at) > number_at<std::uint16_t>(array + 2 * at - 2);
    return right;
}

// The highest of a container's rows, or nothing if it is none.
std::optional<std::uint32_t> last_of(std::string_view container, std::size_t count) {
    if (count <= most_in_array) {
        if (!ascend(container.data(), count)) return {};
        return number_at<std::uint16_t>(container.data() + 2 * count - 2);
    }
    std::size_t ones = 0;
    std::uint32_t last = 0;
    for (std::uint32_t at = 0; at < container_words; ++at) {
        auto const word = number_at<std::uint64_t>(container.data() + 8 * std::size_t{at});
        ones += Bits::ones(word);
        if (word != 0) last = at * 64 + 63 - static_cast<std::uint32_t>(std::countl_zero(word));
    }
    return ones == count ? std::optional(last) : std::nullopt;
}

}  // namespace

// Head, number of containers; of each its key and one less than its rows; of each where it begins; the containers.
bool is_portable(std::string_view bytes, std::size_t end) {
    if (bytes.size() < 8 || number_at<std::uint32_t>(bytes.data()) != no_runs) return false;
    std::size_t const containers = number_at<std::uint32_t>(bytes.data() + 4);
    if (containers == 0 || containers > 65536 || bytes.size() < 8 + 8 * containers) return false;
    auto const *const heads = bytes.data() + 8, *const places = heads + 4 * containers;
    std::size_t place = 8 + 8 * containers;
    for (std::size_t at = 0; at < containers; ++at) {
        std::uint32_t const key = number_at<std::uint16_t>(heads + 4 * at);
        auto const count = std::size_t{number_at<std::uint16_t>(heads + 4 * at + 2)} + 1;
        auto const size = count <= most_in_array ? 2 * count : 8 * container_words;
        if (at > 0 && key <= number_at<std::uint16_t>(heads + 4 * at - 4)) return false;
        if (number_at<std::uint32_t>(places + 4 * at) != place || bytes.size() - place < size) return false;
        auto const last = last_of(bytes.substr(place, size), count);
        if (!last || (key << 16 | *last) >= end) return false;
        place += size;
    }
    return place == bytes.size();
}

}  // namespace patron::index
