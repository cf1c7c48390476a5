// Who sees a view, and who may change it.
#pragma once
#include "modules/views/views.hpp"

namespace patron::views::rules {

// One's own, and what others share.
bool may_see(View const& view, Principal const& who);
// The owner; of a shared one managers too.
bool may_change(View const& view, Principal const& who);

// "-custom.size" → "custom.size"
std::string_view sorted_by(std::string_view sort);

}  // namespace patron::views::rules
