// Relations: how customers belong together – employers, families, branches – seen from either side.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron {
struct Relation;
}  // namespace patron
ID_PREFIX(patron::Relation, "rel");

namespace patron {

enum class RelationKind { employer_of, family, branch_of, parent_of, partner_of, referred, other };
BOOST_DESCRIBE_ENUM(RelationKind, employer_of, family, branch_of, parent_of, partner_of, referred, other)

// The other customer of a relation, as far as a line about it needs.
struct RelatedCustomer {
    Id<Customer> id;
    Personal<Text<0, 200>> display_name;
    CustomerKind kind = CustomerKind::person;
};
DESCRIBE(RelatedCustomer, id, display_name, kind);

struct Relation {
    static constexpr std::string_view table = "relations", noun = "relation", area = "relations";
    static constexpr std::string_view fixed[] = {"id", "version", "other", "label", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"other", "label"};
    Id<Relation> id;
    std::int64_t version = 0;
    Id<Customer> from_id, to_id;
    RelationKind kind = RelationKind::other;
    std::optional<Personal<Text<0, 500>>> note;
    RelatedCustomer other;  // who is not the customer asked for; the one at to_id when none was
    std::string label;      // what the other is to the one asked for: "Employee", "Parent"
    Time created_at, updated_at;
};
DESCRIBE(Relation, id, version, from_id, to_id, kind, note, other, label, created_at, updated_at);

namespace relations {

// Relates two customers and tells it on both. Throws Problem for unknown ones, and 409 when they are related so already.
Relation create(Unit& unit, Relation draft);

Module module();

}  // namespace relations
}  // namespace patron
