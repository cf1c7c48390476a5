// bench_measure: starts the server on a business that bench_generate made, asks it, and asks the bare database and nginx
// the same. What it finds goes into a file of figures; bench_measure --report makes the table of it.
#include "measuring.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

int main(int count, char** words) {
    using namespace patron::bench;
    CLI::App app{"Measures a server and its floors, or prints what was measured."};
    Plan plan;
    std::string results, data, folder, program;
    bool report = false;
    app.add_option("--results", results, "The file of figures")->required();
    app.add_flag("--report", report, "Print the table of the figures and nothing else");
    app.add_option("--data", data, "The data folder");
    app.add_option("--database", plan.settings.database, "postgres://…; SQLite when left out");
    app.add_option("--customers", plan.customers, "How many the business has");
    app.add_option("--program", program, "The server's program");
    app.add_option("--folder", folder, "A folder for what is made while measuring");
    app.add_option("--postmaster", plan.postmaster, "PostgreSQL's process");
    app.add_option("--many", plan.many, "Do work on many customers to so many; 0: to all");
    app.add_option("--filter", plan.filter, "Only what has this in its name");
    app.add_flag("--instructions", plan.instructions, "Count instructions as well");
    try {
        app.parse(count, words);
    } catch (CLI::ParseError const& error) { return app.exit(error) == 0 ? 0 : 2; }
    try {
        Figures figures(results);
        if (report) {
            std::cout << figures.report();
            return 0;
        }
        plan.settings.data = data;
        plan.folder = folder;
        plan.program = program;
        measure(plan, figures);
        return 0;
    } catch (std::exception const& error) { std::cerr << "bench_measure: " << error.what() << '\n'; }
    return 1;
}
