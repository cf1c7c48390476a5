#include "modules/staff/rules.hpp"

#include <algorithm>
#include <array>

namespace patron::staff {

bool reaches(Principal const& who, Role const& role, std::vector<Area> const& areas) {
    auto const theirs = permissions_of(role, areas);
    if (who.role_key != "owner" && role.visibility > who.visibility) return false;
    return std::includes(who.permissions.begin(), who.permissions.end(), theirs.begin(), theirs.end());
}

bool outranks(Principal const& who, Role const& role, std::vector<Area> const& areas) {
    bool const above = who.role_key == "owner" || permissions_of(role, areas).size() < who.permissions.size();
    return above && reaches(who, role, areas);
}

std::vector<FieldError> wrong_scopes(std::vector<std::string> const& scopes, std::vector<std::string> const& allowed,
                                     std::vector<Area> const& areas) {
    // An owner may do all that there is.
    auto const known = role_permissions("owner", areas);
    std::vector<FieldError> mistakes;
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        auto const pointer = pointer_to("/scopes", i);
        if (!std::binary_search(known.begin(), known.end(), scopes[i]))
            mistakes.push_back({pointer, "unknown_scope",
                                "There is no right called " + scopes[i] + "; take one such as customers.view."});
        else if (!std::binary_search(allowed.begin(), allowed.end(), scopes[i]))
            mistakes.push_back({pointer, "beyond_the_user", "The key's user may not do this (" + scopes[i] + ")."});
    }
    return mistakes;
}

bool is_profile_member(std::string_view member) {
    constexpr std::array<std::string_view, 4> own{"name", "title", "phone", "availability"};
    return std::find(own.begin(), own.end(), member) != own.end();
}

int Throttle::wait(std::string const& key, Time now) {
    std::lock_guard const lock(mutex_);
    auto const found = failures_.find(key);
    if (found == failures_.end()) return 0;
    auto& times = found->second;
    std::erase_if(times, [&](std::int64_t at) { return now.ms - at >= window_ms_; });
    if (times.size() < limit_) return 0;
    return static_cast<int>((times.front() + window_ms_ - now.ms + 999) / 1000);
}

void Throttle::failed(std::string const& key, Time now) {
    std::lock_guard const lock(mutex_);
    if (failures_.size() >= most_ && !failures_.contains(key)) make_room(now);
    auto& times = failures_[key];
    if (times.size() >= limit_) times.erase(times.begin());
    times.push_back(now.ms);
}

void Throttle::forget(std::string const& key) {
    std::lock_guard const lock(mutex_);
    failures_.erase(key);
}

std::size_t Throttle::size() {
    std::lock_guard const lock(mutex_);
    return failures_.size();
}

// What is over goes first; when all are still counted, those that failed least recently.
void Throttle::make_room(Time now) {
    std::erase_if(failures_, [&](auto const& entry) { return now.ms - entry.second.back() >= window_ms_; });
    if (failures_.size() < most_) return;
    std::vector<std::int64_t> newest;
    for (auto const& [key, times] : failures_) newest.push_back(times.back());
    auto const middle = newest.begin() + static_cast<std::ptrdiff_t>(newest.size() / 2);
    std::nth_element(newest.begin(), middle, newest.end());
    std::erase_if(failures_, [limit = *middle](auto const& entry) { return entry.second.back() <= limit; });
}

}  // namespace patron::staff
