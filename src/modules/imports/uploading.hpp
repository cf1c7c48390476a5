// The first step of an import: the file is looked at, made harmless and kept, and its columns get their suggestions.
#pragma once
#include "modules/imports/imports.hpp"

namespace patron::imports {

// POST /imports?filename=&kind=&source=
http::Response upload(Call const& call);

// A name for the file's ids, from its name: "customers-2026 (1).csv" → "customers".
std::string source_of(std::string_view filename);

}  // namespace patron::imports
