// The commands of the program. Each adds itself to the command line with what it does when it is called.
#pragma once
#include "client.hpp"

#include <functional>

namespace patron {

using Run = std::function<int()>;  // the exit code

void add_serve(CLI::App& app, Settings& settings, Run& run);
void add_init(CLI::App& app, Settings& settings, Run& run);
void add_demo(CLI::App& app, Settings& settings, Run& run);
void add_business(CLI::App& app, Settings& settings, Run& run);
void add_key(CLI::App& app, Settings& settings, Run& run);
void add_user(CLI::App& app, Settings& settings, Run& run);
void add_import(CLI::App& app, Settings& settings, Run& run);
void add_export(CLI::App& app, Settings& settings, Run& run);
void add_check(CLI::App& app, Settings& settings, Run& run);
void add_audit(CLI::App& app, Settings& settings, Run& run);

// One line of standard input, without its end.
std::string read_secret();

}  // namespace patron
