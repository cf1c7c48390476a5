// Commands that make businesses, staff and keys.
#include "commands.hpp"

#include <iostream>

namespace patron {
namespace {

struct Founding {
    std::string owner_email, owner_name, business = "My business", slug, currency = "EUR", country = "DE",
                                         time_zone = "Europe/Berlin", locale = "en";
    bool password_stdin = false;
};

void add_founding_options(CLI::App& command, Founding& founding) {
    command.add_option("--owner-email", founding.owner_email, "The owner's e-mail address")->required();
    command.add_option("--owner-name", founding.owner_name, "The owner's name")->required();
    command.add_option("--currency", founding.currency, "ISO 4217")->capture_default_str();
    command.add_option("--country", founding.country, "ISO 3166-1 alpha-2")->capture_default_str();
    command.add_option("--time-zone", founding.time_zone, "IANA")->capture_default_str();
    command.add_option("--locale", founding.locale, "BCP 47")->capture_default_str();
    command.add_flag("--password-stdin", founding.password_stdin, "Read the owner's password from standard input");
}

// The owner signs in with the password, or by the link that is printed.
void found(Client& client, Founding const& founding) {
    JsonObject body{{"business_name", founding.business}, {"currency", founding.currency},
                    {"country", founding.country},        {"time_zone", founding.time_zone},
                    {"locale", founding.locale},          {"owner_name", founding.owner_name},
                    {"owner_email", founding.owner_email}};
    if (founding.password_stdin) body["password"] = read_secret();
    auto const answer = client.post("/local/found", body);
    if (auto const url = text(answer, "url"); !url.empty()) std::cout << url << '\n';
}

}  // namespace

void add_business_removal(CLI::App& command, Settings& settings, Run& run);

std::string read_secret() {
    std::string line;
    std::getline(std::cin, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) throw CommandError("There was no password on standard input.");
    return line;
}

void add_init(CLI::App& app, Settings& settings, Run& run) {
    auto founding = std::make_shared<Founding>();
    auto* command = app.add_subcommand("init", "Make the data folder, the first business and its owner");
    command->add_option("--data", settings.data, "The data folder")->envname("PATRON_DATA")->capture_default_str();
    command->add_option("--database", settings.database, "postgres://… for PostgreSQL")->envname("PATRON_DATABASE");
    add_founding_options(*command, *founding);
    command->add_option("--business", founding->business, "The business's name")->capture_default_str();
    command->callback([&, founding] {
        run = [&settings, founding] {
            auto const client = Client::open(settings, true);
            found(*client, *founding);
            std::cerr << "The business " << founding->business << " is made. Start it with: patron serve --data "
                      << settings.data << '\n';
            return 0;
        };
    });
}

void add_business(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("business", "Businesses on this installation");
    command->require_subcommand(1);
    auto* list = command->add_subcommand("list", "List them");
    add_data_options(*list, settings);
    list->callback([&] {
        run = [&settings] {
            auto const answer = Client::open(settings)->get("/local/businesses");
            for (auto const& one : answer.at("data").as_array())
                std::cout << text(one, "slug") << '\t' << text(one, "name") << '\n';
            return 0;
        };
    });
    auto founding = std::make_shared<Founding>();
    auto* add = command->add_subcommand("add", "Add one");
    add->add_option("slug", founding->slug, "Its short name in addresses: a–z, 0–9, -")->required();
    add->add_option("--name", founding->business, "Its name")->required();
    add->add_option("--data", settings.data, "The data folder")->envname("PATRON_DATA")->capture_default_str();
    add->add_option("--database", settings.database, "postgres://… for PostgreSQL")->envname("PATRON_DATABASE");
    add_founding_options(*add, *founding);
    add->callback([&, founding] {
        run = [&settings, founding] {
            Client::open(settings)->post("/local/businesses", {{"slug", founding->slug}});
            settings.business = founding->slug;
            found(*Client::open(settings), *founding);
            return 0;
        };
    });
    add_business_removal(*command, settings, run);
}

void add_business_removal(CLI::App& command, Settings& settings, Run& run) {
    auto slug = std::make_shared<std::string>();
    auto yes = std::make_shared<bool>(false);
    auto* remove = command.add_subcommand("remove", "Take one away with all its data, for good");
    remove->add_option("slug", *slug, "Its short name")->required();
    remove->add_flag("--yes", *yes, "Do it without asking");
    remove->add_option("--data", settings.data, "The data folder")->envname("PATRON_DATA")->capture_default_str();
    remove->add_option("--database", settings.database, "postgres://… for PostgreSQL")->envname("PATRON_DATABASE");
    remove->callback([&settings, &run, slug, yes] {
        run = [&settings, slug, yes] {
            if (!*yes)
                throw CommandError("This takes all data of " + *slug + " away for good. Say --yes if that is meant.");
            Client::answered(
                Client::open(settings)->send(http::Method::del, "/local/businesses/" + http::percent_encode(*slug)));
            return 0;
        };
    });
}

void add_key(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("key", "API keys");
    command->require_subcommand(1);
    struct Options {
        std::string name, user;
        std::vector<std::string> scopes;
    };
    auto options = std::make_shared<Options>();
    auto* add = command->add_subcommand("add", "Print a new API key");
    add_data_options(*add, settings);
    add->add_option("--name", options->name, "What it is for")->required();
    add->add_option("--user", options->user, "E-mail of the member of staff it acts as; the owner when left out");
    add->add_option("--scopes", options->scopes,
                    "What it may do, such as customers.view; all that its user may when left out")
        ->delimiter(',');
    add->callback([&, options] {
        run = [&settings, options] {
            JsonObject body{{"name", options->name},
                            {"scopes", JsonArray(options->scopes.begin(), options->scopes.end())}};
            if (!options->user.empty()) body["user_email"] = options->user;
            std::cout << text(Client::open(settings)->post("/local/keys", body), "key") << '\n';
            return 0;
        };
    });
}

void add_user(CLI::App& app, Settings& settings, Run& run) {
    struct Options {
        std::string email, name, role = "staff";
        bool password_stdin = false, second_factor = false;
    };
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("user", "Staff");
    command->require_subcommand(1);
    auto* add = command->add_subcommand("add", "Add a member of staff");
    add_data_options(*add, settings);
    add->add_option("--email", options->email, "E-mail address")->required();
    add->add_option("--name", options->name, "Name")->required();
    add->add_option("--role", options->role, "owner, manager, staff or read_only")->capture_default_str();
    add->add_flag("--password-stdin", options->password_stdin,
                  "Read the password from standard input; else an invitation link is printed");
    add->callback([&, options] {
        run = [&settings, options] {
            JsonObject body{{"email", options->email}, {"name", options->name}, {"role", options->role}};
            if (options->password_stdin) body["password"] = read_secret();
            auto const answer = Client::open(settings)->post("/local/users", body);
            if (auto const url = text(answer, "url"); !url.empty()) std::cout << url << '\n';
            return 0;
        };
    });
    auto* list = command->add_subcommand("list", "List staff");
    add_data_options(*list, settings);
    list->callback([&] {
        run = [&settings] {
            auto const answer = Client::open(settings)->get("/local/users");
            for (auto const& one : answer.at("data").as_array())
                std::cout << text(one, "email") << '\t' << text(one, "name") << '\t' << text(one, "role") << '\t'
                          << text(one, "state") << '\n';
            return 0;
        };
    });
    for (auto const& [name, about] :
         {std::pair<char const*, char const*>{"disable", "Take a member of staff's access away"},
          {"reset", "Print a link to set a new password"}}) {
        auto* one = command->add_subcommand(name, about);
        add_data_options(*one, settings);
        one->add_option("email", options->email, "E-mail address")->required();
        if (std::string_view(name) == "reset")
            one->add_flag("--second-factor", options->second_factor,
                          "Take the second factor away as well, of whoever lost it");
        one->callback([&, options, name = std::string(name)] {
            run = [&settings, options, name] {
                auto const client = Client::open(settings);
                if (options->second_factor) client->post("/local/users/second_factor", {{"email", options->email}});
                auto const answer = client->post("/local/users/" + name, {{"email", options->email}});
                if (auto const url = text(answer, "url"); !url.empty()) std::cout << url << '\n';
                return 0;
            };
        });
    }
}

}  // namespace patron
