#include "modules/exports/exports.hpp"

#include "module/keeping.hpp"
#include "module/listing.hpp"
#include "modules/exports/columns.hpp"

#include <cstdio>
#include <system_error>

namespace patron::exports {
namespace {

constexpr std::int64_t most_without_proof = 1000;
constexpr Kind export_made{"export.made", 1, "{actor} exported customers", ""};

// The whole file on disk, without a name: it goes with whoever holds it. A slow client then holds no snapshot open.
using Spool = std::shared_ptr<std::FILE>;
Spool make_spool() {
    Spool spool(std::tmpfile(), [](std::FILE* file) {
        if (file) std::fclose(file);
    });
    if (!spool) throw std::system_error(errno, std::generic_category(), "an export's own file");
    return spool;
}
void write(Spool const& spool, std::string const& text) {
    if (std::fwrite(text.data(), 1, text.size(), spool.get()) == text.size()) return;
    if (errno == ENOSPC) throw db::Error(db::Fault::disk_full, "an export's own file");
    throw std::system_error(errno, std::generic_category(), "an export's own file");
}

// A file that was made and is being fetched, by someone whose rights may change meanwhile.
class Download {
  public:
    Download(Call const& call, Spool spool)
        : spool_(std::move(spool)),
          businesses_(*call.businesses),
          number_(call.business->number()),
          who_(call.who),
          epoch_(call.access_epoch) {}

    // Throws where they may not have all of it any more: then a download ends without its end.
    void check() {
        auto const business = businesses_.business(number_);
        if (!business) throw not_found();
        auto const epoch = business->access_epoch();
        if (epoch == epoch_) return;
        if (!may_have_all(*business))
            throw Problem(409, "rights_changed", "Rights were changed while this was exported; export it again.");
        epoch_ = epoch;
    }
    std::optional<std::string> next() {
        check();
        std::string piece(64 * 1024, '\0');
        piece.resize(std::fread(piece.data(), 1, piece.size(), spool_.get()));
        return piece.empty() ? std::nullopt : std::optional(std::move(piece));
    }

  private:
    // Somebody signed out, or another's role was edited: who sees everybody, as before, is not concerned.
    bool may_have_all(Business& business) const {
        bool may = false;
        business.database().read([&](db::Tx& tx) {
            Call call;
            call.business = &business;
            call.access_epoch = business.access_epoch();
            call.now = business.clock();
            auto const now = principal_again(tx, who_, call.now, business.areas());
            if (!now || now->permissions != who_.permissions) return;
            call.who = *now;
            may = Reading(tx, call).sight().sees_everybody();
        });
        return may;
    }

    Spool spool_;
    Businesses& businesses_;
    std::int64_t number_;
    Principal who_;
    std::uint64_t epoch_;
};

http::Response customers_file(Call const& call) {
    auto const asked = call.param("sensitive");
    bool const sensitive = asked && std::get<std::int64_t>(filter_value<bool>(*asked, "sensitive")) != 0;
    if (sensitive) check_may_take_sensitive(call.who);
    auto const spool = make_spool();
    std::int64_t rows = 0;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        Columns const columns(reading, sensitive);
        write(spool, columns.header());
        customers::each_matching(reading, [&](Customer const& customer) {
            write(spool, columns.line(customer));
            ++rows;
            return true;
        });
    });
    // What a session left open gives away stays small.
    if (rows > most_without_proof) ask_for_proof(call.who, call.now);
    // Who took what out is on record before the first byte leaves.
    run_unit(*call.business, call, [&](Unit& unit) {
        unit.say({.kind = &export_made,
                  .subject = call.who.actor.id,
                  .facts = {{"rows", rows}, {"format", "csv"}, {"sensitive", sensitive}}});
    });
    std::rewind(spool.get());
    auto const download = std::make_shared<Download>(call, spool);
    download->check();
    http::Response response;
    response.set("Content-Type", "text/csv; charset=utf-8");
    response.set("Content-Disposition", "attachment; filename=\"customers.csv\"");
    response.set("Cache-Control", "no-store");
    response.chunks = [download] { return download->next(); };
    return response;
}

}  // namespace

void check_may_take_sensitive(Principal const& who) {
    if (who.house || who.may("customers.sensitive")) return;
    throw Problem(403, "not_allowed", "Sensitive fields are exported only by those who may read them.");
}

Module module() {
    Route route{.method = http::Method::get,
                .path = "/exports/customers.csv",
                .permission = Permission("customers.export"),
                .place = Place::working,
                .operation = "export_customers",
                .summary = "The customers of a list as a CSV file",
                .params = customers::filters()};
    route.params.push_back({"sort", "as in the list"});
    route.params.push_back({"sensitive", "true: with the sensitive fields, for those who may read them"});
    route.work = customers_file;
    return {.name = "exports",
            .needs = {"customers", "fields", "folders", "tags"},
            .kinds = {&export_made},
            .routes = {std::move(route)}};
}

}  // namespace patron::exports
