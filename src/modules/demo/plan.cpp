#include "modules/demo/plan.hpp"

#include "modules/demo/lives.hpp"
#include "modules/demo/names.hpp"
#include "modules/demo/people.hpp"

#include <algorithm>
#include <tuple>

namespace patron::demo {
namespace {

constexpr int people_count = 262;
constexpr int last_arrivals[] = {-3, -2, -1, -1, 0, 0, 0};  // days on which somebody new came lately

// The studio grows: more of its customers came in the second year than in the first.
int any_birth(Dice& dice) {
    auto const one = dice.below(history_days - 2), other = dice.below(history_days - 2);
    return moment(dice, (dice.chance(60) ? std::max(one, other) : one) - history_days);
}

std::vector<Arrival> arrivals(Dice& dice) {
    std::vector<Arrival> all;
    for (int i = 0; i < people_count; ++i) all.push_back({any_birth(dice), -1, false});
    for (auto const day : last_arrivals) all.push_back({moment(dice, day), -1, false});
    for (int firm = 0; firm < static_cast<int>(firms().size()); ++firm) {
        auto const birth = std::min(any_birth(dice), moment(dice, -30 - dice.below(60)));
        all.push_back({birth, firm, false});
        for (int more = dice.between(1, 3); more > 0; --more)
            all.push_back({moment(dice, day_at(birth) + dice.between(1, 14)), firm, true});
    }
    std::sort(all.begin(), all.end(), [](Arrival const& a, Arrival const& b) {
        return std::tie(a.minute, a.firm, a.employee) < std::tie(b.minute, b.firm, b.employee);
    });
    return all;
}

}  // namespace

int moment(Dice& dice, int day) {
    return day * minutes_of_day + (day == 0 ? -dice.between(5, 115) : dice.between(-120, 500));
}

// Days begin twelve hours before the reference's time of day.
int day_at(int minute) {
    auto const shifted = minute + minutes_of_day / 2;
    return shifted >= 0 ? shifted / minutes_of_day : (shifted + 1) / minutes_of_day - 1;
}

Time reference(Time now) {
    constexpr auto day_ms = minutes_of_day * minute_ms, nine_ms = 9 * 60 * minute_ms;
    return {(now.ms - nine_ms) / day_ms * day_ms + nine_ms};
}

Plan make_plan() {
    Dice dice(20'240'229);
    Plan plan{.newest = -2 * minutes_of_day};
    Lives lives(plan, dice);
    for (auto const& arrival : arrivals(dice)) lives.live(arrival);
    std::stable_sort(plan.visits.begin(), plan.visits.end(),
                     [](Visit const& a, Visit const& b) { return a.minute < b.minute; });
    return plan;
}

}  // namespace patron::demo
