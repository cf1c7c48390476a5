#include "modules/bulk/checking.hpp"
#include "modules/bulk/preview.hpp"

namespace patron::bulk {
namespace {

// The rights first: who may not do it need not hear what else is wrong.
rules::Verb verb_allowed(Principal const& who, BulkOrder const& order) {
    auto const verb = rules::verb_of(order.action);
    check_rights(who, verb);
    if (verb == rules::Verb::file && order.action.export_->sensitive) exports::check_may_take_sensitive(who);
    return verb;
}

// What is asked, as it was sent; ten thousand ids stand in the job's set already.
JsonObject asked_of(Call const& call) {
    auto const& body = call.body.get_object();
    JsonObject asked{{"action", body.at("action")}};
    auto const& filter = body.at("filter");
    if (!filter.get_object().contains("ids")) asked["filter"] = filter;
    return asked;
}

Job begin(Unit& unit, Body<BulkOrder> const& order) {
    auto const verb = verb_allowed(unit.who, order.value);
    check(unit, order.value.action, verb);
    auto const set = set_of(unit, order.value, verb);
    return jobs::start(unit,
                       {.kind = std::string(rules::kind_of(verb)),
                        .asked = asked_of(unit.call),
                        .permission = std::string(rules::permission_of(verb)),
                        .can_be_undone = verb != rules::Verb::file,
                        .makes_file = verb == rules::Verb::file},
                       set);
}

http::Response foresee(Call const& call) {
    auto const order = from_json<BulkOrder>(call.body);
    auto const verb = verb_allowed(call.who, order);
    std::vector<Id<Customer>> set;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        check(reading, order.action, verb);
        set = set_of(reading, order, verb);
    });
    return json_response(200, to_json(preview(call, order.action, verb, set)));
}

}  // namespace

Module module() {
    Permission const edit{"customers.edit"};
    Route preview_route{.method = http::Method::post,
                        .path = "/bulk/preview",
                        .permission = edit,
                        .place = Place::working,
                        .operation = "preview_bulk",
                        .summary = "What a change of many customers would do"};
    preview_route.work = foresee;
    preview_route.body_schema = [](Schemas& schemas) { return body_schema<BulkOrder>(schemas, false); };
    preview_route.answer_schema = [](Schemas& schemas) { return schema<BulkPreview>(schemas); };
    Module module{.name = "bulk", .needs = {"customers", "folders", "tags", "fields", "files", "exports", "jobs"}};
    module.routes = {post<begin>("/bulk", edit, "change_many_customers",
                                 "Change all customers of a filter, as a job (GET /jobs/{id})", 202),
                     std::move(preview_route)};
    module.long_works = {work()};
    return module;
}

}  // namespace patron::bulk
