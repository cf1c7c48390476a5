// Conditions about events: how often something happened, how much it came to, what is still to come.
#include "modules/customers/filter_reading.hpp"

#include "module/sections_seen.hpp"

#include <algorithm>
#include <cmath>

namespace patron::customers {
namespace {

constexpr std::int64_t most_sum = std::int64_t{1} << 52;
constexpr std::size_t most_kinds = 20;

class EventReader {
  public:
    EventReader(Reading& reading, JsonObject const& object, std::string const& pointer)
        : reading_(reading), hidden_(reading), object_(object), pointer_(pointer) {}

    Filter read() {
        only(object_, {"event", "in_days", "since", "count", "sum", "gte", "less", "top_percent", "until", "upcoming"},
             pointer_);
        event_.kinds = kinds("event");
        if (auto const* days = member("in_days")) {
            event_.days = whole(*days, at("in_days"), 1, most_days);
            event_.since = reading_.now.ms - event_.days * day_ms;
        }
        if (auto const* since = member("since")) {
            event_.since = std::get<std::int64_t>(filter_value_at<Time>(*since, at("since")));
            event_.days = 0;
        }
        subjects();
        if (member("sum")) return summed();
        for (auto const name : {"gte", "less", "top_percent"})
            if (member(name))
                throw invalid(at(name), "unknown_member", "The member " + std::string(name) + " goes with sum.");
        return member("count") ? counted() : whole_filter();
    }

  private:
    Reading& reading_;
    HiddenKinds const hidden_;
    JsonObject const& object_;
    std::string const& pointer_;
    Happened event_;

    Json const* member(std::string_view name) const { return object_.if_contains(name); }
    std::string at(std::string_view name) const { return pointer_to(pointer_, name); }

    Filter whole_filter() const {
        Filter filter{.kind = Filter::Kind::happened};
        filter.event = event_;
        return filter;
    }

    // One kind, or a list of them.
    std::vector<std::string> kinds(std::string_view name) const {
        auto const pointer = at(name);
        auto const& value = object_.at(name);
        std::vector<std::string> kinds;
        if (auto const* list = value.if_array()) {
            if (list->empty() || list->size() > most_kinds)
                throw invalid(pointer, "out_of_range", "Name from 1 to 20 kinds of events.");
            for (std::size_t i = 0; i < list->size(); ++i) kinds.push_back(kind((*list)[i], pointer_to(pointer, i)));
        } else kinds.push_back(kind(value, pointer));
        return kinds;
    }

    std::string kind(Json const& value, std::string const& pointer) const {
        auto name = text_of(value, pointer);
        if (!is_kind(name)) throw invalid(pointer, "unknown_kind", "There is no kind of event called " + name + ".");
        if (hidden_.hides_of_some(name))
            throw invalid(pointer, "hidden_kind",
                          "Your role does not show " + name + " of everybody it shows, so nobody is found by it.");
        return name;
    }

    // Segments may wait for what no module of this installation tells yet: bookings, payments, subscriptions …
    bool is_kind(std::string_view name) const {
        static constexpr std::string_view later[] = {"booking.", "order.",  "invoice.", "payment.", "subscription.",
                                                     "message.", "review.", "form.",    "ticket.",  "task."};
        if (reading_.business.spine().kind(name)) return true;
        auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; };
        return name.size() <= 60 && std::all_of(name.begin(), name.end(), plain) &&
               std::any_of(std::begin(later), std::end(later),
                           [&](auto stem) { return name.size() > stem.size() && name.starts_with(stem); });
    }

    void subjects() {
        if (member("until")) {
            event_.until = kinds("until");
            event_.by_subject = true;
        }
        if (auto const* upcoming = member("upcoming")) {
            if (!upcoming->is_bool() || !upcoming->get_bool())
                throw invalid(at("upcoming"), "not_true", "The member upcoming is true, or left out.");
            event_.ahead_of = reading_.now;
            event_.by_subject = true;
        }
    }

    Filter summed() {
        event_.sum = fact(object_.at("sum"), at("sum"));
        if (event_.by_subject || member("count"))
            throw invalid(at("sum"), "not_with_this", "A sum goes with neither count nor until nor upcoming.");
        if (member("less")) event_.less = kinds("less");
        if (auto const* top = member("top_percent")) {
            if (member("gte") || event_.since)
                throw invalid(at("top_percent"), "not_with_this",
                              "The member top_percent goes with neither gte nor in_days nor since.");
            event_.top = hundredths(*top, at("top_percent"));
            return whole_filter();
        }
        if (!member("gte"))
            throw invalid(pointer_, "nothing_asked",
                          "Say with gte how much the sum must be at least, or with top_percent among how many.");
        event_.at_least = whole(object_.at("gte"), at("gte"), 1, most_sum);
        return whole_filter();
    }

    static std::int64_t hundredths(Json const& value, std::string const& pointer) {
        Mistakes mistakes;
        double percent = 0;
        read_json_double(value, percent, pointer, mistakes);
        if (mistakes.empty() && !(percent >= 0.01 && percent <= 100))
            mistake(mistakes, pointer, "out_of_range", "must be from 0.01 to 100");
        if (!mistakes.empty()) throw invalid(std::move(mistakes));
        return std::llround(percent * 100);
    }

    static std::string fact(Json const& value, std::string const& pointer) {
        auto const name = text_of(value, pointer);
        auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
        if (name.empty() || name.size() > 40 || !std::all_of(name.begin(), name.end(), plain))
            throw invalid(pointer, "not_a_fact", "The member sum must name a fact of the event such as amount.");
        return name;
    }

    // {"gte": 3}, {"gt": 2}; {"lt": 1} and {"lte": 0} are their opposites; both together are a range.
    Filter counted() const {
        auto const pointer = at("count");
        auto const* object = object_.at("count").if_object();
        if (!object || object->empty())
            throw invalid(pointer, "not_an_object", "The member count must be an object such as {\"gte\": 3}.");
        only(*object, {"gt", "gte", "lt", "lte"}, pointer);
        Filter both{.kind = Filter::Kind::all};
        for (auto const& entry : *object) {
            std::string_view const name = entry.key();
            auto one = whole_filter();
            auto const number = whole(entry.value(), pointer_to(pointer, name), 0, 1'000'000);
            one.event.at_least = name == "gt" || name == "lte" ? number + 1 : number;
            both.parts.push_back(name.starts_with('g') ? std::move(one) : negated(std::move(one)));
        }
        if (both.parts.size() == 1) return std::move(both.parts.front());
        return both;
    }
};

}  // namespace

Filter read_event_condition(Reading& reading, JsonObject const& object, std::string const& pointer) {
    return EventReader(reading, object, pointer).read();
}

}  // namespace patron::customers
