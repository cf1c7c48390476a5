// Exports: the customers of a list as a file, inert in spreadsheets and complete enough that our own import reads it back.
#pragma once
#include "modules/exports/columns.hpp"

namespace patron::exports {

Module module();

}  // namespace patron::exports
