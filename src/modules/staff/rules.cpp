#include "modules/staff/rules.hpp"

#include <algorithm>
#include <array>

namespace patron::staff {

bool reaches(Principal const& who, Role const& role, std::vector<Area> const& areas) {
    auto const theirs = permissions_of(role, areas);
    if (who.role_key != "owner") {
        if (role.visibility > who.visibility) return false;
        for (auto const& area : areas)
            if (visibility_in(area.name, role.visibility, role.area_visibility) > who.visibility_in(area.name))
                return false;
    }
    auto const& own = who.permissions.names();
    return std::includes(own.begin(), own.end(), theirs.begin(), theirs.end());
}

bool outranks(Principal const& who, Role const& role, std::vector<Area> const& areas) {
    bool const above = who.role_key == "owner" || permissions_of(role, areas).size() < who.permissions.names().size();
    return above && reaches(who, role, areas);
}

std::vector<FieldError> wrong_scopes(std::vector<std::string> const& scopes, std::vector<std::string> const& allowed,
                                     std::vector<Area> const& areas) {
    // An owner may do all that there is.
    auto const known = role_permissions("owner", areas);
    std::vector<FieldError> mistakes;
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        auto const pointer = pointer_to("/scopes", i);
        if (!std::binary_search(known.begin(), known.end(), scopes[i]))
            mistakes.push_back({pointer, "unknown_scope",
                                "There is no right called " + scopes[i] + "; take one such as customers.view."});
        else if (!std::binary_search(allowed.begin(), allowed.end(), scopes[i]))
            mistakes.push_back({pointer, "beyond_the_user", "The key's user may not do this (" + scopes[i] + ")."});
    }
    return mistakes;
}

void need_session(Principal const& who) {
    if (!who.session_id) throw Problem(403, "not_by_key", "This is done by whoever is signed in, not by an API key.");
}

bool is_profile_member(std::string_view member) {
    constexpr std::array<std::string_view, 4> own{"name", "title", "phone", "availability"};
    return std::find(own.begin(), own.end(), member) != own.end();
}

}  // namespace patron::staff
