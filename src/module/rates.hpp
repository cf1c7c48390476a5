// How many requests each user, key or address may send: a bucket for each, which holds ten seconds' worth and fills at the
// rate that is allowed in the long run. In bounded memory.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace patron {

// What counts as one place to ask from: an IPv4 address, or the /64 that an IPv6 address lies in, which one customer of a
// provider has whole (RFC 6177).
std::string address_group(std::string const& address);

class Rates {
  public:
    using Moment = std::chrono::steady_clock::time_point;
    static constexpr int seconds_held = 10;

    explicit Rates(std::size_t most = 50'000) : most_(most) {}

    void limit(int a_second) { a_second_ = a_second; }  // 0: none
    bool are_limited() const { return a_second_ != 0; }
    // Takes one request out of the bucket. Answers 0, or in how many seconds there is one again.
    int take(std::string const& whose, Moment now);
    std::uint64_t held_back() const { return held_back_; }
    std::size_t size();

  private:
    struct Bucket {
        double left = 0;
        Moment at;
    };
    double full() const { return static_cast<double>(a_second_) * seconds_held; }
    double left_by(Bucket const& bucket, Moment now) const;
    void make_room(Moment now);

    std::size_t const most_;
    std::atomic<int> a_second_{0};
    std::atomic<std::uint64_t> held_back_{0};
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace patron
