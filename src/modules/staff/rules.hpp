// The rules of staff: who may act on whom, what a key may be given, how often one may try to sign in. Nothing here reads
// a clock or a database.
#pragma once
#include "access/access.hpp"

#include <mutex>
#include <unordered_map>

namespace patron::staff {

// A role is within reach of whoever may do all that it may and sees all that it sees: nobody gives away more than they have. A key with fewer
// rights than its user reaches less far than the user.
bool reaches(Principal const& who, Role const& role, std::vector<Area> const& areas);

// May who act in the place of people of that role: make keys and new passwords for them, end their sessions? For those
// below oneself; owners for one another too.
bool outranks(Principal const& who, Role const& role, std::vector<Area> const& areas);

// What is wrong with the scopes of a key whose user may do `allowed` (sorted).
std::vector<FieldError> wrong_scopes(std::vector<std::string> const& scopes, std::vector<std::string> const& allowed,
                                     std::vector<Area> const& areas);

// Members of their own record that people look after themselves.
bool is_profile_member(std::string_view member);

// Counts failures by whatever they have in common, in bounded memory.
class Throttle {
  public:
    Throttle(std::size_t limit, std::int64_t window_ms, std::size_t most = 20'000)
        : limit_(limit), window_ms_(window_ms), most_(most) {}
    // Seconds to wait until the next try, or 0.
    int wait(std::string const& key, Time now);
    void failed(std::string const& key, Time now);
    void forget(std::string const& key);
    std::size_t size();

  private:
    void make_room(Time now);
    std::size_t limit_;
    std::int64_t window_ms_;
    std::size_t most_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::vector<std::int64_t>> failures_;  // their times, oldest first
};

}  // namespace patron::staff
