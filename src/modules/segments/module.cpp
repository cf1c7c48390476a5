#include "modules/segments/segments.hpp"

#include "modules/segments/events.hpp"
#include "modules/segments/keeper.hpp"
#include "modules/segments/ready_made.hpp"
#include "modules/segments/reasons.hpp"

#include "module/listing.hpp"

#include <algorithm>

namespace patron {

struct SegmentMember {
    Id<Customer> customer_id;
    Time since;
    std::string reason;
    std::string display_name;
};
DESCRIBE(SegmentMember, customer_id, since, reason, display_name);

struct SegmentQuestion {
    JsonObject filter;
};
DESCRIBE(SegmentQuestion, filter);

struct SegmentExample {
    Id<Customer> id;
    std::string display_name, reason;
};
DESCRIBE(SegmentExample, id, display_name, reason);

// How many would be in it, of how many, and some of them.
struct SegmentPreview {
    std::int64_t count = 0, total = 0;
    std::vector<SegmentExample> examples;
};
DESCRIBE(SegmentPreview, count, total, examples);

namespace segments {
namespace {

constexpr std::size_t most_examples = 5;

// Why nobody fits, when the filter can't be read any more.
std::optional<std::string> problem_of(Reading& reading, Segment const& segment) {
    try {
        customers::read_filter(reading, Json(segment.filter), "/filter");
        return {};
    } catch (Problem const& problem) { return problem.detail; }
}

Segment whole(Reading& reading, Segment segment, std::int64_t customers,
              std::map<Id<Segment>, std::int64_t> const& asked) {
    segment.customers = customers;
    segment.settled = !asked.contains(segment.id);
    segment.problem = problem_of(reading, segment);
    return segment;
}

// How many are in each.
std::map<std::int64_t, std::int64_t> counts_of(Reading& reading) {
    return customers::count_by_id(reading, *customers::filter_field(reading, "segment_id"));
}

Segment whole(Reading& reading, Segment segment) {
    auto const customers = counts_of(reading)[segment.id.value];
    return whole(reading, std::move(segment), customers, store::asked(reading));
}

std::string name_of(std::vector<Segment> const& all, std::int64_t id) {
    for (auto const& one : all)
        if (one.id.value == id) return one.name;
    return {};
}

// A segment whose rule would contain itself could never be worked out.
void check_circle(std::vector<Segment> const& all, Segment const& segment) {
    rules::Named named;
    for (auto const& one : all) named[one.id.value] = rules::named_in(Json(one.filter));
    named[segment.id.value] = rules::named_in(Json(segment.filter));
    std::string words;
    for (auto const id : rules::circle(named, segment.id.value))
        (words += words.empty() ? "" : " → ") += id == segment.id.value ? std::string(segment.name) : name_of(all, id);
    if (!words.empty()) throw invalid("/filter", "circle", "The segment would contain itself: " + words + ".");
}

void check(Unit& unit, Segment const& segment) {
    if (store::name_is_taken(unit, segment)) throw conflict("name_taken", "There is a segment of this name already.");
    if (segment.filter.empty()) throw invalid("/filter", "required", "The filter is needed.");
    auto const concern = rules::concern_of(customers::read_filter(unit, Json(segment.filter), "/filter"));
    if (concern.of_me)
        throw invalid("/filter", "of_me",
                      "A segment is the same for everybody; name the member of staff instead of me.");
    auto const all = store::all(unit);
    for (auto const id : rules::named_in(Json(segment.filter)))
        if (name_of(all, id).empty())
            throw invalid("/filter", "unknown_reference",
                          "There is no segment " + Id<Segment>{id}.text() + ", which the filter names.");
    if (segment.id) check_circle(all, segment);
}

Page<Segment> list_segments(Reading& reading) {
    auto page = list_records<Segment>(reading, {"name", "key", "enabled"},
                                      {{"name", "name_key"}, {"created_at", "created_at", Order::Type::integer}});
    auto counts = counts_of(reading);
    auto const asked = store::asked(reading);
    for (auto& segment : page.data) segment = whole(reading, std::move(segment), counts[segment.id.value], asked);
    return page;
}

Segment get_segment(Reading& reading, Id<Segment> id) { return whole(reading, reading.find(id)); }

Segment create_segment(Unit& unit, Body<Segment> const& draft) { return whole(unit, create(unit, draft.value)); }

Segment change_segment(Unit& unit, Id<Segment> id, Patch<Segment> const& patch) {
    auto const before = unit.find(id);
    auto after = before;
    patch.apply_to(after);
    change(unit, before, after);
    return whole(unit, std::move(after));
}

void delete_segment(Unit& unit, Id<Segment> id) { remove(unit, unit.find(id)); }

Page<SegmentMember> list_members(Reading& reading, Id<Segment> id) {
    auto const segment = reading.find(id);
    Question question;
    question.where("m.segment_id=" + question.bind(id.value));
    question.where("c.bin_until IS NULL");
    if (!reading.sight().sees_everybody())
        question.where(reading.business.gate().condition(reading, reading.sight(), question, "m.customer_id"));
    std::string const tables = "segment_members m JOIN customers c ON c.id=m.customer_id";
    Page<SegmentMember> page;
    count_rows(reading, question, tables, page.total, page.exact);
    auto const order = order_of(reading.call, {{"since", "m.since", Order::Type::integer, true}});
    auto const limit = list_limit_of(reading.call);
    continue_behind(question, reading.call, order, "m.customer_id");
    std::string const direction = order.descending ? " DESC" : "";
    auto const sql = "SELECT m.customer_id,m.since,c.display_name FROM " + std::string(tables) + question.where_text() +
                     " ORDER BY m.since" + direction + ",m.customer_id" + direction + " LIMIT " +
                     question.bind(std::int64_t{limit} + 1);
    {
        auto rows = reading.tx.query(sql, question.values());
        while (rows.next()) {
            if (static_cast<int>(page.data.size()) == limit) {
                page.next = make_cursor(order, page.data.back().since.ms, page.data.back().customer_id.value);
                break;
            }
            page.data.push_back({{rows.integer(0)}, Time{rows.integer(1)}, "", std::string(rows.text(2))});
        }
    }
    if (problem_of(reading, segment)) return page;
    Storyteller teller(reading);
    auto const filter = customers::read_filter(reading, Json(segment.filter), "/filter");
    auto const answered = as_kept(reading, id, filter);
    for (auto& member : page.data) member.reason = reason_of(reading, teller, filter, answered, member.customer_id);
    return page;
}

SegmentPreview preview(Reading& reading, Body<SegmentQuestion> const& question) {
    auto const filter = customers::read_filter(reading, Json(question.value.filter), "/filter");
    std::vector<store::Top> tops;
    std::vector<Total> totals;
    auto const answered = as_summed(reading, filter, tops, totals);
    // A search as the segment itself will make it, which forgives no slips.
    auto const fitting = rules::concern_of(filter).searches
                             ? customers::matching_by_sql(reading, customers::within_sight(reading, answered))
                             : customers::matching(reading, answered);
    SegmentPreview preview{.count = std::ssize(fitting)};
    preview.total = customers::count_matching(reading, {.kind = customers::Filter::Kind::all});
    Storyteller teller(reading);
    for (auto at = fitting.rbegin(); at != fitting.rend() && preview.examples.size() < most_examples; ++at)
        preview.examples.push_back(
            {*at, teller.name_of(at->text()), reason_of(reading, teller, filter, answered, *at)});
    return preview;
}

// It only reads, though what is asked is too long for an address.
Route preview_route() {
    auto route = detail::make_route<preview>(http::Method::post, "/segments/preview", Permission("customers.view"),
                                             "preview_segment", "How many would be in a segment of this filter", {});
    route.success = 200;
    route.read = [](Reading& reading) { return detail::invoke<preview>(reading, reading.call, 200); };
    return route;
}

std::vector<SetMembership> memberships(Reading& reading, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    std::vector<SetMembership> all;
    std::vector<Segment> segments;
    static std::string const sql = "SELECT " + column_list<Segment>("s") +
                                   ",m.since FROM segment_members m JOIN segments s ON s.id=m.segment_id WHERE "
                                   "m.customer_id=$1 ORDER BY s.name_key";
    {
        auto rows = reading.tx.query(sql, values);
        while (rows.next()) {
            segments.push_back(read_row<Segment>(rows));
            all.push_back({segments.back().id.text(), segments.back().name, Time{rows.integer(10)}, ""});
        }
    }
    Storyteller teller(reading);
    for (std::size_t i = 0; i < all.size(); ++i) try {
            auto const filter = customers::read_filter(reading, Json(segments[i].filter), "/filter");
            all[i].reason = reason_of(reading, teller, filter, as_kept(reading, segments[i].id, filter), customer);
        } catch (Problem const&) {
            // What its filter names is gone; in a moment nobody is in it.
        }
    return all;
}

// Who is erased leaves at once; the keeper would find nobody to speak of any more.
void let_go(Unit& unit, Id<Customer> customer) {
    for (auto const segment : store::forget(unit.tx, customer)) {
        Happening what{.kind = &left, .subject = segment, .customer_id = customer};
        what.facts["segment_id"] = boost::json::string(segment.text());
        unit.say(std::move(what));
    }
}

}  // namespace

Segment create(Unit& unit, Segment segment) {
    check(unit, segment);
    unit.keep(segment, {.kind = &created});
    store::ask(unit.tx, segment.id);
    return segment;
}

bool change(Unit& unit, Segment const& before, Segment& after) {
    check(unit, after);
    if (!unit.change(before, after, {.kind = &updated})) return false;
    store::ask(unit.tx, after.id);
    return true;
}

void remove(Unit& unit, Segment const& segment) {
    for (auto const& other : store::all(unit))
        if (rules::named_in(Json(other.filter)).contains(segment.id.value) && other.id != segment.id)
            throw conflict("segment_in_use", "The segment " + other.name + " names this one; change that one first.");
    unit.check_match(segment);
    JsonObject facts{{"segment_id", boost::json::string(segment.id.text())},
                     {"left", store::clear(unit.tx, segment.id)}};
    unit.drop(segment, {.kind = &deleted, .facts = std::move(facts)});
}

Rest::Rest(Business& business) : lock_(business.part<Keeper>().rest()) {}

Module module() {
    Permission const view{"segments.view"};
    Module module{.name = "segments", .needs = {"customers"}};
    module.areas = {{.name = "segments", .label = "Segments"}};
    module.migrations = store::migrations();
    module.kinds = {&created, &updated, &deleted, &entered, &left};
    module.routes = {
        get<list_segments>("/segments", view, "list_segments", "The segments, by name",
                           list_params({{"name", "exactly this name"},
                                        {"key", "a ready-made one: vip, at_risk, new, recurring, one_time"},
                                        {"enabled", "true or false"}})),
        post<create_segment>("/segments", Permission("segments.create"), "create_segment", "Make a segment"),
        preview_route(),
        get<get_segment>("/segments/{id}", view, "get_segment", "One segment"),
        patch<change_segment>("/segments/{id}", Permission("segments.edit"), "change_segment", "Change a segment"),
        patron::remove<delete_segment>("/segments/{id}", Permission("segments.delete"), "delete_segment",
                                       "Delete a segment"),
        get<list_members>("/segments/{id}/members", Permission("customers.view"), "list_segment_members",
                          "Who is in a segment, since when and why", list_params({})),
    };
    module.namers = {{Id<Segment>::prefix(), "SELECT name FROM segments WHERE id=$1"}};
    module.sets = {{.field = "segment_id",
                    .label = "Segment",
                    .prefix = Id<Segment>::prefix(),
                    .table = "segment_members",
                    .column = "segment_id",
                    .of_customer = memberships}};
    module.erase = let_go;
    module.furnish = make_ready_made;
    module.opened = [](Business& business) { business.part<Keeper>().begin(); };
    return module;
}

}  // namespace segments
}  // namespace patron
