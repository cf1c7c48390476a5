// The demo: a believable small business for newcomers to explore, two years of it, the same every time. It has a data
// folder of its own; removing that folder removes the demo.
#pragma once
#include "module/module.hpp"

namespace patron::demo {

Module module();

}  // namespace patron::demo
