#include "db/engines/notices.hpp"

#include <stdexcept>

namespace patron::db {

void refuse_long_notice(std::string const& payload) {
    if (payload.size() > 4000) throw std::length_error("A notice has at most 4,000 bytes.");
}

void Notices::listen(Heard heard) {
    std::lock_guard lock(mutex_);
    heard_ = std::move(heard);
    if (!thread_.joinable() && !closing_) thread_ = std::thread([this] { run(); });
}

void Notices::say(std::string const& payload) {
    refuse_long_notice(payload);
    {
        std::lock_guard lock(mutex_);
        if (!heard_ || closing_) return;
        said_.push_back(payload);
    }
    changed_.notify_one();
}

void Notices::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Notices::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return closing_ || !said_.empty(); });
        if (closing_) return;
        auto const payload = std::move(said_.front());
        said_.pop_front();
        auto const heard = heard_;
        lock.unlock();
        heard(payload);
        lock.lock();
    }
}

}  // namespace patron::db
