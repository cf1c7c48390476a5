// The compact rows of the list panel, for the API description.
#pragma once
#include "describe/schema.hpp"

namespace patron::customers {

Json row_schema(Schemas& schemas);

}  // namespace patron::customers
