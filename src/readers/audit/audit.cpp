#include "readers/audit/audit.hpp"

#include "module/listing.hpp"
#include "module/story.hpp"

namespace patron {

// One row of the log, with names as they are now.
struct AuditEntry {
    std::string id;
    std::int64_t seq = 0;  // its place in the chain; 0 for rows from before there was one
    Time at;
    StoryActor actor;
    std::string route;                        // "PATCH /customers/{id}"
    std::optional<std::string> kind;          // the event, or the look: "customer.opened"
    std::optional<std::string> subject;       // "cus_…"
    std::optional<std::string> subject_name;  // when there is one and it may be seen
    std::optional<Id<Customer>> customer_id;
    std::string request, address;
    int outcome = 0;  // HTTP status; 403 and the like: it was refused
    std::vector<std::string> fields;
    std::string hash;
};
DESCRIBE(AuditEntry, id, seq, at, actor, route, kind, subject, subject_name, customer_id, request, address, outcome,
         fields, hash);

namespace audit {
namespace {

constexpr std::size_t most_kinds = 50;

// "a,b" as places of bound values: "$1,$2".
std::string bound(Question& question, std::string_view list) {
    std::string places;
    std::size_t count = 0;
    for (std::size_t at = 0; at <= list.size();) {
        auto const end = std::min(list.find(',', at), list.size());
        if (++count > most_kinds) throw invalid("?kind", "too_many", "Ask for at most 50 kinds at once.");
        places += (places.empty() ? "" : ",") + question.bind(std::string(list.substr(at, end - at)));
        at = end + 1;
    }
    return places;
}

void filter(Question& question, Reading& reading) {
    auto const& call = reading.call;
    for (auto const name : {"actor", "subject", "route", "request", "address"})
        if (auto const value = call.param(name)) question.where(std::string(name) + "=" + question.bind(*value));
    if (auto const kinds = call.param("kind")) question.where("kind IN (" + bound(question, *kinds) + ")");
    if (auto const customer = call.param("customer_id"))
        question.where("customer_id=" + question.bind(filter_value<Id<Customer>>(*customer, "customer_id")));
    if (auto const refused = call.param("refused"))
        question.where(std::get<std::int64_t>(filter_value<bool>(*refused, "refused")) ? "outcome>=400"
                                                                                       : "outcome<400");
    if (auto const looks = call.param("looks"))
        question.where(std::string(std::get<std::int64_t>(filter_value<bool>(*looks, "looks")) ? "" : "NOT ") +
                       "(route LIKE 'GET %' OR kind='customer.sensitive_shown')");
    filter_by<Time>(question, call, "at", "at");
    // Nobody reads here of customers whom they do not see.
    if (!reading.sight().sees_everybody())
        question.where("((customer_id IS NULL AND substr(subject,1,4) NOT IN ('cus_','not_','rel_','fil_')) OR " +
                       reading.business.gate().condition(reading, reading.sight(), question, "audit.customer_id") +
                       ")");
}

std::optional<std::string> unless_empty(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

AuditEntry entry_of(db::Cursor const& row, Storyteller& teller) {
    AuditEntry entry{.id = id_text("aud", row.integer(0)), .seq = row.integer(1), .at = Time{row.integer(2)}};
    entry.actor.kind = row.text(3);
    std::string const actor(row.text(4));
    if (actor.find('_') != std::string::npos) {
        entry.actor.id = actor;
        entry.actor.name = teller.name_of(actor);
    } else entry.actor.name = actor == "nobody" ? "Nobody" : "Patron";
    entry.route = row.text(5);
    entry.kind = unless_empty(row.text(6));
    entry.subject = unless_empty(row.text(7));
    if (entry.subject) entry.subject_name = unless_empty(teller.name_of(*entry.subject));
    read_column(row, 8, entry.customer_id);
    entry.request = row.text(9);
    entry.address = row.text(10);
    entry.outcome = static_cast<int>(row.integer(11));
    read_column(row, 12, entry.fields);
    entry.hash = row.text(13);
    return entry;
}

Page<AuditEntry> list(Reading& reading) {
    Question question;
    filter(question, reading);
    Page<AuditEntry> page;
    count_rows(reading, question, "audit", page.total, page.exact);
    auto const order = order_of(reading.call, {{"at", "id", Order::Type::integer, true}});
    auto const limit = list_limit_of(reading.call);
    continue_behind(question, reading.call, order, "id");
    std::string const direction = order.descending ? " DESC" : "";
    auto const sql =
        "SELECT id,seq,at,actor_kind,actor,route,kind,subject,customer_id,request,address,outcome,fields,hash FROM "
        "audit" +
        question.where_text() + " ORDER BY id" + direction + " LIMIT " + question.bind(std::int64_t{limit} + 1);
    Storyteller teller(reading);
    auto rows = reading.tx.query(sql, question.values());
    std::int64_t last = 0;
    while (rows.next()) {
        if (static_cast<int>(page.data.size()) == limit) {
            page.next = make_cursor(order, last, last);
            break;
        }
        last = rows.integer(0);
        page.data.push_back(entry_of(rows, teller));
    }
    return page;
}

constexpr Kind let_go{"audit.let_go", 1, "{fact:rows} rows of the audit log were let go after their time", ""};
constexpr std::int64_t at_once = 5'000;

std::int64_t years_before(Time now, std::int64_t years) {
    using namespace std::chrono;
    auto const moment = sys_time<milliseconds>(milliseconds(now.ms));
    auto const day = floor<days>(moment);
    auto date = year_month_day(day) - std::chrono::years(years);
    if (!date.ok()) date = date.year() / date.month() / last;  // the 29th of February
    return (sys_days(date) + (moment - day)).time_since_epoch().count();
}

// The chain goes on behind the rows that went. Answers whether there are more.
bool let_some_go(Unit& unit) {
    auto const years = unit.business.settings()->audit_years;
    if (!years) return false;
    auto const gone = forget_audit(unit.tx, years_before(unit.now, *years), at_once);
    if (gone == 0) return false;
    unit.say({.kind = &let_go,
              .subject = AnyId(unit.business.settings()->id),
              .facts = {{"rows", gone}, {"last", audit_base(unit.tx).seq}}});
    return gone >= at_once;
}

}  // namespace

Module module() {
    Module module{.name = "audit", .needs = {}};
    module.areas = {{.name = "audit", .label = "Audit log", .acts = {"view"}, .seen_by = "manager"}};
    module.kinds = {&let_go};
    module.chores = {{"audit log", let_some_go}};
    module.routes = {get<list>("/audit", Permission("audit.view"), "list_audit",
                               "Who did what, who was refused, and who looked at whom; newest first",
                               list_params({{"actor", "the id of a user, key or import"},
                                            {"subject", "the id of what it was about"},
                                            {"customer_id", "about this customer"},
                                            {"kind",
                                             "an event's kind, or customer.opened, customer.sensitive_shown, "
                                             "customers.searched, export.taken; or several, parted by commas"},
                                            {"route", "exactly this route, such as PATCH /customers/{id}"},
                                            {"request", "of this request"},
                                            {"address", "from this address"},
                                            {"refused", "true: what was refused; false: what was done"},
                                            {"looks", "true: who looked; false: who changed something"},
                                            {"at", "a time or date", true}}))};
    return module;
}

}  // namespace audit
}  // namespace patron
