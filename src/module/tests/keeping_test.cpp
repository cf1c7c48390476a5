// A unit of work is written, audited and answered in one transaction, and done once under one key.
#include "module/tests/open_business.hpp"

#include <fstream>

namespace patron {
namespace {

class Keeping : public OpenBusiness {
  protected:
    Call call(std::string const& key = "") {
        Call one;
        one.business = business.get();
        one.who = who;
        one.now = business->clock();
        one.request_id = "req_1";
        one.route = "POST /things";
        one.progress = std::make_shared<Progress>();
        request.method_name = "POST";
        request.target = "/api/v1/things";
        one.request = &request;
        if (!key.empty()) one.once = once_of(one, route, key);
        return one;
    }
    http::Response work(Unit& unit) {
        unit.tx.execute("UPDATE business SET version=version+1");
        return json_response(201, R"({"id":1,"secret":"s"})");
    }
    http::Response send(Call const& one) {
        return run_unit(*business, one, [this](Unit& unit) { return work(unit); });
    }
    std::int64_t effects() { return number("SELECT version-1 FROM business"); }

    http::Request request;
    Route route{http::Method::post, "/things", signed_in};
};

TEST_P(Keeping, WhatWasDoneUnderAKeyIsAnsweredAgain) {
    auto const first = send(call("k")), again = send(call("k"));
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE outcome=201 AND actor='" + who.actor.id.text() + "'"), 1);
    send(call("other"));
    send(call());
    send(call());
    EXPECT_EQ(effects(), 4) << "another key, or none, is another request";
}

TEST_P(Keeping, AnotherRequestUnderTheKeyIsRefused) {
    send(call("k"));
    request.body = "{}";
    try {
        send(call("k"));
        FAIL();
    } catch (Problem const& problem) {
        EXPECT_EQ(problem.status, 422);
        EXPECT_EQ(problem.code, "idempotency_key_reused");
    }
    EXPECT_EQ(effects(), 1);
}

TEST_P(Keeping, BytesOfAFileAreTheRequestsToo) {
    auto const file = std::filesystem::temp_directory_path() / ("keeping_" + std::to_string(::getpid()));
    auto const of = [&](std::string const& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        request.body_file = file;
        auto const once = *call("k").once;
        request.body_file.clear();
        return once.fingerprint;
    };
    EXPECT_EQ(of("one"), of("one"));
    EXPECT_NE(of("one"), of("two"));
    EXPECT_NE(of(""), of("one"));
    std::filesystem::remove(file);
}

TEST_P(Keeping, KeysAndBodiesAreStoredAsHashesAndSecretsNotAtAll) {
    route.secrets = {"secret"};
    auto const first = send(call("my key"));
    EXPECT_NE(first.body.find("secret"), std::string::npos);
    EXPECT_EQ(send(call("my key")).body.find("secret"), std::string::npos);
    EXPECT_EQ(number("SELECT count(*) FROM idempotency WHERE key LIKE '%my key%' OR body LIKE '%secret%'"), 0);
}

TEST_P(Keeping, NothingStaysOfWorkThatFails) {
    EXPECT_THROW(run_unit(*business, call("k"),
                          [&](Unit& unit) -> http::Response {
                              work(unit);
                              throw not_found();
                          }),
                 Problem);
    EXPECT_EQ(effects(), 0);
    EXPECT_EQ(number("SELECT count(*) FROM audit"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM idempotency"), 0);
}

TEST_P(Keeping, AnAnswerThatComesOutLaterTakesThePlaceOfTheFirst) {
    auto const one = call("k");
    send(one);
    settle(*business, one, route, json_response(200, "{}"));
    EXPECT_EQ(send(call("k")).status, 200);
    EXPECT_EQ(effects(), 1);
    EXPECT_EQ(number("SELECT count(*) FROM audit"), 1);
}

TEST_P(Keeping, WorkWithoutAUnitIsAuditedAndAnsweredOnce) {
    auto const one = call("k");
    settle(*business, one, route, json_response(204, ""));
    EXPECT_TRUE(one.progress->audited);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE outcome=204 AND request='req_1'"), 1);
    EXPECT_EQ(send(call("k")).status, 204);
    EXPECT_EQ(effects(), 0);
}

TEST_P(Keeping, RefusalsAreAudited) {
    note_refusal(*business, call(), 403);
    EXPECT_TRUE(comes_true([&] { return number("SELECT count(*) FROM audit WHERE outcome=403") == 1; }));
}

ON_BOTH_ENGINES(Keeping);

}  // namespace
}  // namespace patron
