// A bounded pool of connections, made when first needed and dropped when broken.
#pragma once
#include "db/db.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace patron::db {

// Connection: has `bool broken() const`.
template <class Connection>
class Pool {
  public:
    using Make = std::function<std::unique_ptr<Connection>()>;

    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(pool), connection_(std::move(connection)) {}
        Lease(Lease const&) = delete;
        Lease& operator=(Lease const&) = delete;
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

      private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
    };

    Pool(int most, Make make) : most_(most < 1 ? 1 : most), make_(std::move(make)) {}

    Lease take() {
        std::unique_lock lock(mutex_);
        auto const free = [this] { return closed_ || !idle_.empty() || lent_ < most_; };
        if (!freed_.wait_for(lock, std::chrono::seconds(5), free)) {
            throw Overloaded("All reading connections of the database are busy.");
        }
        if (closed_) throw Error(Fault::unavailable, "The database is closed.");
        ++lent_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());  // the last used has the warmest caches
            idle_.pop_back();
            return Lease(*this, std::move(connection));
        }
        lock.unlock();
        return Lease(*this, make());
    }

    // Drops what is idle; what is lent goes when it is given back.
    void close() {
        std::vector<std::unique_ptr<Connection>> dropped;
        {
            std::lock_guard lock(mutex_);
            closed_ = true;
            dropped.swap(idle_);
        }
        freed_.notify_all();
    }

  private:
    std::unique_ptr<Connection> make() {
        try {
            return make_();
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    void give_back(std::unique_ptr<Connection> connection) {
        {
            std::lock_guard lock(mutex_);
            --lent_;
            if (connection && !connection->broken() && !closed_) idle_.push_back(std::move(connection));
        }
        freed_.notify_one();
    }

    int const most_;
    Make const make_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int lent_ = 0;
    bool closed_ = false;
};

}  // namespace patron::db
