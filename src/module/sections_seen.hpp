// Which sections and folders of the business somebody may look into, and so of which events they may read.
#pragma once
#include "module/unit.hpp"

namespace patron {

// May they look into the area? What is no area, or knows no looking, is open to everybody who is let in.
bool looks_into(Principal const& who, std::vector<Area> const& areas, std::string_view area);

// The area that an event of this kind belongs to: of the module that tells it the one named after the thing it happened to
// ("key.revoked": keys), else the module's first; empty when it has none.
std::string_view area_of_kind(Business const& business, std::string_view kind);

// The kinds of events that they do not read of; empty for most.
std::vector<std::string_view> hidden_kinds(Business const& business, Principal const& who);

// The folder itself, or the one that such a thing is in; 0: none.
std::int64_t folder_of(db::Tx& tx, Business const& business, std::string_view prefix, std::int64_t id);

// Is it a folder that is closed to whoever asks, or in one?
bool is_in_closed_folder(Reading& reading, std::string_view prefix, std::int64_t id);

}  // namespace patron
