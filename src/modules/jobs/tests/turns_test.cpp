// The turns that a job takes, so that others need not wait for it.
#include "modules/jobs/jobs.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace patron::jobs {
namespace {

Chunk chunk_of(std::size_t items) {
    Chunk chunk;
    for (std::size_t place = 0; place < items; ++place)
        chunk.items.push_back({.place = static_cast<std::int64_t>(place)});
    return chunk;
}

TEST(Turns, DoOneItemWhateverItTakesAndLeaveTheRest) {
    auto chunk = chunk_of(3);
    std::vector<std::int64_t> done;
    in_turn(chunk, [&](Item& item) {
        done.push_back(item.place);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // longer than a turn
        item.outcome = JobOutcome::changed;
    });
    EXPECT_EQ(done, std::vector<std::int64_t>{0});
    ASSERT_EQ(chunk.items.size(), 1u);
    EXPECT_EQ(chunk.items.front().outcome, JobOutcome::changed);
}

TEST(Turns, OfNothingDoNothing) {
    auto chunk = chunk_of(0);
    in_turn(chunk, [](Item&) { FAIL(); });
    EXPECT_TRUE(chunk.items.empty());
}

}  // namespace
}  // namespace patron::jobs
