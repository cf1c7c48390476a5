#include "module/sections_seen.hpp"

#include "module/module.hpp"

#include <algorithm>
#include <set>

namespace patron {
namespace {

std::string_view area_among(Module const& module, std::string_view kind) {
    auto const thing = kind.substr(0, kind.find('.'));
    for (auto const& area : module.areas)
        if (area.name.size() == thing.size() + 1 && area.name.starts_with(thing)) return area.name;
    return module.areas.empty() ? std::string_view() : module.areas.front().name;
}

bool holds(std::vector<std::string_view> const& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

bool looks_into(Principal const& who, std::vector<Area> const& areas, std::string_view area) {
    if (who.house || area.empty()) return true;
    auto const found = std::find_if(areas.begin(), areas.end(), [&](Area const& one) { return one.name == area; });
    if (found == areas.end() || std::find(found->acts.begin(), found->acts.end(), "view") == found->acts.end())
        return true;
    return who.may(std::string(area) + ".view");
}

std::string_view area_of_kind(Business const& business, std::string_view kind) {
    for (auto const& module : business.modules())
        for (auto const* one : module.kinds)
            if (one->name == kind) return area_among(module, kind);
    return {};
}

HiddenKinds::HiddenKinds(Reading& reading) : reading_(reading) {
    auto const& who = reading.who;
    if (who.house) return;
    auto const& areas = reading.business.areas();
    std::set<std::string_view> closed, narrowed;
    for (auto const& area : areas) {
        if (!looks_into(who, areas, area.name)) closed.insert(area.name);
        else if (who.visibility_in(area.name) != who.visibility) narrowed.insert(area.name);
    }
    if (closed.empty() && narrowed.empty()) return;
    for (auto const& module : reading.business.modules())
        for (auto const* kind : module.kinds) {
            auto const area = area_among(module, kind->name);
            if (closed.contains(area)) always_.push_back(kind->name);
            else if (narrowed.contains(area)) by_area_[area].push_back(kind->name);
        }
}

std::vector<std::string_view> HiddenKinds::of(Id<Customer> customer) const {
    auto hidden = always_;
    for (auto const& [area, kinds] : by_area_)
        if (!reading_.sees(customer, area)) hidden.insert(hidden.end(), kinds.begin(), kinds.end());
    return hidden;
}

bool HiddenKinds::hides(std::string_view kind, Id<Customer> customer) const {
    if (holds(always_, kind)) return true;
    return std::any_of(by_area_.begin(), by_area_.end(), [&](auto const& entry) {
        return holds(entry.second, kind) && !reading_.sees(customer, entry.first);
    });
}

bool HiddenKinds::hides_of_some(std::string_view kind) const {
    return holds(always_, kind) ||
           std::any_of(by_area_.begin(), by_area_.end(), [&](auto const& entry) { return holds(entry.second, kind); });
}

std::int64_t folder_of(db::Tx& tx, Business const& business, std::string_view prefix, std::int64_t id) {
    if (prefix == "fol") return id;
    for (auto const& module : business.modules())
        for (auto const& namer : module.namers)
            if (namer.prefix == prefix && !namer.folder_sql.empty()) {
                db::Value const values[] = {id};
                auto row = tx.query(namer.folder_sql, values);
                return row.next() ? row.integer(0) : 0;
            }
    return 0;
}

bool is_in_closed_folder(Reading& reading, std::string_view prefix, std::int64_t id) {
    auto const& sight = reading.sight();
    if (sight.sees_everybody()) return false;
    auto const folder = folder_of(reading.tx, reading.business, prefix, id);
    return folder != 0 && sight.folder(folder) == FolderLevel::none;
}

}  // namespace patron
