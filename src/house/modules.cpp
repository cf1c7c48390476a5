#include "house/house.hpp"

#include "access/sealing.hpp"
#include "modules/bulk/bulk.hpp"
#include "modules/customers/customers.hpp"
#include "modules/customers/rewording.hpp"
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
#include "relay/mail_folder.hpp"

#include <spdlog/spdlog.h>

namespace patron {

namespace {

// "crm.example.com" out of "https://crm.example.com:8443".
std::string host_of(std::string const& address) {
    auto const from = address.find("://");
    auto const host = address.substr(from == std::string::npos ? 0 : from + 3);
    auto const name = host.substr(0, host.find_first_of(":/", host.starts_with('[') ? host.find(']') : 0));
    return name.empty() || name.front() == '[' || name.find_first_not_of("0123456789.") == std::string::npos
               ? std::string("localhost")
               : name;
}

std::shared_ptr<outbound::Caller> caller_of(HouseSettings const& settings) {
    try {
        return std::make_shared<outbound::Caller>(settings.allow_outbound);
    } catch (std::invalid_argument const& why) { throw StartError(std::string("--allow-outbound: ") + why.what()); }
}

staff::Surroundings around_staff(HouseSettings const& settings) {
    auto const send = [folder = relay::MailFolder(settings.data / "mail"),
                       address = settings.address](Mail const& mail) {
        folder.put(mail, host_of(address()));
        spdlog::info("a mail was written to the folder mail");
    };
    return {.send = send,
            .address = settings.address,
            .seal_key = settings.seal_key,
            .outbound = caller_of(settings),
            .public_url = settings.public_url};
}

}  // namespace

// The house's list. A module stands behind those it needs.
std::vector<Module> make_modules(HouseSettings const& settings) {
    auto const data = settings.data;
    auto const storage = [data](Business& business) { return data / "files" / std::to_string(business.number()); };
    std::vector<Module> modules;
    modules.push_back(staff::module(around_staff(settings)));
    modules.push_back(tags::module());
    modules.push_back(folders::module());
    modules.push_back(fields::module(customers::reword));
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
