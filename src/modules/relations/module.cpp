#include "modules/relations/rules.hpp"

#include "module/listing.hpp"

namespace patron {

// What a body says of a new relation; here the kind may be missing, so that it can be asked for.
struct RelationDraft {
    Id<Customer> from_id, to_id;
    std::optional<RelationKind> kind;
    std::optional<Personal<Text<0, 500>>> note;
};
DESCRIBE(RelationDraft, from_id, to_id, kind, note);

namespace relations {
namespace {

constexpr Kind added{"relation.added", 1, "{actor} related this customer to another", "changes"};
constexpr Kind changed{"relation.changed", 1, "{actor} changed {changes} of a relation", "changes"};
constexpr Kind removed{"relation.removed", 1, "{actor} removed a relation to another customer", "changes"};

constexpr db::Migration migrations[] = {
    {1, "relations", R"(
CREATE TABLE relations (id {id}, version {int} NOT NULL, from_id {int} NOT NULL, to_id {int} NOT NULL, kind {text} NOT NULL,
  note {text}, created_at {int} NOT NULL, updated_at {int} NOT NULL, UNIQUE (from_id, to_id, kind)) {table};
CREATE INDEX relations_by_to ON relations (to_id))"},
    {2, "relations of all customers in an order", "CREATE INDEX relations_by_creation ON relations (created_at, id)"},
};

// A relation as `asked` sees it; from its own side from_id → to_id when nobody in particular asks.
Relation seen_by(Reading& reading, Relation relation, std::optional<Id<Customer>> asked = {}) {
    bool const asked_is_from = !asked || *asked == relation.from_id;
    auto const other = asked_is_from ? relation.to_id : relation.from_id;
    relation.other.id = other;
    if (auto customer = reading.seek(other)) {
        relation.other.display_name = customer->display_name.value_or(Personal<Text<0, 200>>());
        relation.other.kind = customer->kind;
    }
    relation.label = rules::label(relation.kind, asked_is_from);
    return relation;
}

Happening told_on(Kind const& kind, Relation const& relation, Id<Customer> side) {
    auto const other = side == relation.from_id ? relation.to_id : relation.from_id;
    return {.kind = &kind,
            .subject = relation.id,
            .subject_version = relation.version,
            .customer_id = side,
            .facts = {{"relation_id", boost::json::string(relation.id.text())},
                      {"other_id", boost::json::string(other.text())},
                      {"relation_kind", boost::json::string(enum_text(relation.kind))}}};
}

void check_is_new(Reading& reading, Relation const& relation) {
    db::Value const values[] = {relation.from_id.value, relation.to_id.value, std::string(enum_text(relation.kind)),
                                relation.id.value};
    if (reading.tx.query("SELECT 1 FROM relations WHERE from_id=$1 AND to_id=$2 AND kind=$3 AND id<>$4", values).next())
        throw conflict("relation_exists", "These two are related in this way already.");
}

// One that may be seen because both customers may be.
Relation find_relation(Reading& reading, Id<Relation> id) {
    auto relation = reading.find(id);
    customers::find(reading, relation.from_id);
    customers::find(reading, relation.to_id);
    return relation;
}

Page<Relation> list_relations(Reading& reading) {
    Question question;
    std::optional<Id<Customer>> asked;
    if (auto const text = reading.call.param("customer_id")) {
        asked = customers::find(reading, {std::get<std::int64_t>(filter_value<Id<Customer>>(*text, "customer_id"))}).id;
        auto const place = question.bind(asked->value);
        question.where("(from_id=" + place + " OR to_id=" + place + ")");
    }
    question.where(customers::not_in_bin("from_id"));
    question.where(customers::not_in_bin("to_id"));
    auto page = list_records<Relation>(reading, {"from_id", "to_id", "kind"},
                                       {{"created_at", "created_at", Order::Type::integer}}, std::move(question));
    for (auto& relation : page.data) relation = seen_by(reading, std::move(relation), asked);
    return page;
}

std::int64_t count_seen(Reading& reading, Id<Customer> id) {
    Question question;
    auto const place = question.bind(id.value);
    question.where("(from_id=" + place + " OR to_id=" + place + ")");
    question.where(customers::not_in_bin("from_id"));
    question.where(customers::not_in_bin("to_id"));
    only_seen<Relation>(reading, question);
    auto row = reading.tx.query("SELECT count(*) FROM relations" + question.where_text(), question.values());
    return row.next() ? row.integer(0) : 0;
}

Relation get_relation(Reading& reading, Id<Relation> id) { return seen_by(reading, find_relation(reading, id)); }

Relation create_relation(Unit& unit, Body<RelationDraft> const& draft) {
    Mistakes mistakes;
    if (!draft.value.kind) mistake(mistakes, "/kind", "required", "is needed");
    if (draft.value.from_id == draft.value.to_id)
        mistake(mistakes, "/to_id", "same_customer", "must be another customer than the first");
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return create(unit, {.from_id = draft.value.from_id,
                         .to_id = draft.value.to_id,
                         .kind = *draft.value.kind,
                         .note = draft.value.note});
}

Relation change_relation(Unit& unit, Id<Relation> id, Patch<Relation> const& patch) {
    auto const before = get_relation(unit, id);
    auto after = before;
    patch.apply_to(after);
    if (after.from_id != before.from_id)
        throw invalid("/from_id", "fixed", "Whom a relation joins is fixed; make a new one.");
    if (after.to_id != before.to_id)
        throw invalid("/to_id", "fixed", "Whom a relation joins is fixed; make a new one.");
    check_is_new(unit, after);
    auto const changes = unit.store(before, after);
    if (changes.empty()) return before;
    for (auto const side : {after.from_id, after.to_id}) {
        auto what = told_on(changed, after, side);
        what.changes = changes;
        unit.say(std::move(what));
    }
    return seen_by(unit, std::move(after));
}

void delete_relation(Unit& unit, Id<Relation> id) {
    auto const relation = get_relation(unit, id);
    unit.drop(relation, told_on(removed, relation, relation.from_id));
    unit.say(told_on(removed, relation, relation.to_id));
}

// The other side is told; what was written beside the relation is about both, so it goes on both sides.
void erase_of(Unit& unit, Id<Customer> customer) {
    std::vector<Relation> gone;
    {
        static std::string const sql =
            "SELECT " + column_list<Relation>() + " FROM relations WHERE from_id=$1 OR to_id=$1 ORDER BY id";
        db::Value const values[] = {customer.value};
        auto rows = unit.tx.query(sql, values);
        while (rows.next()) gone.push_back(read_row<Relation>(rows));
    }
    for (auto const& relation : gone) {
        forget_subject(unit.tx, relation.id);
        forget_audit_salts(unit.tx, AnyId(relation.id));
        unit.drop(relation,
                  told_on(removed, relation, relation.from_id == customer ? relation.to_id : relation.from_id));
    }
}

}  // namespace

Relation create(Unit& unit, Relation relation) {
    unit.refer(relation.from_id, "/from_id");
    unit.refer(relation.to_id, "/to_id");
    unit.check_may_add(relation);
    check_is_new(unit, relation);
    relation.id = {unit.business.ids().next(unit.now.ms)};
    unit.keep(relation, told_on(added, relation, relation.from_id));
    unit.say(told_on(added, relation, relation.to_id));
    return seen_by(unit, std::move(relation));
}

Module module() {
    Module module{.name = "relations", .needs = {"customers"}};
    module.areas = {{.name = Relation::area, .label = "Relations", .hangs_on_customers = true}};
    module.migrations = migrations;
    module.kinds = {&added, &changed, &removed};
    module.erase = erase_of;
    module.routes = {
        get<list_relations>("/relations", Permission("relations.view"), "list_relations", "Relations between customers",
                            list_params({{"customer_id", "with this customer on either side"},
                                         {"from_id", "from this customer"},
                                         {"to_id", "to this customer"},
                                         {"kind", "of this kind"}})),
        post<create_relation>("/relations", Permission("relations.create"), "create_relation", "Relate two customers"),
        get<get_relation>("/relations/{id}", Permission("relations.view"), "get_relation", "One relation"),
        patch<change_relation>("/relations/{id}", Permission("relations.edit"), "change_relation",
                               "Change the kind or the note of a relation"),
        remove<delete_relation>("/relations/{id}", Permission("relations.delete"), "delete_relation",
                                "Remove a relation for good"),
    };
    // As many as the list shows: those with customers in the bin are not there.
    module.sections = {
        {"relations",
         "SELECT count(*) FROM relations r JOIN customers f ON f.id=r.from_id JOIN customers t ON t.id=r.to_id "
         "WHERE (r.from_id=$1 OR r.to_id=$1) AND f.bin_until IS NULL AND t.bin_until IS NULL",
         count_seen}};
    return module;
}

}  // namespace relations
}  // namespace patron
