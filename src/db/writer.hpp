// The one writer of a database: a thread that takes what is queued, runs it in one transaction and pays one commit for
// all. Both engines share it; an engine supplies the transaction.
#pragma once
#include "db/db.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace patron::db {

// What an engine does for the writer; called on the writer thread only.
class WritingEngine {
  public:
    virtual ~WritingEngine() = default;
    virtual Tx& begin() = 0;  // connects again when the last connection broke
    virtual void savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void undo_to_savepoint() = 0;  // also forgets the failure of a statement
    virtual void finish_work() = 0;        // throws what a posted or swallowed statement failed with
    // Durable when it comes back. Throws also what finish_work() would have thrown. A broken connection whose commit is
    // known to have failed is Fault::serialization, one whose outcome is not known Fault::unavailable.
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    virtual void rest(bool long_idle) noexcept = 0;  // after each group, and once the queue was empty for a while
    virtual void close() noexcept = 0;
};

class Writer {
  public:
    explicit Writer(std::unique_ptr<WritingEngine> engine);
    ~Writer();

    void write(Work work, Done done);
    void set_hooks(GroupHooks hooks);
    void close();  // works off the queue first

    static bool on_writer_thread();

  private:
    struct Job {
        Work work;
        Done done;
    };
    using Group = std::vector<Job>;
    using Outcomes = std::vector<std::exception_ptr>;
    enum class Phase { opening, working, committing };

    void run();
    bool next_group(Group& group);
    void run_group(Group& group);
    Outcomes attempt(Group& group, GroupHooks const& hooks);
    std::exception_ptr run_one(Tx& tx, Job const& job, bool alone);
    void put_back(Group& group, std::size_t from);
    bool worth_another_try(std::exception_ptr const& error) const;
    static void report(Group& group, Outcomes outcomes) noexcept;

    std::unique_ptr<WritingEngine> engine_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> queue_;
    std::shared_ptr<GroupHooks const> hooks_ = std::make_shared<GroupHooks const>();
    bool closing_ = false;
    Phase phase_ = Phase::opening;
    std::thread thread_;
};

}  // namespace patron::db
