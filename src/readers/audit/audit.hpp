// The audit log as it is read: who did what and who looked at whom, apart from the feed.
#pragma once
#include "module/module.hpp"

namespace patron::audit {

Module module();

}  // namespace patron::audit
