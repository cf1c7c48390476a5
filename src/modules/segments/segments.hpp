// Segments: sets of customers that keep themselves by a filter – VIP, at risk, new … and the business's own. Who enters and
// who leaves is told on the spine.
#pragma once
#include "modules/customers/customers.hpp"

#include <mutex>

namespace patron {
struct Segment;
}  // namespace patron
ID_PREFIX(patron::Segment, "seg");

namespace patron {

// The ones that every business begins with.
enum class ReadyMade { vip, at_risk, new_, recurring, one_time };
BOOST_DESCRIBE_ENUM(ReadyMade, vip, at_risk, new_, recurring, one_time)

struct Segment {
    static constexpr std::string_view table = "segments", noun = "segment";
    static constexpr std::string_view fixed[] = {"id",      "version", "key",        "customers",
                                                 "settled", "problem", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"customers", "settled", "problem"};
    Id<Segment> id;
    std::int64_t version = 0;
    Text<1, 100> name;  // unlike every other one when folded
    JsonObject filter;  // docs/filters.md
    Tone tone = Tone::mute;
    std::optional<ReadyMade> key;
    std::optional<Text<0, 200>> follow_up;  // what is done with whoever is in it: "Reactivation"
    bool enabled = true;                    // otherwise nobody is in it
    std::int64_t customers = 0;
    bool settled = true;                 // false while it is being worked out whole
    std::optional<std::string> problem;  // why nobody fits: its filter names what is gone
    Time created_at, updated_at;
};
DESCRIBE(Segment, id, version, name, filter, tone, key, follow_up, enabled, customers, settled, problem, created_at,
         updated_at);

namespace segments {

// A new segment; a changed one. Kept and told after all checks; who is in it is worked out within moments. Throws Problem
// with pointers, 409 when the name is taken.
Segment create(Unit& unit, Segment draft);
bool change(Unit& unit, Segment const& before, Segment& after);
// Takes it away with everybody in it. Throws Problem 409 when another one names it.
void remove(Unit& unit, Segment const& segment);

// While one lives, nobody enters or leaves: for work that tells a story of another time.
class Rest {
  public:
    explicit Rest(Business& business);

  private:
    std::unique_lock<std::mutex> lock_;
};

Module module();

}  // namespace segments
}  // namespace patron
