#include "module/rereading.hpp"

#include <chrono>
#include <random>
#include <thread>

namespace patron {
namespace {

constexpr int most_tries = 5;

void pause_before(int next) {
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> jitter(7, 13);
    std::this_thread::sleep_for(std::chrono::milliseconds(jitter(random) << next));
}

}  // namespace

void read_patiently(db::Database& database, db::Work const& work) {
    for (int tried = 1;; ++tried) {
        try {
            return database.read(work);
        } catch (db::Error const& error) {
            bool const passes = error.fault == db::Fault::unavailable || error.fault == db::Fault::serialization;
            if (!passes || tried == most_tries || database.engine() != db::Engine::postgres) throw;
        }
        pause_before(tried);
    }
}

}  // namespace patron
