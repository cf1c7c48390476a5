// What is measured must be a business like any other: right in every table, as though all of it had happened.
#include "business.hpp"
#include "db/tests/fresh_database.hpp"
#include "history.hpp"
#include "modules/customers/customers.hpp"

#include <future>
#include <gtest/gtest.h>

namespace patron::bench {
namespace {

constexpr std::uint32_t customers = 200;

// An installation of its own, gone when the test ends.
class Installation {
  public:
    explicit Installation(db::Engine engine) : place_(db::Engine::sqlite) {
        settings.data = place_.folder() / "data";
        if (engine == db::Engine::sqlite) return;
        database_ = place_.folder().filename().string();
        db::FreshDatabase::run_on_postgres("CREATE DATABASE " + database_);
        auto const url = db::FreshDatabase::postgres_url();
        settings.database = url.substr(0, url.rfind('/') + 1) + database_;
    }
    ~Installation() {
        if (!database_.empty()) db::FreshDatabase::run_on_postgres("DROP DATABASE " + database_ + " WITH (FORCE)");
    }

    HouseSettings settings;

  private:
    db::FreshDatabase place_;  // for its folder
    std::string database_;
};

std::vector<std::string> rows_of(db::Tx& tx, std::string const& sql, int columns) {
    std::vector<std::string> rows;
    for (auto row = tx.query(sql); row.next();) {
        std::string text;
        for (int i = 0; i < columns; ++i) text += (row.is_null(i) ? "null" : std::to_string(row.integer(i))) + ' ';
        rows.push_back(std::move(text));
    }
    return rows;
}

class MadeBusiness : public testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override {
        made = make_business(installation.settings, customers);
        house = std::make_unique<House>(installation.settings);
        business = house->business("");
    }
    void TearDown() override {
        business.reset();
        house.reset();
    }

    // As the command line asks, in the name of the owner.
    Json ask(std::string const& path, std::string const& query = "") {
        auto request = std::make_shared<http::Request>();
        request->method_name = "GET";
        request->path = "/api/v1" + path;
        request->query = query;
        request->local = true;
        std::promise<http::Response> answered;
        house->edge().handle(request, [&](http::Response response) { answered.set_value(std::move(response)); });
        auto const response = answered.get_future().get();
        EXPECT_EQ(response.status, 200) << path << '?' << query << ' ' << response.body;
        return parse_own_json(response.body);
    }

    std::vector<std::string> kept_by_readers() {
        std::vector<std::string> all;
        business->database().read([&](db::Tx& tx) {
            for (auto const& [sql, columns] :
                 {std::pair<char const*, int>{
                      "SELECT customer_id,at,position,first_position,events,folder_id,live FROM "
                      "customer_activity ORDER BY customer_id",
                      7},
                  {"SELECT id,n FROM customer_counts WHERE n<>0 ORDER BY prefix,id", 2},
                  {"SELECT user_id,customer_id,events FROM customer_seen ORDER BY user_id,customer_id", 3}})
                for (auto& row : rows_of(tx, sql, columns)) all.push_back(std::move(row));
        });
        return all;
    }

    Installation installation{GetParam()};
    Made made;
    std::unique_ptr<House> house;
    std::shared_ptr<Business> business;
};

TEST_P(MadeBusiness, HasNothingWrong) {
    EXPECT_EQ(house->check(*business), std::vector<std::string>{});
    EXPECT_GE(made.events, customers * events_each);
    EXPECT_EQ(business->spine().last_position(), made.events);
}

TEST_P(MadeBusiness, IsWhatItsReadersWouldMakeOfItsSpine) {
    auto const before = kept_by_readers();
    EXPECT_GT(before.size(), customers * 2);
    business->database().write_and_wait([&](db::Tx& tx) {
        tx.execute("DELETE FROM customer_seen");
        business->spine().rebuild_readers(tx);
    });
    EXPECT_EQ(kept_by_readers(), before);
}

// The program would keep each of them just so: saving it unchanged changes nothing and finds no mistake.
TEST_P(MadeBusiness, HasCustomersThatTheRulesAgreeWith) {
    Call call;
    call.business = business.get();
    call.now = story_ends;
    business->database().read([&](db::Tx& tx) { call.who = owner_principal(tx, business->areas()); });
    int seen = 0;
    run_unit(*business, call, [&](Unit& unit) {
        std::vector<Customer> all;
        customers::each_matching(unit, [&](Customer const& one) {
            all.push_back(one);
            return true;
        });
        for (auto const& before : all) {
            auto after = before;
            EXPECT_FALSE(customers::change(unit, before, after)) << to_json(before) << '\n' << to_json(after);
            ++seen;
        }
        return http::Response(200);
    });
    EXPECT_EQ(seen, static_cast<int>(customers));
}

// Made straight from the row, and made of the record: the same text, also where another version wrote a column.
TEST_P(MadeBusiness, ShowsWhatItsRecordsAre) {
    Call call;
    call.business = business.get();
    call.who = the_house();
    auto const compare = [&](int wanted) {
        int seen = 0;
        business->database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            auto rows = tx.query("SELECT id FROM customers");
            while (rows.next()) {
                auto const record = reading.find(Id<Customer>{rows.integer(0)});
                auto const shown = reading.show(record.id);
                EXPECT_EQ(shown.json, to_json(record));
                EXPECT_EQ(shown.version, record.version);
                EXPECT_EQ(to_json(from_own_json<Customer>(shown.json)), shown.json);
                ++seen;
            }
        });
        EXPECT_EQ(seen, wanted);
    };
    compare(customers);
    for (auto const* odd : {R"([{"kind":"billing","city":"Bonn"}])",
                            R"([{"city":"K\u00f6ln \"Mitte\"","kind":"service","later":[1,{"a":2}]}])",
                            R"([ {"kind": "shipping", "line1": "a\\b", "primary": true} ])"}) {
        business->database().write_and_wait([&](db::Tx& tx) {
            db::Value const values[] = {std::string(odd)};
            tx.execute("UPDATE customers SET addresses=$1", values);
        });
        compare(customers);
    }
}

TEST_P(MadeBusiness, AnswersListTimelineAndSearch) {
    auto const page = ask("/customers", "shape=row&limit=50");
    EXPECT_EQ(page.at("total").to_number<std::uint32_t>(), customers);
    ASSERT_EQ(page.at("data").as_array().size(), 50u);
    EXPECT_FALSE(page.at("data").as_array().front().at("activity").is_null());

    auto const named = ask("/customers", "sort=display_name&limit=1").at("data").as_array().front();
    auto const id = std::string(named.at("id").as_string());
    auto const folder = std::string(named.at("folder_id").as_string());
    EXPECT_GT(ask("/customers", "sort=display_name&folder_id=" + folder).at("total").to_number<int>(), 0);

    auto const feed = ask("/customers/" + id + "/timeline").at("data").as_array();
    ASSERT_GE(feed.size(), 6u);
    for (auto const& line : feed) {
        auto const headline = std::string(line.at("headline").as_string());
        EXPECT_EQ(headline.find("something"), std::string::npos) << headline;  // deleted, or not known
    }
    EXPECT_EQ(feed.back().at("kind").as_string(), "customer.created");

    auto const found =
        ask("/customers", "q=" + std::string(named.at("emails").as_array().front().at("address").as_string()));
    EXPECT_EQ(found.at("data").as_array().front().at("id").as_string(), id);
    EXPECT_GT(ask("/notes", "limit=200").at("data").as_array().size(), 100u);
    EXPECT_GT(ask("/customers", "custom.class=d").at("data").as_array().size(), 20u);
}

TEST_P(MadeBusiness, IsAsLargeAnOfficeAsTheGoalOfSightSays) {
    auto const number = [&](std::string const& sql) {
        std::int64_t count = 0;
        business->database().read([&](db::Tx& tx) {
            auto rows = tx.query(sql);
            if (rows.next()) count = rows.integer(0);
        });
        return count;
    };
    EXPECT_EQ(number("SELECT count(*) FROM users"), staff_count);
    EXPECT_EQ(number("SELECT count(*) FROM folders"), 200);
    EXPECT_EQ(number("SELECT count(*) FROM roles"), 10);
    EXPECT_EQ(number("SELECT count(*) FROM folders WHERE access<>'[]'"), 18);
    EXPECT_GT(number("SELECT count(DISTINCT folder_id) FROM customers"), 60);
    EXPECT_GT(number("SELECT count(DISTINCT user_id) FROM customer_workers"), 40);
}

TEST_P(MadeBusiness, IsTheSameEveryTime) {
    auto const spine = [](House& one) {
        std::string text;
        one.business("")->database().read([&](db::Tx& tx) {
            auto rows =
                tx.query("SELECT kind,facts,changes,personal,happened_at,customer_id FROM spine ORDER BY position");
            while (rows.next())
                for (int i = 0; i < 6; ++i) (text += rows.is_null(i) ? "" : std::string(rows.text(i))) += ' ';
        });
        return text;
    };
    Installation other(GetParam());
    make_business(other.settings, customers);
    House again(other.settings);
    EXPECT_TRUE(spine(*house) == spine(again));
}

INSTANTIATE_TEST_SUITE_P(Bench, MadeBusiness, testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& info) { return db::engine_name(info.param); });

}  // namespace
}  // namespace patron::bench
