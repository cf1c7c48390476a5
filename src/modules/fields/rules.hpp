// What a definition of a field may be.
#pragma once
#include "modules/fields/fields.hpp"

namespace patron::fields::rules {

inline constexpr std::size_t most_fields = 200;
inline constexpr std::size_t most_folders = 200;
inline constexpr int rank_step = 1024;

// "Loyalty no." → "loyalty_no"; letters are folded to ASCII. Empty when nothing of the label can stand in a key.
std::string key_of(std::string_view label);

// Is it [a-z][a-z0-9_]{0,39}?
bool is_key(std::string_view key);

// Options without a label get their value as one.
void complete(Field& field);

// Mistakes of the definition in itself; whether its key is taken and its folders exist is asked of the store.
void check(Field const& field, Mistakes& mistakes);

// Mistakes of what may not change once the field is made.
void check_fixed(Field const& before, Field const& after, Mistakes& mistakes);

}  // namespace patron::fields::rules
