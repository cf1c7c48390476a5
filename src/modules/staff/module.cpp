#include "modules/staff/parts.hpp"

namespace patron::staff {

Module module() {
    Module module{.name = "staff"};
    add_users(module);
    add_roles(module);
    add_teams(module);
    add_keys(module);
    add_sessions(module);
    add_invitations(module);
    add_setup(module);
    add_business(module);
    add_local(module);
    return module;
}

}  // namespace patron::staff
