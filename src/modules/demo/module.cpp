#include "modules/demo/demo.hpp"

#include "modules/demo/load.hpp"
#include "modules/segments/segments.hpp"
#include "modules/staff/staff.hpp"

namespace patron::demo {
namespace {

struct Loaded {
    std::string email, password;
    std::int64_t customers = 0, events = 0;
};
DESCRIBE(Loaded, email, password, customers, events);

void check_empty(db::Tx& tx) {
    if (!staff::needs_setup(tx))
        throw conflict("not_empty", "There is a business in this data folder already; the demo needs an empty one.");
}

Loaded load_demo(Call const& call) {
    auto& business = *call.business;
    business.database().read(check_empty);
    auto const plan = make_plan();
    auto const zero = reference(business.clock());
    Call beginning = call;
    beginning.progress.reset();  // the story is told in its own time, by its own people
    beginning.once.reset();
    beginning.now = {zero.ms - std::int64_t{history_days + 2} * minutes_of_day * minute_ms};
    // The ids of the story are those of its time, not of today: first whoever makes others comes to rest.
    segments::Rest const rest(business);
    business.ids() = IdMaker();
    auto const studio = found_studio(business, beginning);
    load(business, beginning, plan, studio, zero);
    return {std::string(colleagues[0].email), std::string(password), static_cast<std::int64_t>(plan.customers.size()),
            business.spine().last_position()};
}

}  // namespace

Module module() {
    Module module{.name = "demo",
                  .needs = {"staff", "tags", "folders", "fields", "customers", "segments", "notes", "relations"}};
    auto route = detail::make_route<load_demo>(http::Method::post, "/local/demo", local_only, "load_demo",
                                               "Load the business of the demo into an empty data folder", {});
    route.place = Place::working;
    route.narrow = true;
    route.work = [](Call const& call) { return detail::invoke<load_demo>(call, call, 201); };
    module.routes.push_back(std::move(route));
    return module;
}

}  // namespace patron::demo
