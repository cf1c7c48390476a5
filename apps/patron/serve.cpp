#include "commands.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <csignal>
#include <iostream>
#include <pthread.h>
#include <sys/resource.h>

namespace patron {
namespace {

constexpr std::chrono::milliseconds drain{10'000};

// The signals that end the server are waited for on the main thread; every other thread inherits that they are held back.
sigset_t hold_back_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Each client is a descriptor: as many as the system allows, instead of the 1,024 that shells give. Where even that is
// refused, the server runs with what it has.
void take_all_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    rlimit const all{limit.rlim_max, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &all) != 0)
        spdlog::warn("no more than {} files and connections can be open at once", limit.rlim_cur);
}

int serve(Settings const& settings) {
    auto const signals = hold_back_signals();
    take_all_descriptors();
    spdlog::set_level(spdlog::level::from_str(settings.log));
    set_failure_log([](std::string const& request, std::string_view what) {
        spdlog::error("failure request={} what=\"{}\"", request, what);
    });
    // The first requests are answered while start() has not come back yet: what they need is in place before.
    std::atomic<http::Server*> started{nullptr};
    House house(settings.house(true));
    house.set_workers([&](std::function<void()> task) {
        auto* const server = started.load();
        return server && server->work(std::move(task));
    });
    house.set_counts([&] {
        auto* const server = started.load();
        return server ? server->counts() : http::Server::Counts{};
    });
    auto const server = http::Server::start(settings.http(house), house.edge());
    started = server.get();
    house.set_address(server->address());
    auto const link = house.setup_link(server->address());
    house.set_ready(true);
    std::cout << "Patron is ready at " << server->address() << std::endl;
    if (link) std::cout << "Open this link once to make the owner: " << *link << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("stopping");
    house.set_ready(false);
    server->stop(drain);
    return 0;
}

}  // namespace

void add_serve(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("serve", "Run the server");
    add_data_options(*command, settings);
    add_serve_options(*command, settings);
    command->callback([&] { run = [&settings] { return serve(settings); }; });
}

}  // namespace patron
