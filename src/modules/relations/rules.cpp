#include "modules/relations/rules.hpp"

namespace patron::relations::rules {

std::string_view label(RelationKind kind, bool asked_is_from) {
    switch (kind) {
        case RelationKind::employer_of: return asked_is_from ? "Employee" : "Employer";
        case RelationKind::family: return "Family";
        case RelationKind::branch_of: return asked_is_from ? "Head office" : "Branch";
        case RelationKind::parent_of: return asked_is_from ? "Child" : "Parent";
        case RelationKind::partner_of: return "Partner";
        case RelationKind::referred: return asked_is_from ? "Referred customer" : "Referred by";
        case RelationKind::other: break;
    }
    return "Related";
}

}  // namespace patron::relations::rules
