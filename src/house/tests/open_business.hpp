// A founded business of its own for one test, with every module of the house, on either database.
#pragma once
#include "db/tests/fresh_database.hpp"
#include "house/house.hpp"
#include "modules/staff/staff.hpp"

namespace patron {

class OpenBusiness {
  public:
    explicit OpenBusiness(db::Engine engine)
        : fresh_(engine), modules_(make_modules({.data = fresh_.folder()})), areas_(areas_of(modules_)) {
        auto database = fresh_.open();
        std::vector<db::MigrationSet> sets{
            {"edge", edge_migrations()}, {"access", access_migrations()}, {"spine", spine_migrations()}};
        for (auto const& module : modules_)
            if (!module.migrations.empty()) sets.push_back({module.name, module.migrations});
        db::migrate(*database, sets);
        business_ = std::make_unique<Business>(1, "main", std::move(database), modules_, areas_, 0);
        call_.business = business_.get();
        write([](Unit& unit) {
            staff::found(unit, {.business_name = "Rosenhof",
                                .slug = "main",
                                .currency = "EUR",
                                .country = "DE",
                                .time_zone = "Europe/Berlin",
                                .locale = "de",
                                .owner_name = "Olive Owner",
                                .owner_email = "olive@example.com",
                                .password_hash = "none that fits"});
        });
        business_->database().read([&](db::Tx& tx) { call_.who = owner_principal(tx, areas_); });
    }
    ~OpenBusiness() { business_->close(); }

    Business& business() { return *business_; }
    std::filesystem::path folder() const { return fresh_.folder(); }

    // As the owner, now.
    Call call() const {
        auto call = call_;
        call.now = now_by_clock();
        return call;
    }
    void write(std::function<void(Unit&)> const& work) {
        run_unit(*business_, call(), [&](Unit& unit) {
            work(unit);
            return http::Response(200);
        });
    }
    void read(std::function<void(Reading&)> const& work, std::vector<std::pair<std::string, std::string>> query = {}) {
        auto call = this->call();
        call.query = std::move(query);
        business_->database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            work(reading);
        });
    }

  private:
    db::FreshDatabase fresh_;
    std::vector<Module> modules_;
    std::vector<Area> areas_;
    std::unique_ptr<Business> business_;
    Call call_;
};

}  // namespace patron
