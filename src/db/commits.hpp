// How many groups of writes this process has made durable: beside the number of changes it says how many share a commit.
#pragma once
#include <cstdint>

namespace patron::db {

std::uint64_t commits();

}  // namespace patron::db
