#include "base/id.hpp"

#include <atomic>
#include <array>

namespace patron {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford: no i l o u
constexpr int length = 13;
constexpr std::int64_t epoch_ms = 1'577'836'800'000;  // 2020-01-01T00:00:00Z

constexpr std::array<signed char, 256> make_values() {
    std::array<signed char, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    return values;
}
constexpr auto values = make_values();

}  // namespace

std::string& add_id_text(std::string& text, std::string_view prefix, std::int64_t value) {
    char digits[1 + length] = {'_'};
    auto bits = static_cast<std::uint64_t>(value);
    for (int at = length; at > 0; --at, bits >>= 5) digits[at] = alphabet[bits & 31];
    return text.append(prefix).append(digits, sizeof digits);
}

std::string id_text(std::string_view prefix, std::int64_t value) {
    std::string text;
    text.reserve(prefix.size() + 1 + length);
    return add_id_text(text, prefix, value);
}

std::optional<std::int64_t> read_id(std::string_view prefix, std::string_view text) {
    if (text.size() != prefix.size() + 1 + length || !text.starts_with(prefix) || text[prefix.size()] != '_') return {};
    std::uint64_t bits = 0;
    for (char const c : text.substr(prefix.size() + 1)) {
        auto const five = values[static_cast<unsigned char>(c)];
        if (five < 0) return {};
        if (bits >> 58) return {};  // more than 63 bits
        bits = bits << 5 | static_cast<std::uint64_t>(five);
    }
    if (bits == 0 || bits >> 63) return {};
    return static_cast<std::int64_t>(bits);
}

struct IdMaker::Inner {
    std::atomic<std::int64_t> last{0};  // without the node bits: milliseconds << 13 | counter
    std::int64_t node = 0;
};

IdMaker::IdMaker(int node, std::int64_t high_water) : inner_(std::make_shared<Inner>()) {
    inner_->node = node & 255;
    inner_->last = ((high_water >> 21) << 13) | (high_water & 8191);
}

std::int64_t IdMaker::next(std::int64_t now_ms) {
    auto const clock = (now_ms - epoch_ms) << 13;
    auto last = inner_->last.load(std::memory_order_relaxed);
    std::int64_t mine;
    do mine = clock > last ? clock : last + 1;
    while (!inner_->last.compare_exchange_weak(last, mine, std::memory_order_relaxed));
    return (mine >> 13) << 21 | inner_->node << 13 | (mine & 8191);
}

std::int64_t IdMaker::high_water() const {
    auto const last = inner_->last.load(std::memory_order_relaxed);
    return (last >> 13) << 21 | inner_->node << 13 | (last & 8191);
}

}  // namespace patron
