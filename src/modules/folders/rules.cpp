#include "modules/folders/rules.hpp"

#include <algorithm>

namespace patron::folders::rules {
namespace {

// Levels from the folder down to its deepest subfolder; 1 when it has none.
int levels_below(Tree const& tree, std::int64_t folder) {
    auto const own = static_cast<int>(upwards(tree, folder).size());
    int levels = 1;
    for (auto const below : downwards(tree, folder))
        levels = std::max(levels, static_cast<int>(upwards(tree, below).size()) - own + 1);
    return levels;
}

}  // namespace

std::vector<std::int64_t> upwards(Tree const& tree, std::int64_t folder) {
    std::vector<std::int64_t> path;
    while (folder && path.size() <= tree.size()) {
        path.push_back(folder);
        auto const found = tree.find(folder);
        folder = found == tree.end() ? 0 : found->second;
    }
    return path;
}

std::vector<std::int64_t> downwards(Tree const& tree, std::int64_t folder) {
    std::vector<std::int64_t> found{folder};
    for (std::size_t i = 0; i < found.size() && i <= tree.size(); ++i)
        for (auto const& [id, parent] : tree)
            if (parent == found[i]) found.push_back(id);
    return found;
}

void check_parent(Tree const& tree, std::int64_t folder, std::int64_t parent, Mistakes& mistakes) {
    if (!parent) return;
    auto const above = upwards(tree, parent);
    if (folder && std::find(above.begin(), above.end(), folder) != above.end())
        return mistake(mistakes, "/parent_id", "circle", "must not be the folder itself or one inside it");
    auto const levels = static_cast<int>(above.size()) + (folder ? levels_below(tree, folder) : 1);
    if (levels > deepest)
        mistake(mistakes, "/parent_id", "too_deep",
                "would nest folders deeper than " + std::to_string(deepest) + " levels");
}

}  // namespace patron::folders::rules
