// The believable business that newcomers explore: made by src/demo, the same every time.
#include "commands.hpp"
#include "demo/demo.hpp"

#include <iostream>

namespace patron {

void add_demo(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("demo", "Load a small business to explore into an empty data folder");
    add_data_options(*command, settings);
    command->callback([&] {
        run = [&settings] {
            auto const client = Client::open(settings);
            auto const signing_in = demo::load([&](http::Method method, std::string const& path, JsonObject const& body) {
                return Client::answered(client->send(method, path, to_json(body)));
            });
            std::cout << "Sign in as " << signing_in.email << " with the password " << signing_in.password << '\n';
            return 0;
        };
    });
}

}  // namespace patron
