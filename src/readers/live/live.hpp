// Live updates: a stream of what became durable, without the data itself – that is fetched through the API, so rights hold.
#pragma once
#include "module/module.hpp"

namespace patron::live {

Module module();

}  // namespace patron::live
