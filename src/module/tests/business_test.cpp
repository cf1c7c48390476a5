// What a business remembers of its staff is never older than the last change of their rights.
#include "module/tests/open_business.hpp"

namespace patron {
namespace {

constexpr Time now{1'000'000};

class Remembering : public OpenBusiness {
  protected:
    // A stream that counts whether it was closed.
    struct Stream : http::EventStream {
        std::atomic<bool> closed{false};
        bool push(std::string_view) override { return !closed; }
        void close() override { closed = true; }
        void on_close(std::function<void()>) override {}
    };
    std::shared_ptr<Stream> listen(Principal const& as) {
        auto stream = std::make_shared<Stream>();
        business->follow(stream, as, 0, business->access_epoch());
        return stream;
    }
};

TEST_P(Remembering, APrincipalUntilItsRightsChange) {
    business->remember("token", who, now, business->access_epoch());
    EXPECT_TRUE(business->remembered("token", now));
    EXPECT_FALSE(business->remembered("token", Time{now.ms + 60'001})) << "a minute at most";
    business->access_changed();
    EXPECT_FALSE(business->remembered("token", now));
}

TEST_P(Remembering, NothingThatWasReadBeforeTheChange) {
    auto const epoch = business->access_epoch();
    // Another request has read the old principal; the change comes; then the request remembers what it read.
    business->access_changed();
    business->remember("token", who, now, epoch);
    EXPECT_FALSE(business->remembered("token", now));
    // The change is heard of by whoever told of it, too, a little later.
    EXPECT_TRUE(comes_true([&] {
        business->remember("token", who, now, business->access_epoch());
        return business->remembered("token", now).has_value();
    }));
}

TEST_P(Remembering, NothingOfWhatAnotherServerChanged) {
    business->remember("token", who, now, business->access_epoch());
    auto const epoch = business->access_epoch();
    business->database().notify("access");
    EXPECT_TRUE(comes_true([&] { return business->access_epoch() != epoch; }));
    EXPECT_FALSE(business->remembered("token", now));
}

TEST_P(Remembering, SettingsAsTheyAre) {
    EXPECT_EQ(business->settings()->name, "Before");
    run("UPDATE business SET name='After'");
    EXPECT_EQ(business->settings()->name, "Before") << "they are remembered";
    business->access_changed();
    EXPECT_EQ(business->settings()->name, "After");
}

TEST_P(Remembering, StreamsEndWhenTheirListenerIsDisabled) {
    auto const stream = listen(who);
    business->review_streams();
    EXPECT_FALSE(stream->closed);
    run("UPDATE users SET state='disabled'");
    business->database().notify("access");  // as another server does
    EXPECT_TRUE(comes_true([&] { return stream->closed.load(); }));
    EXPECT_EQ(business->live().size(), 0U);
}

TEST_P(Remembering, StreamsEndWhenTheirListenerMayLess) {
    auto const stream = listen(who);
    run("UPDATE users SET role_id=2");
    auto lesser = who;
    lesser.permissions = role_permissions("staff", areas);
    auto const still = listen(lesser);
    business->review_streams();
    EXPECT_EQ(stream->closed, role_permissions("staff", areas) != who.permissions);
    EXPECT_FALSE(still->closed);
}

TEST_P(Remembering, StreamsEndWithTheirSessionAndTheirKey) {
    run("INSERT INTO sessions (id,created_at,last_seen_at,address,agent,token,user_id) VALUES (20,0,0,'','','a',10)");
    run("INSERT INTO keys (id,version,name,user_id,scopes,hint,created_at,updated_at,token) VALUES "
        "(30,1,'Till',10,'[]','',0,0,'b')");
    business->clock = [] { return now; };
    auto by_session = who, by_key = who;
    by_session.session_id = {20};
    by_key.key_id = {30};
    auto const one = listen(by_session), other = listen(by_key);
    business->review_streams();
    EXPECT_FALSE(one->closed || other->closed);
    run("DELETE FROM sessions");
    run("UPDATE keys SET token='revoked 30'");
    business->review_streams();
    EXPECT_TRUE(one->closed && other->closed);
}

TEST_P(Remembering, AStreamThatBeganWithOldRightsIsReviewed) {
    auto const epoch = business->access_epoch();
    run("UPDATE users SET state='disabled'");
    business->access_changed();
    auto stream = std::make_shared<Stream>();
    business->follow(stream, who, 0, epoch);
    EXPECT_TRUE(stream->closed);
}

ON_BOTH_ENGINES(Remembering);

}  // namespace
}  // namespace patron
