#include "history.hpp"

#include "modules/customers/events.hpp"
#include "modules/customers/store.hpp"
#include "modules/notes/rules.hpp"
#include "modules/notes/store.hpp"

#include <cmath>
#include <numeric>

namespace patron::bench {
namespace {

enum Question : std::uint32_t { about_beginning = 20, about_times, about_values, about_deeds = 5'000 };

constexpr std::int64_t hour_ms = 3'600'000;

// How many events a customer has: in each hundred these, so that every business has the same mixture.
int events_of(std::uint32_t number) {
    struct Part {
        int customers, events;
    };
    constexpr Part parts[] = {{40, 6}, {25, 12}, {15, 20}, {10, 34}, {6, 60}, {3, 110}, {1, 130}};
    int place = static_cast<int>(number * 37 % 100);
    for (auto const& part : parts)
        if ((place -= part.customers) < 0) return part.events;
    return events_each;
}

// The n-th of N: slowly at first, then faster.
std::int64_t comes_at(std::uint32_t number, std::size_t customers) {
    auto const share = (static_cast<double>(number) + 0.5) / static_cast<double>(customers);
    return static_cast<std::int64_t>(std::pow(share, 0.7) * 0.97 *
                                     static_cast<double>(story_ends.ms - story_begins.ms - 24 * hour_ms)) +
           24 * hour_ms;
}

std::optional<ContactMethod> preferred(Life const& life) {
    return life.contact ? std::optional(static_cast<ContactMethod>(life.contact - 1)) : std::nullopt;
}

constexpr std::string_view sources[] = {"Website",    "Website", "Website", "Recommendation",
                                        "Trade fair", "Phone",   "Advert",  "Old system"};

}  // namespace

struct History::Told {
    Kind const* kind;
    Actor actor;
    Time now;
    AnyId subject;
    std::int64_t subject_version;
    std::string facts = "{}";
    std::vector<Change> changes;

    void change(std::string field, std::string from, std::string to, bool personal = false) {
        changes.push_back({std::move(field), std::move(from), std::move(to), personal});
    }
};

History::History(Office& office, Bulk& rows, std::uint32_t customers)
    : office_(office), rows_(rows), lives_(std::min(customers, most_customers)) {
    std::vector<std::uint8_t> tags(std::min<std::size_t>(office.tags.size(), 64)), staff(office.staff.size()),
        folders(office.folders.size());
    std::iota(tags.begin(), tags.end(), 0);
    std::iota(staff.begin(), staff.end(), 1);
    std::iota(folders.begin(), folders.end(), 0);
    tags_ = Uneven(std::move(tags));
    staff_ = Uneven(std::move(staff));
    folders_ = Uneven(std::move(folders));
    for (auto rank = notes::rules::first_rank(); ranks_.size() < 256; rank = notes::rules::rank_before(rank))
        ranks_.push_back(rank);
}

// Every event as its time and whose it is, in order: the first of each customer is that it came.
std::vector<std::uint64_t> History::moments() const {
    std::vector<std::uint64_t> all;
    all.reserve(lives_.size() * (events_each + 1));
    auto const add = [&](std::int64_t ms, std::uint32_t number) {
        all.push_back(static_cast<std::uint64_t>(ms) << 24 | number);
    };
    for (std::uint32_t number = 0; number < lives_.size(); ++number) {
        auto const came = comes_at(number, lives_.size());
        auto const left = static_cast<double>(story_ends.ms - story_begins.ms - came - hour_ms);
        add(came, number);
        auto dice = dice_for(number, about_times);
        for (int more = events_of(number) - 1; more > 0; --more) {
            auto const chance = dice.below(1'000'000) / 1e6;  // much at the beginning, ever less later
            add(came + hour_ms / 4 + static_cast<std::int64_t>(chance * chance * left), number);
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::int64_t History::write() {
    for (auto const moment : moments()) {
        Time const now{story_begins.ms + static_cast<std::int64_t>(moment >> 24)};
        auto const number = static_cast<std::uint32_t>(moment & (most_customers - 1));
        auto& life = lives_[number];
        if (life.events == 0) begin(life, number, now);
        else go_on(life, number, now);
    }
    write_customers();
    write_counts();
    return office_.position;
}

Actor History::actor_for(Life const& life, Dice& dice) {
    auto const who = life.worker && dice.chance(70) ? life.worker : staff_.pick(dice);
    return office_.staff[who - 1u].actor;
}

void History::begin(Life& life, std::uint32_t number, Time now) {
    auto dice = dice_for(number, about_beginning);
    life.id = office_.ids.next(now.ms);
    life.created_ms = life.updated_ms = now.ms;
    life.version = 1;
    life.imported = dice.chance(35);
    life.folder = dice.chance(30) ? std::uint8_t{0} : folders_.pick(dice);
    life.newsletter = dice.chance(30);
    if (dice.chance(40)) life.tags |= std::uint64_t{1} << tags_.pick(dice);
    if (dice.chance(50)) life.worker = staff_.pick(dice);
    auto const actor = life.imported ? Actor{ActorKind::import_, {}} : actor_for(life, dice);
    Told told{&customers::created, actor, now, AnyId("cus", life.id), 1};
    auto const whole = customer(life, number);
    auto facts = customers::standing(whole);
    facts["source"] = whole.source ? Json(static_cast<std::string const&>(*whole.source)) : Json();
    told.facts = to_json(facts);
    life.first_position = office_.position + 1;
    say(life, told);
}

void History::go_on(Life& life, std::uint32_t number, Time now) {
    auto dice = dice_for(number, about_deeds + life.events);
    auto const deed = dice.below(100);
    if (deed < 38) return write_note(life, now, dice);
    Told told{nullptr, actor_for(life, dice), now, AnyId("cus", life.id), 0};
    if (deed < 66) update(life, number, told, dice);
    else if (deed < 78) retag(life, told, dice);
    else if (deed < 86) assign(life, told, dice);
    else move(life, told, dice);
    life.updated_ms = now.ms;
    told.subject_version = ++life.version;
    say(life, told);
}

void History::write_note(Life& life, Time now, Dice& dice) {
    auto const actor = actor_for(life, dice);
    Note note;
    note.id = {office_.ids.next(now.ms)};
    note.version = 1;
    note.customer_id = {life.id};
    note.author_id = Id<User>{actor.id.value};
    note.body = Personal<Text<1, 20000>>(Text<1, 20000>(people_.note(dice)));
    note.public_ = dice.chance(4);
    note.alert = dice.chance(1);
    note.rank = ranks_[life.notes++];
    note.created_at = note.updated_at = now;
    auto values = row_values(note);
    DerivedColumns<Note>::add(note, values);
    rows_.post(insert_sql<Note>(), values);
    static Kind const& written = office_.kind("note.written");
    Told told{&written, actor, now, note.id, 1};
    told.facts = "{\"note_id\":\"" + note.id.text() + "\",\"mentions\":[]}";
    say(life, told);
}

// Something of the record: how to reach them, what they want, how often they came.
void History::update(Life& life, std::uint32_t number, Told& told, Dice& dice) {
    told.kind = &customers::updated;
    auto const what = dice.below(100);
    if (what < 15) {
        auto const before = to_json(people_.phones(number, life.phone));
        told.change("phones", before, to_json(people_.phones(number, ++life.phone)), true);
    } else if (what < 28) {
        auto const before = to_json(people_.addresses(number, life.address));
        told.change("addresses", before, to_json(people_.addresses(number, ++life.address)), true);
    } else if (what < 42) {
        told.change("newsletter", to_json(life.newsletter), to_json(!life.newsletter));
        life.newsletter = !life.newsletter;
    } else if (what < 55) {
        auto const before = preferred(life);
        life.contact = static_cast<std::uint8_t>(life.contact % 5 + 1);
        told.change("preferred_contact", to_json(before), to_json(preferred(life)));
    } else {
        told.change("custom.visits", life.visits ? std::to_string(life.visits) : "null",
                    std::to_string(life.visits + 1), true);
        ++life.visits;
    }
}

void History::retag(Life& life, Told& told, Dice& dice) {
    told.kind = &customers::tagged;
    auto const before = life.tags;
    life.tags ^= std::uint64_t{1} << tags_.pick(dice);
    told.change("tag_ids", to_json(tags_of(before)), to_json(tags_of(life.tags)));
}

void History::assign(Life& life, Told& told, Dice& dice) {
    told.kind = &customers::assigned;
    auto const before = to_json(workers_of(life));
    auto const next = staff_.pick(dice);
    life.helper = life.worker != next && dice.chance(30) ? life.worker : 0;
    if (life.worker == next) life.worker = static_cast<std::uint8_t>(next % office_.staff.size() + 1);
    else life.worker = next;
    told.change("workers", before, to_json(workers_of(life)));
}

// To another status, or to another folder and with it to the status that one begins with.
void History::move(Life& life, Told& told, Dice& dice) {
    auto const& here = office_.folders[life.folder];
    auto const before = here.statuses[life.status];
    if (dice.chance(60)) {
        told.kind = &customers::status_changed;
        life.status = static_cast<std::uint8_t>((life.status + 1) % static_cast<int>(here.statuses.size()));
        told.change("status_id", to_json(before), to_json(here.statuses[life.status]));
        return;
    }
    told.kind = &customers::moved;
    life.folder = static_cast<std::uint8_t>((life.folder + 1) % static_cast<int>(office_.folders.size()));
    life.status = 0;
    auto const& there = office_.folders[life.folder];
    told.change("folder_id", to_json(here.folder), to_json(there.folder));
    told.change("status_id", to_json(before), to_json(there.statuses.front()));
}

// One row of the spine, and what its readers would make of it.
void History::say(Life& life, Told& told) {
    std::string changes, personal;
    split_changes(told.changes, changes, personal);
    if (!personal.empty()) personal = "{\"changes\":" + personal + ",\"facts\":{}}";
    auto const event_id = office_.ids.next(told.now.ms);
    db::Value const values[] = {++office_.position,
                                event_id,
                                std::string(told.kind->name),
                                std::int64_t{told.kind->version},
                                std::move(told.subject.prefix),
                                told.subject.value,
                                told.subject_version,
                                life.id,
                                std::string(enum_text(told.actor.kind)),
                                told.actor.id.prefix,
                                told.actor.id.value,
                                told.now.ms,
                                told.now.ms,
                                id_text("req", event_id),
                                std::int64_t{0},
                                std::move(told.facts),
                                std::move(changes),
                                std::move(personal)};
    static std::string const insert = "INSERT INTO spine (" + std::string(event_columns) +
                                      ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)";
    rows_.post(insert, values);
    ++life.events;
    life.last_ms = told.now.ms;
    life.last_position = office_.position;
    if (told.actor.kind != ActorKind::user) return;
    ++life.news;
    for (std::size_t i = 0; i < office_.staff.size(); ++i)
        if (office_.staff[i].user_id.value == told.actor.id.value) life.seen[i] = life.news;
}

std::vector<Id<Tag>> History::tags_of(std::uint64_t bits) const {
    std::vector<Id<Tag>> ids;
    for (std::size_t i = 0; bits >> i; ++i)
        if (bits >> i & 1) ids.push_back(office_.tags[i]);
    return ids;
}

std::vector<Worker> History::workers_of(Life const& life) const {
    std::vector<Worker> workers;
    if (life.worker) workers.push_back({office_.staff[life.worker - 1u].user_id, true});
    if (life.helper) workers.push_back({office_.staff[life.helper - 1u].user_id, false});
    return workers;
}

JsonObject History::custom(Life const& life, std::uint32_t number) const {
    auto dice = dice_for(number, about_values);
    JsonObject values;
    auto const text = [](std::string const& value) { return Json(boost::json::string(value)); };
    if (dice.chance(60)) values["loyalty_number"] = text("K-" + std::to_string(1'000'000 + number));
    if (dice.chance(45)) values["birthday"] = text(to_text(Date{dice.between(-7'000, 13'000)}));
    if (dice.chance(80)) {
        auto const place = dice.below(100);
        values["class"] = text(place < 5 ? "a" : place < 20 ? "b" : place < 50 ? "c" : "d");
    }
    if (dice.chance(25)) {
        JsonArray list;
        for (auto const* one : {"service", "parts", "training", "rental", "consulting"})
            if (dice.chance(35)) list.push_back(text(one));
        values["interests"] = std::move(list);
    }
    if (dice.chance(10)) values["invited"] = dice.chance(50);
    if (life.visits) values["visits"] = std::int64_t{life.visits};
    return values;
}

Customer History::customer(Life const& life, std::uint32_t number) const {
    auto whole = people_.person(number);
    auto dice = dice_for(number, about_values + 1);
    whole.id = {life.id};
    whole.version = life.version;
    if (life.phone) whole.phones = people_.phones(number, life.phone);
    if (life.address) whole.addresses = people_.addresses(number, life.address);
    auto const& place = office_.folders[life.folder];
    whole.folder_id = place.folder;
    whole.status_id = place.statuses[life.status];
    whole.tag_ids = tags_of(life.tags);
    whole.workers = workers_of(life);
    whole.preferred_contact = preferred(life);
    whole.newsletter = life.newsletter;
    if (dice.chance(85)) whole.source = Text<0, 100>(dice.pick(sources));
    whole.customer_since = day_of(Time{life.created_ms});
    static_cast<JsonObject&>(whole.custom) = custom(life, number);
    if (life.imported)
        whole.import_keys.push_back({Text<1, 60>("old"), Text<1, 200>(std::to_string(1'000'000 + number))});
    whole.created_at = Time{life.created_ms};
    whole.updated_at = Time{life.updated_ms};
    return whole;
}

void History::write_customers() {
    for (std::uint32_t number = 0; number < lives_.size(); ++number) {
        auto const& life = lives_[number];
        auto const whole = customer(life, number);
        auto values = row_values(whole);
        values.push_back(db::Blob{sort_key(*whole.display_name, office_.locale)});
        rows_.post(insert_sql<Customer>(), values);
        customers::store::index(rows_, nullptr, whole, office_.fields);
        db::Value const activity[] = {life.id,
                                      life.last_ms,
                                      life.last_position,
                                      life.first_position,
                                      std::int64_t{life.news},
                                      office_.folders[life.folder].folder.value,
                                      std::int64_t{1}};
        rows_.post(
            "INSERT INTO customer_activity (customer_id,at,position,first_position,events,folder_id,live) VALUES "
            "($1,$2,$3,$4,$5,$6,$7)",
            activity);
    }
    // In the order of the table's key.
    for (std::size_t i = 0; i < office_.staff.size(); ++i)
        for (auto const& life : lives_) {
            if (!life.seen[i]) continue;
            db::Value const seen[] = {office_.staff[i].user_id.value, life.id, std::int64_t{life.seen[i]}};
            rows_.post("INSERT INTO customer_seen (user_id,customer_id,events) VALUES ($1,$2,$3)", seen);
        }
}

void History::write_counts() {
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> counts;
    counts[{"cus", 1}] = static_cast<std::int64_t>(lives_.size());
    for (auto const& life : lives_) {
        auto const& place = office_.folders[life.folder];
        ++counts[{"fol", place.folder.value}];
        ++counts[{"sta", place.statuses[life.status].value}];
        for (auto const tag : tags_of(life.tags)) ++counts[{"tag", tag.value}];
    }
    for (auto const& [what, count] : counts) {
        db::Value const values[] = {what.first, what.second, count};
        rows_.post("INSERT INTO customer_counts (prefix,id,n) VALUES ($1,$2,$3)", values);
    }
}

}  // namespace patron::bench
