// One request on its way through the edge, from its route to its answer.
#pragma once
#include "module/edge.hpp"

namespace patron {

struct Edge::Visit {
    Visit(std::shared_ptr<http::Request const> asked, http::Reply reply, Route const& route)
        : request(std::move(asked)), reply(std::move(reply)), route(route) {
        call.request = request.get();
        if (route.changes()) call.progress = std::make_shared<Progress>();
    }

    // Whose business it is.
    void turn_to(std::shared_ptr<Business> to) {
        business = std::move(to);
        call.business = business.get();
        if (!business) return;
        call.now = business->clock();
        call.request_id = id_text("req", business->ids().next(call.now.ms));
        call.access_epoch = business->access_epoch();
    }

    std::shared_ptr<http::Request const> const request;
    http::Reply const reply;
    Route const& route;
    Call call;
    std::shared_ptr<Business> business;
    std::optional<std::string> token;
    bool by_cookie = false;
    std::string running;             // the key that no other request may use until this one is answered
    bool refusal_is_audited = true;  // not so for the repetition of a request that is still at work
};

}  // namespace patron
