#include "db/writer.hpp"

#include "db/commits.hpp"

#include <algorithm>
#include <atomic>
#include <random>

namespace patron::db {
namespace {

constexpr std::size_t most_waiting = 4096;
constexpr std::size_t most_in_group = 256;
constexpr auto longest_group = std::chrono::milliseconds(50);
constexpr auto long_idle = std::chrono::seconds(1);
constexpr int most_retries = 5;
constexpr auto longest_trying = std::chrono::seconds(5);

thread_local bool this_is_a_writer = false;
std::atomic<std::uint64_t> groups_committed{0};

// These end the transaction or the connection, so no savepoint can save the other works of the group.
bool ends_the_group(Fault fault) {
    return fault == Fault::serialization || fault == Fault::unavailable || fault == Fault::disk_full ||
           fault == Fault::read_only || fault == Fault::damaged;
}

std::chrono::microseconds pause_before(int retry) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> jitter(500, 1500);
    return std::chrono::microseconds(5 * jitter(random)) * (1 << retry);
}

void call(std::function<void()> const& hook) {
    if (hook) hook();
}

}  // namespace

std::uint64_t commits() { return groups_committed; }

Writer::Writer(std::unique_ptr<WritingEngine> engine) : engine_(std::move(engine)) {
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { close(); }

bool Writer::on_writer_thread() { return this_is_a_writer; }

void Writer::write(Work work, Done done) {
    {
        std::lock_guard lock(mutex_);
        if (closing_) throw Error(Fault::unavailable, "The database is closed.");
        if (queue_.size() >= most_waiting) throw Overloaded("Too many changes are waiting to be written.");
        queue_.push_back({std::move(work), std::move(done)});
    }
    changed_.notify_one();
}

void Writer::set_hooks(GroupHooks hooks) {
    auto shared = std::make_shared<GroupHooks const>(std::move(hooks));
    std::lock_guard lock(mutex_);
    hooks_ = std::move(shared);
}

void Writer::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    this_is_a_writer = true;
    Group group;
    while (next_group(group)) {
        run_group(group);
        group.clear();
        engine_->rest(false);
    }
    engine_->close();
}

// Waits for work; false when the database is closed and nothing is left to do.
bool Writer::next_group(Group& group) {
    std::unique_lock lock(mutex_);
    auto const called = [this] { return closing_ || !queue_.empty(); };
    if (!changed_.wait_for(lock, long_idle, called)) {
        lock.unlock();
        engine_->rest(true);
        lock.lock();
        changed_.wait(lock, called);
    }
    auto const count = std::min(queue_.size(), most_in_group);
    for (std::size_t i = 0; i < count; ++i) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return !group.empty();
}

void Writer::run_group(Group& group) {
    std::shared_ptr<GroupHooks const> hooks;
    {
        std::lock_guard lock(mutex_);
        hooks = hooks_;
    }
    auto const until = std::chrono::steady_clock::now() + longest_trying;
    for (int retry = 0;; ++retry) {
        std::exception_ptr error;
        try {
            return report(group, attempt(group, *hooks));
        } catch (...) { error = std::current_exception(); }
        engine_->rollback();
        call(hooks->undone);
        bool const last = retry == most_retries || std::chrono::steady_clock::now() >= until;
        if (last || !worth_another_try(error)) return report(group, Outcomes(group.size(), std::move(error)));
        std::this_thread::sleep_for(pause_before(retry));
    }
}

// One transaction. Answers what became of each work, or throws when the whole group failed.
Writer::Outcomes Writer::attempt(Group& group, GroupHooks const& hooks) {
    phase_ = Phase::opening;
    auto& tx = engine_->begin();
    phase_ = Phase::working;
    auto const until = std::chrono::steady_clock::now() + longest_group;
    bool const alone = group.size() == 1;
    Outcomes outcomes;
    for (std::size_t i = 0; i < group.size(); ++i) {
        outcomes.push_back(run_one(tx, group[i], alone));
        call(outcomes.back() ? hooks.work_undone : hooks.work_kept);
        if (std::chrono::steady_clock::now() >= until) put_back(group, i + 1);
    }
    if (std::ranges::all_of(outcomes, [](auto const& outcome) { return outcome != nullptr; })) {
        engine_->rollback();
        call(hooks.undone);
        return outcomes;
    }
    if (hooks.before_commit) hooks.before_commit(tx);
    phase_ = Phase::committing;
    engine_->commit();
    ++groups_committed;
    call(hooks.committed);
    return outcomes;
}

// A work alone in its group needs no savepoint: undoing it is undoing the transaction. For the same reason what it
// posted may fail as late as the commit.
std::exception_ptr Writer::run_one(Tx& tx, Job const& job, bool alone) {
    if (!alone) engine_->savepoint();
    try {
        job.work(tx);
        if (!alone) engine_->finish_work();
    } catch (Error const& error) {
        if (ends_the_group(error.fault)) throw;
        if (!alone) engine_->undo_to_savepoint();
        return std::current_exception();
    } catch (...) {
        if (!alone) engine_->undo_to_savepoint();
        return std::current_exception();
    }
    if (!alone) engine_->release_savepoint();
    return nullptr;
}

void Writer::put_back(Group& group, std::size_t from) {
    std::lock_guard lock(mutex_);
    while (group.size() > from) {
        queue_.push_front(std::move(group.back()));
        group.pop_back();
    }
}

// A connection lost before COMMIT was sent has surely kept nothing. Lost within it, nobody knows: running the work
// again could do it twice. Where begin() failed, it has already tried for as long as a caller should wait.
bool Writer::worth_another_try(std::exception_ptr const& error) const {
    try {
        std::rethrow_exception(error);
    } catch (Error const& fault) {
        return fault.fault == Fault::serialization || (fault.fault == Fault::unavailable && phase_ == Phase::working);
    } catch (...) { return false; }
}

// The writer keeps no hold of an error that it hands to another thread.
void Writer::report(Group& group, Outcomes outcomes) noexcept {
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].done) group[i].done(std::move(outcomes[i]));
    }
}

}  // namespace patron::db
