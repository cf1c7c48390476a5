#include "modules/segments/rules.hpp"

#include "modules/segments/events.hpp"

#include <algorithm>

namespace patron::segments::rules {
namespace {

using customers::Filter;

// The members of the record that a filter's field is made of; a field that is not here is its own member.
std::vector<std::string_view> members_of(std::string_view field) {
    if (field == "name") return {"display_name", "given_name", "family_name", "company_name"};
    if (field == "email") return {"emails"};
    if (field == "phone") return {"phones", "addresses"};
    if (field == "city" || field == "country") return {"addresses"};
    if (field == "tag_id") return {"tag_ids"};
    if (field == "worker_id" || field == "responsible_id") return {"workers"};
    if (field == "import_source") return {"import_keys"};
    return {field};
}

constexpr std::string_view searched[] = {"display_name", "given_name", "family_name", "company_name",
                                         "emails",       "phones",     "addresses",   "tag_ids"};

// Kinds that say field by field what changed.
constexpr std::string_view edits[] = {"customer.updated", "customer.moved", "customer.status_changed",
                                      "customer.tagged", "customer.assigned"};

std::vector<std::string> changed_fields(Event const& event) {
    std::vector<std::string> fields;
    auto const take = [&](Json const& changes) {
        for (auto const& change : changes.get_array())
            fields.emplace_back(std::string_view(change.get_object().at("field").get_string()));
    };
    if (event.changes.size() > 2) take(parse_own_json(event.changes));
    if (!event.personal.empty())
        if (auto const personal = parse_own_json(event.personal); personal.get_object().contains("changes"))
            take(personal.get_object().at("changes"));
    return fields;
}

void collect(Filter const& filter, Concern& concern) {
    for (auto const& part : filter.parts) collect(part, concern);
    if (filter.kind == Filter::Kind::search) concern.searches = true;
    if (filter.kind == Filter::Kind::happened) {
        auto const& event = filter.event;
        for (auto const* kinds : {&event.kinds, &event.less, &event.until})
            concern.kinds.insert(kinds->begin(), kinds->end());
        if (event.top) {
            concern.tops.push_back(event);
            concern.top_kinds.insert(event.kinds.begin(), event.kinds.end());
            concern.top_kinds.insert(event.less.begin(), event.less.end());
        }
        concern.clock = concern.clock || event.days || event.ahead_of;
    }
    if (!filter.field) return;
    concern.fields.insert(filter.field->name);
    concern.folders = concern.folders || filter.tree;
    concern.of_me = concern.of_me || filter.of_me;
    concern.clock = concern.clock || !filter.from_now.empty();
    if (filter.field->name == "segment_id" && filter.kind == Filter::Kind::is)
        for (auto const& value : filter.values) concern.segments.insert(std::get<std::int64_t>(value));
}

bool needs_event(Filter const& filter) {
    switch (filter.kind) {
        case Filter::Kind::happened: return filter.event.top > 0 || filter.event.at_least > 0;
        case Filter::Kind::all: return std::any_of(filter.parts.begin(), filter.parts.end(), needs_event);
        case Filter::Kind::any: return std::all_of(filter.parts.begin(), filter.parts.end(), needs_event);
        default: return false;
    }
}

void set_least(Filter& filter, std::vector<std::int64_t> const& least, std::size_t& place) {
    for (auto& part : filter.parts) set_least(part, least, place);
    if (filter.kind != Filter::Kind::happened || !filter.event.top) return;
    filter.event.at_least = least.at(place++);
    filter.event.top = 0;
}

bool customs(std::set<std::string> const& fields) {
    return std::any_of(fields.begin(), fields.end(), [](auto const& name) { return name.starts_with("custom."); });
}

// What happened to the business's own words.
Reach reach_of_words(Concern const& concern, Event const& event) {
    auto const stem = std::string_view(event.kind).substr(0, event.kind.find('.'));
    bool const whole = (stem == "folder" && concern.folders) || (stem == "field" && customs(concern.fields)) ||
                       (stem == "tag" && concern.searches) ||
                       // Phone numbers are read by its country, days are counted in its zone.
                       (stem == "business" && (concern.searches || concern.clock || concern.fields.contains("phone")));
    return whole ? Reach::everybody : Reach::nobody;
}

void walk(Json const& json, std::set<std::int64_t>& named) {
    if (auto const* list = json.if_array()) {
        for (auto const& one : *list) walk(one, named);
        return;
    }
    auto const* object = json.if_object();
    if (!object) return;
    auto const* field = object->if_contains("field");
    bool const ours = field && field->is_string() && field->get_string() == "segment_id";
    auto const take = [&](Json const& value) {
        if (!value.is_string()) return;
        if (auto const id = Id<Segment>::read(std::string_view(value.get_string()))) named.insert(id->value);
    };
    for (auto const& entry : *object) {
        if (!ours) walk(entry.value(), named);
        else if (auto const* list = entry.value().if_array())
            for (auto const& one : *list) take(one);
        else take(entry.value());
    }
}

bool go_round(Named const& named, std::int64_t at, std::int64_t from, std::set<std::int64_t>& seen,
              std::vector<std::int64_t>& way) {
    way.push_back(at);
    if (auto const next = named.find(at); next != named.end())
        for (auto const id : next->second) {
            if (id == from) {
                way.push_back(id);
                return true;
            }
            if (seen.insert(id).second && go_round(named, id, from, seen, way)) return true;
        }
    way.pop_back();
    return false;
}

}  // namespace

Concern concern_of(Filter const& filter) {
    Concern concern;
    collect(filter, concern);
    concern.needs_event = needs_event(filter);
    return concern;
}

bool Concern::only_creation() const {
    return kinds.empty() && !searches && fields == std::set<std::string>{"created_at"};
}

bool Concern::sums(Event const& event) const {
    return top_kinds.contains(event.kind) ||
           (!top_kinds.empty() &&
            (event.kind == "customer.binned" || event.kind == "customer.restored" || event.kind == "customer.erased"));
}

Reach Concern::reach(Event const& event) const {
    if (!event.customer_id) {
        if ((event.kind == entered.name || event.kind == left.name) && segments.contains(event.subject.value))
            return Reach::many;
        return reach_of_words(*this, event);
    }
    if (event.kind == entered.name || event.kind == left.name)
        return segments.contains(event.subject.value) ? Reach::customer : Reach::nobody;
    if (kinds.contains(event.kind)) return Reach::customer;
    if (fields.contains("activity_at") && event.actor.kind != ActorKind::system) return Reach::customer;
    if (!event.kind.starts_with("customer.")) return Reach::nobody;
    if (needs_event && event.kind == "customer.created") return Reach::nobody;
    // Created, binned, brought back: everything of the customer counts anew.
    bool const edited = std::find(std::begin(edits), std::end(edits), std::string_view(event.kind)) != std::end(edits);
    if (!edited || fields.contains("updated_at")) return Reach::customer;
    auto const changed = changed_fields(event);
    auto const has_changed = [&](std::string_view member) {
        return std::find(changed.begin(), changed.end(), member) != changed.end();
    };
    if (searches && std::any_of(std::begin(searched), std::end(searched), has_changed)) return Reach::customer;
    for (auto const& field : fields) {
        auto const members = members_of(field);
        if (std::any_of(members.begin(), members.end(), has_changed)) return Reach::customer;
    }
    return Reach::nobody;
}

Filter with_least(Filter filter, std::vector<std::int64_t> const& least) {
    std::size_t place = 0;
    set_least(filter, least, place);
    return filter;
}

std::vector<std::int64_t> circle(Named const& named, std::int64_t from) {
    std::vector<std::int64_t> way;
    std::set<std::int64_t> seen;
    go_round(named, from, from, seen, way);
    return way;
}

std::set<std::int64_t> named_in(Json const& expression) {
    std::set<std::int64_t> named;
    walk(expression, named);
    return named;
}

}  // namespace patron::segments::rules
