// Requests, bodies and answers of every sort over real sockets.
#include "http/tests/playing.hpp"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace patron::http::tests {
namespace {

std::string const get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Connections, are_kept_and_answers_keep_their_order) {
    Playing playing;
    playing.routes.at["/slow"] = [&](auto, Reply reply) {
        playing.server->work([reply] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            Response response;
            response.body = "slow";
            reply(std::move(response));
        });
    };
    playing.start();
    Client client(playing.server->address());
    std::string pipeline;
    for (int i = 0; i < 50; ++i)
        pipeline += i % 10 == 0 ? "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
                                : "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
    client.send(pipeline);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(client.read_answer().body, i % 10 == 0 ? "slow" : "POST /" + std::to_string(i) + " hi");
    client.send("GET /last HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n");
    auto const last = client.read_answer();
    EXPECT_EQ(last.header("Connection"), "close");
    EXPECT_FALSE(last.header("Date").empty());
    EXPECT_TRUE(client.ended_cleanly());
    EXPECT_EQ(playing.server->counts().requests, 51u);
}

TEST(Connections, head_has_the_length_and_no_body) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    EXPECT_EQ(client.read_answer(true).header("Content-Length"), "8");
    EXPECT_EQ(client.read_answer().body, "GET /a ");
}

TEST(Connections, old_clients_are_answered_and_closed) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    client.send("GET /a HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_TRUE(client.ended_cleanly());
}

TEST(Connections, clients_that_stop_sending_are_still_answered) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    client.send(get);
    client.half_close();
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_TRUE(client.ended_cleanly());
}

TEST(Connections, slow_heads_get_408_and_idle_ones_are_closed) {
    Playing playing;
    playing.settings.head_deadline = std::chrono::seconds(1);
    playing.settings.idle_deadline = std::chrono::seconds(1);
    playing.settings.body_stall = std::chrono::seconds(1);
    playing.start();
    Client slow_head(playing.server->address());
    Client slow_body(playing.server->address());
    Client idle(playing.server->address());
    Client silent(playing.server->address());
    slow_head.send("GET / HT");
    slow_body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    idle.send(get);
    EXPECT_EQ(idle.read_answer().status, 200);
    EXPECT_EQ(slow_head.read_answer().status, 408);
    EXPECT_TRUE(slow_head.ended_cleanly());
    EXPECT_EQ(slow_body.read_answer().status, 408);
    EXPECT_TRUE(idle.ended_cleanly());
    EXPECT_TRUE(silent.ended_cleanly());
}

TEST(Bodies, large_ones_come_whole_in_any_framing) {
    Playing playing;
    playing.routes.body_plan.limit = 8 << 20;
    playing.start();
    std::string body(5 << 20, 'x');
    for (std::size_t i = 0; i < body.size(); i += 7) body[i] = static_cast<char>('a' + i % 26);
    auto const by_length =
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    EXPECT_EQ(playing.ask(by_length).body, "POST /a " + body);
    std::string chunked = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < body.size(); i += 0x1234) {
        auto const chunk = body.substr(i, 0x1234);
        std::ostringstream size;
        size << std::hex << chunk.size();
        chunked += size.str() + "\r\n" + chunk + "\r\n";
    }
    EXPECT_EQ(playing.ask(chunked + "0\r\n\r\n").body, "POST /a " + body);
}

TEST(Bodies, slow_ones_come_whole) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    for (char byte :
         std::string("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
        client.send({&byte, 1});
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(client.read_answer().body, "POST /a abc");
}

TEST(Bodies, are_asked_for_only_when_they_will_be_taken) {
    Playing playing;
    playing.routes.body_plan.limit = 10;
    playing.start();
    Client polite(playing.server->address());
    polite.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(polite.read_answer().status, 100);
    polite.send("abc");
    EXPECT_EQ(polite.read_answer().body, "POST /a abc");
    polite.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(polite.read_answer().status, 413);
}

TEST(Bodies, a_refused_upload_reads_its_answer_while_it_still_sends) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
    client.try_send(std::string(9'000'000, 'x'));
    EXPECT_EQ(client.read_answer().status, 413);
}

TEST(Bodies, go_to_disk_and_leave_with_the_request) {
    Playing playing;
    std::ofstream(playing.folder.path / ("upload-" + std::string(32, 'a') + ".part")) << "of a killed server";
    playing.routes.body_plan = {.limit = 1 << 20, .to_disk = true};
    playing.routes.at["/keep"] = [&](std::shared_ptr<Request const> request, Reply reply) {
        struct stat facts {};
        ::stat(request->body_file.c_str(), &facts);
        EXPECT_EQ(facts.st_mode & 0777, 0600u);
        EXPECT_TRUE(request->body.empty());
        EXPECT_EQ(request->body_size, static_cast<std::uint64_t>(facts.st_size));
        std::filesystem::rename(request->body_file, playing.folder.path / "kept");
        reply(Response(204));
    };
    playing.start();
    std::string const body(300'000, 'y');
    auto const upload = [&](std::string const& path, std::size_t size) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" + body;
    };
    auto const files = [&] {
        return std::distance(std::filesystem::directory_iterator(playing.folder.path),
                             std::filesystem::directory_iterator());
    };
    EXPECT_EQ(files(), 0);
    EXPECT_EQ(playing.ask(upload("/keep", body.size())).status, 204);
    EXPECT_EQ(std::filesystem::file_size(playing.folder.path / "kept"), body.size());
    EXPECT_EQ(playing.ask(upload("/drop", body.size())).status, 200);
    { Client(playing.server->address()).send(upload("/broken-off", body.size() + 1)); }
    EXPECT_TRUE(becomes_true([&] { return files() == 1; }));
}

TEST(Answers, files_shared_bodies_and_statuses_without_body) {
    Playing playing;
    auto const file = playing.folder.path / "page";
    std::string const content(3'000'000, 'z');
    std::ofstream(file) << content;
    playing.routes.at["/file"] = [&](auto, Reply reply) {
        Response response;
        response.file = file;
        reply(std::move(response));
    };
    playing.routes.at["/gone"] = [&](auto, Reply reply) {
        Response response;
        response.file = "/nowhere";
        reply(std::move(response));
    };
    playing.routes.at["/shared"] = [&](auto, Reply reply) {
        Response response;
        response.shared_body = std::make_shared<std::string const>(content);
        reply(std::move(response));
    };
    playing.routes.at["/unchanged"] = [](auto, Reply reply) {
        Response response(304);
        response.body = "x";
        reply(std::move(response));
    };
    playing.start();
    EXPECT_EQ(playing.ask("GET /file HTTP/1.1\r\nHost: a\r\n\r\n").body, content);
    EXPECT_EQ(playing.ask("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n").header("Content-Length"), "3000000");
    EXPECT_EQ(playing.ask("GET /shared HTTP/1.1\r\nHost: a\r\n\r\n").body, content);
    EXPECT_EQ(playing.ask("GET /gone HTTP/1.1\r\nHost: a\r\n\r\n").status, 404);
    Client client(playing.server->address());
    client.send("GET /unchanged HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    auto const unchanged = client.read_answer();
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.header("Content-Length"), "");
    EXPECT_EQ(client.read_answer().body, "GET /a ");
}

TEST(Answers, forgotten_replies_and_failing_handlers_give_500) {
    Playing playing;
    playing.routes.at["/forget"] = [](auto, Reply) {};
    playing.routes.at["/forget-later"] = [&](auto, Reply reply) { playing.server->work([reply] {}); };
    playing.routes.at["/throw"] = [](auto, Reply) { throw std::runtime_error("a test"); };
    playing.routes.at["/throw-later"] = [&](auto, Reply reply) {
        playing.server->work([reply] { throw std::runtime_error("a test"); });
    };
    playing.routes.at["/twice"] = [](auto, Reply reply) {
        reply(Response(201));
        reply(Response(202));
    };
    playing.start();
    for (auto const* path : {"/forget", "/forget-later", "/throw", "/throw-later"})
        EXPECT_EQ(playing.ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n").status, 500) << path;
    EXPECT_EQ(playing.ask("GET /twice HTTP/1.1\r\nHost: a\r\n\r\n").status, 201);
}

TEST(Workers, refuse_what_their_queue_cannot_hold) {
    Playing playing;
    playing.settings.workers = 1;
    playing.settings.worker_queue = 1;
    playing.start();
    Latch begun, go_on;
    ASSERT_TRUE(playing.server->work([&] {
        begun.open();
        go_on.wait();
    }));
    begun.wait();
    EXPECT_TRUE(playing.server->work([] {}));
    EXPECT_FALSE(playing.server->work([] {}));
    go_on.open();
    EXPECT_TRUE(becomes_true([&] { return playing.server->work([] {}); }));
}

TEST(Listening, socket_file_is_the_owners_alone_and_local) {
    Playing playing;
    playing.settings.socket = playing.folder.path / "socket";
    std::ofstream(playing.settings.socket) << "stale";
    std::string peer;
    playing.routes.at["/who"] = [&](std::shared_ptr<Request const> request, Reply reply) {
        EXPECT_TRUE(request->local);
        Response response;
        response.body = request->peer;
        reply(std::move(response));
    };
    playing.start();
    struct stat facts {};
    ASSERT_EQ(::stat(playing.settings.socket.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
    Client client(playing.settings.socket);
    client.send("GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "local");
    playing.server->stop(std::chrono::seconds(1));
    EXPECT_FALSE(std::filesystem::exists(playing.settings.socket));
}

TEST(Listening, says_in_a_sentence_what_is_wrong) {
    Playing playing;
    playing.start();
    auto const sentence = [&](auto change) -> std::string {
        Settings settings = playing.settings;
        change(settings);
        try {
            Server::start(settings, playing.routes);
        } catch (std::runtime_error const& error) { return error.what(); }
        return "started";
    };
    auto const busy = playing.server->address().substr(7);
    EXPECT_EQ(sentence([&](Settings& s) { s.listen = busy; }),
              "Cannot listen on " + busy + ": Address already in use.");
    EXPECT_EQ(sentence([](Settings& s) { s.listen = "8080"; }), "\"8080\" is not host:port.");
    EXPECT_NE(sentence([](Settings& s) {
                  s.tls_certificate = s.tls_key = "/nowhere";
              }).find("The certificate /nowhere cannot be read"),
              std::string::npos);
}

TEST(Listening, more_connections_than_allowed_get_503) {
    Playing playing;
    playing.settings.connections = 2;
    playing.start();
    Client one(playing.server->address());
    Client two(playing.server->address());
    one.send(get);
    two.send(get);
    EXPECT_EQ(one.read_answer().status, 200);
    EXPECT_EQ(two.read_answer().status, 200);
    {
        Client three(playing.server->address());
        auto const answer = three.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.header("Retry-After"), "1");
    }
    one.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(one.read_answer().status, 200);
    EXPECT_TRUE(one.ended_cleanly());
    one.half_close();
    EXPECT_TRUE(becomes_true([&] { return playing.ask(get).status == 200; }));
}

// Processor time of this process, in milliseconds.
long processor_time() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

TEST(Listening, without_descriptors_it_waits_quietly_and_recovers) {
    Playing playing;
    playing.start();
    Client client(playing.server->address());
    client.send(get);
    EXPECT_EQ(client.read_answer().status, 200);
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    int const late = ::socket(AF_INET, SOCK_STREAM, 0);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(late);  // every number below is taken or about to be
    std::vector<int> fillers;
    setrlimit(RLIMIT_NOFILE, &none);
    for (int filler = ::dup(0); filler >= 0; filler = ::dup(0)) fillers.push_back(filler);
    sockaddr_in to{};
    socklen_t size = sizeof to;
    getpeername(client.number(), reinterpret_cast<sockaddr*>(&to), &size);
    ASSERT_EQ(::connect(late, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    ASSERT_EQ(::send(late, get.data(), get.size(), 0), static_cast<ssize_t>(get.size()));
    auto const used = processor_time();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_LT(processor_time() - used, 100);
    setrlimit(RLIMIT_NOFILE, &before);
    for (int filler : fillers) ::close(filler);
    char byte = 0;
    EXPECT_EQ(::recv(late, &byte, 1, 0), 1);
    ::close(late);
}

}  // namespace
}  // namespace patron::http::tests
