#include "modules/jobs/rules.hpp"

#include <gtest/gtest.h>

namespace patron::jobs::rules {
namespace {

Time const now{1'000'000};

std::string refused(std::function<void()> const& attempt) {
    try {
        attempt();
    } catch (Problem const& problem) { return problem.code; }
    return "";
}

TEST(Jobs, AreStoppedWhileAtWork) {
    struct {
        JobState state;
        bool undoing;
        std::string_view code;
    } const cases[] = {
        {JobState::queued, false, ""},          {JobState::running, false, ""},
        {JobState::done, false, "job_ended"},   {JobState::stopped, false, "job_ended"},
        {JobState::undone, false, "job_ended"}, {JobState::running, true, "undo_running"},
    };
    for (auto const& one : cases) {
        Job const job{.state = one.state, .undoing = one.undoing};
        EXPECT_EQ(refused([&] { check_stop(job); }), one.code) << enum_text(one.state);
    }
}

TEST(Jobs, AreTakenBackForAWhile) {
    struct {
        JobState state;
        std::optional<Time> until;
        std::string_view code;
    } const cases[] = {
        {JobState::done, now, ""},
        {JobState::stopped, now, ""},
        {JobState::failed, now, ""},
        {JobState::running, now, "job_busy"},
        {JobState::undone, {}, "job_undone"},
        {JobState::done, {}, "nothing_to_undo"},
        {JobState::done, Time{now.ms - 1}, "too_late"},
    };
    for (auto const& one : cases) {
        Job const job{.state = one.state, .can_undo_until = one.until};
        EXPECT_EQ(refused([&] { check_undo(job, now); }), one.code) << enum_text(one.state);
    }
}

TEST(Jobs, EndWithWhatCanBeTakenBack) {
    Job job{.state = JobState::running};
    end(job, JobState::done, true, now);
    EXPECT_FALSE(job.can_undo_until) << "nothing was changed";
    job.counts.changed = 1;
    end(job, JobState::stopped, true, now);
    EXPECT_EQ(job.can_undo_until, (Time{now.ms + undo_lasts_ms}));
    end(job, JobState::undone, true, now);
    EXPECT_FALSE(job.can_undo_until);
    end(job, JobState::done, false, now);
    EXPECT_FALSE(job.can_undo_until) << "a file";
    EXPECT_EQ(job.finished_at, now);
}

}  // namespace
}  // namespace patron::jobs::rules
