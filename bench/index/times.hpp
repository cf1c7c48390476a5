// How long things took: the thread's own time, by which to judge where others use the machine too, and the clock's.
#pragma once
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace patron::index::bench {

inline double milliseconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Prints at its end median, 99th percentile and worst, and what the slowest ones were asked.
class Times {
  public:
    explicit Times(char const* what) : what_(what) {}
    Times(Times const&) = delete;
    ~Times() {
        if (own_.empty()) return;
        std::sort(own_.begin(), own_.end(), [](auto const& one, auto const& other) { return one.time < other.time; });
        std::sort(clock_.begin(), clock_.end());
        auto const last = own_.size() - 1, nearly_last = own_.size() * 99 / 100;
        std::printf("%-40s %7zu times  CPU p50 %8.3f  p99 %8.3f  worst %8.3f ms   clock p99 %8.3f ms\n", what_,
                    own_.size(), own_[own_.size() / 2].time, own_[nearly_last].time, own_[last].time,
                    clock_[nearly_last]);
        for (std::size_t at = 0; at < 4 && at < own_.size() - nearly_last; ++at)
            if (auto const& slow = own_[last - at]; !slow.asked.empty())
                std::printf("      %8.3f ms  %s\n", slow.time, slow.asked.c_str());
    }

    template <class Work>
    auto time(Work work, std::string asked = {}) {
        auto const clock = milliseconds(CLOCK_MONOTONIC), own = milliseconds(CLOCK_THREAD_CPUTIME_ID);
        auto result = work();
        note(milliseconds(CLOCK_THREAD_CPUTIME_ID) - own, milliseconds(CLOCK_MONOTONIC) - clock, std::move(asked));
        return result;
    }
    void note(double own, double clock, std::string asked = {}) {
        own_.push_back({own, std::move(asked)});
        clock_.push_back(clock);
    }
    void of_the_last(std::string asked) { own_.back().asked = std::move(asked); }
    // Counts what was last timed here in `all` too.
    void also(Times& all) const { all.note(own_.back().time, clock_.back()); }

  private:
    struct One {
        double time;
        std::string asked;
    };
    char const* what_;
    std::vector<One> own_;
    std::vector<double> clock_;
};

}  // namespace patron::index::bench
