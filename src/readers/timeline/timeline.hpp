// The timeline: everything that ever happened with a customer, in words, newest first; and the spine for programs.
#pragma once
#include "module/module.hpp"

namespace patron::timeline {

Module module();

}  // namespace patron::timeline
