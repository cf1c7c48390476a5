#include "module/rates.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cmath>
#include <vector>

namespace patron {

std::string address_group(std::string const& address) {
    std::array<unsigned char, 16> bytes{};
    if (address.find(':') == std::string::npos || inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1)
        return address;
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};  // ::ffff:192.0.2.1
    if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) return address;
    return {bytes.begin(), bytes.begin() + 8};
}

double Rates::left_by(Bucket const& bucket, Moment now) const {
    std::chrono::duration<double> const passed = now - bucket.at;
    return std::min(bucket.left + std::max(passed.count(), 0.0) * a_second_, full());
}

int Rates::take(std::string const& whose, Moment now) {
    if (a_second_ == 0) return 0;
    std::lock_guard const lock(mutex_);
    auto found = buckets_.find(whose);
    if (found == buckets_.end()) {
        if (buckets_.size() >= most_) make_room(now);
        found = buckets_.emplace(whose, Bucket{full(), now}).first;
    }
    auto& bucket = found->second;
    bucket = {left_by(bucket, now), now};
    if (bucket.left >= 1) {
        --bucket.left;
        return 0;
    }
    ++held_back_;
    return static_cast<int>(std::ceil((1 - bucket.left) / a_second_));
}

std::size_t Rates::size() {
    std::lock_guard const lock(mutex_);
    return buckets_.size();
}

// A full bucket says no more than none. Where that is not enough, the fuller half goes: whoever asks too much stays known.
void Rates::make_room(Moment now) {
    std::erase_if(buckets_, [&](auto const& entry) { return left_by(entry.second, now) >= full(); });
    if (buckets_.size() < most_) return;
    std::vector<double> levels;
    for (auto const& [whose, bucket] : buckets_) levels.push_back(left_by(bucket, now));
    auto const middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
    std::nth_element(levels.begin(), middle, levels.end());
    std::erase_if(buckets_, [&, limit = *middle](auto const& entry) { return left_by(entry.second, now) >= limit; });
}

}  // namespace patron
