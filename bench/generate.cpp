// bench_generate: makes a business for measuring.
#include "business.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

int main(int count, char** words) {
    using namespace patron;
    CLI::App app{"Makes a business of any size for measuring, in an empty data folder (and an empty database)."};
    HouseSettings settings;
    std::string data;
    std::uint32_t customers = 10'000;
    app.add_option("--data", data, "The data folder")->required();
    app.add_option("--database", settings.database, "postgres://…; SQLite when left out");
    app.add_option("--customers", customers, "How many, with 20 events each")
        ->capture_default_str()
        ->check(CLI::Range(1, 16'000'000));
    try {
        app.parse(count, words);
    } catch (CLI::ParseError const& error) { return app.exit(error) == 0 ? 0 : 2; }
    try {
        settings.data = data;
        auto const begun = std::chrono::steady_clock::now();
        auto const made = bench::make_business(settings, customers);
        std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
        std::cerr << made.customers << " customers with " << made.events << " events made in "
                  << static_cast<int>(took.count() + 0.5) << " s\n";
        return 0;
    } catch (Problem const& problem) {
        std::cerr << "bench_generate: " << problem.detail << '\n';
    } catch (std::exception const& error) { std::cerr << "bench_generate: " << error.what() << '\n'; }
    return 1;
}
