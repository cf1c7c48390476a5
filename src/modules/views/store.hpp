// How views lie in the database.
#pragma once
#include "module/listing.hpp"
#include "modules/views/views.hpp"

namespace patron {

template <>
struct DerivedColumns<View> {
    static constexpr std::string_view names = ",name_key";
    static void add(View const& view, std::vector<db::Value>& values);
};

namespace views::store {

std::span<db::Migration const> migrations();

// Those that the one who asks may see.
Page<View> visible(Reading& reading);

// The rank behind the last of all.
int last_rank(Reading& reading);

}  // namespace views::store
}  // namespace patron
