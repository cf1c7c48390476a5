// What a tree of folders may look like: no circles, not too deep.
#pragma once
#include "modules/folders/folders.hpp"

namespace patron::folders::rules {

// Each folder's parent; 0 at the top.
using Tree = std::map<std::int64_t, std::int64_t>;

inline constexpr int deepest = 8;

// New entries of an order stand this far behind the last, so that others can be put between without renumbering.
inline constexpr int rank_step = 1024;

// The folder and those above it, nearest first.
std::vector<std::int64_t> upwards(Tree const& tree, std::int64_t folder);

// The folder and all below it.
std::vector<std::int64_t> downwards(Tree const& tree, std::int64_t folder);

// A mistake at /parent_id when the folder (0: a new one) can't stand in that parent.
void check_parent(Tree const& tree, std::int64_t folder, std::int64_t parent, Mistakes& mistakes);

}  // namespace patron::folders::rules
