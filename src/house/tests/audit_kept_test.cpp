// The audit log loses rows whose time is over, from its beginning and by the chore alone, and stays one chain.
#include "house/tests/open_business.hpp"
#include "module/audit.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

constexpr std::int64_t year_ms = 366LL * 24 * 3600 * 1000;

class AuditKept : public testing::TestWithParam<db::Engine> {
  protected:
    // What the house does every ten minutes, at a time to come.
    void keep_house(std::int64_t later) {
        auto call = open.call();
        call.now.ms += later;
        call.request_id = "req_later";
        for (auto const& module : open.business().modules())
            if (module.name == "audit")
                for (auto const& chore : module.chores)
                    for (bool more = true; more;)
                        run_unit(open.business(), call, [&](Unit& unit) {
                            more = chore.some(unit);
                            return http::Response(200);
                        });
    }
    void keep_for(std::int64_t years) {
        open.write([&](Unit& unit) {
            db::Value const values[] = {years};
            unit.tx.execute("UPDATE business SET audit_years=$1", values);
            unit.after_commit.push_back([&] { open.business().access_changed(); });
        });
    }
    std::int64_t number(std::string_view sql) {
        std::int64_t found = 0;
        open.read([&](Reading& reading) {
            auto row = reading.tx.query(sql);
            if (row.next()) found = row.integer(0);
        });
        return found;
    }
    std::vector<std::string> faults(std::optional<AuditHead> const& kept = {}) {
        std::vector<std::string> found;
        open.read([&](Reading& reading) { found = verify_audit(reading.tx, kept); });
        return found;
    }
    AuditHead head() {
        AuditHead found;
        open.read([&](Reading& reading) { found = audit_head(reading.tx); });
        return found;
    }

    OpenBusiness open{GetParam()};
};

TEST_P(AuditKept, ForGoodWhenNobodySaysHowLong) {
    auto const before = number("SELECT count(*) FROM audit");
    ASSERT_GT(before, 0);
    keep_house(40 * year_ms);
    EXPECT_EQ(number("SELECT count(*) FROM audit"), before);
}

TEST_P(AuditKept, LosesWhatIsOlderAndStaysOneChain) {
    auto const before = head();
    ASSERT_GT(before.seq, 0);
    keep_for(2);
    keep_house(1 * year_ms);
    EXPECT_GE(number("SELECT count(*) FROM audit"), before.seq) << "their time is not over";
    keep_house(3 * year_ms);
    EXPECT_EQ(number("SELECT min(seq) FROM audit"), head().seq) << "all but the row that tells of it";
    EXPECT_EQ(number("SELECT count(*) FROM spine WHERE kind='audit.let_go'"), 1);
    EXPECT_TRUE(faults().empty());
    EXPECT_TRUE(faults(before).empty()) << "its time is over";
    EXPECT_TRUE(faults(head()).empty());
    EXPECT_FALSE(faults(AuditHead{head().seq, "another"}).empty());
    EXPECT_FALSE(faults(AuditHead{head().seq + 1, "later"}).empty());
    open.write([](Unit& unit) { unit.tx.execute("UPDATE audit_base SET seq=seq-1"); });
    EXPECT_FALSE(faults().empty()) << "what went is not what is missing";
}

INSTANTIATE_TEST_SUITE_P(Engines, AuditKept, testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& info) { return db::engine_name(info.param); });

}  // namespace
}  // namespace patron
