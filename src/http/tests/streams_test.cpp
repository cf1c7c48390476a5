// Server-sent events and downloads that are made while they are sent.
#include "http/tests/playing.hpp"

#include <atomic>

namespace patron::http::tests {
namespace {

std::string const get_events = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";

struct Stream : testing::Test {
    Stream() {
        playing.routes.at["/events"] = [this](auto, Reply reply) {
            Response response;
            response.events = events;
            reply(std::move(response));
        };
    }
    Playing playing;
    std::shared_ptr<EventStream> events = make_event_stream();
};

TEST_F(Stream, pushes_arrive_in_order_and_closing_ends_it) {
    playing.start();
    events->push("id: 0\n\n");
    Client client(playing.server->address());
    client.send(get_events);
    auto const head = client.read_until("\r\n\r\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), head.npos);
    EXPECT_EQ(client.read_until("\n\n"), "id: 0\n\n");
    for (int i = 1; i < 1000; ++i) EXPECT_TRUE(events->push("id: " + std::to_string(i) + "\n\n"));
    for (int i = 1; i < 1000; ++i) EXPECT_EQ(client.read_until("\n\n"), "id: " + std::to_string(i) + "\n\n");
    int told = 0;
    events->on_close([&] { ++told; });
    events->push("data: bye\n\n");
    events->close();
    events->close();
    EXPECT_EQ(client.read_until("\n\n"), "data: bye\n\n");
    EXPECT_TRUE(client.ended_cleanly());
    EXPECT_EQ(told, 1);
    EXPECT_FALSE(events->push("x"));
    events->on_close([&] { ++told; });
    EXPECT_EQ(told, 2);
}

TEST_F(Stream, silence_is_broken_by_a_comment) {
    playing.settings.event_heartbeat = std::chrono::seconds(1);
    playing.start();
    Client client(playing.server->address());
    client.send(get_events);
    client.read_until("\r\n\r\n");
    EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
    EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
}

TEST_F(Stream, its_maker_learns_that_the_client_went_away) {
    playing.start();
    Latch gone;
    events->on_close([&] { gone.open(); });
    {
        Client client(playing.server->address());
        client.send(get_events);
        client.read_until("\r\n\r\n");
    }
    gone.wait();
    EXPECT_TRUE(becomes_true([&] { return playing.server->counts().connections_now == 0; }));
}

TEST_F(Stream, a_slow_client_is_cut_off_and_memory_stays_bounded) {
    playing.start();
    Latch gone;
    events->on_close([&] { gone.open(); });
    Client client(playing.server->address());
    client.send(get_events);
    client.read_until("\r\n\r\n");
    std::string const text = "data: " + std::string(10'000, 'x') + "\n\n";
    std::size_t pushed = 0;
    while (events->push(text) && pushed < 1'000'000'000) pushed += text.size();
    EXPECT_LT(pushed, 50'000'000u);  // what the system's own buffers hold and 256 kB of ours
    gone.wait();
    EXPECT_TRUE(becomes_true([&] { return playing.server->counts().connections_now == 0; }));
}

TEST_F(Stream, one_that_nobody_can_receive_is_closed) {
    playing.start();
    Latch asked, gone;
    Reply kept;
    playing.routes.at["/late"] = [&](auto, Reply reply) {
        kept = std::move(reply);
        asked.open();
    };
    Client client(playing.server->address());
    client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.wait();
    playing.server->stop(std::chrono::milliseconds(0));
    EXPECT_EQ(client.read_answer().status, 0);
    Response response;
    response.events = events;
    kept(std::move(response));
    playing.server.reset();
    kept = nullptr;  // the last one to know the loop
}

TEST(Downloads, are_chunked_and_made_only_as_fast_as_they_are_read) {
    Playing playing;
    std::atomic<int> made{0};
    std::string const piece(500'000, 'p');
    playing.routes.at["/export"] = [&](auto, Reply reply) {
        Response response;
        response.chunks = [&]() -> std::optional<std::string> {
            if (made == 200) return {};
            return made++ % 2 ? std::string() : piece;  // an empty piece is not the end
        };
        reply(std::move(response));
    };
    playing.start();
    Client client(playing.server->address());
    client.send("GET /export HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    client.wait_for_bytes();
    EXPECT_LT(made, 200);
    EXPECT_EQ(client.read_answer().body.size(), 100 * piece.size());
    EXPECT_EQ(client.read_answer().body, "GET /next ");
}

TEST(Downloads, that_fail_are_seen_to_be_incomplete) {
    Playing playing;
    playing.routes.at["/at-once"] = [](auto, Reply reply) {
        Response response;
        response.chunks = []() -> std::optional<std::string> { throw std::runtime_error("a test"); };
        reply(std::move(response));
    };
    playing.routes.at["/later"] = [](auto, Reply reply) {
        Response response;
        response.chunks = [count = 0]() mutable -> std::optional<std::string> {
            if (count++) throw std::runtime_error("a test");
            return "a beginning";
        };
        reply(std::move(response));
    };
    playing.routes.at["/old"] = [](auto, Reply reply) {
        Response response;
        response.chunks = [count = 0]() mutable -> std::optional<std::string> {
            return count++ < 3 ? std::optional<std::string>("abc") : std::nullopt;
        };
        reply(std::move(response));
    };
    playing.start();
    EXPECT_EQ(playing.ask("GET /at-once HTTP/1.1\r\nHost: a\r\n\r\n").status, 500);
    EXPECT_EQ(playing.ask("GET /later HTTP/1.1\r\nHost: a\r\n\r\n").status, 0);
    Client old(playing.server->address());
    old.send("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(old.read_to_end().ends_with("\r\n\r\nabcabcabc"));
    Client curious(playing.server->address());
    curious.send("HEAD /old HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(curious.read_answer(true).header("Transfer-Encoding"), "chunked");
    EXPECT_EQ(curious.read_answer().body, "GET /x ");
}

}  // namespace
}  // namespace patron::http::tests
