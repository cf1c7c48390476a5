// Whom a token speaks for: sessions, keys, the owner; on both databases.
#include "access/access.hpp"
#include "db/tests/fresh_database.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

std::vector<Area> const areas{{.name = "customers", .label = "Customers"},
                              {.name = "users", .label = "Staff", .changed_by = "manager"}};
constexpr std::int64_t hour = 3'600'000;
constexpr Time now{1'000 * 24 * hour};

class Principals : public ::testing::TestWithParam<db::Engine> {
  protected:
    void SetUp() override {
        database = fresh.open();
        db::MigrationSet const sets[] = {{"access", access_migrations()}};
        db::migrate(*database, sets);
        run("INSERT INTO roles (id,version,name,key,created_at,updated_at) VALUES "
            "(1,1,'Owner','owner',0,0),(2,1,'Staff','staff',0,0)");
        add_user(10, "Olive Owner", 1);
        add_user(11, "Stan Staff", 2);
    }
    void TearDown() override { database->close(); }

    void run(std::string const& sql, std::vector<db::Value> const& values = {}) {
        database->write_and_wait([&](db::Tx& tx) { tx.execute(sql, values); });
    }
    void add_user(std::int64_t id, std::string const& name, std::int64_t role) {
        User user;
        user.id = {id};
        user.version = 1;
        user.name = Text<1, 200>(name);
        user.email = EmailText(std::to_string(id) + "@Example.com");
        user.role_id = {role};
        auto values = row_values(user);
        DerivedColumns<User>::add(user, values);
        run(insert_sql<User>(), values);
    }
    void add_session(std::int64_t id, std::int64_t user, Time created, Time seen, std::string const& token) {
        run("INSERT INTO sessions (id,created_at,last_seen_at,address,agent,token,user_id) VALUES "
            "($1,$2,$3,'','',$4,$5)",
            {id, created.ms, seen.ms, token_hash(token), user});
    }
    void add_key(std::int64_t id, std::int64_t user, std::string const& scopes, std::optional<Time> expires,
                 std::string const& token) {
        run("INSERT INTO keys (id,version,name,user_id,scopes,hint,expires_at,created_at,updated_at,token) VALUES "
            "($1,1,'Till',$2,$3,'',$4,0,0,$5)",
            {id, user, scopes, expires ? db::Value(expires->ms) : db::Value(), token_hash(token)});
    }
    template <class F>
    auto read(F&& f) {
        std::invoke_result_t<F, db::Tx&> answer;
        database->read([&](db::Tx& tx) { answer = f(tx); });
        return answer;
    }
    std::optional<Principal> by_session(std::string const& token, Time at = now) {
        return read([&](db::Tx& tx) { return principal_of_session(tx, token, at, areas); });
    }
    std::optional<Principal> by_key(std::string const& token, Time at = now) {
        return read([&](db::Tx& tx) { return principal_of_key(tx, token, at, areas); });
    }

    db::FreshDatabase fresh{GetParam()};
    std::unique_ptr<db::Database> database;
};

TEST_P(Principals, ASessionSpeaksForItsUser) {
    add_session(1, 11, now, now, "ps_one");
    auto const who = by_session("ps_one");
    ASSERT_TRUE(who);
    EXPECT_EQ(who->name, "Stan Staff");
    EXPECT_EQ(who->user_id.value, 11);
    EXPECT_EQ(who->session_id.value, 1);
    EXPECT_EQ(who->role_key, "staff");
    EXPECT_EQ(who->actor.kind, ActorKind::user);
    EXPECT_TRUE(who->may("customers.edit"));
    EXPECT_FALSE(who->may("users.edit"));
    EXPECT_FALSE(by_session("ps_two"));
    EXPECT_FALSE(by_key("ps_one")) << "a session is no key";
}

TEST_P(Principals, ASessionEndsWhenItLiesIdleAndAfterThirtyDays) {
    add_session(1, 11, now, now, "ps_idle");
    EXPECT_TRUE(by_session("ps_idle", Time{now.ms + session_idle_ms}));
    EXPECT_FALSE(by_session("ps_idle", Time{now.ms + session_idle_ms + 1}));
    add_session(2, 11, Time{now.ms - session_absolute_ms}, now, "ps_old");
    EXPECT_TRUE(by_session("ps_old"));
    EXPECT_FALSE(by_session("ps_old", Time{now.ms + 1}));
}

TEST_P(Principals, AKeyMayNoMoreThanItsScopesAndItsUser) {
    add_key(1, 11, "[]", {}, "pk_all");
    add_key(2, 11, R"(["customers.view","users.edit"])", {}, "pk_some");
    auto const all = by_key("pk_all");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->permissions, role_permissions("staff", areas));
    EXPECT_EQ(all->actor.kind, ActorKind::key);
    EXPECT_EQ(all->name, "Till");
    auto const some = by_key("pk_some");
    ASSERT_TRUE(some);
    EXPECT_EQ(some->permissions, std::vector<std::string>{"customers.view"})
        << "a scope beyond the user's role gives nothing";
}

TEST_P(Principals, AKeyEndsWhenItExpires) {
    add_key(1, 11, "[]", now, "pk_short");
    EXPECT_TRUE(by_key("pk_short", Time{now.ms - 1}));
    EXPECT_FALSE(by_key("pk_short", now));
}

TEST_P(Principals, NobodySpeaksForTheDisabled) {
    add_session(1, 11, now, now, "ps_one");
    add_key(1, 11, "[]", {}, "pk_one");
    run("UPDATE users SET state='disabled' WHERE id=11");
    EXPECT_FALSE(by_session("ps_one"));
    EXPECT_FALSE(by_key("pk_one"));
    EXPECT_THROW(read([&](db::Tx& tx) { return principal_of_user(tx, {11}, areas); }), Problem);
}

TEST_P(Principals, AKeySpeaksForTheInvitedNoSessionDoes) {
    add_session(1, 11, now, now, "ps_one");
    add_key(1, 11, "[]", {}, "pk_one");
    run("UPDATE users SET state='invited' WHERE id=11");
    EXPECT_FALSE(by_session("ps_one"));
    EXPECT_TRUE(by_key("pk_one"));
    EXPECT_EQ(read([&](db::Tx& tx) { return principal_of_user(tx, {11}, areas); }).user_id, Id<User>{11});
}

TEST_P(Principals, TheCommandLineActsAsTheLongestServingOwner) {
    add_user(9, "Older Owner", 1);
    EXPECT_EQ(read([&](db::Tx& tx) { return owner_principal(tx, areas); }).name, "Older Owner");
    run("UPDATE users SET state='invited' WHERE id=9");
    EXPECT_EQ(read([&](db::Tx& tx) { return owner_principal(tx, areas); }).name, "Olive Owner");
    run("UPDATE users SET state='invited' WHERE id=10");
    EXPECT_EQ(read([&](db::Tx& tx) { return owner_principal(tx, areas); }).name, "Older Owner")
        << "nobody has chosen a password yet";
    run("UPDATE users SET state='active' WHERE id=10");
    run("UPDATE users SET state='disabled' WHERE id=9");
    EXPECT_EQ(read([&](db::Tx& tx) { return owner_principal(tx, areas); }).name, "Olive Owner");
    run("UPDATE users SET role_id=2 WHERE id=10");
    EXPECT_THROW(read([&](db::Tx& tx) { return owner_principal(tx, areas); }), Problem);
}

TEST_P(Principals, TwoPeopleNeverShareAnAddress) {
    User twin;
    twin.id = {12};
    twin.name = Text<1, 200>("Twin");
    twin.email = EmailText("11@EXAMPLE.com");
    twin.role_id = {2};
    auto values = row_values(twin);
    DerivedColumns<User>::add(twin, values);
    try {
        run(insert_sql<User>(), values);
        FAIL() << "the address was taken twice";
    } catch (db::Error const& error) { EXPECT_EQ(error.fault, db::Fault::unique); }
}

INSTANTIATE_TEST_SUITE_P(BothDatabases, Principals, ::testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& info) { return db::engine_name(info.param); });

}  // namespace
}  // namespace patron
