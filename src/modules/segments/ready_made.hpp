// The segments that every business begins with.
#pragma once
#include "modules/segments/segments.hpp"

namespace patron::segments {

// The ready-made ones, by their keys, not yet kept.
std::vector<Segment> ready_made();
// Keeps them and tells of it.
void make_ready_made(Unit& unit);

}  // namespace patron::segments
