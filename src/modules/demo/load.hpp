// Lets the plan happen: each visit a unit of work of its colleague at its moment.
#pragma once
#include "modules/demo/plan.hpp"
#include "modules/demo/studio.hpp"

namespace patron::demo {

void load(Business& business, Call const& call, Plan const& plan, Studio const& studio, Time reference);

}  // namespace patron::demo
