#include "modules/views/rules.hpp"

namespace patron::views::rules {

bool may_see(View const& view, Principal const& who) { return view.shared || view.owner_id == who.user_id; }

bool may_change(View const& view, Principal const& who) {
    return view.owner_id == who.user_id || (view.shared && role_level(who.role_key) >= role_level("manager"));
}

std::string_view sorted_by(std::string_view sort) {
    if (sort.starts_with('-')) sort.remove_prefix(1);
    return sort;
}

}  // namespace patron::views::rules
