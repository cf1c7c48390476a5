// The audit log's chain: whatever is done to it afterwards is found.
#include "module/audit.hpp"
#include "module/edge.hpp"
#include "module/held_back.hpp"
#include "db/tests/fresh_database.hpp"

#include <gtest/gtest.h>

#include <random>

namespace patron {
namespace {

class Chain : public ::testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override {
        database = fresh.open();
        db::MigrationSet const sets[] = {{"edge", edge_migrations()}};
        db::migrate(*database, sets);
        database->set_hooks({.before_commit = [this](db::Tx& tx) { log.before_commit(tx); },
                             .committed = [this] { log.committed(); },
                             .undone = [this] { log.undone(); },
                             .work_kept = [this] { log.work_kept(); },
                             .work_undone = [this] { log.work_undone(); }});
    }
    void TearDown() override { database->close(); }

    static AuditRow row(std::int64_t id) {
        AuditRow one{.id = id, .at = 1'000 + id};
        one.actor_kind = "user";
        one.actor = "usr_1";
        one.route = "PATCH /customers/{id}";
        one.kind = "customer.updated";
        one.subject = "cus_" + std::to_string(id);
        if (id % 3) one.customer_id = id;
        one.request = "req_" + std::to_string(id);
        one.address = "127.0.0.1";
        one.outcome = 200;
        one.fields = R"(["phones"])";
        one.salt = "00112233445566778899aabbccddeeff";
        one.digests = R"([[null,")" + audit_digest(one.salt, std::to_string(id)) + "\"]]";
        return one;
    }
    void write(std::int64_t from, std::int64_t to) {
        for (auto id = from; id < to; ++id) database->write_and_wait([&](db::Tx&) { log.add(row(id)); });
    }
    std::vector<std::string> faults() {
        std::vector<std::string> found;
        database->read([&](db::Tx& tx) { found = verify_audit(tx); });
        return found;
    }
    void run(std::string const& sql, std::vector<db::Value> const& values = {}) {
        database->write_and_wait([&](db::Tx& tx) { tx.execute(sql, values); });
    }

    db::FreshDatabase fresh{GetParam()};
    std::unique_ptr<db::Database> database;
    AuditLog log;
};

TEST_P(Chain, IsWholeAndGoesOn) {
    EXPECT_TRUE(faults().empty()) << "of nothing";
    write(1, 20);
    EXPECT_TRUE(faults().empty());
    AuditHead head;
    database->read([&](db::Tx& tx) { head = audit_head(tx); });
    EXPECT_EQ(head.seq, 19);
    EXPECT_EQ(head.hash.size(), 64U);
}

TEST_P(Chain, HoldsNothingOfWorkThatWasUndone) {
    write(1, 3);
    EXPECT_ANY_THROW(database->write_and_wait([&](db::Tx&) {
        log.add(row(3));
        throw std::runtime_error("no");
    }));
    write(4, 5);
    EXPECT_TRUE(faults().empty());
}

TEST_P(Chain, ShowsWhateverIsDoneToIt) {
    constexpr std::int64_t rows = 40;
    write(1, rows + 1);
    // Whoever gets at the file, or at the owner of the tables, gets this far as well.
    if (GetParam() == db::Engine::sqlite) {
        run("DROP TRIGGER audit_no_update");
        run("DROP TRIGGER audit_no_delete");
    } else run("GRANT UPDATE, DELETE ON audit TO CURRENT_USER");
    std::mt19937 chance(7);
    auto const any = [&](std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>(from, to)(chance);
    };
    int found = 0, tried = 0;
    auto const tamper = [&](std::string const& sql, std::vector<db::Value> const& values = {}) {
        run("CREATE TABLE kept AS SELECT * FROM audit");
        run("CREATE TABLE kept_head AS SELECT * FROM audit_head");
        run(sql, values);
        ++tried;
        if (!faults().empty()) ++found;
        else ADD_FAILURE() << sql;
        run("DELETE FROM audit");
        run("INSERT INTO audit SELECT * FROM kept");
        run("DELETE FROM audit_head");
        run("INSERT INTO audit_head SELECT * FROM kept_head");
        run("DROP TABLE kept");
        run("DROP TABLE kept_head");
    };
    for (int round = 0; round < 12; ++round) {
        for (auto const column :
             {"actor", "route", "kind", "subject", "request", "address", "fields", "digests", "hash"})
            tamper("UPDATE audit SET " + std::string(column) + "='x' WHERE seq=$1", {any(1, rows)});
        for (auto const column : {"at", "outcome", "id", "customer_id"})
            tamper("UPDATE audit SET " + std::string(column) + "=1234567 WHERE seq=$1", {any(1, rows)});
        tamper("DELETE FROM audit WHERE seq=$1", {any(1, rows)});
        tamper("DELETE FROM audit WHERE seq>$1", {any(1, rows - 1)});
        auto const one = any(1, rows - 1);
        tamper("UPDATE audit SET seq=CASE WHEN seq=$1 THEN -1 ELSE seq END WHERE seq=$1", {one});
        tamper(
            "INSERT INTO audit "
            "(seq,hash,id,at,actor_kind,actor,route,kind,subject,request,address,outcome,fields,digests) "
            "SELECT 0,'',id+1000,at,actor_kind,actor,route,kind,subject,request,address,outcome,fields,digests FROM "
            "audit "
            "WHERE "
            "seq=$1",
            {one});
    }
    EXPECT_EQ(found, tried);
    EXPECT_TRUE(faults().empty()) << "as it was";
}

TEST_P(Chain, KnowsWhatAValueWasUntilItIsErased) {
    write(1, 6);
    auto const was = [&](std::int64_t seq, std::string_view field, std::string_view json) {
        auto found = Witness::both;
        database->read([&](db::Tx& tx) { found = witness_value(tx, seq, field, json); });
        return found;
    };
    EXPECT_EQ(was(2, "phones", "2"), Witness::after);
    EXPECT_EQ(was(2, "phones", "null"), Witness::before);
    EXPECT_EQ(was(2, "phones", "3"), Witness::neither);
    EXPECT_EQ(was(2, "emails", "2"), Witness::unknown);
    EXPECT_EQ(was(9, "phones", "9"), Witness::unknown);
    database->write_and_wait([](db::Tx& tx) { forget_audit_salts(tx, Id<Customer>{2}); });
    EXPECT_EQ(was(2, "phones", "2"), Witness::erased);
    EXPECT_EQ(was(1, "phones", "1"), Witness::after);
    EXPECT_EQ(was(3, "phones", "3"), Witness::after) << "it was about no customer";
    EXPECT_TRUE(faults().empty()) << "the chain stands without salts";
}

// A chain whose beginning was written when rows had no such hashes.
TEST_P(Chain, HoldsRowsFromBeforeThereWereHashesOfValues) {
    auto old = row(1);
    old.salt.clear();
    old.digests = "[]";
    database->write_and_wait([&](db::Tx&) { log.add(old); });
    write(2, 4);
    EXPECT_TRUE(faults().empty());
    AuditHead first;
    database->read([&](db::Tx& tx) {
        auto found = tx.query("SELECT seq,hash FROM audit WHERE seq=1");
        ASSERT_TRUE(found.next());
        first = {found.integer(0), std::string(found.text(1))};
    });
    auto const list =
        "[1,1,1001,\"user\",\"usr_1\",\"PATCH /customers/{id}\",\"customer.updated\",\"cus_1\",1,\"req_1\","
        "\"127.0.0.1\",200,\"[\\\"phones\\\"]\"]";
    EXPECT_EQ(first.hash, sha256_hex(std::string("\n") + list)) << "as it was hashed then";
}

TEST(Looks, AreToldOnceAMinute) {
    AuditLog log;
    AuditRow look{.id = 1, .at = 1'000'000};
    look.actor = "usr_1";
    look.kind = "customer.opened";
    look.subject = "cus_1";
    log.looked(look);
    look.at += 59'000;
    log.looked(look);
    auto other = look;
    other.subject = "cus_2";
    log.looked(other);
    EXPECT_EQ(log.take_looks().size(), 2U);
    look.at += 2'000;
    log.looked(look);
    EXPECT_EQ(log.take_looks().size(), 1U);
    EXPECT_TRUE(log.take_looks().empty());
}

AuditRow held_back_at(std::string const& address, std::string const& subject = "usr_1") {
    AuditRow row;
    row.actor = "nobody";
    row.route = "POST /api/v1/session";
    row.subject = subject;
    row.address = address;
    return row;
}

TEST(HeldBackTries, AreToldTogetherByTheMinuteWithHowManyTheyWere) {
    HeldBack held;
    std::int64_t now = 10'000'000;
    for (int i = 0; i < 3; ++i) held.count(held_back_at("192.0.2.1"), "192.0.2.1");
    held.count(held_back_at("192.0.2.1", "usr_2"), "192.0.2.1");
    auto rows = held.take(now, false);
    ASSERT_EQ(rows.size(), 2U) << "the first at once";
    EXPECT_EQ(rows[0].fields, R"(["3 tries"])");
    EXPECT_EQ(rows[0].at, now);
    EXPECT_EQ(rows[1].fields, R"(["1 tries"])");
    for (int i = 0; i < 57; ++i) held.count(held_back_at("192.0.2.1"), "192.0.2.1");
    EXPECT_TRUE(held.take(now + 59'999, false).empty());
    rows = held.take(now + 60'000, false);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].fields, R"(["57 tries"])");
    EXPECT_TRUE(held.take(now + 200'000, false).empty());
    held.count(held_back_at("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(held.take(now + 200'001, false).size(), 1U);
    held.count(held_back_at("192.0.2.1"), "192.0.2.1");
    EXPECT_TRUE(held.take(now + 200'002, false).empty());
    EXPECT_EQ(held.take(now + 200'003, true).size(), 1U) << "at the end all are told";
}

TEST(HeldBackTries, FromEverywhereAreFewRows) {
    HeldBack held;
    for (int i = 0; i < 10'000; ++i) {
        auto const address = "198.51." + std::to_string(i / 256) + '.' + std::to_string(i % 256);
        held.count(held_back_at(address), address);
    }
    auto const rows = held.take(1'000'000, false);
    EXPECT_EQ(rows.size(), HeldBack::most_places + 1);
    int all = 0;
    for (auto const& row : rows) all += std::stoi(row.fields.substr(2));
    EXPECT_EQ(all, 10'000) << "none is lost";
}

INSTANTIATE_TEST_SUITE_P(BothDatabases, Chain, ::testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& info) { return db::engine_name(info.param); });

}  // namespace
}  // namespace patron
