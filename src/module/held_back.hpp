// Tries that were held back without being tried: each is in the audit log, but those of a minute from one place are one
// row that says how many they were, so that a flood does not fill it.
#pragma once
#include "module/audit.hpp"

#include <map>

namespace patron {

struct Call;
struct AnyId;
class Business;

class HeldBack {
  public:
    static constexpr std::int64_t together_ms = 60'000;
    static constexpr std::size_t most_places = 50;  // at a time; further ones are told together, without their address

    HeldBack() = default;
    explicit HeldBack(Business&) {}
    // `group`: the address, or the network that it stands for.
    void count(AuditRow row, std::string const& group);
    // The rows that are due: the first try at once, further ones when their minute is over; all of them at the end.
    std::vector<AuditRow> take(std::int64_t now, bool all);

  private:
    struct Tries {
        AuditRow last;
        std::int64_t untold = 0, told_at = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Tries> tries_;  // by route, actor, subject and group
};

// Nobody looked whether it was right. The subject may be nobody.
void note_held_back(Business& business, Call const& call, AnyId const& subject);

}  // namespace patron
