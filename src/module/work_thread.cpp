#include "module/work_thread.hpp"

#include "module/edge.hpp"

#include <algorithm>

namespace patron {
namespace {

constexpr auto between_tries = std::chrono::seconds(2);

}  // namespace

WorkThread::WorkThread(Trade trade) : trade_(std::move(trade)), thread_([this] { work(); }) {}

WorkThread::~WorkThread() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void WorkThread::add(AnyId piece) {
    {
        std::lock_guard const lock(mutex_);
        // Also the piece at work: it may be past looking.
        if (!is_waiting(piece)) waiting_.push_back(std::move(piece));
    }
    changed_.notify_all();
}

void WorkThread::wait_for(AnyId const& piece, std::chrono::milliseconds most) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, most, [&] { return stopping_ || (current_ != piece && !is_waiting(piece)); });
}

bool WorkThread::stopping() {
    std::lock_guard const lock(mutex_);
    return stopping_;
}

bool WorkThread::is_waiting(AnyId const& piece) const {
    return std::find(waiting_.begin(), waiting_.end(), piece) != waiting_.end();
}

void WorkThread::work() {
    for (;;) {
        AnyId piece;
        {
            std::unique_lock lock(mutex_);
            current_ = {};
            changed_.notify_all();
            changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
            if (stopping_) return;
            piece = current_ = waiting_.front();
            waiting_.pop_front();
        }
        if (take_up(piece)) continue;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, between_tries, [&] { return stopping_; });
        if (!is_waiting(piece)) waiting_.push_back(piece);  // behind the others, which may fare better
    }
}

// False when it is worth another try: the database is away or busy.
bool WorkThread::take_up(AnyId const& piece) {
    try {
        return trade_.take_up(piece, [this] { return stopping(); });
    } catch (db::Overloaded const&) { return false; } catch (db::Error const& error) {
        if (error.fault == db::Fault::unavailable || error.fault == db::Fault::serialization) return false;
        return give_up(piece,
                       error.fault == db::Fault::disk_full ? "The disk is full: make room first."
                                                           : "The database refused to go on.",
                       error.what());
    } catch (std::exception const& error) { return give_up(piece, "Something went wrong on our side.", error.what()); }
}

bool WorkThread::give_up(AnyId const& piece, std::string const& why, std::string_view what) {
    log_failure(piece.text(), what);
    try {
        trade_.give_up(piece, why);
    } catch (std::exception const& error) {
        // It stays as it is and is taken up at the next start.
        log_failure(piece.text(), error.what());
    }
    return true;
}

}  // namespace patron
