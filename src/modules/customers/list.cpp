#include "modules/customers/events.hpp"
#include "modules/customers/rows.hpp"
#include "modules/customers/store.hpp"

#include "module/listing.hpp"
#include "module/story.hpp"

#include <algorithm>

namespace patron {

struct CustomerActivity {
    Time at;
    std::string kind, headline;
};
DESCRIBE(CustomerActivity, at, kind, headline);

// A line of the list panel.
struct CustomerRow {
    Id<Customer> id;
    std::int64_t version = 0;
    CustomerKind kind = CustomerKind::person;
    std::string display_name;
    std::optional<std::string> company_name;
    std::optional<Id<Folder>> folder_id;
    std::optional<Id<Status>> status_id;
    std::vector<Id<Tag>> tag_ids;
    std::optional<Id<User>> responsible_id;
    std::optional<Id<File>> photo_id;
    std::optional<std::string> city;
    std::optional<CustomerActivity> activity;
    int unread = 0;
};
DESCRIBE(CustomerRow, id, version, kind, display_name, company_name, folder_id, status_id, tag_ids, responsible_id,
         photo_id, city, activity, unread);

// What the profile shows beside the record.
struct CustomerSummary {
    std::map<std::string, std::int64_t> counts;
    std::optional<Time> last_contact_at;
    std::optional<CustomerActivity> activity;
    int unread = 0;
    std::vector<Json> segments;
};
DESCRIBE(CustomerSummary, counts, last_contact_at, activity, unread, segments);

namespace customers {
namespace {

constexpr int most_unread = 99;

std::string like_pattern(std::string_view text, bool infix) {
    std::string pattern = infix ? "%" : "";
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + '%';
}

// "0628 12", "+33 6 28", "0033628": the digits a number in E.164 would show.
std::string phone_digits(std::string_view typed) {
    auto const all = digits(typed);
    if (all.size() < 3 || all.size() * 2 < code_points(typed)) return {};
    auto const start = all.find_first_not_of('0');
    return start == std::string::npos ? std::string() : all.substr(start);
}

void search(Question& question, std::string const& typed) {
    std::string words_match;
    for (auto const& word : words(typed)) {
        if (!words_match.empty()) words_match += " AND ";
        words_match += "s.words LIKE " + question.bind(like_pattern(word, true)) + " ESCAPE '\\'";
    }
    std::vector<std::string> ways;
    if (!words_match.empty()) ways.push_back("(" + words_match + ")");
    if (auto const number = phone_digits(typed); !number.empty())
        ways.push_back("s.digits LIKE " + question.bind(like_pattern(number, true)) + " ESCAPE '\\'");
    // A tag that begins with what was typed.
    ways.push_back(
        "c.id IN (SELECT ct.customer_id FROM customer_tags ct JOIN tags t ON t.id=ct.tag_id WHERE t.name_key LIKE " +
        question.bind(like_pattern(fold(typed), false)) + " ESCAPE '\\')");
    std::string condition;
    for (auto const& way : ways) (condition += condition.empty() ? "" : " OR ") += way;
    question.where("(" + condition + ")");
}

void filter_custom(Question& question, Call const& call, std::vector<Field> const& definitions) {
    for (auto const& [name, value] : call.query) {
        if (!name.starts_with("custom.")) continue;
        auto const bracket = std::min(name.find('['), name.size());
        auto const key = name.substr(7, bracket - 7), suffix = name.substr(bracket);
        auto const field =
            std::find_if(definitions.begin(), definitions.end(), [&](Field const& f) { return f.key == key; });
        if (field == definitions.end())
            throw invalid("?" + name, "unknown_field", "There is no custom field " + key + ".");
        auto const operand = fields::filter_operand(*field, value);
        bool const number = fields::compares_by_number(*field);
        std::string const sign = suffix == "[gte]"   ? ">="
                                 : suffix == "[gt]"  ? ">"
                                 : suffix == "[lte]" ? "<="
                                 : suffix == "[lt]"  ? "<"
                                                     : "=";
        auto const place = question.bind(number ? column_value(operand.number) : column_value(operand.text));
        question.where(
            "c.id IN (SELECT v.customer_id FROM customer_values v WHERE v.field_id=" + question.bind(field->id.value) +
            " AND " + (number ? "v.number" : "v.text") + sign + place + ")");
    }
}

std::string id_list(Question& question, std::vector<std::int64_t> const& ids) {
    std::string list;
    for (auto const id : ids) (list += list.empty() ? "" : ",") += question.bind(id);
    return list.empty() ? "NULL" : list;
}

void filter_contact(Question& question, std::string_view kind, std::string value) {
    question.where("c.id IN (SELECT k.customer_id FROM customer_contacts k WHERE k.kind=" +
                   question.bind(std::string(kind)) + " AND k.value=" + question.bind(std::move(value)) + ")");
}

struct Filters {
    Question question;
    bool searched = false;  // needs customer_search s
    bool in_bin = false;
    bool only_folder = true;  // nothing but a folder was asked for: the total is kept
    std::optional<Id<Folder>> folder;
};

void filter_folders(Filters& filters, Reading& reading) {
    auto const& call = reading.call;
    auto& question = filters.question;
    if (auto const typed = call.param("folder_id")) {
        auto const value = filter_value<Id<Folder>>(*typed, "folder_id");
        filters.folder = Id<Folder>{std::get<std::int64_t>(value)};
        question.where("a.folder_id=" + question.bind(value));
    }
    if (auto const typed = call.param("within")) {
        auto const root = Id<Folder>{std::get<std::int64_t>(filter_value<Id<Folder>>(*typed, "within"))};
        std::vector<std::int64_t> ids;
        for (auto const folder : folders::with_subfolders(reading, root)) ids.push_back(folder.value);
        question.where("a.folder_id IN (" + id_list(question, ids) + ")");
    }
}

Filters read_filters(Reading& reading, std::vector<Field> const& definitions) {
    auto const& call = reading.call;
    Filters filters;
    auto& question = filters.question;
    for (auto const& [name, value] : call.query)
        if (name != "limit" && name != "cursor" && name != "sort" && name != "shape" && name != "folder_id")
            filters.only_folder = false;
    filters.in_bin =
        call.param("in_bin") && std::get<std::int64_t>(filter_value<bool>(*call.param("in_bin"), "in_bin"));
    question.where(filters.in_bin ? "a.live=0" : "a.live=1");
    filter_folders(filters, reading);
    filter_by<std::optional<Id<Status>>>(question, call, "status_id", "c.status_id");
    filter_by<CustomerKind>(question, call, "kind", "c.kind");
    filter_by<Text<0, 100>>(question, call, "source", "c.source");
    filter_by<LanguageTag>(question, call, "language", "c.language");
    filter_by<bool>(question, call, "newsletter", "c.newsletter");
    filter_by<Time>(question, call, "created_at", "c.created_at");
    filter_by<Time>(question, call, "updated_at", "c.updated_at");
    filter_by<Time>(question, call, "activity_at", "a.at");
    filter_by<Date>(question, call, "customer_since", "c.customer_since");
    for (auto const& tag : call.params("tag_id"))
        question.where("c.id IN (SELECT ct.customer_id FROM customer_tags ct WHERE ct.tag_id=" +
                       question.bind(filter_value<Id<Tag>>(tag, "tag_id")) + ")");
    if (auto const worker = call.param("worker_id")) {
        auto const user =
            *worker == "me" ? db::Value{reading.who.user_id.value} : filter_value<Id<User>>(*worker, "worker_id");
        question.where("c.id IN (SELECT w.customer_id FROM customer_workers w WHERE w.user_id=" + question.bind(user) +
                       ")");
    }
    if (auto const email = call.param("email"))
        filter_contact(question, "email", normal_email(*email).value_or(*email));
    if (auto const phone = call.param("phone")) {
        auto const read = read_phone(*phone, reading.business.settings()->country);
        filter_contact(question, "phone", read ? read->e164 : digits(*phone));
    }
    if (auto const country = call.param("country")) filter_contact(question, "country", *country);
    if (auto const city = call.param("city")) filter_contact(question, "city", fold(*city));
    if (auto const unread = call.param("unread")) {
        auto const me = question.bind(reading.who.user_id.value);
        bool const wanted = std::get<std::int64_t>(filter_value<bool>(*unread, "unread"));
        question.where("a.events" + std::string(wanted ? ">" : "<=") +
                       "coalesce((SELECT n.events FROM customer_seen n WHERE n.user_id=" + me +
                       " AND n.customer_id=c.id),0)");
    }
    if (auto const ids = call.param("ids")) {
        std::vector<std::int64_t> wanted;
        for (std::size_t at = 0; at <= ids->size();) {
            auto const comma = std::min(ids->find(',', at), ids->size());
            wanted.push_back(std::get<std::int64_t>(filter_value<Id<Customer>>(ids->substr(at, comma - at), "ids")));
            at = comma + 1;
        }
        if (wanted.size() > 200) throw invalid("?ids", "too_many", "The parameter ids takes at most 200 ids.");
        question.where("c.id IN (" + id_list(question, wanted) + ")");
    }
    if (auto const typed = call.param("q"); typed && !fold(*typed).empty()) {
        if (code_points(*typed) > 200)
            throw invalid("?q", "too_long", "The parameter q may have at most 200 characters.");
        filters.searched = true;
        search(question, *typed);
    }
    filter_custom(question, call, definitions);
    return filters;
}

std::vector<Order> orders(Reading& reading, Filters& filters, std::vector<Field> const& definitions) {
    std::vector<Order> offered{{"activity_at", "a.at", Order::Type::integer, true},
                               {"display_name", "c.name_key", Order::Type::bytes},
                               {"created_at", "c.created_at", Order::Type::integer},
                               {"updated_at", "c.updated_at", Order::Type::integer},
                               {"customer_since", "coalesce(c.customer_since,'')", Order::Type::text}};
    auto const sort = reading.call.param("sort");
    if (filters.searched && !sort) {
        // Exact before prefix before a word's beginning before anywhere.
        auto const typed = fold(*reading.call.param("q"));
        auto& question = filters.question;
        offered.insert(offered.begin(),
                       {"rank",
                        "CASE WHEN s.name=" + question.bind(typed) + " THEN 0 WHEN s.name LIKE " +
                            question.bind(like_pattern(typed, false)) + " ESCAPE '\\' THEN 1 WHEN s.words LIKE " +
                            question.bind(like_pattern(" " + typed, true)) + " ESCAPE '\\' THEN 2 ELSE 3 END",
                        Order::Type::integer});
    }
    if (sort && sort->find("custom.") <= 1) {
        auto const key = sort->substr(sort->find('.') + 1);
        for (auto const& field : definitions)
            if (field.key == key) {
                bool const number = fields::compares_by_number(field);
                auto const of = " FROM customer_values v WHERE v.customer_id=c.id AND v.field_id=" +
                                filters.question.bind(field.id.value) + ")";
                offered.push_back({"custom." + key,
                                   number ? "coalesce((SELECT min(v.number)" + of + ",-1e300)"
                                          : "coalesce((SELECT min(v.text)" + of + ",'')",
                                   number ? Order::Type::real : Order::Type::text});
            }
    }
    return offered;
}

std::string from_of(Filters const& filters) {
    return std::string("customer_activity a JOIN customers c ON c.id=a.customer_id") +
           (filters.searched ? " JOIN customer_search s ON s.customer_id=c.id" : "");
}

void total_of(Reading& reading, Filters const& filters, std::int64_t& total, bool& exact) {
    if (!filters.only_folder) return count_rows(reading, filters.question, from_of(filters), total, exact);
    db::Value const values[] = {std::string(filters.folder ? "fol" : "cus"),
                                filters.folder ? filters.folder->value : std::int64_t{1}};
    auto row = reading.tx.query("SELECT n FROM customer_counts WHERE prefix=$1 AND id=$2", values);
    total = row.next() ? row.integer(0) : 0;
    exact = true;
}

// Events since I last looked, for customers I never opened since I joined.
int unread_since_joining(Reading& reading, Id<Customer> customer) {
    db::Value const values[] = {customer.value, reading.who.user_id.value, std::int64_t{most_unread}};
    auto row = reading.tx.query(
        "SELECT count(*) FROM (SELECT 1 FROM spine WHERE customer_id=$1 AND actor_kind NOT IN ('import','system') AND "
        "actor_id<>$2 "
        "AND recorded_at>=(SELECT created_at FROM users WHERE id=$2) LIMIT $3) AS news",
        values);
    return row.next() ? static_cast<int>(row.integer(0)) : 0;
}

struct Look {
    std::int64_t position = 0, events = 0, seen = -1;
};

Look look_of(Reading& reading, Id<Customer> customer) {
    db::Value const values[] = {customer.value, reading.who.user_id.value};
    auto row = reading.tx.query(
        "SELECT a.position,a.events,coalesce(n.events,-1) FROM customer_activity a LEFT JOIN customer_seen n "
        "ON n.customer_id=a.customer_id AND n.user_id=$2 WHERE a.customer_id=$1",
        values);
    Look look;
    if (row.next()) look = {row.integer(0), row.integer(1), row.integer(2)};
    return look;
}

int unread_of(Reading& reading, Id<Customer> customer, Look const& look) {
    if (look.seen >= 0) return static_cast<int>(std::clamp<std::int64_t>(look.events - look.seen, 0, most_unread));
    return look.events == 0 ? 0 : unread_since_joining(reading, customer);
}

std::optional<CustomerActivity> activity_at(Reading& reading, Storyteller& teller, std::int64_t position) {
    static std::string const sql = "SELECT " + std::string(event_columns) + " FROM spine WHERE position=$1";
    db::Value const values[] = {position};
    auto row = reading.tx.query(sql, values);
    if (!row.next()) return {};
    auto const event = read_event(row);
    return CustomerActivity{event.happened_at, event.kind, teller.tell(event).headline};
}

CustomerRow row_of(Customer const& customer) {
    CustomerRow row{.id = customer.id, .version = customer.version, .kind = customer.kind};
    row.display_name = customer.display_name ? static_cast<std::string const&>(*customer.display_name) : std::string();
    if (customer.company_name) row.company_name = *customer.company_name;
    row.folder_id = customer.folder_id;
    row.status_id = customer.status_id;
    row.tag_ids = customer.tag_ids;
    row.photo_id = customer.photo_id;
    for (auto const& worker : customer.workers)
        if (worker.responsible) row.responsible_id = worker.user_id;
    for (auto const& address : customer.addresses)
        if (address.city && !row.city) row.city = *address.city;
    return row;
}

std::vector<Customer> read_page(Reading& reading, Filters& filters, Order const& order, int limit,
                                std::optional<std::string>& next) {
    auto& question = filters.question;
    continue_behind(question, reading.call, order, "a.customer_id");
    std::string const direction = order.descending ? " DESC" : "";
    static std::string const columns = column_list<Customer>("c");
    auto const sql = "SELECT " + columns + "," + order.expression + " FROM " + from_of(filters) +
                     question.where_text() + " ORDER BY " + order.expression + direction + ",a.customer_id" +
                     direction + " LIMIT " + question.bind(std::int64_t{limit} + 1);
    auto rows = reading.tx.query(sql, question.values());
    static int const at = static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;
    std::vector<Customer> customers;
    db::Value last;
    while (rows.next()) {
        if (static_cast<int>(customers.size()) == limit) {
            next = make_cursor(order, last, customers.back().id.value);
            break;
        }
        customers.push_back(read_row<Customer>(rows));
        last = order.value(rows, at);
    }
    return customers;
}

}  // namespace

std::vector<Param> filters(std::vector<Param> behind_search) {
    std::vector<Param> all{{"q", "search over name, company, e-mail, phone in any shape, city and tag"}};
    for (auto& param : behind_search) all.push_back(std::move(param));
    for (auto const& param :
         std::vector<Param>{{"folder_id", "in this folder"},
                            {"within", "in this folder or below it"},
                            {"status_id", "of this status"},
                            {"tag_id", "with this tag; several times: with all of them", false, true},
                            {"worker_id", "looked after by this member of staff; me for oneself"},
                            {"kind", "person or company"},
                            {"source", "where it came from"},
                            {"language", "BCP 47"},
                            {"newsletter", "true or false"},
                            {"email", "with this address"},
                            {"phone", "with this number in any shape"},
                            {"country", "ISO 3166-1 alpha-2"},
                            {"city", "city"},
                            {"unread", "true: with something new to me"},
                            {"in_bin", "true: in the bin"},
                            {"ids", "at most 200 ids, parted by commas"},
                            {"created_at", "a time or date", true},
                            {"updated_at", "a time or date", true},
                            {"activity_at", "newest event, a time or date", true},
                            {"customer_since", "a date", true},
                            {"custom.*", "a custom field by its key", true}})
        all.push_back(param);
    return all;
}

std::vector<Param> list_filters() {
    return list_params(filters({{"shape", "row for compact rows, record (the default) for whole records"}}));
}

http::Response list(Reading& reading) {
    auto const definitions = fields::all(reading);
    auto filters = read_filters(reading, definitions);
    auto const shape = reading.call.param("shape").value_or("record");
    if (shape != "row" && shape != "record")
        throw invalid("?shape", "not_a_choice", "The parameter shape must be row or record.");
    std::int64_t total = 0;
    bool exact = true;
    total_of(reading, filters, total, exact);
    auto const order = order_of(reading.call, orders(reading, filters, definitions));
    std::optional<std::string> next;
    auto const customers = read_page(reading, filters, order, list_limit_of(reading.call), next);
    if (shape == "record") return detail::respond(Page<Customer>{customers, next, total, exact}, reading.call, 200);
    Page<CustomerRow> page{{}, next, total, exact};
    Storyteller teller(reading);
    for (auto const& customer : customers) {
        auto row = row_of(customer);
        auto const look = look_of(reading, customer.id);
        row.unread = unread_of(reading, customer.id, look);
        row.activity = activity_at(reading, teller, look.position);
        page.data.push_back(std::move(row));
    }
    return detail::respond(std::move(page), reading.call, 200);
}

void each_matching(Reading& reading, std::function<bool(Customer const&)> const& each) {
    auto const definitions = fields::all(reading);
    Call call = reading.call;
    std::erase_if(call.query, [](auto const& pair) { return pair.first == "limit" || pair.first == "cursor"; });
    for (bool more = true; more;) {
        Reading inner(reading.tx, call);
        auto filters = read_filters(inner, definitions);
        auto const order = order_of(call, orders(inner, filters, definitions));
        std::optional<std::string> next;
        for (auto const& customer : read_page(inner, filters, order, 200, next))
            if (!each(customer)) return;
        std::erase_if(call.query, [](auto const& pair) { return pair.first == "cursor"; });
        if (next) call.query.emplace_back("cursor", *next);
        more = next.has_value();
    }
}

CustomerSummary summary(Reading& reading, Id<Customer> id) {
    auto const customer = find(reading, id);
    CustomerSummary summary;
    db::Value const values[] = {customer.id.value};
    for (auto const& module : reading.business.modules())
        for (auto const& section : module.sections) {
            auto row = reading.tx.query(section.count_sql, values);
            summary.counts[std::string(section.name)] = row.next() ? row.integer(0) : 0;
        }
    auto const look = look_of(reading, id);
    Storyteller teller(reading);
    summary.activity = activity_at(reading, teller, look.position);
    summary.unread = unread_of(reading, id, look);
    return summary;
}

// Matches by any of e-mail, phone and name: whom a new customer might already be.
http::Response lookalikes(Reading& reading) {
    auto const& call = reading.call;
    std::vector<Id<Customer>> ids;
    auto const add = [&](std::vector<Id<Customer>> const& more) {
        for (auto const id : more)
            if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    if (auto const email = call.param("email"))
        if (auto const normal = normal_email(*email)) add(known_by_email(reading, *normal));
    if (auto const phone = call.param("phone"))
        if (auto const read = read_phone(*phone, reading.business.settings()->country))
            add(known_by_phone(reading, read->e164));
    if (auto const name = call.param("name"); name && code_points(*name) >= 3) {
        db::Value const values[] = {fold(*name)};
        auto rows = reading.tx.query(
            "SELECT customer_id FROM customer_search WHERE name=$1 ORDER BY customer_id LIMIT 5", values);
        std::vector<Id<Customer>> named;
        while (rows.next()) named.push_back({rows.integer(0)});
        add(named);
    }
    std::vector<CustomerRow> rows;
    for (auto const id : ids)
        if (rows.size() < 5) rows.push_back(row_of(reading.find(id)));
    return json_response(200, "{\"data\":" + to_json(rows) + "}");
}

void mark_seen(Unit& unit, Id<Customer> id) {
    auto const customer = find(unit, id);
    db::Value const values[] = {unit.who.user_id.value, customer.id.value};
    unit.tx.post(
        "INSERT INTO customer_seen (user_id,customer_id,events) SELECT $1,customer_id,events FROM customer_activity "
        "WHERE customer_id=$2 "
        "ON CONFLICT (user_id,customer_id) DO UPDATE SET events=EXCLUDED.events",
        values);
}

void mark_all_seen(Unit& unit, Id<User> user) {
    db::Value const values[] = {user.value};
    unit.tx.post(
        "INSERT INTO customer_seen (user_id,customer_id,events) SELECT $1,customer_id,events FROM customer_activity "
        "WHERE 1=1 "
        "ON CONFLICT (user_id,customer_id) DO UPDATE SET events=EXCLUDED.events",
        values);
}

std::vector<Route> looking_routes() {
    Permission const view{"customers.view"};
    return {
        get<summary>("/customers/{id}/summary", view, "get_customer_summary", "Counts of each section and what is new"),
        get<lookalikes>("/customers/lookalikes", view, "list_lookalikes", "Whom a new customer might already be",
                        {{"email", "an address"}, {"phone", "a number"}, {"name", "a name"}}),
        post<mark_seen>("/customers/{id}/seen", view, "mark_customer_seen",
                        "Nothing on this customer is new to me any more")};
}

Json row_schema(Schemas& schemas) { return schema<CustomerRow>(schemas); }

}  // namespace customers
}  // namespace patron
