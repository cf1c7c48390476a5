// Reading begins anew where a connection was lost, on PostgreSQL alone.
#include "module/rereading.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

// A database whose first reads fail.
class Faulty : public db::Database {
  public:
    Faulty(db::Engine engine, db::Fault fault, int failing) : engine_(engine), fault_(fault), failing_(failing) {}
    db::Engine engine() const override { return engine_; }
    void read(db::Work const&) override {
        if (++tries <= failing_) throw db::Error(fault_, "planted");
    }
    void write(db::Work, db::Done) override {}
    void set_hooks(db::GroupHooks) override {}
    void notify(std::string const&) override {}
    void on_notify(std::function<void(std::string_view)>) override {}
    std::vector<std::string> check() override { return {}; }
    void close() override {}

    int tries = 0;

  private:
    db::Engine engine_;
    db::Fault fault_;
    int failing_;
};

int tries_of(db::Engine engine, db::Fault fault, int failing, bool succeeds) {
    Faulty database(engine, fault, failing);
    bool succeeded = true;
    try {
        read_patiently(database, [](db::Tx&) {});
    } catch (db::Error const& error) {
        succeeded = false;
        EXPECT_EQ(error.fault, fault);
    }
    EXPECT_EQ(succeeded, succeeds);
    return database.tries;
}

TEST(Rereading, StandsLostConnectionsAFewTimes) {
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::unavailable, 0, true), 1);
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::unavailable, 4, true), 5);
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::serialization, 2, true), 3);
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::unavailable, 100, false), 5);
}

TEST(Rereading, DoesNotRepeatWhatWouldFailAgain) {
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::damaged, 1, false), 1);
    EXPECT_EQ(tries_of(db::Engine::postgres, db::Fault::disk_full, 1, false), 1);
    EXPECT_EQ(tries_of(db::Engine::sqlite, db::Fault::unavailable, 1, false), 1);
}

}  // namespace
}  // namespace patron
