#include "modules/segments/ready_made.hpp"

#include "modules/segments/events.hpp"
#include "modules/segments/store.hpp"

namespace patron::segments {
namespace {

// Bookings, payments and subscriptions are told as booking.* (the booking is the subject, the fact starts_at says when it
// begins), payment.received and payment.refunded (the fact amount), subscription.*.

// The top 5 % by what they paid, less what was paid back; or ten bookings in twelve months.
constexpr std::string_view vip = R"({"any": [
  {"event": "payment.received", "less": "payment.refunded", "sum": "amount", "top_percent": 5},
  {"event": ["booking.requested", "booking.confirmed", "booking.moved", "booking.completed"],
   "until": ["booking.cancelled", "booking.no_show"], "in_days": 365, "count": {"gte": 10}}]})";

// The last completed booking 45 or more days ago and none upcoming, or a paused subscription. Who never booked is no risk.
constexpr std::string_view at_risk = R"({"any": [
  {"all": [
    {"event": "booking.completed"},
    {"event": "booking.completed", "in_days": 45, "count": {"lt": 1}},
    {"event": ["booking.requested", "booking.confirmed", "booking.moved"],
     "until": ["booking.completed", "booking.cancelled", "booking.no_show"], "upcoming": true, "count": {"lt": 1}}]},
  {"event": "subscription.paused",
   "until": ["subscription.resumed", "subscription.cancelled", "subscription.ended"]}]})";

constexpr std::string_view fresh = R"({"field": "created_at", "gte": {"days_ago": 30}})";

constexpr std::string_view recurring = R"({"event": ["subscription.started", "subscription.resumed"],
  "until": ["subscription.paused", "subscription.cancelled", "subscription.ended"]})";

constexpr std::string_view one_time = R"({"all": [
  {"event": ["booking.requested", "booking.confirmed", "booking.moved", "booking.completed", "booking.no_show"],
   "until": "booking.cancelled", "count": {"gte": 1, "lte": 1}},
  {"event": "subscription.started", "count": {"lt": 1}}]})";

Segment made(ReadyMade key, char const* name, Tone tone, char const* follow_up, std::string_view filter) {
    Segment segment;
    segment.key = key;
    segment.name = name;
    segment.tone = tone;
    segment.follow_up = Text<0, 200>(follow_up);
    segment.filter = parse_own_json(filter).get_object();
    return segment;
}

}  // namespace

std::vector<Segment> ready_made() {
    return {made(ReadyMade::vip, "VIP", Tone::violet, "Priority scheduling", vip),
            made(ReadyMade::at_risk, "At risk", Tone::bad, "Reactivation", at_risk),
            made(ReadyMade::new_, "New", Tone::info, "Onboarding", fresh),
            made(ReadyMade::recurring, "Recurring", Tone::ok, "Loyalty", recurring),
            made(ReadyMade::one_time, "One-time", Tone::warn, "Conversion", one_time)};
}

void make_ready_made(Unit& unit) {
    for (auto& segment : ready_made()) {
        unit.keep(segment, {.kind = &created});
        store::ask(unit.tx, segment.id);
    }
}

}  // namespace patron::segments
