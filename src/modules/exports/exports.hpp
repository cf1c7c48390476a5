// Exports: the customers of a list as a file, inert in spreadsheets and complete enough that our own import reads it back.
#pragma once
#include "modules/exports/columns.hpp"

namespace patron::exports {

// 403 for whoever asks for sensitive fields in a file and may not read them.
void check_may_take_sensitive(Principal const& who);

Module module();

}  // namespace patron::exports
