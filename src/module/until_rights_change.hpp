// What is worked out of rights and asked for with every request, remembered until rights change. A part of a business:
// `business.part<UntilRightsChange<Key, Value>>()`.
#pragma once
#include "module/unit.hpp"

#include <map>
#include <memory>
#include <mutex>

namespace patron {

template <class Key, class Value>
class UntilRightsChange {
  public:
    explicit UntilRightsChange(Business& business) : business_(business) {}

    // What is remembered under the key, or what make() answers. Several may ask at once.
    template <class Make>
    std::shared_ptr<Value const> of(Reading& reading, Key const& key, Make const& make) {
        auto const epoch = business_.access_epoch();
        {
            std::lock_guard const lock(mutex_);
            if (epoch_ != epoch) known_.clear();
            epoch_ = epoch;
            if (auto const found = known_.find(key); found != known_.end()) return found->second;
        }
        auto value = std::make_shared<Value const>(make());
        std::lock_guard const lock(mutex_);
        // What was read before a change of rights, or for whoever was looked up before it, holds for this request alone.
        if (reading.call.access_epoch == epoch_ && epoch_ == business_.access_epoch()) known_[key] = value;
        return value;
    }

  private:
    Business& business_;
    std::mutex mutex_;
    std::uint64_t epoch_ = 0;
    std::map<Key, std::shared_ptr<Value const>> known_;
};

}  // namespace patron
