#include "measuring.hpp"

#include "finding.hpp"
#include "many.hpp"
#include "modules/notes/notes.hpp"
#include "office.hpp"
#include "people.hpp"
#include "raw.hpp"
#include "replay.hpp"
#include "rights.hpp"
#include "server.hpp"
#include "sight.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <unistd.h>

namespace patron::bench {
namespace {

constexpr int page_limit = 50;

// What the bare database is asked, so that it reads what the server reads.
struct Questions {
    std::string one = "SELECT " + column_list<Customer>() + " FROM customers WHERE id=$1";
    std::string first_page =
        "SELECT a.position,a.customer_id,a.events," + column_list<Customer>("c") +
        " FROM customer_activity a JOIN customers c ON c.id=a.customer_id WHERE a.live=1 ORDER BY a.at "
        "DESC,a.customer_id DESC LIMIT 51";
    std::string folder_page = "SELECT a.position,a.customer_id,a.events," + column_list<Customer>("c") +
                              " FROM customer_activity a JOIN customers c ON c.id=a.customer_id WHERE a.live=1 AND "
                              "a.folder_id=$1 ORDER BY c.name_key,a.customer_id LIMIT 51";
    std::string event = "SELECT " + std::string(event_columns) + " FROM spine WHERE position=$1";
    std::string feed = "SELECT CASE WHEN kind='note.written' THEN subject_id ELSE 0 END," + std::string(event_columns) +
                       " FROM spine WHERE customer_id=$1 ORDER BY happened_at DESC,position DESC LIMIT 51";
    std::string note = "SELECT " + column_list<Note>() + " FROM notes WHERE id=$1";
};

constexpr int rounds = 5;

// What one operation took, in seconds: of all rounds the best, and the latencies of all.
struct Taken {
    double cpu = 0, database = 0, per_second = 0, bytes = 0;
    std::vector<double> seconds;

    void better(Taken const& other) {
        if (seconds.empty() || other.cpu + other.database < cpu + database) cpu = other.cpu, database = other.database;
        per_second = std::max(per_second, other.per_second);
        bytes = other.bytes;
        seconds.insert(seconds.end(), other.seconds.begin(), other.seconds.end());
        std::sort(seconds.begin(), seconds.end());
    }
    double at(double share) const { return Latencies{seconds, 0}.at(share); }
};

class Measuring {
  public:
    Measuring(Plan const& plan, Figures& figures) : plan_(plan), figures_(figures) {
        key_ = make_key(plan.program, plan.settings);
        if (plan.instructions) other_key_ = make_key(plan.program, plan.settings, email_of(1));
        if (wanted("sight")) sight_ = std::make_unique<SightCosts>(plan.program, plan.settings);
        raw_ = Raw::open(first_business(plan.settings));
        draw_ids();
    }

    void all() {
        start();
        reads();
        if (wanted("find")) finding();
        if (sight_)
            sight_->measure(
                *server_, [this] { return database_seconds(); },
                [this](auto const& what, auto const& figure, double value) { note(what, figure, value); });
        writes();
        if (wanted("live")) live();
        many();
        server_.reset();
        ::usleep(500'000);  // its connections go, and with them what their processes count
        replays();
        if (wanted("nginx") && !answer_.empty()) nginx();
        if (plan_.instructions && wanted("get")) instructions();
    }

  private:
    Plan const& plan_;
    Figures& figures_;
    std::string key_, other_key_, answer_;
    std::unique_ptr<Raw> raw_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<SightCosts> sight_;
    std::vector<std::int64_t> ids_, folders_;
    Questions questions_;
    People people_;
    int created_ = 0, changed_ = 0;
    Written creates_;

    std::string engine() const { return plan_.settings.database.empty() ? "sqlite" : "postgres"; }
    bool wanted(std::string_view what) const {
        return plan_.filter.empty() || what.find(plan_.filter) != std::string::npos;
    }
    void note(std::string const& what, std::string const& figure, double value) {
        figures_.add(engine(), plan_.customers, what, figure, value);
    }

    void draw_ids();
    void start();
    void reads();
    void read(std::string const& what, int times, std::function<std::string(int)> const& target,
              std::function<void(int)> const& floor);
    void raw_page(std::string const& sql, std::vector<std::int64_t> const& parameters);
    void finding();
    void ask(std::string const& what, std::string const& before, std::vector<std::string> const& targets,
             std::size_t every);
    void writes();
    void write(std::string const& what, int times, int clients, std::function<std::string(int)> const& request,
               Written& written);
    std::string draft();
    void live();
    void many();
    void replays();
    void replay(std::string const& what, Written const& written);
    void nginx();
    void instructions();
    std::uint64_t commits();
    Taken timed(int times, int clients, std::function<std::string(int)> const& request);
    Taken timed_floor(int times, std::function<void(int)> const& floor);
    void note_taken(std::string const& what, std::string const& before, Taken const& taken);
    double database_seconds() const { return plan_.postmaster ? cpu_seconds_below(plan_.postmaster) : 0; }
};

// Always the same customers, all over the business.
void Measuring::draw_ids() {
    auto const first = raw_->number("SELECT min(id) FROM customers"),
               last = raw_->number("SELECT max(id) FROM customers");
    Dice dice(7);
    for (int i = 0; i < 1'000; ++i) {
        auto const share = (dice.below(1'000'000) + 0.5) / 1e6;
        auto const from = first + static_cast<std::int64_t>(share * static_cast<double>(last - first));
        ids_.push_back(raw_->number("SELECT id FROM customers WHERE id>=$1 ORDER BY id LIMIT 1", {from}));
    }
    folders_ = raw_->read("SELECT id FROM folders ORDER BY rank,id", {});
}

void Measuring::start() {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        server_.reset();
        server_ = std::make_unique<Server>(plan_.program, plan_.settings);
        best = std::min(best, server_->seconds_to_first_answer());
    }
    note("start", "first_answer_ms", best * 1e3);
    Client client(server_->port(), 1);
    answer_ = client.ask_once(get_request("/api/v1/customers/" + Id<Customer>{ids_.front()}.text(), key_));
    client.ask_once(get_request("/api/v1/customers?limit=1", key_));
    note("start", "settled_s", server_->settle());
    note("start", "resident_mb", static_cast<double>(resident_bytes(server_->pid())) / 1048576);
}

Taken Measuring::timed(int times, int clients, std::function<std::string(int)> const& request) {
    Client client(server_->port(), clients);
    auto const cpu = cpu_seconds(server_->pid()), below = database_seconds();
    Taken taken;
    std::size_t bytes = 0;
    auto const latencies = client.ask(times, request, [&](std::string const& body) { bytes += body.size(); });
    auto const count = static_cast<double>(times);
    taken.cpu = (cpu_seconds(server_->pid()) - cpu) / count;
    taken.database = (database_seconds() - below) / count;
    taken.per_second = count / latencies.wall;
    taken.bytes = static_cast<double>(bytes) / count;
    taken.seconds = latencies.seconds;
    return taken;
}

Taken Measuring::timed_floor(int times, std::function<void(int)> const& floor) {
    auto const cpu = own_cpu_seconds(), below = database_seconds();
    Taken taken;
    for (int i = 0; i < times; ++i) {
        auto const begun = now_seconds();
        floor(i);
        taken.seconds.push_back(now_seconds() - begun);
    }
    taken.cpu = (own_cpu_seconds() - cpu) / times;
    taken.database = (database_seconds() - below) / times;
    return taken;
}

void Measuring::note_taken(std::string const& what, std::string const& before, Taken const& taken) {
    note(what, before + "cpu_us", taken.cpu * 1e6);
    if (plan_.postmaster) note(what, before + "database_us", taken.database * 1e6);
    note(what, before + "p50_us", taken.at(0.5) * 1e6);
    note(what, before + "p99_us", taken.at(0.99) * 1e6);
    if (taken.per_second > 0) note(what, before + "per_second", taken.per_second);
}

// Server and floor take turns, so that what else the machine does meets both; the best round of each counts.
void Measuring::read(std::string const& what, int times, std::function<std::string(int)> const& target,
                     std::function<void(int)> const& floor) {
    if (!wanted(what)) return;
    std::cerr << what << ' ' << std::flush;
    auto const request = [&](int i) { return get_request("/api/v1" + target(i), key_); };
    auto const warm = std::min(times, static_cast<int>(ids_.size()));
    Client(server_->port(), 1).ask(warm, request);
    for (int i = 0; i < warm; ++i) floor(i);
    Taken asked, bare;
    for (int round = 0; round < rounds; ++round) {
        asked.better(timed(times / rounds, 1, request));
        bare.better(timed_floor(times / rounds, floor));
    }
    note_taken(what, "", asked);
    note(what, "bytes", asked.bytes);
    note_taken(what, "floor_", bare);
}

void Measuring::raw_page(std::string const& sql, std::vector<std::int64_t> const& parameters) {
    for (auto const position : raw_->read(sql, parameters)) raw_->read(questions_.event, {position});
}

void Measuring::reads() {
    auto const id = [&](int i) { return ids_[static_cast<std::size_t>(i) % ids_.size()]; };
    auto const folder = [&](int i) { return folders_[static_cast<std::size_t>(i) % folders_.size()]; };
    auto const at = [&](int i) { return "/customers/" + Id<Customer>{id(i)}.text(); };
    auto const limit = "limit=" + std::to_string(page_limit);
    read("get", 10'000, at, [&](int i) { raw_->read(questions_.one, {id(i)}); });
    read(
        "timeline", 2'000, [&](int i) { return at(i) + "/timeline?" + limit; },
        [&](int i) {
            for (auto const note : raw_->read(questions_.feed, {id(i)}))
                if (note) raw_->read(questions_.note, {note});
        });
    read(
        "first page", 500, [&](int) { return "/customers?shape=row&" + limit; },
        [&](int) { raw_page(questions_.first_page, {}); });
    // A large folder by name is what the plain tables answer slowest.
    auto const times = plan_.customers > 100'000 ? 30 : 300;
    read(
        "folder page", times,
        [&](int i) {
            return "/customers?shape=row&sort=display_name&folder_id=" + Id<Folder>{folder(i)}.text() + '&' + limit;
        },
        [&](int i) { raw_page(questions_.folder_page, {folder(i)}); });
}

// Asks each, or each so many-th, once.
void Measuring::ask(std::string const& what, std::string const& before, std::vector<std::string> const& targets,
                    std::size_t every) {
    note_taken(what, before, timed(static_cast<int>(targets.size() / every), 1, [&](int i) {
                   return get_request("/api/v1" + targets[static_cast<std::size_t>(i) * every], key_);
               }));
}

// Without an index the database answers the same by SQL; so much slower that it is asked fewer of them.
void Measuring::finding() {
    std::cerr << "find " << std::flush;
    auto const questions = finding_questions(*raw_, ids_);
    for (auto const* sort : {"display_name", "customer_since"})
        Client(server_->port(), 1).ask_once(get_request(std::string("/api/v1/customers?limit=1&sort=") + sort, key_));
    ask("find, filter", "", questions.filters, 1);
    ask("find, keystroke", "", questions.keystrokes, 1);
    server_.reset();
    auto without_index = plan_.settings;
    without_index.index_memory = 0;
    server_ = std::make_unique<Server>(plan_.program, without_index);
    server_->settle();
    ask("find, filter", "floor_", questions.filters, 20);
    ask("find, keystroke", "floor_", questions.keystrokes, 100);
    server_.reset();
    server_ = std::make_unique<Server>(plan_.program, plan_.settings);
    Client(server_->port(), 1).ask_once(get_request("/api/v1/customers?limit=1", key_));
    server_->settle();
}

std::string Measuring::draft() {
    auto const person = people_.person(9'000'000u + static_cast<std::uint32_t>(created_++));
    std::string body = "{";
    each_member<Customer>([&](std::string_view name, auto pointer) {
        if (name != "given_name" && name != "family_name" && name != "company_name" && name != "emails" &&
            name != "phones" && name != "addresses" && name != "language")
            return;
        if (body.size() > 1) body += ',';
        ((body += '"') += name) += "\":";
        write_json(body, person.*pointer);
    });
    return body + ",\"source\":\"Website\",\"tag_ids\":[]}";
}

std::uint64_t Measuring::commits() {
    auto const text = Client(server_->port(), 1).ask_once(get_request("/metrics", ""));
    auto const at = text.find("\npatron_commits_total ");
    return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + 22, nullptr, 10);
}

void Measuring::write(std::string const& what, int times, int clients, std::function<std::string(int)> const& request,
                      Written& written) {
    std::cerr << what << ' ' << std::flush;
    Client(server_->port(), clients).ask(times / 10, request);
    written.begin(*raw_);
    auto const before = commits();
    Taken taken;
    for (int round = 0; round < rounds; ++round) taken.better(timed(times / rounds, clients, request));
    auto const groups = std::max<std::uint64_t>(commits() - before, 1);
    written.end(times, static_cast<int>((static_cast<std::uint64_t>(times) + groups / 2) / groups));
    note_taken(what, "", taken);
    note(what, "group", static_cast<double>(times) / static_cast<double>(groups));
}

void Measuring::writes() {
    Written unused;
    auto const post = [&](int) { return body_request("POST", "/api/v1/customers", key_, draft()); };
    if (wanted("update"))
        write(
            "update", 1'000, 1,
            [&](int i) {
                auto const id = ids_[static_cast<std::size_t>(i) % ids_.size()];
                return body_request("PATCH", "/api/v1/customers/" + Id<Customer>{id}.text(), key_,
                                    "{\"company_name\":\"Company " + std::to_string(i) + "\"}");
            },
            unused);
    if (wanted("create")) write("create", 1'000, 1, post, unused);
    if (!wanted("create, 16 clients")) return;
    // As a machine does it that nobody confines: one thread writes, others read and answer meanwhile.
    let_run_anywhere(server_->pid());
    write("create, 16 clients", 4'000, 16, post, creates_);
    keep_on(server_->pid(), measured_core);
}

// From the moment a change is sent until whoever follows the stream has heard of it.
void Measuring::live() {
    std::cerr << "live " << std::flush;
    Stream stream(server_->port(), get_request("/api/v1/live", key_));
    Client client(server_->port(), 1);
    Latencies latencies;
    for (int i = 0; i < 300; ++i) {
        auto const id = Id<Customer>{ids_[static_cast<std::size_t>(i) % ids_.size()]}.text();
        auto const request = body_request("PATCH", "/api/v1/customers/" + id, key_,
                                          "{\"company_name\":\"Live " + std::to_string(i) + "\"}");
        auto const begun = now_seconds();
        client.ask_once(request);
        while (stream.next().find(id) == std::string::npos) {}
        latencies.seconds.push_back(now_seconds() - begun);
    }
    std::sort(latencies.seconds.begin(), latencies.seconds.end());
    note("live", "p50_us", latencies.at(0.5) * 1e6);
    note("live", "p99_us", latencies.at(0.99) * 1e6);
}

// What is done to those who came first, as many as the plan says.
void Measuring::many() {
    auto const last =
        plan_.many == 0 ? 0
                        : raw_->number("SELECT created_at FROM customers ORDER BY id LIMIT 1 OFFSET $1", {plan_.many});
    auto const filter =
        last == 0 ? std::string(R"({"all":[]})") : R"({"field":"created_at","lt":")" + to_text(Time{last}) + "\"}";
    ManyAtOnce(*server_, key_, filter, [this] { return draft(); })
        .measure([this](std::string_view what) { return wanted(what); },
                 [this](auto const& what, auto const& figure, double value) { note(what, figure, value); });
}

void Measuring::replays() {
    if (creates_.units) replay("create, 16 clients", creates_);
}

void Measuring::replay(std::string const& what, Written const& written) {
    std::cerr << "replay " << std::flush;
    auto const cpu = own_cpu_seconds(), below = database_seconds();
    note(what, "floor_per_second", written.again(*raw_, rounds));
    note(what, "floor_cpu_us", (own_cpu_seconds() - cpu) / written.units * 1e6);
    if (plan_.postmaster) note(what, "floor_database_us", (database_seconds() - below) / written.units * 1e6);
}

void Measuring::nginx() {
    std::cerr << "nginx " << std::flush;
    Nginx const nginx(plan_.folder / "nginx", answer_);
    Client client(nginx.port(), 1);
    auto const request = [](int) { return get_request("/file", ""); };
    client.ask(1'000, request);
    constexpr int times = 4'000;
    double best = 1, p50 = 1;
    for (int round = 0; round < rounds; ++round) {
        auto const cpu = cpu_seconds(nginx.worker());
        auto const latencies = client.ask(times, request);
        best = std::min(best, (cpu_seconds(nginx.worker()) - cpu) / times);
        p50 = std::min(p50, latencies.at(0.5));
    }
    note("get", "nginx_us", best * 1e6);
    note("get", "nginx_p50_us", p50 * 1e6);
}

// All that the process did in user space between two looks, counted by callgrind: exact, and fifty times as slow.
void Measuring::instructions() {
    std::cerr << "instructions " << std::flush;
    constexpr int different = 100;
    auto const out = plan_.folder / "callgrind.out";
    Server server(plan_.program, plan_.settings,
                  {"valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=" + out.string()});
    server.settle();
    Client client(server.port(), 1);
    auto const ask = [&](int times, std::string const& key) {
        client.ask(times, [&](int i) {
            auto const id = Id<Customer>{ids_[static_cast<std::size_t>(i) % different]};
            return get_request("/api/v1/customers/" + id.text(), key);
        });
    };
    auto const pid = std::to_string(server.pid());
    auto const count = [&](int part, std::function<void()> const& work) {
        output_of({"sh", "-c", "callgrind_control --zero " + pid + " 2>&1"});
        work();
        output_of({"sh", "-c", "callgrind_control --dump " + pid + " 2>&1"});
        std::ifstream dump(out.string() + '.' + std::to_string(part));
        double sum = 0;
        for (std::string line; std::getline(dump, line);)
            if (line.starts_with("totals: ") || line.starts_with("summary: "))
                sum = std::max(sum, std::stod(line.substr(line.find(' '))));
        return sum;
    };
    // Who looked at whom is written once a minute: the looks of these stand in the audit log before it is counted, and
    // are counted apart for somebody else, who looks for the first time.
    ask(different, key_);
    ask(different, key_);
    server.settle();
    constexpr int times = 500;
    note("get", "instructions", count(1, [&] { ask(times, key_); }) / times);
    note("get", "instructions_first", count(2, [&] {
                                          ask(different, other_key_);
                                          server.settle();
                                      }) / different);
}

}  // namespace

void measure(Plan const& plan, Figures& figures) {
    std::filesystem::create_directories(plan.folder);
    stay_on(asking_core);
    Measuring(plan, figures).all();
    std::cerr << '\n';
}

}  // namespace patron::bench
