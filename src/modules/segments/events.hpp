// What is said of segments. The names are public API.
#pragma once
#include "modules/segments/segments.hpp"

namespace patron::segments {

inline constexpr Kind created{"segment.created", 1, "{actor} made a segment", ""};
inline constexpr Kind updated{"segment.updated", 1, "{actor} changed {changes} of a segment", ""};
inline constexpr Kind deleted{"segment.deleted", 1, "{actor} deleted a segment", ""};
// Of one customer; or of many at once, by a new rule, the clock or work on many customers: then it is one event with all
// of them (spine_many).
inline constexpr Kind entered{"segment.entered", 1, "{actor} put the customer into the segment {fact:segment_id}",
                              "segments", false};
inline constexpr Kind left{"segment.left", 1, "{actor} took the customer out of the segment {fact:segment_id}",
                           "segments", false};

}  // namespace patron::segments
