#include "readers/timeline/timeline.hpp"

#include "module/listing.hpp"
#include "module/sections_seen.hpp"
#include "module/story.hpp"

#include <algorithm>
#include <set>

namespace patron {

struct TimelineSubject {
    std::string kind, id;
};
DESCRIBE(TimelineSubject, kind, id);

// One line of the feed.
struct TimelineEvent {
    std::string id;
    std::int64_t position = 0;
    Time happened_at, recorded_at;
    std::string kind, group;
    StoryActor actor;
    TimelineSubject subject;
    std::optional<Id<Customer>> customer_id;
    std::string headline;
    std::vector<StoryPart> parts;
    std::vector<StoryChange> changes;
    JsonObject facts;
};
DESCRIBE(TimelineEvent, id, position, happened_at, recorded_at, kind, group, actor, subject, customer_id, headline,
         parts, changes, facts);

namespace timeline {
namespace {

constexpr int most_looked_through = 20'000;  // events read for one page of a text filter

TimelineEvent told(Reading& reading, Storyteller& teller, Event const& event) {
    auto story = teller.tell(event);
    TimelineEvent line{.id = id_text("evt", event.id),
                       .position = event.position,
                       .happened_at = event.happened_at,
                       .recorded_at = event.recorded_at,
                       .kind = event.kind};
    auto const* kind = reading.business.spine().kind(event.kind);
    line.group = kind ? kind->group : "";
    line.actor = std::move(story.actor);
    line.subject = {event.kind.substr(0, event.kind.find('.')), event.subject.text()};
    if (event.customer_id) line.customer_id = event.customer_id;
    line.headline = std::move(story.headline);
    line.parts = std::move(story.parts);
    line.changes = std::move(story.changes);
    line.facts = std::move(story.facts);
    return line;
}

std::string not_of(Question& question, std::vector<std::string_view> const& kinds) {
    std::string list;
    for (auto const kind : kinds) (list += list.empty() ? "" : ",") += question.bind(std::string(kind));
    return "kind NOT IN (" + list + ")";
}

void leave_out(Question& question, std::vector<std::string_view> const& kinds) {
    if (!kinds.empty()) question.where(not_of(question, kinds));
}

// Nothing of sections that whoever asks may not look into, and of others only what hangs on whom their role shows there.
void leave_out_hidden(Question& question, Reading& reading) {
    HiddenKinds const hidden(reading);
    leave_out(question, hidden.always());
    for (auto const& [area, kinds] : hidden.by_area()) {
        auto const& sight = reading.sight(area);
        if (sight.sees_everybody()) continue;
        auto const others = not_of(question, kinds);
        question.where("(" + others + " OR " +
                       reading.business.gate().condition(reading, sight, question, "spine.customer_id") + ")");
    }
}

// A kind, or all kinds of a group, as a condition.
void filter_kind(Question& question, Reading& reading) {
    auto const wanted = reading.call.param("kind");
    if (!wanted) return;
    std::string list;
    for (auto const* kind : reading.business.spine().kinds())
        if (kind->name == *wanted || kind->group == *wanted)
            (list += list.empty() ? "" : ",") += question.bind(std::string(kind->name));
    if (list.empty())
        throw invalid("?kind", "unknown_kind", "There is no kind or group of events called " + *wanted + ".");
    question.where("kind IN (" + list + ")");
}

void filter_actor(Question& question, Call const& call) {
    auto const wanted = call.param("actor");
    if (!wanted) return;
    auto const cut = wanted->find('_');
    auto const number = cut == std::string::npos ? std::nullopt : read_id(wanted->substr(0, cut), *wanted);
    if (!number) throw invalid("?actor", "not_an_id", "The parameter actor must be the id of a user, key or import.");
    question.where("actor_id=" + question.bind(*number) + " AND actor_prefix=" + question.bind(wanted->substr(0, cut)));
}

void filter_time(Question& question, Call const& call) {
    if (auto const from = call.param("from"))
        question.where("happened_at>=" + question.bind(filter_value<Time>(*from, "from")));
    if (auto const to = call.param("to")) {
        // A day as an end means its end.
        auto const date = read_date(*to);
        auto const end = date ? db::Value{start_of(Date{date->days + 1}).ms - 1} : filter_value<Time>(*to, "to");
        question.where("happened_at<=" + question.bind(end));
    }
}

std::string searchable(TimelineEvent const& line) {
    std::string text = line.headline;
    for (auto const& change : line.changes)
        ((((text += ' ') += change.label) += ' ') += change.from_text) += ' ' + change.to_text;
    return text;
}

// Records that lines show in full: those that belong to included kinds, asked once for the page.
std::string included(Reading& reading, std::vector<TimelineEvent> const& lines) {
    std::string text;
    for (auto const& module : reading.business.modules())
        for (auto const& part : module.included) {
            std::vector<std::string> ids;
            for (auto const& line : lines)
                if (auto const* id = line.facts.if_contains(part.fact); id && id->is_string()) {
                    std::string one(std::string_view(id->get_string()));
                    if (std::find(ids.begin(), ids.end(), one) == ids.end()) ids.push_back(std::move(one));
                }
            std::string members;
            if (!ids.empty()) part.write(reading, ids, members);
            if (!text.empty()) text += ',';
            ((((text += '"') += part.name) += "\":{") += members) += '}';
        }
    return text;
}

// The text of included records, for the text filter: what is written in a note is found in the feed.
bool contains(Reading& reading, TimelineEvent const& line, std::string const& wanted) {
    if (fold(searchable(line)).find(wanted) != std::string::npos) return true;
    return fold(included(reading, {line})).find(wanted) != std::string::npos;
}

std::string recorded_since(Reading& reading) {
    std::string text;
    auto rows = reading.tx.query("SELECT kind,since FROM spine_kinds ORDER BY kind");
    while (rows.next()) {
        if (!text.empty()) text += ',';
        write_json(text, rows.text(0));
        text += ':';
        write_json(text, Time{rows.integer(1)});
    }
    return text;
}

// The customer's newest events, with those that happened to many at once.
std::string newest_of(Question& question, Id<Customer> id, int most) {
    auto const whose = question.bind(id.value);
    auto const newest = "ORDER BY happened_at DESC,position DESC LIMIT " + question.bind(std::int64_t{most});
    auto const events = [&](std::string condition) {
        auto of_these = question;
        of_these.where(std::move(condition));
        auto const tables = "spine" + of_these.where_text();
        return selected("*", "(" + selected(event_columns, tables, {}, newest) + ") AS e");
    };
    auto const of_many = selected("position", "spine_many", "customer_id=" + whose);
    auto const all = events("customer_id=" + whose) + " UNION ALL " + events("position IN (" + of_many + ")");
    return selected("*", "(" + all + ") AS a", {}, newest);
}

http::Response feed(Reading& reading, Id<Customer> id) {
    db::Value const whose[] = {id.value};
    {
        auto row = reading.tx.query("SELECT bin_until FROM customers WHERE id=$1", whose);
        if (!row.next() || !reading.sees(id)) throw not_found();
        if (!row.is_null(0)) throw Reading::gone(Time{row.integer(0)});
    }
    auto const& call = reading.call;
    Question question;
    // What another line says already.
    question.where("facts NOT LIKE " + question.bind(std::string("%\"silent\":true%")));
    leave_out(question, HiddenKinds(reading).of(id));
    filter_kind(question, reading);
    filter_actor(question, call);
    filter_time(question, call);
    auto const limit = list_limit_of(call);
    Order const order{"happened_at", "happened_at", Order::Type::integer, true};
    continue_behind(question, call, order, "position");
    auto const wanted = fold(call.param("q").value_or(""));
    auto const sql = newest_of(question, id, wanted.empty() ? limit + 1 : most_looked_through);
    Storyteller teller(reading);
    std::vector<TimelineEvent> lines;
    std::optional<std::string> next;
    Event last;
    int looked = 0;
    auto rows = reading.tx.query(sql, question.values());
    while (rows.next()) {
        auto const event = read_event(rows);
        if (static_cast<int>(lines.size()) == limit) {
            next = make_cursor(order, last.happened_at.ms, last.position);
            break;
        }
        auto line = told(reading, teller, event);
        line.customer_id = id;
        last = event;
        if (++looked == most_looked_through) next = make_cursor(order, last.happened_at.ms, last.position);
        if (wanted.empty() || contains(reading, line, wanted)) lines.push_back(std::move(line));
    }
    return json_response(200, "{\"data\":" + to_json(lines) + ",\"next\":" + to_json(next) + ",\"recorded_since\":{" +
                                  recorded_since(reading) + "},\"included\":{" + included(reading, lines) + "}}");
}

void leave_out_closed_folders(Reading& reading, Question& question) {
    std::string closed;
    for (auto const& [folder, level] : reading.sight().folders)
        if (level == FolderLevel::none) (closed += closed.empty() ? "" : ",") += question.bind(folder);
    if (closed.empty()) return;
    question.where("(subject_prefix<>'fol' OR subject_id NOT IN (" + closed + "))");
    question.where("(subject_prefix<>'sta' OR subject_id NOT IN (SELECT id FROM statuses WHERE folder_id IN (" +
                   closed + ")))");
}

http::Response spine_after(Reading& reading) {
    auto const& call = reading.call;
    Question question;
    auto const asked = call.param("after");
    auto const after = asked ? std::get<std::int64_t>(filter_value<std::int64_t>(*asked, "after")) : 0;
    question.where("position>" + question.bind(after));
    leave_out_hidden(question, reading);
    filter_kind(question, reading);
    // A page with little or nothing of what is wanted goes on behind what was looked through.
    auto const last = reading.business.spine().last_position();
    bool const ends_before = after < last - most_looked_through;
    if (ends_before) question.where("position<=" + question.bind(after + most_looked_through));
    if (!reading.sight().sees_everybody()) {
        question.where("(customer_id IS NULL OR " +
                       reading.business.gate().condition(reading, reading.sight(), question, "spine.customer_id") +
                       ")");
        leave_out_closed_folders(reading, question);
    }
    auto const limit = list_limit_of(call);
    auto const sql = "SELECT " + std::string(event_columns) + " FROM spine" + question.where_text() +
                     " ORDER BY position LIMIT " + question.bind(std::int64_t{limit});
    auto rows = reading.tx.query(sql, question.values());
    Storyteller teller(reading);
    std::vector<TimelineEvent> lines;
    while (rows.next()) lines.push_back(told(reading, teller, read_event(rows)));
    std::optional<std::int64_t> next;
    if (static_cast<int>(lines.size()) == limit) next = lines.back().position;
    else if (ends_before) next = after + most_looked_through;
    return json_response(200, "{\"data\":" + to_json(lines) +
                                  ",\"next\":" + (next ? "\"" + std::to_string(*next) + "\"" : "null") +
                                  ",\"last_position\":" + std::to_string(last) + "}");
}

Json feed_schema(Schemas& schemas) {
    return Json(JsonObject{
        {"type", "object"},
        {"required", {"data", "next", "recorded_since", "included"}},
        {"properties",
         JsonObject{{"data", list_schema(schema<TimelineEvent>(schemas))},
                    {"next", nullable(JsonObject{{"type", "string"}})},
                    {"recorded_since",
                     JsonObject{{"type", "object"},
                                {"additionalProperties", JsonObject{{"type", "string"}, {"format", "date-time"}}}}},
                    {"included", JsonObject{{"type", "object"}}}}}});
}

}  // namespace

Module module() {
    Permission const view{"customers.view"};
    std::vector<Param> const paging{{"limit", "how many, 1 to 200; 50 when left out"},
                                    {"cursor", "the next of the page before"}};
    Module module{.name = "timeline", .needs = {"customers"}};
    auto params = paging;
    params.insert(params.end(), {{"kind", "a kind of event, or a group: notes, changes …"},
                                 {"actor", "the id of who did it"},
                                 {"q", "text in the line or in what it shows"},
                                 {"from", "a time or date"},
                                 {"to", "a time or date"}});
    auto timeline = get<feed>("/customers/{id}/timeline", view, "get_timeline",
                              "Everything that happened with a customer, newest first", params);
    timeline.answer_schema = feed_schema;
    module.routes = {std::move(timeline),
                     get<spine_after>("/events", view, "list_events", "The spine in order, for programs that follow it",
                                      {{"after", "the position behind which to begin"},
                                       {"limit", "how many, 1 to 200"},
                                       {"kind", "a kind or group"}})};
    return module;
}

}  // namespace timeline
}  // namespace patron
