#include "modules/notes/rules.hpp"
#include "modules/notes/store.hpp"

#include "db/full_text.hpp"
#include "module/listing.hpp"

#include <algorithm>

namespace patron::notes {
namespace {

constexpr Kind written{"note.written", 1, "{actor} wrote a note", "notes"};
constexpr Kind edited{"note.edited", 1, "{actor} edited a note", "notes"};
constexpr Kind deleted{"note.deleted", 1, "{actor} deleted a note", "notes"};
constexpr Kind restored{"note.restored", 1, "{actor} brought a note back from the bin", "notes"};
constexpr Kind erased{"note.erased", 1, "{actor} erased a note from the bin for good", ""};
constexpr Kind pinned{"note.pinned", 1, "{actor} pinned a note", "notes"};
constexpr Kind unpinned{"note.unpinned", 1, "{actor} unpinned a note", "notes"};
constexpr Kind made_public{"note.made_public", 1, "{actor} made a note public", "notes"};
constexpr Kind made_internal{"note.made_internal", 1, "{actor} made a note internal", "notes"};
constexpr Kind made_alert{"note.made_alert", 1, "{actor} made a note an alert", "notes"};
constexpr Kind alert_ended{"note.alert_ended", 1, "{actor} ended the alert of a note", "notes"};
constexpr Kind moved{"note.moved", 1, "{actor} moved a note", ""};

constexpr std::int64_t bin_lasts_ms = 30LL * 24 * 3600 * 1000;

Happening happening(Kind const& kind, Note const& note) {
    return {.kind = &kind,
            .subject = note.id,
            .subject_version = note.version,
            .customer_id = note.customer_id,
            .facts = {{"note_id", boost::json::string(note.id.text())},
                      {"mentions", parse_own_json(to_json(note.mentions))}}};
}

Note shown(Note note) {
    note.html = rules::html_of(note.body);
    note.after.reset();
    return note;
}

void read_body(Reading& reading, Note& note) {
    Mistakes mistakes;
    rules::check_body(note.body, mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    note.mentions = rules::mentions_of(note.body);
    std::erase_if(note.mentions, [&](Id<User> user) { return !reading.seek(user); });
}

// Before all others, or right behind the note that `after` names.
std::string rank_for(Reading& reading, Note const& note) {
    if (!note.after) {
        auto const lowest = store::lowest_rank(reading, note.customer_id, note.id);
        return lowest.empty() ? rules::first_rank() : rules::rank_before(lowest);
    }
    auto const other = *note.after == note.id ? std::nullopt : reading.seek(*note.after);
    if (!other || other->customer_id != note.customer_id || other->bin_until)
        throw invalid("/after", "unknown_reference",
                      "The note to stand behind must be another note of the same customer.");
    return rules::rank_between(other->rank, store::rank_behind(reading, note.customer_id, other->rank, note.id));
}

// A note that may be seen, because its customer may be.
Note find_note(Reading& reading, Id<Note> id) {
    auto note = reading.find(id);
    customers::find(reading, note.customer_id);
    return note;
}

Page<Note> list_notes(Reading& reading) {
    auto const& call = reading.call;
    Question question;
    // Of all customers there is no kept order: the newest come first.
    std::vector<Order> orders{{"created_at", "created_at", Order::Type::integer, true},
                              {"updated_at", "updated_at", Order::Type::integer}};
    if (auto const customer = call.param("customer_id")) {
        auto const number = std::get<std::int64_t>(filter_value<Id<Customer>>(*customer, "customer_id"));
        question.where("customer_id=" + question.bind(customers::find(reading, {number}).id.value));
        orders.insert(orders.begin(), {{"place", "place"}, {"rank", "rank"}});
    } else question.where(customers::not_in_bin("customer_id"));
    auto const in_bin = call.param("in_bin");
    question.where(in_bin && std::get<std::int64_t>(filter_value<bool>(*in_bin, "in_bin")) ? "bin_until IS NOT NULL"
                                                                                           : "bin_until IS NULL");
    if (auto const asked = call.param("q")) {
        if (!question.find(reading.tx.engine(), Note::table, *asked)) return {};
        orders.insert(orders.begin(), newest_found());
    }
    auto page = list_records<Note>(reading, {"author_id", "public", "pinned", "alert", "created_at", "updated_at"},
                                   orders, std::move(question));
    for (auto& note : page.data) note = shown(std::move(note));
    return page;
}

Note get_note(Reading& reading, Id<Note> id) { return shown(find_note(reading, id)); }

Note create_note(Unit& unit, Body<Note> const& draft) { return write(unit, draft.value); }

// One event for each thing that changed of a note, so that readers need not guess.
void tell(Unit& unit, Note const& note, std::vector<Change> changes) {
    auto const say = [&](Kind const& kind, Change const* change) {
        auto what = happening(kind, note);
        if (change) what.changes.push_back(*change);
        unit.say(std::move(what));
    };
    for (auto const& change : changes) {
        if (change.field == "body") say(edited, &change);
        else if (change.field == "public") say(note.public_ ? made_public : made_internal, nullptr);
        else if (change.field == "pinned") say(note.pinned ? pinned : unpinned, nullptr);
        else if (change.field == "alert") say(note.alert ? made_alert : alert_ended, nullptr);
        else if (change.field == "rank") say(moved, &change);
    }
}

Note change_note(Unit& unit, Id<Note> id, Patch<Note> const& patch) {
    auto const before = get_note(unit, id);
    auto after = before;
    patch.apply_to(after);
    if (after.customer_id != before.customer_id)
        throw invalid("/customer_id", "fixed", "A note belongs to its customer for good.");
    if (patch.has("after")) after.rank = rank_for(unit, after);
    change(unit, before, after);
    return shown(std::move(after));
}

void delete_note(Unit& unit, Id<Note> id) { bin(unit, find_note(unit, id)); }

Note restore_note(Unit& unit, Id<Note> id) {
    auto const before = unit.seek(id);
    if (!before) throw not_found();
    customers::find(unit, before->customer_id);
    if (!before->bin_until) throw conflict("not_in_bin", "This note is not in the bin.");
    auto after = *before;
    after.bin_until.reset();
    unit.store(*before, after);
    unit.say(happening(restored, after));
    return shown(std::move(after));
}

void erase_of(Unit& unit, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    db::drop_full_text(unit.tx, Note::table, "customer_id", customer.value);
    if (unit.tx.execute("DELETE FROM notes WHERE customer_id=$1", values) > 0) store::begin_forgetting(unit);
}

// Those whose time in the bin is over, some at a time.
bool erase_some(Unit& unit) {
    constexpr std::int64_t together = 100;
    std::vector<Note> notes;
    {
        static std::string const sql =
            "SELECT " + column_list<Note>() + " FROM notes WHERE bin_until<=$1 ORDER BY bin_until LIMIT $2";
        db::Value const values[] = {unit.now.ms, together};
        auto rows = unit.tx.query(sql, values);
        while (rows.next()) notes.push_back(read_row<Note>(rows));
    }
    for (auto const& note : notes) {
        db::Value const values[] = {note.id.value, note.version};
        db::drop_full_text(unit.tx, Note::table, "id", note.id.value);
        if (unit.tx.execute("DELETE FROM notes WHERE id=$1 AND version=$2", values) == 0)
            throw db::Error(db::Fault::serialization, "another server erased or restored the note at this moment");
        forget_subject(unit.tx, note.id);
        forget_audit_salts(unit.tx, AnyId(note.id));
        unit.say({.kind = &erased,
                  .subject = note.id,
                  .customer_id = note.customer_id,
                  .facts = {{"note_id", boost::json::string(note.id.text())}}});
    }
    if (!notes.empty()) store::begin_forgetting(unit);
    return std::ssize(notes) == together;
}

void write_included(Reading& reading, std::vector<std::string> const& ids, std::string& members) {
    if (!reading.who.may("notes.view")) return;
    for (auto const& text : ids) {
        auto const id = Id<Note>::read(text);
        auto note = id ? reading.seek(*id) : std::nullopt;
        if (!note || note->bin_until) continue;
        if (!members.empty()) members += ',';
        ((members += '"') += text) += "\":";
        write_json(members, shown(std::move(*note)));
    }
}

std::vector<Route> routes() {
    return {
        get<list_notes>(
            "/notes", Permission("notes.view"), "list_notes", "Notes, pinned ones first, in their order",
            list_params({{"q", "all of these words stand in it, the last perhaps as a beginning; newest first"},
                         {"customer_id", "of this customer"},
                         {"author_id", "by this user"},
                         {"public", "true or false"},
                         {"pinned", "true or false"},
                         {"alert", "true or false"},
                         {"in_bin", "true: those in the bin"},
                         {"created_at", "when it was written", true},
                         {"updated_at", "when it was changed", true}})),
        post<create_note>("/notes", Permission("notes.create"), "create_note", "Write a note"),
        get<get_note>("/notes/{id}", Permission("notes.view"), "get_note", "One note"),
        patch<change_note>("/notes/{id}", Permission("notes.edit"), "change_note", "Edit, pin, publish or move a note"),
        remove<delete_note>("/notes/{id}", Permission("notes.delete"), "delete_note", "Move a note to the bin"),
        post<restore_note>("/notes/{id}/restoration", Permission("notes.delete"), "restore_note",
                           "Bring a note back from the bin", 200),
    };
}

}  // namespace

Note write(Unit& unit, Note note, Time created_at) {
    unit.refer(note.customer_id, "/customer_id");
    read_body(unit, note);
    if (unit.who.user_id) note.author_id = unit.who.user_id;
    note.rank = rank_for(unit, note);
    note.created_at = created_at;
    note.id = {unit.business.ids().next(unit.now.ms)};
    auto what = happening(written, note);
    what.happened_at = created_at;
    unit.keep(note, std::move(what));
    db::add_full_text(unit.tx, Note::table, note.id.value);
    return shown(std::move(note));
}

bool change(Unit& unit, Note const& before, Note& after) {
    bool const reworded = after.body != before.body;
    if (reworded) {
        read_body(unit, after);
        db::drop_full_text(unit.tx, Note::table, "id", before.id.value);
    }
    auto changes = unit.store(before, after);
    if (reworded) db::add_full_text(unit.tx, Note::table, after.id.value);
    if (changes.empty()) return false;
    tell(unit, after, std::move(changes));
    return true;
}

void bin(Unit& unit, Note const& note) {
    auto after = note;
    after.bin_until = Time{unit.now.ms + bin_lasts_ms};
    unit.store(note, after);
    unit.say(happening(deleted, after));
}

Module module() {
    Module module{.name = "notes", .needs = {"customers"}};
    module.areas = {{.name = Note::area, .label = "Notes", .hangs_on_customers = true}};
    module.migrations = store::migrations();
    module.kinds = {&written,  &edited,      &deleted,       &restored,   &erased,      &pinned,
                    &unpinned, &made_public, &made_internal, &made_alert, &alert_ended, &moved};
    module.erase = erase_of;
    module.chores = {{"bin of notes", erase_some},
                     {"words of notes", store::add_words},
                     {"words of erased notes", store::forget_words}};
    module.routes = routes();
    module.sections = {{"notes", "SELECT count(*) FROM notes WHERE customer_id=$1 AND bin_until IS NULL"}};
    module.included = {{"notes", "note_id", write_included}};
    return module;
}

}  // namespace patron::notes
