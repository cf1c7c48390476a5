#include "house/house.hpp"

#include "modules/bulk/bulk.hpp"
#include "modules/customers/customers.hpp"
#include "modules/demo/demo.hpp"
#include "modules/exports/exports.hpp"
#include "modules/fields/fields.hpp"
#include "modules/files/files.hpp"
#include "modules/folders/folders.hpp"
#include "modules/imports/imports.hpp"
#include "modules/jobs/jobs.hpp"
#include "modules/notes/notes.hpp"
#include "modules/relations/relations.hpp"
#include "modules/segments/segments.hpp"
#include "modules/staff/staff.hpp"
#include "modules/tags/tags.hpp"
#include "modules/views/views.hpp"
#include "readers/audit/audit.hpp"
#include "readers/live/live.hpp"
#include "readers/timeline/timeline.hpp"

#include <spdlog/spdlog.h>

namespace patron {

// The house's list. A module stands behind those it needs.
std::vector<Module> make_modules(HouseSettings const& settings) {
    auto const data = settings.data;
    auto const storage = [data](Business& business) { return data / "files" / std::to_string(business.number()); };
    std::vector<Module> modules;
    modules.push_back(staff::module());
    modules.push_back(tags::module());
    modules.push_back(folders::module());
    modules.push_back(fields::module());
    modules.push_back(customers::module(
        {.most_bytes = static_cast<std::size_t>(settings.index_memory) << 20,
         .snapshot = [data](Business const& business) { return data / "index" / std::to_string(business.number()); },
         .notice = [](std::string const& text) { spdlog::warn(text); }}));
    modules.push_back(segments::module());
    modules.push_back(notes::module());
    modules.push_back(relations::module());
    modules.push_back(files::module(storage));
    modules.push_back(imports::module());
    modules.push_back(exports::module());
    modules.push_back(views::module());
    modules.push_back(jobs::module());
    modules.push_back(bulk::module());
    modules.push_back(demo::module());
    modules.push_back(timeline::module());
    modules.push_back(live::module());
    modules.push_back(audit::module());
    return modules;
}

std::vector<Area> areas_of(std::vector<Module> const& modules) {
    std::vector<Area> areas;
    for (auto const& module : modules) areas.insert(areas.end(), module.areas.begin(), module.areas.end());
    return areas;
}

std::vector<Route> routes_of(std::vector<Module> const& modules) {
    std::vector<Route> routes;
    for (auto const& module : modules) routes.insert(routes.end(), module.routes.begin(), module.routes.end());
    return routes;
}

}  // namespace patron
