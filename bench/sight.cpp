#include "sight.hpp"

#include "describe/json.hpp"
#include "rights.hpp"

#include <algorithm>
#include <iostream>
#include <limits>

namespace patron::bench {
namespace {

constexpr int rounds = 5, times_each = 4, changes = 40;

// The roles of those who ask, in the order of their names.
constexpr std::string_view roles[] = {"field", "sales", "support", "partner"};

constexpr std::string_view lists[] = {
    "",
    "&sort=display_name",
    "&sort=-created_at&newsletter=true",
    "&sort=display_name&newsletter=false&kind=person",
    "&sort=-updated_at&custom.class=b",
    "&sort=created_at&created_at[gte]=2024-01-01&source=Website",
    "&sort=-display_name&language=de",
    "&sort=customer_since&source=Phone",
    "&filter=%7B%22any%22:%5B%7B%22field%22:%22custom.class%22,%22is%22:%22a%22%7D,%7B%22field%22:%22source%22,%22is%"
    "22:"
    "%22Advert%22%7D%5D%7D",
    "&sort=-created_at&filter=%7B%22field%22:%22name%22,%22contains%22:%22mann%22%7D"};

constexpr std::string_view searches[] = {"a",      "an",       "ann",      "anna",  "anna k",     "weber",
                                         "schafr", "hernandz", "+49 30",   "01512", "backerei",   "gmbh hamb",
                                         "berlin", "newslet",  "kuehn pe", "xqzzk", "example.co", "nowak ag"};

constexpr std::string_view counts[] = {
    "by=status_id", "by=kind&filter=%7B%22field%22:%22newsletter%22,%22is%22:true%7D",
    "by=source",    "by=language&filter=%7B%22field%22:%22created_at%22,%22gte%22:%222024-01-01%22%7D",
    "by=tag_id",    "by=created_at"};

template <std::size_t Size>
std::vector<std::string> targets(std::string_view before, std::string_view const (&of)[Size]) {
    std::vector<std::string> all;
    for (auto const one : of) {
        all.emplace_back(before);
        for (char const c : one) {
            if (c == ' ') all.back() += "%20";
            else if (c == '+') all.back() += "%2B";
            else if (c == '[') all.back() += "%5B";
            else if (c == ']') all.back() += "%5D";
            else all.back() += c;
        }
    }
    return all;
}

std::string first_id(Client& client, std::string const& target, std::string const& key) {
    auto const page = parse_own_json(client.ask_once(get_request(target, key)));
    return std::string(page.at("data").as_array().at(0).at("id").as_string());
}

}  // namespace

SightCosts::SightCosts(std::filesystem::path const& program, HouseSettings const& settings) {
    askers_.push_back({"everybody", make_key(program, settings)});
    for (std::size_t i = 0; i < std::size(roles); ++i)
        for (int number = 0; number < staff_count; ++number)
            if (role_key_of(number) == roles[i]) {
                askers_.push_back({sight_askers[i], make_key(program, settings, email_of(number))});
                break;
            }
}

void SightCosts::measure(Server const& server, std::function<double()> const& database_seconds, Note const& note) {
    std::cerr << "sight " << std::flush;
    questions(server, database_seconds, note);
    changes_of_rights(server, note);
}

// Asks everything once, and opens all customers that come: how much is new to somebody is another matter than sight.
void SightCosts::look_at_all(Client& client, std::vector<std::string> const& targets) {
    for (auto const& asker : askers_) {
        std::vector<std::string> ids;
        client.ask(
            static_cast<int>(targets.size()),
            [&](int i) { return get_request(targets[static_cast<std::size_t>(i)], asker.key); },
            [&](std::string const& body) {
                auto const page = parse_own_json(body);
                for (auto const& row : page.at("data").as_array())
                    if (auto const* id = row.as_object().if_contains("id")) ids.emplace_back(id->as_string());
            });
        client.ask(static_cast<int>(ids.size()), [&](int i) {
            auto const& id = ids[static_cast<std::size_t>(i)];
            return body_request("POST", "/api/v1/customers/" + id + "/seen", asker.key, "{}");
        });
    }
}

// Whoever asks takes turns, so that what else the machine does falls on all of them.
void SightCosts::questions(Server const& server, std::function<double()> const& database_seconds, Note const& note) {
    Client client(server.port(), 1);
    std::vector<std::string> const asked[] = {targets("/api/v1/customers?shape=row&limit=50", lists),
                                              targets("/api/v1/customers?shape=row&limit=20&q=", searches),
                                              targets("/api/v1/customers/tally?", counts)};
    for (std::size_t kind = 0; kind < std::size(asked); ++kind) {
        look_at_all(client, asked[kind]);
        auto const times = times_each * static_cast<int>(asked[kind].size());
        std::vector<double> best(askers_.size(), std::numeric_limits<double>::max());
        for (int round = 0; round < rounds; ++round)
            for (std::size_t who = 0; who < askers_.size(); ++who) {
                auto const begun = cpu_seconds(server.pid()) + database_seconds();
                client.ask(times, [&](int i) {
                    return get_request(asked[kind][static_cast<std::size_t>(i) % asked[kind].size()], askers_[who].key);
                });
                best[who] = std::min(best[who], (cpu_seconds(server.pid()) + database_seconds() - begun) / times);
            }
        for (std::size_t who = 0; who < askers_.size(); ++who)
            note(std::string("sight, ") + sight_questions[kind], askers_[who].name, best[who] * 1e6);
    }
}

// The first question after a change takes longer than the same one again by what it takes to know one's customers anew.
void SightCosts::changes_of_rights(Server const& server, Note const& note) {
    Client client(server.port(), 1);
    auto const& owner = askers_.front().key;
    auto const first = [&](std::string const& target) { return first_id(client, "/api/v1/" + target, owner); };
    auto const role = first("roles?key=field"), team = first("teams?name=Team%204"),
               folder = first("folders?name=District%2020");
    auto const change = [&](std::string const& target, std::string const& body) {
        client.ask_once(body_request("PATCH", "/api/v1/" + target, owner, body));
    };
    struct Change {
        char const* what;
        std::function<void(int)> make;
    };
    auto const kept = parse_own_json(client.ask_once(get_request("/api/v1/teams/" + team, owner)));
    auto const whole = kept.at("user_ids").as_array();
    auto fewer = whole;
    fewer.pop_back();
    Change const kinds[] = {
        {sight_changes[0],
         [&](int i) { change("roles/" + role, i % 2 ? R"({"visibility":"own"})" : R"({"visibility":"team"})"); }},
        {sight_changes[1],
         [&](int i) {
             change("folders/" + folder,
                    i % 2 ? R"({"access":[]})" : R"({"access":[{"to":")" + role + R"(","level":"see"}]})");
         }},
        {sight_changes[2], [&](int i) {
             change("teams/" + team, to_json(JsonObject{{"user_ids", i % 2 ? whole : fewer}}));
         }}};
    auto const took = [&](std::string const& key) {
        auto const begun = cpu_seconds(server.pid());
        client.ask_once(get_request("/api/v1/customers?shape=row&limit=50", key));
        return cpu_seconds(server.pid()) - begun;
    };
    for (auto const& kind : kinds) {
        double worst = 0;
        for (int i = 0; i < changes; ++i) {
            auto const& key = askers_[static_cast<std::size_t>(1 + i / 2 % 2)].key;
            kind.make(i);
            auto const anew = took(key);
            worst = std::max(worst, anew - std::min(took(key), took(key)));
        }
        note("sight, change", kind.what, worst * 1e3);
    }
}

}  // namespace patron::bench
