// Stopping: nothing that was taken on is lost, and nothing is waited for longer than was said.
#include "http/tests/playing.hpp"

#include <atomic>
#include <thread>

namespace patron::http::tests {
namespace {

using namespace std::chrono_literals;
std::string const get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Stopping, a_request_in_flight_is_answered_whole) {
    Playing playing;
    Latch asked, go_on;
    std::string const body(2'000'000, 'b');
    playing.routes.at["/slow"] = [&](auto, Reply reply) {
        playing.server->work([&, reply] {
            asked.open();
            go_on.wait();
            Response response;
            response.body = body;
            reply(std::move(response));
        });
    };
    playing.start();
    Client client(playing.server->address());
    client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.wait();
    std::thread stopping([&] { playing.server->stop(10s); });
    std::this_thread::sleep_for(50ms);
    go_on.open();
    auto const answer = client.read_answer();
    EXPECT_EQ(answer.body.size(), body.size());
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.ended_cleanly());
    stopping.join();
    EXPECT_EQ(playing.server->counts().connections_now, 0u);
}

TEST(Stopping, idle_connections_and_streams_do_not_hold_it_up) {
    Playing playing;
    auto const events = make_event_stream();
    playing.routes.at["/events"] = [&](auto, Reply reply) {
        Response response;
        response.events = events;
        reply(std::move(response));
    };
    playing.start();
    Client used(playing.server->address());
    Client unused(playing.server->address());
    Client stream(playing.server->address());
    used.send(get);
    EXPECT_EQ(used.read_answer().status, 200);
    stream.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    stream.read_until("\r\n\r\n");
    auto const begun = std::chrono::steady_clock::now();
    playing.server->stop(60s);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
    EXPECT_TRUE(used.ended_cleanly());
    EXPECT_TRUE(unused.ended_cleanly());
    EXPECT_TRUE(stream.ended_cleanly());
    EXPECT_FALSE(events->push("x"));
}

TEST(Stopping, what_lasts_longer_than_the_drain_is_cut_off) {
    Playing playing;
    Latch asked, go_on;
    playing.routes.at["/endless"] = [&](auto, Reply reply) {
        playing.server->work([&, reply] {
            asked.open();
            go_on.wait();
            reply(Response(200));
        });
    };
    playing.start();
    Client client(playing.server->address());
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.wait();
    std::thread stopping([&] { playing.server->stop(100ms); });
    EXPECT_EQ(client.read_answer().status, 0);
    go_on.open();  // threads are joined, so a task that runs is waited for
    stopping.join();
}

TEST(Stopping, under_load_every_request_sent_whole_is_answered_or_cleanly_left) {
    for (int round = 0; round < 20; ++round) {
        Playing playing;
        playing.routes.at["/work"] = [&](auto, Reply reply) {
            playing.server->work([reply] { reply(Response(200)); });
        };
        playing.start();
        auto const address = playing.server->address();
        std::atomic<int> answered{0}, torn{0};
        std::vector<std::thread> clients;
        // All are connected before the server stops, however late their threads begin.
        std::vector<std::unique_ptr<Client>> connected;
        for (int i = 0; i < 4; ++i) connected.push_back(std::make_unique<Client>(address));
        for (auto const& one : connected)
            clients.emplace_back([&, &client = *one] {
                for (;;) {
                    if (!client.try_send("GET /work HTTP/1.1\r\nHost: a\r\n\r\n")) return;
                    auto const answer = client.read_answer();
                    if (answer.status == 200) ++answered;
                    else if (!answer.head.empty()) ++torn;
                    if (answer.status != 200 || answer.header("Connection") == "close") return;
                }
            });
        becomes_true([&] { return answered > 50; });
        playing.server->stop(10s);
        for (auto& client : clients) client.join();
        EXPECT_EQ(torn, 0);
    }
}

TEST(Stopping, a_reply_may_outlive_the_server) {
    Playing playing;
    Reply kept;
    Latch asked;
    playing.routes.at["/never"] = [&](auto, Reply reply) {
        kept = std::move(reply);
        asked.open();
    };
    playing.start();
    Client client(playing.server->address());
    client.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.wait();
    playing.server.reset();
    kept(Response(200));
    kept = nullptr;
}

}  // namespace
}  // namespace patron::http::tests
