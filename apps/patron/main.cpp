// patron: the server, its jobs and its web workspace in one program, and the commands beside it.
#include "commands.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <iostream>

int main(int count, char** words) {
    using namespace patron;
    std::signal(SIGPIPE, SIG_IGN);
    spdlog::set_default_logger(spdlog::stderr_logger_mt("patron"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    spdlog::set_level(spdlog::level::warn);

    CLI::App app{"Patron: customers, their history, and everything that can be done for them."};
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "This text");
    Settings settings;
    Run run;
    add_serve(app, settings, run);
    add_init(app, settings, run);
    add_demo(app, settings, run);
    add_business(app, settings, run);
    add_key(app, settings, run);
    add_user(app, settings, run);
    add_import(app, settings, run);
    add_export(app, settings, run);
    add_check(app, settings, run);
    add_audit(app, settings, run);
    app.add_subcommand("openapi", "Print the API description (OpenAPI 3.1)")->callback([&] {
        run = [] {
            std::cout << describe_api() << '\n';
            return 0;
        };
    });
    app.add_subcommand("version", "Print the version")->callback([&] {
        run = [] {
            std::cout << "patron " << PATRON_VERSION << '\n';
            return 0;
        };
    });

    try {
        app.parse(count, words);
    } catch (CLI::ParseError const& error) { return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2; }
    try {
        for (auto const* chosen = &app; chosen;) {
            auto const below = chosen->get_subcommands();
            if (below.empty()) {
                read_settings_file(*chosen, settings);
                break;
            }
            chosen = below.front();
        }
        return run();
    } catch (Problem const& problem) {
        std::cerr << "patron: " << problem.detail << '\n';
    } catch (std::exception const& error) { std::cerr << "patron: " << error.what() << '\n'; }
    return 1;
}
