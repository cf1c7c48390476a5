#include "many.hpp"

#include "describe/json.hpp"

#include <algorithm>
#include <atomic>
#include <iostream>
#include <thread>
#include <unistd.h>

namespace patron::bench {
namespace {

constexpr useconds_t between_looks_us = 250'000, between_others_us = 5'000;

// Somebody who makes a customer and opens them, again and again.
class SomebodyElse {
  public:
    SomebodyElse(int port, std::string const& key, std::function<std::string()> const& draft)
        : thread_([this, port, key, draft] {
              try {
                  Client client(port, 1);
                  while (!done_) {
                      auto const made = timed(client, body_request("POST", "/api/v1/customers", key, draft()), creates);
                      auto const id = std::string(parse_own_json(made).at("id").as_string());
                      timed(client, get_request("/api/v1/customers/" + id, key), gets);
                      ::usleep(between_others_us);
                  }
              } catch (std::exception const& error) { failed_ = error.what(); }
          }) {}
    ~SomebodyElse() {
        if (thread_.joinable()) end();
    }
    void end() {
        done_ = true;
        thread_.join();
        if (!failed_.empty()) throw std::runtime_error(failed_);
        std::sort(creates.begin(), creates.end());
        std::sort(gets.begin(), gets.end());
    }
    std::vector<double> creates, gets;

  private:
    static std::string timed(Client& client, std::string const& request, std::vector<double>& seconds) {
        auto const begun = now_seconds();
        auto answer = client.ask_once(request);
        seconds.push_back(now_seconds() - begun);
        return answer;
    }
    std::atomic<bool> done_{false};
    std::string failed_;
    std::thread thread_;
};

}  // namespace

std::string ManyAtOnce::first_id(std::string const& target) {
    auto const page = parse_own_json(Client(server_.port(), 1).ask_once(get_request("/api/v1/" + target, key_)));
    return std::string(page.at("data").as_array().at(0).at("id").as_string());
}

std::string ManyAtOnce::post(std::string const& target, std::string const& body) {
    auto const answer =
        parse_own_json(Client(server_.port(), 1).ask_once(body_request("POST", "/api/v1/" + target, key_, body)));
    return std::string(answer.at("id").as_string());
}

std::string ManyAtOnce::action(std::string_view name) {
    if (name == "tag") return R"({"add_tags":[")" + first_id("tags?name=Tender") + R"("]})";
    if (name == "set a field") return R"({"set_field":{"field":"custom.visits","value":7777}})";
    if (name == "move") return R"({"move_to":")" + first_id("folders?name=Old%20cases") + R"("})";
    if (name == "assign")
        return R"({"assign":{"user_id":")" + first_id("users?sort=-name&limit=1") + R"(","responsible":true}})";
    if (name == "delete") return R"({"delete":true})";
    return R"({"export":{"format":"csv"}})";
}

void ManyAtOnce::measure(std::function<bool(std::string_view)> const& wanted, Note const& note) {
    for (std::string const name : many_actions) {
        auto const what = "many, " + name;
        if (!wanted(what)) continue;
        std::cerr << what << ' ' << std::flush;
        auto const begun = now_seconds();
        auto const job = post("bulk", R"({"filter":)" + filter_ + R"(,"action":)" + action(name) + "}");
        note(what, "answer_ms", (now_seconds() - begun) * 1e3);
        watch(job, what, note);
        if (name == "export") continue;
        post("jobs/" + job + "/undo", "{}");
        watch(job, what + ", undo", note);
    }
}

void ManyAtOnce::watch(std::string const& job, std::string const& what, Note const& note) {
    Client client(server_.port(), 1);
    auto const begun = now_seconds(), cpu = cpu_seconds(server_.pid());
    std::int64_t resident = resident_bytes(server_.pid()), done = 0;
    SomebodyElse other(server_.port(), key_, draft_);
    for (bool working = true; working; ::usleep(between_looks_us)) {
        auto const now = parse_own_json(client.ask_once(get_request("/api/v1/jobs/" + job, key_)));
        auto const state = now.at("state").as_string();
        working = state == "queued" || state == "running";
        done = now.at("done").to_number<std::int64_t>();
        resident = std::max(resident, resident_bytes(server_.pid()));
        if (!working && !now.at("problem").is_null())
            throw std::runtime_error(what + " did not end well: " + std::string(now.at("problem").as_string()));
    }
    auto const took = now_seconds() - begun;
    other.end();
    note(what, "customers", static_cast<double>(done));
    note(what, "seconds", took);
    note(what, "cpu_us",
         (cpu_seconds(server_.pid()) - cpu) / static_cast<double>(std::max<std::int64_t>(done, 1)) * 1e6);
    note(what, "resident_mb", static_cast<double>(resident) / 1048576);
    note(what, "create_p99_ms", Latencies{other.creates, 0}.at(0.99) * 1e3);
    note(what, "create_worst_ms", other.creates.back() * 1e3);
    note(what, "get_p99_ms", Latencies{other.gets, 0}.at(0.99) * 1e3);
}

}  // namespace patron::bench
