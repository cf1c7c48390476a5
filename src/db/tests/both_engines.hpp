// The fixture of every test that must end the same on both engines.
#pragma once
#include "db/tests/fresh_database.hpp"

#include <future>
#include <gtest/gtest.h>

namespace patron::db {

template <class Action>
Fault fault_of(Action&& action) {
    try {
        action();
    } catch (Error const& error) { return error.fault; }
    ADD_FAILURE() << "no database error was thrown";
    return Fault::other;
}

class BothEngines : public testing::TestWithParam<Engine> {
  protected:
    void make_table(std::string_view columns, std::string_view name = "t") {
        auto const text = "CREATE TABLE " + std::string(name) + " (" + std::string(columns) + ") {table}";
        auto const sql = ddl(GetParam(), text);
        database->write_and_wait([&](Tx& tx) { tx.execute(sql); });
    }

    void write(std::string_view sql, std::vector<Value> const& params = {}) {
        database->write_and_wait([&](Tx& tx) { tx.execute(sql, params); });
    }

    std::int64_t number(std::string_view sql, std::vector<Value> const& params = {}) {
        std::int64_t answer = -1;
        database->read([&](Tx& tx) {
            auto rows = tx.query(sql, params);
            if (rows.next()) answer = rows.integer(0);
        });
        return answer;
    }

    // Queues without waiting.
    std::future<void> queue(Work work) {
        auto promise = std::make_shared<std::promise<void>>();
        database->write(std::move(work), [promise](std::exception_ptr error) {
            if (error) promise->set_exception(std::move(error));
            else promise->set_value();
        });
        return promise->get_future();
    }

    // Keeps the writer busy until the answer is destroyed, so that what is queued meanwhile becomes one group.
    struct Held {
        std::promise<void> go;
        std::future<void> held;
        ~Held() {
            go.set_value();
            held.get();
        }
    };
    std::unique_ptr<Held> hold_writer() {
        auto holding = std::make_unique<Held>();
        std::promise<void> begun;
        auto const has_begun = begun.get_future();
        auto let_go = holding->go.get_future().share();
        holding->held = queue([&begun, let_go](Tx&) {
            begun.set_value();
            let_go.wait();
        });
        has_begun.wait();
        return holding;
    }

    FreshDatabase fresh{GetParam()};
    std::unique_ptr<Database> database = fresh.open();
};

inline std::string engine_of(testing::TestParamInfo<Engine> const& info) { return engine_name(info.param); }

#define FOR_BOTH_ENGINES(suite) \
    INSTANTIATE_TEST_SUITE_P(Database, suite, testing::Values(Engine::sqlite, Engine::postgres), engine_of)

}  // namespace patron::db
