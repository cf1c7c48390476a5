#include "modules/customers/events.hpp"
#include "modules/customers/rules.hpp"
#include "modules/customers/staff_sight.hpp"
#include "modules/customers/store.hpp"

#include <algorithm>

namespace patron::customers {
namespace {

constexpr std::int64_t bin_lasts_ms = 30LL * 24 * 3600 * 1000;

bool is_there(Reading& reading, AnyId const& id) {
    std::string_view const sql = id.prefix == "cus"   ? "SELECT 1 FROM customers WHERE id=$1 AND bin_until IS NULL"
                                 : id.prefix == "usr" ? "SELECT 1 FROM users WHERE id=$1"
                                 : id.prefix == "fil" ? "SELECT 1 FROM files WHERE id=$1"
                                                      : "";
    if (sql.empty()) return false;
    db::Value const values[] = {id.value};
    return reading.tx.query(sql, values).next() && (id.prefix != "cus" || reading.sees(Id<Customer>{id.value}));
}

// Nobody writes what they may not read, not even by chance.
void guard_hidden(Reading& reading, JsonObject const& custom, JsonObject const& before, Mistakes& mistakes) {
    for (auto const& key : reading.hidden_fields()) {
        auto const *now = custom.if_contains(key), *then = before.if_contains(key);
        if (now && (!then || *now != *then))
            mistake(mistakes, pointer_to("/custom", key), "unknown_member", "is no custom field of this business");
    }
}

void check_references(Reading& reading, Customer const& draft, Customer const* before, Customer const& known,
                      Mistakes& mistakes) {
    auto const unknown = [&](std::string const& pointer) {
        mistake(mistakes, pointer, "unknown_reference", "names nothing that exists");
    };
    bool const moved = draft.folder_id != known.folder_id;
    if (draft.folder_id && moved && !reading.seek(*draft.folder_id)) unknown("/folder_id");
    if (draft.folder_id && (!before || draft.folder_id != before->folder_id) &&
        reading.sight().folder(draft.folder_id->value) == FolderLevel::see)
        mistake(mistakes, "/folder_id", "look_only", "is a folder that you may look into, but not work in");
    if (draft.status_id && (moved || draft.status_id != known.status_id)) {
        if (!reading.seek(*draft.status_id)) unknown("/status_id");
        else if (!folders::status_fits(reading, draft.folder_id, *draft.status_id))
            mistake(mistakes, "/status_id", "not_in_folder", "is not one of the folder's list");
    }
    for (std::size_t i = 0; i < draft.tag_ids.size(); ++i) {
        bool const had = std::find(known.tag_ids.begin(), known.tag_ids.end(), draft.tag_ids[i]) != known.tag_ids.end();
        if (!had && !reading.seek(draft.tag_ids[i])) unknown(pointer_to("/tag_ids", i));
    }
    for (std::size_t i = 0; i < draft.workers.size(); ++i) {
        auto const user = draft.workers[i].user_id;
        bool const had =
            std::any_of(known.workers.begin(), known.workers.end(), [&](Worker const& w) { return w.user_id == user; });
        auto const found = had ? std::nullopt : reading.seek(user);
        if (!had && (!found || found->state == UserState::disabled))
            unknown(pointer_to(pointer_to("/workers", i), "user_id"));
    }
}

void check_keys(Reading& reading, Customer const& draft, Mistakes& mistakes) {
    for (std::size_t i = 0; i < draft.import_keys.size(); ++i) {
        auto const known = known_by_import_key(reading, draft.import_keys[i].source, draft.import_keys[i].key);
        if (known && *known != draft.id)
            mistake(mistakes, pointer_to("/import_keys", i), "taken", "belongs to another customer");
    }
}

// Everything that both a new and a changed customer go through. What stands in `known` is there for sure and not looked
// up again. Throws with all mistakes.
void finish(Unit& unit, Customer& draft, Customer const* before, Customer const& known,
            std::vector<Field> const& definitions) {
    auto const settings = unit.business.settings();
    Mistakes mistakes;
    rules::settle(draft, before, settings->country);
    rules::check(draft, mistakes);
    rules::guard_secrets(draft, before, mistakes);
    check_references(unit, draft, before, known, mistakes);
    check_keys(unit, draft, mistakes);
    JsonObject const custom_before = before ? static_cast<JsonObject const&>(before->custom) : JsonObject{};
    guard_hidden(unit, draft.custom, custom_before, mistakes);
    fields::check(definitions, draft.custom, custom_before, rules::country_of(draft, settings->country), "/custom",
                  mistakes, [&](AnyId const& id) { return is_there(unit, id); });
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
}

Kind const& kind_of(std::string const& field) {
    if (field == "folder_id") return moved;
    if (field == "status_id") return status_changed;
    if (field == "tag_ids") return tagged;
    if (field == "workers") return assigned;
    return updated;
}

void tell(Unit& unit, Customer const& after, std::vector<Change> changes) {
    bool const has_moved =
        std::any_of(changes.begin(), changes.end(), [](Change const& c) { return c.field == "folder_id"; });
    for (auto const* kind : {&moved, &status_changed, &tagged, &assigned, &updated}) {
        Happening what{.kind = kind, .subject = after.id, .subject_version = after.version, .customer_id = after.id};
        for (auto const& change : changes) {
            // A status that came with the folder is told with it.
            auto const& own = has_moved && change.field == "status_id" ? moved : kind_of(change.field);
            if (&own == kind) what.changes.push_back(change);
        }
        if (!what.changes.empty()) unit.say(std::move(what));
    }
}

}  // namespace

Customer find(Reading& reading, Id<Customer> id) { return reading.find(id); }

namespace {

bool is_in_sight(Reading& reading, Customer const& customer) {
    auto const place = standing_of(customer);
    return reading.sight().sees(place.folder, place.workers);
}

// What the business itself gives a draft: it is noted as known.
void give_defaults(Unit& unit, Customer& draft, Customer& known) {
    if (!draft.folder_id) draft.folder_id = known.folder_id = folders::first(unit);
    auto const folder = draft.folder_id ? unit.seek(*draft.folder_id) : std::nullopt;
    if (!folder) return;
    known.folder_id = folder->id;
    if (!draft.status_id)
        draft.status_id = known.status_id =
            folder->default_status_id ? folder->default_status_id : folders::default_status(unit, folder->id);
    for (auto const tag : folder->default_tag_ids)
        if (unit.seek(tag)) {
            draft.tag_ids.push_back(tag);
            known.tag_ids.push_back(tag);
        }
    if (folder->stage == Stage::active && !draft.customer_since) draft.customer_since = day_of(unit.now);
}

}  // namespace

Customer create(Unit& unit, Customer draft, Origin origin) {
    bool const has_values = !static_cast<JsonObject const&>(draft.custom).empty();
    auto const definitions = has_values ? fields::all(unit) : fields::required(unit);
    Customer known;
    give_defaults(unit, draft, known);
    // Whoever makes a customer sees it: where folder and role do not show it, it is theirs.
    if (unit.who.user_id && !is_in_sight(unit, draft))
        draft.workers.push_back({.user_id = unit.who.user_id, .responsible = draft.workers.empty()});
    if (unit.who.user_id && !is_in_sight(unit, draft)) {
        if (draft.folder_id) unit.refer(*draft.folder_id, "/folder_id");
        throw invalid("/folder_id", "out_of_sight", "You would not see the customer in this folder.");
    }
    finish(unit, draft, nullptr, known, definitions);
    Mistakes missing;
    // What one may not write is not asked for.
    if (unit.who.actor.kind != ActorKind::import_)
        fields::require(fields::readable(unit, definitions), draft.custom, draft.folder_id, "/custom", missing);
    if (!missing.empty()) throw invalid(std::move(missing));
    draft.created_at = origin.created_at;
    auto facts = standing(draft);
    facts["source"] = draft.source ? Json(static_cast<std::string const&>(*draft.source)) : Json();
    unit.keep(draft, {.kind = &created,
                      .customer_id = draft.id ? draft.id : (draft.id = {unit.business.ids().next(unit.now.ms)}),
                      .facts = std::move(facts),
                      .happened_at = origin.created_at});
    store::index(unit.tx, nullptr, draft, definitions);
    return draft;
}

// A required value may have been missing all along (an import, a field made later); it may not be taken away.
void require_still(std::vector<Field> const& definitions, Customer const& before, Customer const& after) {
    Mistakes had, missing;
    fields::require(definitions, before.custom, after.folder_id, "/custom", had);
    fields::require(definitions, after.custom, after.folder_id, "/custom", missing);
    std::erase_if(missing, [&](FieldError const& one) {
        return std::any_of(had.begin(), had.end(), [&](FieldError const& old) { return old.pointer == one.pointer; });
    });
    if (!missing.empty()) throw invalid(std::move(missing));
}

bool change(Unit& unit, Customer const& before, Customer& after) {
    auto const definitions = fields::all(unit);
    if (after.folder_id != before.folder_id && after.folder_id) {
        // The old folder's status may mean nothing in the new one.
        if (after.status_id == before.status_id &&
            (!after.status_id || !folders::status_fits(unit, after.folder_id, *after.status_id)))
            after.status_id = folders::default_status(unit, *after.folder_id);
        auto const folder = unit.seek(*after.folder_id);
        if (folder && folder->stage == Stage::active && !after.customer_since) after.customer_since = day_of(unit.now);
    }
    if (!after.folder_id && before.folder_id && after.status_id == before.status_id) after.status_id.reset();
    finish(unit, after, &before, before, definitions);
    require_still(definitions, before, after);
    auto changes = unit.store(before, after);
    if (changes.empty()) return false;
    store::index(unit.tx, &before, after, definitions);
    part_custom(changes, before, after);
    tell(unit, after, std::move(changes));
    return true;
}

void bin(Unit& unit, Customer const& customer) {
    auto after = customer;
    after.bin_until = Time{unit.now.ms + bin_lasts_ms};
    unit.store(customer, after);
    store::unindex(unit.tx, customer.id);
    unit.say({.kind = &binned,
              .subject = customer.id,
              .subject_version = after.version,
              .customer_id = customer.id,
              .facts = standing(customer)});
}

void erase(Unit& unit, Customer const& customer) {
    // The modules look at the record while it is there.
    for (auto const& module : unit.business.modules())
        if (module.erase) module.erase(unit, customer.id);
    store::unindex(unit.tx, customer.id);
    db::Value const values[] = {customer.id.value, customer.version};
    if (unit.tx.execute("DELETE FROM customers WHERE id=$1 AND version=$2", values) == 0)
        throw db::Error(db::Fault::serialization, "another server erased or restored the customer at this moment");
    forget_customer(unit.tx, customer.id);
    forget_audit_salts(unit.tx, customer.id);
    unit.say({.kind = &erased, .subject = customer.id, .customer_id = customer.id});
}

bool erase_some(Unit& unit) {
    constexpr std::int64_t together = 20;
    std::vector<Id<Customer>> ids;
    {
        db::Value const values[] = {unit.now.ms, together};
        auto rows = unit.tx.query("SELECT id FROM customers WHERE bin_until<=$1 ORDER BY bin_until LIMIT $2", values);
        while (rows.next()) ids.push_back({rows.integer(0)});
    }
    for (auto const id : ids)
        if (auto const customer = unit.seek(id)) erase(unit, *customer);
    return std::ssize(ids) == together;
}

bool is_held_by_others(Reading& reading, Id<Customer> customer, AnyId const& id) {
    db::Value const held[] = {customer.value, id.text()};
    if (reading.tx.query("SELECT 1 FROM customer_values WHERE text=$2 AND customer_id<>$1 LIMIT 1", held).next())
        return true;
    // Those in the bin are found by nothing.
    db::Value const in_bin[] = {customer.value, "%\"" + id.text() + "\"%"};
    return reading.tx
        .query("SELECT 1 FROM customers WHERE bin_until IS NOT NULL AND id<>$1 AND custom LIKE $2 LIMIT 1", in_bin)
        .next();
}

Customer restore(Unit& unit, Customer const& before) {
    if (!before.bin_until) throw conflict("not_in_bin", "This customer is not in the bin.");
    for (auto const& key : before.import_keys)
        if (known_by_import_key(unit, key.source, key.key))
            throw conflict("key_taken",
                           "Another customer has the import key " + key.key + " by now; change that one first.");
    auto after = before;
    after.bin_until.reset();
    // What was deleted while it lay in the bin is not there to come back to.
    if (after.folder_id && !unit.seek(*after.folder_id)) {
        after.folder_id = folders::first(unit);
        after.status_id.reset();
    }
    if (after.status_id && !unit.seek(*after.status_id)) after.status_id.reset();
    if (!after.status_id && after.folder_id) after.status_id = folders::default_status(unit, *after.folder_id);
    std::erase_if(after.tag_ids, [&](Id<Tag> tag) { return !unit.seek(tag); });
    unit.store(before, after);
    store::index(unit.tx, nullptr, after, fields::all(unit));
    unit.say({.kind = &restored,
              .subject = after.id,
              .subject_version = after.version,
              .customer_id = after.id,
              .facts = standing(after)});
    return after;
}

std::string not_in_bin(std::string_view column) {
    return "NOT EXISTS (SELECT 1 FROM " + std::string(Customer::table) + " b WHERE b.id=" + std::string(column) +
           " AND b.bin_until IS NOT NULL)";
}

std::vector<Id<Customer>> known_by(Reading& reading, std::string_view kind, std::string_view value, int limit) {
    db::Value const values[] = {std::string(kind), std::string(value), std::int64_t{limit}};
    auto rows = reading.tx.query(
        "SELECT customer_id FROM customer_contacts WHERE kind=$1 AND value=$2 ORDER BY customer_id LIMIT $3", values);
    std::vector<Id<Customer>> ids;
    while (rows.next()) ids.push_back({rows.integer(0)});
    std::erase_if(ids, [&](Id<Customer> id) { return !reading.sees(id); });
    return ids;
}

std::vector<Id<Customer>> known_by_email(Reading& reading, std::string_view email, int limit) {
    return known_by(reading, "email", email, limit);
}
std::vector<Id<Customer>> known_by_phone(Reading& reading, std::string_view e164, int limit) {
    return known_by(reading, "phone", e164, limit);
}

std::optional<Id<Customer>> known_by_import_key(Reading& reading, std::string_view source, std::string_view key) {
    db::Value const values[] = {std::string(source), std::string(key)};
    auto row = reading.tx.query("SELECT customer_id FROM customer_keys WHERE source=$1 AND key=$2", values);
    return row.next() ? std::optional(Id<Customer>{row.integer(0)}) : std::nullopt;
}

}  // namespace patron::customers

void patron::look_ahead(Customer const& draft, Call const& call) {
    if (!draft.phones.empty()) customers::rules::read_numbers(draft, call.business->settings()->country);
}
