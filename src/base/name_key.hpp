// By what the names of an office's own things (tags, folders, fields) are told apart and put in order: folded, and as they
// stand where folding leaves nothing of them.
#pragma once
#include "base/fold.hpp"

namespace patron {

inline std::string name_key(std::string_view name) {
    auto key = fold(name);
    return key.empty() ? std::string(name) : key;
}

}  // namespace patron
