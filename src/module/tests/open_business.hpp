// A business without modules, open on a database of its own, with one member of staff: for tests of what a business
// itself does.
#pragma once
#include "db/tests/fresh_database.hpp"
#include "module/edge.hpp"

#include <gtest/gtest.h>

namespace patron {

class OpenBusiness : public ::testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override {
        auto database = fresh.open();
        db::MigrationSet const sets[] = {
            {"edge", edge_migrations()}, {"access", access_migrations()}, {"spine", spine_migrations()}};
        db::migrate(*database, sets);
        business = std::make_unique<Business>(1, "main", std::move(database), modules, areas, 0);
        run("INSERT INTO business (id,version,name,slug,currency,country,time_zone,locale,created_at,updated_at) "
            "VALUES "
            "(1,1,'Before','main','EUR','DE','Europe/Berlin','de',0,0)");
        run("INSERT INTO roles (id,version,name,key,created_at,updated_at) VALUES (1,1,'Owner','owner',0,0),"
            "(2,1,'Staff','staff',0,0)");
        run("INSERT INTO users (id,version,name,email,role_id,state,availability,import_keys,created_at,updated_at,"
            "email_key,name_key) VALUES "
            "(10,1,'Jane','j@example.com',1,'active','available','[]',0,0,'j@example.com',$1)",
            {db::Blob{"jane"}});
        who.user_id = {10};
        who.actor = {ActorKind::user, who.user_id};
        who.permissions = role_permissions("owner", areas);
        who.visibility = Visibility::all;
    }
    void TearDown() override {
        if (business) business->close();
    }

    void run(std::string const& sql, std::vector<db::Value> const& values = {}) {
        business->database().write_and_wait([&](db::Tx& tx) { tx.execute(sql, values); });
    }
    std::int64_t number(std::string const& sql) {
        std::int64_t answer = -1;
        business->database().read([&](db::Tx& tx) {
            auto row = tx.query(sql);
            if (row.next()) answer = row.integer(0);
        });
        return answer;
    }
    template <class Condition>
    bool comes_true(Condition&& condition) {
        for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return condition();
    }

    db::FreshDatabase fresh{GetParam()};
    std::vector<Module> modules;
    std::vector<Area> areas{{.name = "customers", .label = "Customers"}};
    std::unique_ptr<Business> business;
    Principal who;
};

#define ON_BOTH_ENGINES(suite)                                                                             \
    INSTANTIATE_TEST_SUITE_P(Database, suite, ::testing::Values(db::Engine::sqlite, db::Engine::postgres), \
                             [](auto const& info) { return db::engine_name(info.param); })

}  // namespace patron
