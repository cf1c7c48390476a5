#include "readers/live/live.hpp"

#include "module/edge.hpp"

#include <charconv>

namespace patron::live {
namespace {

constexpr std::int64_t most_resumed = 5'000;  // further behind: fetch anew

// Server-sent events (WHATWG HTML §9.2). Whoever resumes gets what it missed first.
void open_stream(std::shared_ptr<Call const> call, Reply reply) {
    auto& business = *call->business;
    auto stream = http::make_event_stream();
    auto position = business.spine().last_position();
    std::string first = "retry: 2000\n: open\n\n";
    if (auto const last = call->header("Last-Event-ID")) {
        std::int64_t seen = -1;
        std::from_chars(last->data(), last->data() + last->size(), seen);
        if (seen < 0 || seen > position || position - seen > most_resumed)
            first += "id: " + std::to_string(position) + "\ndata: {\"position\":" + std::to_string(position) +
                     ",\"kind\":\"live.reset\",\"subject\":null,\"customer_id\":null}\n\n";
        else position = seen;
    }
    http::Response response;
    response.set("Content-Type", "text/event-stream");
    response.set("X-Accel-Buffering", "no");
    response.events = stream;
    stream->push(first);
    business.follow(stream, call->who, position, call->access_epoch);
    reply(std::move(response));
}

}  // namespace

Module module() {
    Module module{.name = "live", .needs = {}};
    Route route{http::Method::get, "/live", Permission("customers.view")};
    route.place = Place::answering;
    route.operation = "follow";
    route.summary = "What happens, as server-sent events; resumes by Last-Event-ID";
    route.answer = open_stream;
    module.routes = {std::move(route)};
    return module;
}

}  // namespace patron::live
