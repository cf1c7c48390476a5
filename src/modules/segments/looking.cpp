#include "modules/segments/looking.hpp"

#include "modules/customers/filter_among.hpp"

#include <algorithm>

namespace patron::segments {
namespace {

using rules::Reach;

constexpr std::int64_t page = 200;        // events read at a time
constexpr std::int64_t too_far = 20'000;  // further behind, everything may be worked out whole instead
constexpr int most_due = 1'000;           // looked at in one go when the clock passes
constexpr int too_many_due = 20'000;      // so many of a segment are worked out whole
constexpr int most_moved = 5'000;         // by an event of many, or by what one must have to be among the highest

// One segment and those of its customers that are to be looked at.
class Weighing {
  public:
    Weighing(Reading& reading, Rule const& rule) : reading_(reading), rule_(rule) {
        change_.segment = rule.segment.id;
        change_.version = rule.segment.version;
        change_.silent = rule.concern.only_creation();
    }

    void add(Event const& event) {
        if (lost_its_filter(event)) change_.ask = true;
        if (!rule_.filter) return;
        switch (rule_.concern.reach(event)) {
            case Reach::nobody: break;
            case Reach::customer: customers_.insert(event.customer_id); break;
            case Reach::many: add(customers_of(reading_.tx, event.position, most_moved + 1)); break;
            case Reach::everybody: change_.ask = true;
        }
        if (event.customer_id && rule_.concern.sums(event)) summed_.insert(event.customer_id);
    }
    void add(Id<Customer> customer) { customers_.insert(customer); }
    void ask() { change_.ask = true; }

    // The sums that are not yet kept as they are. They are written first: what one must have follows from all of them.
    bool sum_up() {
        if (change_.ask) return false;
        std::vector<store::Top> tops;
        for (std::size_t place = 0; place < rule_.concern.tops.size() && !summed_.empty(); ++place) {
            tops.push_back(store::top_of(reading_, change_.segment, place));
            for (auto const customer : summed_) sum_up(place, customer, tops.back());
        }
        if (change_.totals.empty()) return false;
        change_.tops = std::move(tops);
        return true;
    }

    Change weigh() {
        if (change_.ask || !rule_.filter) return std::move(change_);
        auto const least = least_of_all();
        if (change_.ask) return std::move(change_);
        auto const filter = rules::with_least(*rule_.filter, least);
        weigh(filter, {customers_.begin(), customers_.end()});
        return std::move(change_);
    }
    Change take_totals() { return std::move(change_); }

  private:
    Reading& reading_;
    Rule const& rule_;
    Change change_;
    std::set<Id<Customer>> customers_, summed_;

    // What a filter that can't be read names may have come back; and this may be the event that took it away.
    bool lost_its_filter(Event const& event) const {
        auto const stem = std::string_view(event.kind).substr(0, event.kind.find('.'));
        return rule_.segment.enabled && !rule_.filter && !event.customer_id && (stem == "field" || stem == "folder");
    }

    void add(std::vector<Id<Customer>> const& many) {
        if (std::ssize(many) > most_moved) change_.ask = true;
        else customers_.insert(many.begin(), many.end());
    }

    void sum_up(std::size_t place, Id<Customer> customer, store::Top& top) {
        bool const live = customers::matches(reading_, {.kind = customers::Filter::Kind::all}, customer);
        auto const sum = live ? customers::measure(reading_, rule_.concern.tops[place], customer) : 0;
        auto const total = std::max<std::int64_t>(sum, 0);
        auto const kept = store::total_of(reading_, change_.segment, place, customer);
        if (total == kept) return;
        change_.totals.push_back({place, customer, total});
        top.add(kept, -1);
        top.add(total, 1);
    }

    // When a sum moved what one must have, whoever stands between is looked at too.
    std::vector<std::int64_t> least_of_all() {
        std::vector<std::int64_t> least;
        std::vector<store::Top> tops;
        bool moved = false;
        for (std::size_t place = 0; place < rule_.concern.tops.size(); ++place) {
            auto const kept = store::top_of(reading_, change_.segment, place);
            auto const now =
                summed_.empty() ? kept
                                : store::settled(reading_, change_.segment, place, kept, rule_.concern.tops[place].top);
            if (!now) {
                change_.ask = true;
                return least;
            }
            tops.push_back(*now);
            least.push_back(now->least);
            moved = moved || *now != kept;
            if (now->least != kept.least)
                add(store::between(reading_, change_.segment, place, std::min(now->least, kept.least),
                                   std::max(now->least, kept.least), most_moved + 1));
        }
        if (moved) change_.tops = std::move(tops);
        return least;
    }

    void weigh(customers::Filter const& filter, std::vector<Id<Customer>> const& customers) {
        auto const fitting = customers::matching_among(reading_, filter, customers);
        auto const members = store::members_among(reading_, change_.segment, customers);
        for (auto const customer : customers)
            if (fitting.contains(customer) != members.contains(customer))
                (fitting.contains(customer) ? change_.entering : change_.leaving).push_back(customer);
        if (!rule_.concern.clock) return;
        auto const moments = customers::next_moments_among(reading_, filter, customers);
        auto const dues = store::dues_among(reading_, change_.segment, customers);
        auto const at = [](auto const& times, Id<Customer> customer) {
            auto const found = times.find(customer);
            return found == times.end() ? std::optional<Time>{} : found->second;
        };
        for (auto const customer : customers)
            if (auto const next = at(moments, customer); next != at(dues, customer))
                change_.dues.emplace_back(customer, next);
    }
};

// To work everything out whole takes the longer the more customers there are: while it lasts, work on many of them would
// put the keeper too far behind again, and again.
bool is_too_far(Reading& reading, std::int64_t behind) {
    return behind > too_far && behind > customers::count_matching(reading, {});
}

std::vector<Event> events_behind(Reading& reading, std::int64_t position) {
    static std::string const sql =
        "SELECT " + std::string(event_columns) + " FROM spine WHERE position>$1 ORDER BY position LIMIT $2";
    db::Value const values[] = {position, page};
    std::vector<Event> events;
    auto rows = reading.tx.query(sql, values);
    while (rows.next()) events.push_back(read_event(rows));
    return events;
}

}  // namespace

std::vector<Rule> read_rules(Reading& reading) {
    std::vector<Rule> all;
    for (auto& segment : store::all(reading)) {
        Rule rule{.segment = std::move(segment)};
        if (rule.segment.enabled) try {
                rule.filter = customers::read_filter(reading, Json(rule.segment.filter), "/filter");
                rule.concern = rules::concern_of(*rule.filter);
            } catch (Problem const&) {
                // It names what is gone by now: nobody fits. The segment itself says so.
            }
        all.push_back(std::move(rule));
    }
    return all;
}

Standing standing(Reading& reading) {
    auto row = reading.tx.query("SELECT position,holder,held_until FROM segment_reader");
    if (!row.next()) throw std::runtime_error("the reader of the segments has lost its place");
    return {row.integer(0), row.integer(1), row.integer(2)};
}

std::int64_t head(Reading& reading) {
    auto row = reading.tx.query("SELECT position FROM spine_head");
    return row.next() ? row.integer(0) : 0;
}

Look look_at_page(Reading& reading, std::int64_t position) {
    auto const rules = read_rules(reading);
    std::vector<Weighing> all;
    for (auto const& rule : rules) all.emplace_back(reading, rule);
    Look look{.position = position};
    if (auto const end = head(reading); is_too_far(reading, end - position)) {
        look.position = end;
        for (auto& one : all) one.ask();
    } else {
        auto const events = events_behind(reading, position);
        look.more = std::ssize(events) == page;
        for (auto const& event : events) {
            look.position = event.position;
            for (auto& one : all) one.add(event);
        }
    }
    bool summing = false;
    for (auto& one : all) summing = one.sum_up() || summing;
    if (summing) {
        // The page is read again when the sums stand.
        look.position = position;
        look.more = true;
    }
    for (auto& one : all)
        if (auto change = summing ? one.take_totals() : one.weigh(); !change.nothing())
            look.changes.push_back(std::move(change));
    return look;
}

Look look_at_clock(Reading& reading, std::int64_t position) {
    auto const rules = read_rules(reading);
    auto const due = store::due_until(reading, reading.now, most_due);
    std::map<Id<Segment>, Weighing> weighing;
    Look look{.changes = {}, .position = position, .more = std::ssize(due) == most_due};
    auto& changes = look.changes;
    for (auto const& [segment, customer] : due) {
        auto const rule =
            std::find_if(rules.begin(), rules.end(), [&](Rule const& one) { return one.segment.id == segment; });
        if (rule == rules.end() || !rule->filter) {
            Change change{.segment = segment};
            if (rule != rules.end()) change.version = rule->segment.version;
            change.dues.emplace_back(customer, std::nullopt);
            changes.push_back(std::move(change));
        } else weighing.try_emplace(segment, reading, *rule).first->second.add(customer);
    }
    for (auto& [segment, one] : weighing) {
        if (std::ssize(due) == most_due && store::due_of(reading, segment, reading.now, too_many_due) == too_many_due)
            one.ask();
        changes.push_back(one.weigh());
    }
    return look;
}

customers::Filter as_kept(Reading& reading, Id<Segment> segment, customers::Filter filter) {
    std::vector<std::int64_t> least;
    for (std::size_t place = 0; place < rules::concern_of(filter).tops.size(); ++place)
        least.push_back(store::top_of(reading, segment, place).least);
    return rules::with_least(std::move(filter), least);
}

customers::Filter as_summed(Reading& reading, customers::Filter filter, std::vector<store::Top>& tops,
                            std::vector<Total>& totals) {
    std::vector<std::int64_t> least;
    auto const concern = rules::concern_of(filter);
    for (std::size_t place = 0; place < concern.tops.size(); ++place) {
        auto const& event = concern.tops[place];
        std::vector<std::int64_t> sums;
        for (auto const& [customer, total] : customers::measures(reading, event)) {
            totals.push_back({place, customer, total});
            sums.push_back(total);
        }
        store::Top top;
        if (!sums.empty()) {
            auto const last = sums.begin() + customers::place_of_top(event.top, std::ssize(sums)) - 1;
            std::nth_element(sums.begin(), last, sums.end(), std::greater<>());
            top.least = *last;
        }
        for (auto const sum : sums) top.add(sum, 1);
        tops.push_back(top);
        least.push_back(top.least);
    }
    return rules::with_least(std::move(filter), least);
}

Change look_at_whole(Reading& reading, Rule const& rule) {
    Change change{.segment = rule.segment.id, .version = rule.segment.version};
    change.silent = rule.concern.only_creation();
    std::vector<Id<Customer>> fitting;
    if (rule.filter) {
        auto const filter = as_summed(reading, *rule.filter, change.tops, change.totals);
        fitting = customers::matching_by_sql(reading, filter);
        if (rule.concern.clock)
            for (auto const& [customer, at] : customers::next_moments(reading, filter))
                change.dues.emplace_back(customer, at);
    }
    auto const members = store::members(reading, rule.segment.id);
    std::set_difference(fitting.begin(), fitting.end(), members.begin(), members.end(),
                        std::back_inserter(change.entering));
    std::set_difference(members.begin(), members.end(), fitting.begin(), fitting.end(),
                        std::back_inserter(change.leaving));
    return change;
}

}  // namespace patron::segments
