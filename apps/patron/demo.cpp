// The believable business that newcomers explore: made by modules/demo, the same every time.
#include "commands.hpp"

#include <iostream>

namespace patron {

void add_demo(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("demo", "Load a small business to explore into an empty data folder");
    add_data_options(*command, settings);
    command->callback([&] {
        run = [&settings] {
            auto const answer = Client::open(settings, true)->post("/local/demo", {});
            std::cout << "Sign in as " << std::string_view(answer.at("email").as_string()) << " with the password "
                      << std::string_view(answer.at("password").as_string()) << '\n';
            return 0;
        };
    });
}

}  // namespace patron
