#include "http/event_queue.hpp"

namespace patron::http {

std::shared_ptr<EventStream> make_event_stream() { return std::make_shared<EventQueue>(); }

bool EventQueue::push(std::string_view text) {
    std::unique_lock lock(mutex_);
    if (closed_) return false;
    if (waiting_.size() + being_sent_ + text.size() > limit) {
        too_slow_ = true;
        end(lock);
        return false;
    }
    bool const was_empty = waiting_.empty();
    waiting_.append(text);
    auto const wake = was_empty ? wake_ : nullptr;
    lock.unlock();
    if (wake) wake();
    return true;
}

void EventQueue::close() {
    std::unique_lock lock(mutex_);
    if (!closed_) end(lock);
}

// Callbacks run without the lock, for they may well call us again.
void EventQueue::end(std::unique_lock<std::mutex>& lock) {
    closed_ = true;
    auto const gone = std::exchange(gone_, {});
    auto const wake = std::exchange(wake_, {});
    lock.unlock();
    if (wake) wake();
    for (auto const& tell : gone) tell();
}

void EventQueue::on_close(std::function<void()> gone) {
    {
        std::lock_guard const lock(mutex_);
        if (!closed_) {
            gone_.push_back(std::move(gone));
            return;
        }
    }
    gone();
}

void EventQueue::attach(std::function<void()> wake) {
    std::lock_guard const lock(mutex_);
    if (!closed_) wake_ = std::move(wake);
}

bool EventQueue::take(std::string& text) {
    std::lock_guard const lock(mutex_);
    text.clear();
    text.swap(waiting_);
    being_sent_ = text.size();
    return !(closed_ && text.empty());
}

bool EventQueue::too_slow() const {
    std::lock_guard const lock(mutex_);
    return too_slow_;
}

}  // namespace patron::http
