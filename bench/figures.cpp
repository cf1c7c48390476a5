#include "figures.hpp"

#include "many.hpp"
#include "sight.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

namespace patron::bench {
namespace {

constexpr char const* operations_in_order[] = {
    "get",    "timeline", "first page",         "folder page", "find, filter", "find, keystroke",
    "update", "create",   "create, 16 clients", "live"};
constexpr char const* engines[] = {"sqlite", "postgres"};

std::string shown(std::optional<double> value, char const* form = "%.0f") {
    if (!value) return "–";
    char text[40];
    std::snprintf(text, sizeof text, form, *value);
    return text;
}

std::optional<double> sum(std::optional<double> one, std::optional<double> other) {
    if (!one) return other;
    return *one + other.value_or(0);
}

std::optional<double> ratio(std::optional<double> one, std::optional<double> other) {
    if (!one || !other || *other <= 0) return {};
    return *one / *other;
}

std::string goal(std::string const& name, std::optional<double> value, double limit, bool at_most, char const* form) {
    auto text = "| " + name + " | " + shown(value, form) + " | " + (at_most ? "≤ " : "≥ ") + shown(limit, form) + " | ";
    if (!value) return text + "not measured |\n";
    return text + ((at_most ? *value <= limit : *value >= limit) ? "met" : "**missed**") + " |\n";
}

}  // namespace

Figures::Figures(std::filesystem::path file) : file_(std::move(file)) {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
        std::istringstream parts(line);
        std::string engine, customers, what, figure, value;
        std::getline(parts, engine, '\t');
        std::getline(parts, customers, '\t');
        std::getline(parts, what, '\t');
        std::getline(parts, figure, '\t');
        std::getline(parts, value, '\t');
        values_[{engine, std::stoll(customers), what, figure}] = std::stod(value);
    }
}

void Figures::add(std::string const& engine, std::int64_t customers, std::string const& what, std::string const& figure,
                  double value) {
    values_[{engine, customers, what, figure}] = value;
    std::ofstream(file_, std::ios::app) << engine << '\t' << customers << '\t' << what << '\t' << figure << '\t'
                                        << value << '\n';
}

std::optional<double> Figures::get(std::string const& engine, std::int64_t customers, std::string const& what,
                                   std::string const& figure) const {
    auto const found = values_.find({engine, customers, what, figure});
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::pair<std::int64_t, std::int64_t> Figures::sizes(std::string const& engine) const {
    std::set<std::int64_t> all;
    for (auto const& [key, value] : values_)
        if (std::get<0>(key) == engine) all.insert(std::get<1>(key));
    return all.empty() ? std::pair<std::int64_t, std::int64_t>{} : std::pair{*all.begin(), *all.rbegin()};
}

std::string Figures::operations() const {
    std::string text =
        "| engine | customers | what | CPU µs | database µs | p50 µs | p99 µs | a second | floor CPU µs | floor p50 µs "
        "| "
        "floor a second | CPU ÷ floor |\n|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (auto const* engine : engines) {
        std::set<std::int64_t> all;
        for (auto const& [key, value] : values_)
            if (std::get<0>(key) == engine) all.insert(std::get<1>(key));
        for (auto const customers : all)
            for (auto const* what : operations_in_order) {
                auto const of = [&](char const* figure) { return get(engine, customers, what, figure); };
                if (!of("p50_us")) continue;
                auto const floor = sum(of("floor_cpu_us"), of("floor_database_us"));
                text += std::string("| ") + engine + " | " + std::to_string(customers) + " | " + what + " | " +
                        shown(of("cpu_us")) + " | " + shown(of("database_us")) + " | " + shown(of("p50_us")) + " | " +
                        shown(of("p99_us")) + " | " + shown(of("per_second")) + " | " + shown(floor, "%.1f") + " | " +
                        shown(of("floor_p50_us"), "%.1f") + " | " + shown(of("floor_per_second")) + " | " +
                        shown(ratio(sum(of("cpu_us"), of("database_us")), floor), "%.1f") + " |\n";
            }
    }
    return text;
}

std::string Figures::work_on_many() const {
    std::string text;
    for (std::string const engine : engines)
        for (auto const* action : many_actions)
            for (std::string const way : {"", ", undo"}) {
                auto const what = std::string("many, ") + action + way;
                auto const customers = sizes(engine).second;
                auto const of = [&](char const* figure) { return get(engine, customers, what, figure); };
                if (!of("seconds")) continue;
                text += "| " + engine + " | " + std::to_string(customers) + " | " + what.substr(6) + " | " +
                        shown(of("customers")) + " | " + shown(of("seconds"), "%.1f") + " | " +
                        shown(ratio(of("customers"), of("seconds"))) + " | " + shown(of("cpu_us")) + " | " +
                        shown(of("resident_mb")) + " | " + shown(of("create_p99_ms"), "%.1f") + " | " +
                        shown(of("create_worst_ms"), "%.1f") + " | " + shown(of("get_p99_ms"), "%.1f") + " |\n";
            }
    if (text.empty()) return text;
    return "\n| engine | customers | done to many | to | seconds | a second | CPU µs each | resident MB at most | "
           "create p99 "
           "ms | create worst ms | get p99 ms |\n|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n" +
           text;
}

std::string Figures::goals() const {
    std::string text = "| goal | measured | wanted | |\n|---|--:|--:|---|\n";
    for (std::string const engine : engines) {
        auto const [small, large] = sizes(engine);
        if (!large) continue;
        auto const growth = [&, s = small, l = large](char const* what, char const* figure, char const* database) {
            return ratio(sum(get(engine, l, what, figure), get(engine, l, what, database)),
                         sum(get(engine, s, what, figure), get(engine, s, what, database)));
        };
        if (engine == "sqlite") {
            text += goal("sqlite: get one, CPU in nginx's for a file of the same size",
                         ratio(get(engine, small, "get", "cpu_us"), get(engine, small, "get", "nginx_us")), 3, true,
                         "%.1f");
            text += goal("sqlite: get one, user instructions", get(engine, small, "get", "instructions"), 60'000, true,
                         "%.0f");
            if (auto const first = get(engine, small, "get", "instructions_first"))
                text +=
                    "| sqlite: … and when it is a look that the audit log is told of | " + shown(first) + " | | |\n";
        }
        if (large > small)
            for (auto const* what : {"get", "timeline"}) {
                auto const floor = growth(what, "floor_cpu_us", "floor_database_us");
                text += goal(engine + ": " + what + ", growth from " + std::to_string(small) + " to " +
                                 std::to_string(large) + " customers",
                             growth(what, "cpu_us", "database_us"), floor.value_or(0) * 1.2, true, "%.2f");
            }
        for (auto const& [what, most] : {std::pair{"find, filter", 16.0}, std::pair{"find, keystroke", 10.0}})
            if (auto const p99 = get(engine, large, what, "p99_us"))
                text += goal(engine + ", " + std::to_string(large) + " customers: " + what + ", p99 ms", *p99 / 1e3,
                             most, true, "%.1f");
        for (auto const customers : std::set{small, large}) {
            auto const name = engine + ", " + std::to_string(customers) + " customers: ";
            text += goal(name + "durable creates with 16 clients, share of the bare database's",
                         ratio(get(engine, customers, "create, 16 clients", "per_second"),
                               get(engine, customers, "create, 16 clients", "floor_per_second")),
                         0.5, false, "%.2f");
            // 60 MB for the server, and what the index may take of a customer.
            text +=
                goal(name + "resident memory idle, with the index, MB", get(engine, customers, "start", "resident_mb"),
                     60 + static_cast<double>(customers) * 700 / 1048576, true, "%.0f");
            text +=
                goal(name + "at rest after start, s", get(engine, customers, "start", "settled_s"), 60, true, "%.0f");
            for (auto const* asker : sight_askers)
                for (auto const* question : sight_questions) {
                    auto const what = std::string("sight, ") + question;
                    if (auto const cost =
                            ratio(get(engine, customers, what, asker), get(engine, customers, what, "everybody")))
                        text += goal(name + question + " for who sees " + asker + ", CPU in the owner's", cost, 1.2,
                                     true, "%.2f");
                }
            for (auto const* change : sight_changes)
                if (auto const took = get(engine, customers, "sight, change", change))
                    text += goal(name + "a person's customers known anew after a change " + change + ", CPU ms", took,
                                 50, true, "%.1f");
            text += goal(name + "first answer after start, ms", get(engine, customers, "start", "first_answer_ms"), 300,
                         true, "%.0f");
        }
    }
    return text;
}

std::string Figures::report() const { return operations() + work_on_many() + "\n" + goals(); }

}  // namespace patron::bench
