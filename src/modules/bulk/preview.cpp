#include "modules/bulk/preview.hpp"

#include "module/keeping.hpp"
#include "modules/customers/staff_sight.hpp"

#include <map>

namespace patron::bulk {
namespace {

constexpr std::size_t most_looked_at = 500;
constexpr std::size_t most_examples = 10;

using rules::Verb;

// Thrown out of the transaction, so that nothing of it stays.
struct TriedOut {};

struct Tried {
    Customer before;
    jobs::Item item;
};

// In turns, as a job does, so that nobody waits long for the writer.
std::vector<Tried> try_out(Call const& call, BulkAction const& action, Verb verb,
                           std::vector<Id<Customer>> const& set) {
    std::vector<Tried> all;
    auto const most = std::min(set.size(), most_looked_at);
    while (all.size() < most) {
        std::vector<Tried> some;
        try {
            run_unit(*call.business, call, [&](Unit& unit) {
                some.clear();
                jobs::Chunk chunk;
                for (auto at = all.size(); at < most; ++at) chunk.items.push_back({.customer_id = set[at]});
                jobs::in_turn(chunk, [&](jobs::Item& item) {
                    Tried one;
                    if (auto customer = unit.seek(item.customer_id)) one.before = std::move(*customer);
                    jobs::attempt(unit, item, [&](Unit& own) { carry_out(own, action, verb, item); });
                    one.item = std::move(item);
                    some.push_back(std::move(one));
                });
                throw TriedOut{};
            });
        } catch (TriedOut) {}
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

void count(BulkPreview& preview, jobs::Item const& item) {
    ++preview.looked_at;
    if (item.outcome == JobOutcome::changed) ++preview.changed;
    if (item.outcome == JobOutcome::skipped) ++preview.skipped;
    if (item.outcome != JobOutcome::failed) return;
    ++preview.failed;
    for (auto& known : preview.problems)
        if (known.code == item.reason) return void(++known.customers);
    preview.problems.push_back({item.reason, item.reasons.front().message, 1});
}

// The changes in words, as the feed will tell them.
std::vector<StoryChange> in_words(Storyteller& teller, jobs::Item const& item) {
    std::vector<Change> changes;
    for (auto const& change : item.changes)
        if (change.from != change.to && change.field != "version") changes.push_back(change);
    Event event;
    std::string personal;
    for (auto& change : changes) change.personal = false;
    split_changes(changes, event.changes, personal);
    return teller.tell(event).changes;
}

void add_example(BulkPreview& preview, Storyteller& teller, Tried const& one) {
    if (preview.examples.size() >= most_examples || one.item.outcome == JobOutcome::skipped) return;
    BulkExample example{.id = one.item.customer_id, .outcome = one.item.outcome, .reason = one.item.reason};
    if (one.before.display_name) static_cast<std::string&>(example.display_name) = *one.before.display_name;
    example.changes = in_words(teller, one.item);
    preview.examples.push_back(std::move(example));
}

// What moving does beyond the folder, counted over those who move.
class Moving {
  public:
    Moving(Reading& reading, Storyteller& teller, Id<Folder> target)
        : teller_(teller), target_(target), definitions_(fields::readable(reading)) {
        for (auto& staff : customers::staff_sights(reading)) staff_.push_back({std::move(staff)});
    }

    void add(Tried const& one) {
        auto const& before = one.before;
        auto to = before.status_id;
        for (auto const& change : one.item.changes)
            if (change.field == "status_id") read_own(parse_own_json(change.to), to);
        ++statuses_[{before.status_id, to}];
        Mistakes missing;
        fields::require(definitions_, before.custom, target_, "", missing);
        for (auto const& definition : definitions_) {
            for (auto const& mistake : missing)
                if (mistake.pointer == "/" + definition.key) ++missing_[&definition];
            if (before.custom.contains(static_cast<std::string const&>(definition.key)) &&
                !fields::shows_in(definition, target_) && fields::shows_in(definition, before.folder_id))
                ++hidden_[&definition];
        }
        add_sight(before);
    }

    BulkMove result() {
        BulkMove move;
        for (auto const& [pair, customers] : statuses_) {
            auto const& [from, to] = pair;
            move.statuses.push_back({.from_id = from,
                                     .to_id = to,
                                     .from_name = from ? teller_.name_of(from->text()) : std::string(),
                                     .to_name = to ? teller_.name_of(to->text()) : std::string(),
                                     .lost = from && from != to,
                                     .customers = customers});
        }
        for (auto const& definition : definitions_) {
            if (auto const found = missing_.find(&definition); found != missing_.end())
                move.missing.push_back({definition.key, definition.label, found->second});
            if (auto const found = hidden_.find(&definition); found != hidden_.end())
                move.hidden.push_back({definition.key, definition.label, found->second});
        }
        for (auto const& [staff, lost, gained] : staff_) {
            if (lost) move.losing.push_back({staff.user_id, staff.name, lost});
            if (gained) move.gaining.push_back({staff.user_id, staff.name, gained});
        }
        return move;
    }

  private:
    struct Staff {
        customers::StaffSight of;
        std::int64_t lost = 0, gained = 0;
    };

    void add_sight(Customer const& before) {
        auto const place = customers::standing_of(before);
        for (auto& staff : staff_) {
            auto const& sight = staff.of.sight;
            bool const now = sight.sees(place.folder, place.workers), then = sight.sees(target_.value, place.workers);
            if (now && !then) ++staff.lost;
            if (!now && then) ++staff.gained;
        }
    }

    Storyteller& teller_;
    Id<Folder> target_;
    std::vector<Field> definitions_;
    std::map<std::pair<std::optional<Id<Status>>, std::optional<Id<Status>>>, std::int64_t> statuses_;
    std::map<Field const*, std::int64_t> missing_, hidden_;
    std::vector<Staff> staff_;
};

}  // namespace

BulkPreview preview(Call const& call, BulkAction const& action, Verb verb, std::vector<Id<Customer>> const& set) {
    BulkPreview preview{.kind = std::string(rules::kind_of(verb)), .matching = static_cast<std::int64_t>(set.size())};
    if (verb == Verb::file) return preview;
    auto const all = try_out(call, action, verb, set);
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        Storyteller teller(reading);
        std::optional<Moving> moving;
        if (verb == Verb::move) moving.emplace(reading, teller, *action.move_to);
        for (auto const& one : all) {
            count(preview, one.item);
            add_example(preview, teller, one);
            if (moving && one.item.outcome == JobOutcome::changed) moving->add(one);
        }
        if (moving) preview.move = moving->result();
    });
    return preview;
}

}  // namespace patron::bulk
