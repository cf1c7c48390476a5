#include "modules/customers/rewording.hpp"

#include "modules/customers/events.hpp"
#include "modules/customers/store.hpp"

namespace patron::customers {
namespace {

constexpr std::int64_t at_once = 1'000;

// The next of them behind one, by the field's values.
std::vector<Id<Customer>> having(db::Tx& tx, Id<Field> field, std::int64_t behind) {
    std::vector<Id<Customer>> ids;
    db::Value const values[] = {field.value, behind, at_once};
    auto rows = tx.query(
        "SELECT DISTINCT customer_id FROM customer_values WHERE field_id=$1 AND customer_id>$2 ORDER BY customer_id "
        "LIMIT $3",
        values);
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

void set_due(db::Tx& tx, Id<Field> field, std::int64_t behind) {
    db::Value const values[] = {field.value, behind};
    tx.execute(
        "INSERT INTO customer_words_due (field_id,behind) VALUES ($1,$2) ON CONFLICT (field_id) DO UPDATE SET "
        "behind=excluded.behind",
        values);
}

// Some of them. The event names them all, so that the index takes them in anew.
void reword_some(Unit& unit, Field const& field, std::int64_t behind) {
    auto const definitions = fields::all(unit);
    auto const ids = having(unit.tx, field.id, behind);
    for (auto const id : ids)
        if (auto const customer = unit.seek(id)) store::reword(unit.tx, *customer, definitions);
    if (std::ssize(ids) == at_once) set_due(unit.tx, field.id, ids.back().value);
    else {
        db::Value const whose[] = {field.id.value};
        unit.tx.execute("DELETE FROM customer_words_due WHERE field_id=$1", whose);
    }
    if (ids.empty()) return;
    unit.say({.kind = field.sensitive ? &words_hidden : &words_shown,
              .subject = field.id,
              .of_many = ids,
              .facts = {{"field_id", boost::json::string(field.id.text())}}});
}

}  // namespace

void reword(Unit& unit, Field const& field) { reword_some(unit, field, 0); }

bool reword_those_left(Unit& unit) {
    Id<Field> field;
    std::int64_t behind = 0;
    {
        auto row = unit.tx.query("SELECT field_id,behind FROM customer_words_due ORDER BY field_id LIMIT 1");
        if (!row.next()) return false;
        field = {row.integer(0)};
        behind = row.integer(1);
    }
    if (auto const there = unit.seek(field)) {
        reword_some(unit, *there, behind);
        return true;
    }
    db::Value const whose[] = {field.value};  // it was deleted meanwhile
    unit.tx.execute("DELETE FROM customer_words_due WHERE field_id=$1", whose);
    return true;
}

}  // namespace patron::customers
