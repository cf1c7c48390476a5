#include "modules/customers/events.hpp"

#include <map>

namespace patron::customers {
namespace {

Json const* change_of(JsonArray const& changes, std::string_view field, std::string_view side) {
    for (auto const& change : changes)
        if (change.at("field") == boost::json::string(field)) return change.get_object().if_contains(side);
    return nullptr;
}

std::int64_t number_of(Json const* id) {
    if (!id || !id->is_string()) return 0;
    std::string_view const text = id->get_string();
    return read_id(text.substr(0, text.find('_')), text).value_or(0);
}

void count(db::Tx& tx, std::string_view prefix, std::int64_t id, std::int64_t by) {
    if (id == 0) return;
    db::Value const values[] = {std::string(prefix), id, by};
    tx.post(
        "INSERT INTO customer_counts (prefix,id,n) VALUES ($1,$2,$3) ON CONFLICT (prefix,id) DO UPDATE SET "
        "n=customer_counts.n+$3",
        values);
}

void count_list(db::Tx& tx, std::string_view prefix, Json const* ids, std::int64_t by) {
    if (ids && ids->is_array())
        for (auto const& id : ids->get_array()) count(tx, prefix, number_of(&id), by);
}

void count_standing(db::Tx& tx, Event const& event, std::int64_t by) {
    auto const facts = parse_own_json(event.facts);
    auto const& object = facts.get_object();
    count(tx, "cus", 1, by);  // all live customers, under one number
    count(tx, "fol", number_of(object.if_contains("folder_id")), by);
    count(tx, "sta", number_of(object.if_contains("status_id")), by);
    count_list(tx, "tag", object.if_contains("tag_ids"), by);
}

void count_changes(db::Tx& tx, Event const& event) {
    auto const parsed = parse_own_json(event.changes);
    auto const& changes = parsed.get_array();
    for (auto const& [field, prefix] :
         {std::pair<char const*, char const*>{"folder_id", "fol"}, {"status_id", "sta"}}) {
        count(tx, prefix, number_of(change_of(changes, field, "from")), -1);
        count(tx, prefix, number_of(change_of(changes, field, "to")), 1);
    }
    count_list(tx, "tag", change_of(changes, "tag_ids", "from"), -1);
    count_list(tx, "tag", change_of(changes, "tag_ids", "to"), 1);
}

void take_counts(db::Tx& tx, Event const& event) {
    if (event.kind == created.name || event.kind == restored.name) count_standing(tx, event, 1);
    else if (event.kind == binned.name) count_standing(tx, event, -1);
    else if (event.kind == moved.name || event.kind == status_changed.name || event.kind == tagged.name)
        count_changes(tx, event);
}

// What an import brought in, or a job did to many at once, is not news to anybody.
bool is_news(Event const& event) {
    return !event.request.starts_with("job_") && event.actor.kind != ActorKind::import_ &&
           event.actor.kind != ActorKind::system;
}

void take_activity(db::Tx& tx, Event const& event) {
    if (!event.customer_id) return;
    auto const id = event.customer_id.value;
    if (event.kind == erased.name) {
        db::Value const values[] = {id};
        tx.post("DELETE FROM customer_activity WHERE customer_id=$1", values);
        tx.post("DELETE FROM customer_seen WHERE customer_id=$1", values);
        return;
    }
    std::int64_t const news = is_news(event) ? 1 : 0;
    if (event.kind == created.name) {
        auto const facts = parse_own_json(event.facts);
        auto const folder = number_of(facts.get_object().if_contains("folder_id"));
        db::Value const values[] = {id, event.happened_at.ms, event.position, news,
                                    folder ? db::Value{folder} : db::Value{}};
        tx.post(
            "INSERT INTO customer_activity (customer_id,at,position,first_position,events,folder_id,live) VALUES "
            "($1,$2,$3,$3,$4,$5,1) "
            "ON CONFLICT (customer_id) DO NOTHING",
            values);
    } else if (event.actor.kind != ActorKind::system) {
        // What Patron itself notes (that a segment was entered) is no sign of life of the customer.
        db::Value const values[] = {id, event.happened_at.ms, event.position, news};
        tx.post(
            "UPDATE customer_activity SET position=CASE WHEN $2>=at THEN $3 ELSE position END, at=CASE WHEN $2>=at "
            "THEN $2 ELSE at END, "
            "events=events+$4 WHERE customer_id=$1",
            values);
    }
    if (event.kind == moved.name) {
        auto const changes = parse_own_json(event.changes);
        auto const folder = number_of(change_of(changes.get_array(), "folder_id", "to"));
        db::Value const values[] = {id, folder ? db::Value{folder} : db::Value{}};
        tx.post("UPDATE customer_activity SET folder_id=$2 WHERE customer_id=$1", values);
    } else if (event.kind == binned.name || event.kind == restored.name) {
        db::Value const values[] = {id, std::int64_t{event.kind == restored.name}};
        tx.post("UPDATE customer_activity SET live=$2 WHERE customer_id=$1", values);
    }
    // Whoever does something with a customer has looked at it.
    if (event.actor.kind == ActorKind::user && news) {
        db::Value const values[] = {event.actor.id.value, id};
        tx.post(
            "INSERT INTO customer_seen (user_id,customer_id,events) SELECT $1,customer_id,events FROM "
            "customer_activity WHERE customer_id=$2 "
            "ON CONFLICT (user_id,customer_id) DO UPDATE SET events=EXCLUDED.events",
            values);
    }
}

}  // namespace

InlineReader activity_reader() {
    return {"activity", take_activity, [](db::Tx& tx) { tx.execute("DELETE FROM customer_activity"); }};
}

InlineReader counts_reader() {
    return {"counts", take_counts, [](db::Tx& tx) { tx.execute("DELETE FROM customer_counts"); }};
}

JsonObject standing(Customer const& customer) {
    JsonObject facts;
    facts["folder_id"] = customer.folder_id ? Json(customer.folder_id->text()) : Json();
    facts["status_id"] = customer.status_id ? Json(customer.status_id->text()) : Json();
    JsonArray tags;
    for (auto const tag : customer.tag_ids) tags.push_back(Json(tag.text()));
    facts["tag_ids"] = std::move(tags);
    return facts;
}

}  // namespace patron::customers
