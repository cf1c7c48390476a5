#include "modules/customers/store.hpp"

#include "modules/customers/rules.hpp"

#include "base/fold.hpp"

#include <set>

namespace patron {

void DerivedColumns<Customer>::add(Customer const& customer, std::vector<db::Value>& values, Reading& reading) {
    values.push_back(
        db::Blob{sort_key(customer.display_name ? std::string_view(*customer.display_name) : std::string_view(),
                          reading.business.settings()->locale)});
}

namespace customers::store {
namespace {

constexpr db::Migration all[] = {
    {1, "customers and what they are found by", R"(
CREATE TABLE customers (id {id}, version {int} NOT NULL, kind {text} NOT NULL, display_name {text}, given_name {text}, family_name {text},
  company_name {text}, emails {text} NOT NULL, phones {text} NOT NULL, addresses {text} NOT NULL, folder_id {int}, status_id {int},
  tag_ids {text} NOT NULL, workers {text} NOT NULL, preferred_contact {text}, do_not_contact {text} NOT NULL, newsletter {int} NOT NULL,
  language {text}, time_zone {text}, source {text}, customer_since {text}, custom {text} NOT NULL, import_keys {text} NOT NULL,
  photo_id {int}, created_at {int} NOT NULL, updated_at {int} NOT NULL, bin_until {int}, name_key {bytes} NOT NULL) {table};
CREATE INDEX customers_by_name ON customers (name_key, id) WHERE bin_until IS NULL;
CREATE INDEX customers_by_creation ON customers (created_at, id) WHERE bin_until IS NULL;
CREATE INDEX customers_by_update ON customers (updated_at, id) WHERE bin_until IS NULL;
CREATE INDEX customers_by_folder ON customers (folder_id, name_key, id) WHERE bin_until IS NULL;
CREATE INDEX customers_by_status ON customers (status_id, id) WHERE bin_until IS NULL;
CREATE INDEX customers_in_bin ON customers (bin_until) WHERE bin_until IS NOT NULL;
CREATE TABLE customer_contacts (kind {text} NOT NULL, value {text} NOT NULL, customer_id {int} NOT NULL, PRIMARY KEY (kind, value, customer_id)) {table};
CREATE INDEX customer_contacts_by_customer ON customer_contacts (customer_id);
CREATE TABLE customer_keys (source {text} NOT NULL, key {text} NOT NULL, customer_id {int} NOT NULL, PRIMARY KEY (source, key)) {table};
CREATE INDEX customer_keys_by_customer ON customer_keys (customer_id);
CREATE TABLE customer_tags (tag_id {int} NOT NULL, customer_id {int} NOT NULL, PRIMARY KEY (tag_id, customer_id)) {table};
CREATE INDEX customer_tags_by_customer ON customer_tags (customer_id);
CREATE TABLE customer_workers (user_id {int} NOT NULL, customer_id {int} NOT NULL, responsible {int} NOT NULL, PRIMARY KEY (user_id, customer_id)) {table};
CREATE INDEX customer_workers_by_customer ON customer_workers (customer_id);
CREATE TABLE customer_values (field_id {int} NOT NULL, customer_id {int} NOT NULL, text {text}, number {real}) {table};
CREATE INDEX customer_values_by_text ON customer_values (field_id, text, customer_id);
CREATE INDEX customer_values_by_number ON customer_values (field_id, number, customer_id);
CREATE INDEX customer_values_by_customer ON customer_values (customer_id);
CREATE TABLE customer_search (customer_id {id}, name {text} NOT NULL, words {text} NOT NULL, digits {text} NOT NULL) {table};
CREATE TABLE customer_activity (customer_id {id}, at {int} NOT NULL, position {int} NOT NULL, first_position {int} NOT NULL, events {int} NOT NULL,
  folder_id {int}, live {int} NOT NULL) {table};
CREATE INDEX customer_activity_by_time ON customer_activity (live, at, customer_id);
CREATE INDEX customer_activity_by_folder ON customer_activity (folder_id, live, at, customer_id);
CREATE TABLE customer_seen (user_id {int} NOT NULL, customer_id {int} NOT NULL, events {int} NOT NULL, PRIMARY KEY (user_id, customer_id)) {table};
CREATE TABLE customer_counts (prefix {text} NOT NULL, id {int} NOT NULL, n {int} NOT NULL, PRIMARY KEY (prefix, id)) {table})"},
    {2, "whose words are still to be written anew", R"(
CREATE TABLE customer_words_due (field_id {id}, behind {int} NOT NULL) {table})"},
    {3, "customers of one name", "CREATE INDEX customer_search_by_name ON customer_search (name)"},
};

bool is_searched(FieldType type) {
    return type == FieldType::text || type == FieldType::long_text || type == FieldType::url ||
           type == FieldType::email || type == FieldType::phone || type == FieldType::id_number;
}

using Pairs = std::set<std::pair<std::string, std::string>>;

Pairs keys(Customer const& customer) {
    Pairs pairs;
    for (auto const& key : customer.import_keys) pairs.emplace(key.source, key.key);
    return pairs;
}

std::set<std::int64_t> tags_of(Customer const& customer) {
    std::set<std::int64_t> ids;
    for (auto const tag : customer.tag_ids) ids.insert(tag.value);
    return ids;
}

// Writes the difference of two ordered sets: `gone` and `come` are called with each element.
template <class Set, class Gone, class Come>
void difference(Set const& before, Set const& after, Gone gone, Come come) {
    for (auto const& one : before)
        if (!after.contains(one)) gone(one);
    for (auto const& one : after)
        if (!before.contains(one)) come(one);
}

void index_pairs(db::Tx& tx, Pairs const& before, Pairs const& after, std::int64_t id, std::string_view remove,
                 std::string_view insert) {
    difference(
        before, after,
        [&](auto const& pair) {
            db::Value const values[] = {pair.first, pair.second, id};
            tx.post(remove, values);
        },
        [&](auto const& pair) {
            db::Value const values[] = {pair.first, pair.second, id};
            tx.post(insert, values);
        });
}

void index_workers(db::Tx& tx, std::vector<Worker> const& before, std::vector<Worker> const& after, std::int64_t id) {
    if (to_json(before) == to_json(after)) return;
    db::Value const whose[] = {id};
    if (!before.empty()) tx.post("DELETE FROM customer_workers WHERE customer_id=$1", whose);
    for (auto const& worker : after) {
        db::Value const values[] = {worker.user_id.value, id, std::int64_t{worker.responsible}};
        tx.post("INSERT INTO customer_workers (user_id,customer_id,responsible) VALUES ($1,$2,$3)", values);
    }
}

void index_values(db::Tx& tx, JsonObject const& before, JsonObject const& after, std::int64_t id,
                  std::vector<Field> const& definitions) {
    if (to_json(before) == to_json(after)) return;
    db::Value const whose[] = {id};
    if (!before.empty()) tx.post("DELETE FROM customer_values WHERE customer_id=$1", whose);
    for (auto const& field : definitions) {
        auto const* value = after.if_contains(static_cast<std::string const&>(field.key));
        if (!value) continue;
        for (auto const& one : fields::filterable(field, *value)) {
            db::Value const values[] = {field.id.value, id, column_value(one.text), column_value(one.number)};
            tx.post("INSERT INTO customer_values (field_id,customer_id,text,number) VALUES ($1,$2,$3,$4)", values);
        }
    }
}

}  // namespace

std::span<db::Migration const> migrations() { return all; }

std::set<std::pair<std::string, std::string>> contacts(Customer const& customer) {
    Pairs pairs;
    for (auto const& email : customer.emails)
        if (auto const normal = normal_email(email.address)) pairs.emplace("email", *normal);
    for (auto const& phone : customer.phones)
        pairs.emplace("phone", phone.e164 ? static_cast<std::string const&>(*phone.e164) : digits(phone.number));
    for (auto const& address : customer.addresses) {
        if (address.country) pairs.emplace("country", *address.country);
        if (address.city) pairs.emplace("city", fold(*address.city));
    }
    return pairs;
}

namespace {

// What a customer is searched by; words of custom texts are found like those of its own.
rules::SearchText searched(Customer const& customer, std::vector<Field> const& definitions) {
    auto search = rules::search_text(customer);
    for (auto const& field : definitions) {
        auto const* value = customer.custom.if_contains(static_cast<std::string const&>(field.key));
        // What only some may read is no help in finding for anybody.
        if (!value || !value->is_string() || !is_searched(field.type) || field.sensitive) continue;
        search.text += ' ' + fold(std::string_view(value->get_string()));
    }
    return search;
}

}  // namespace

void index(db::Tx& tx, Customer const* before, Customer const& after, std::vector<Field> const& definitions) {
    auto const id = after.id.value;
    static Customer const nobody;
    auto const& old = before ? *before : nobody;
    index_pairs(tx, contacts(old), contacts(after), id,
                "DELETE FROM customer_contacts WHERE kind=$1 AND value=$2 AND customer_id=$3",
                "INSERT INTO customer_contacts (kind,value,customer_id) VALUES ($1,$2,$3)");
    index_pairs(tx, keys(old), keys(after), id,
                "DELETE FROM customer_keys WHERE source=$1 AND key=$2 AND customer_id=$3",
                "INSERT INTO customer_keys (source,key,customer_id) VALUES ($1,$2,$3)");
    difference(
        tags_of(old), tags_of(after),
        [&](std::int64_t tag) {
            db::Value const values[] = {tag, id};
            tx.post("DELETE FROM customer_tags WHERE tag_id=$1 AND customer_id=$2", values);
        },
        [&](std::int64_t tag) {
            db::Value const values[] = {tag, id};
            tx.post("INSERT INTO customer_tags (tag_id,customer_id) VALUES ($1,$2)", values);
        });
    index_workers(tx, old.workers, after.workers, id);
    index_values(tx, old.custom, after.custom, id, definitions);
    auto const search = searched(after, definitions);
    auto const old_search = searched(old, definitions);
    db::Value const values[] = {id, search.name, search.text, search.digits};
    if (!before) tx.post("INSERT INTO customer_search (customer_id,name,words,digits) VALUES ($1,$2,$3,$4)", values);
    else if (search.text != old_search.text || search.name != old_search.name || search.digits != old_search.digits)
        tx.post("UPDATE customer_search SET name=$2,words=$3,digits=$4 WHERE customer_id=$1", values);
}

void reword(db::Tx& tx, Customer const& customer, std::vector<Field> const& definitions) {
    auto const search = searched(customer, definitions);
    db::Value const values[] = {customer.id.value, search.text};
    tx.post("UPDATE customer_search SET words=$2 WHERE customer_id=$1", values);
}

void unindex(db::Tx& tx, Id<Customer> id) {
    db::Value const whose[] = {id.value};
    tx.post("DELETE FROM customer_contacts WHERE customer_id=$1", whose);
    tx.post("DELETE FROM customer_keys WHERE customer_id=$1", whose);
    tx.post("DELETE FROM customer_tags WHERE customer_id=$1", whose);
    tx.post("DELETE FROM customer_workers WHERE customer_id=$1", whose);
    tx.post("DELETE FROM customer_values WHERE customer_id=$1", whose);
    tx.post("DELETE FROM customer_search WHERE customer_id=$1", whose);
}

}  // namespace customers::store
}  // namespace patron
