#include "modules/exports/exports.hpp"

#include "module/keeping.hpp"
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

http::Response customers_file(Call const& call) {
    auto const spool = make_spool();
    std::int64_t rows = 0;
    call.business->database().read([&](db::Tx& tx) {
        Reading reading(tx, call);
        Columns const columns(reading);
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
        unit.say({.kind = &export_made, .subject = call.who.actor.id, .facts = {{"rows", rows}, {"format", "csv"}}});
    });
    std::rewind(spool.get());
    http::Response response;
    response.set("Content-Type", "text/csv; charset=utf-8");
    response.set("Content-Disposition", "attachment; filename=\"customers.csv\"");
    response.set("Cache-Control", "no-store");
    response.chunks = [spool]() -> std::optional<std::string> {
        std::string piece(64 * 1024, '\0');
        piece.resize(std::fread(piece.data(), 1, piece.size(), spool.get()));
        return piece.empty() ? std::nullopt : std::optional(std::move(piece));
    };
    return response;
}

}  // namespace

Module module() {
    Route route{.method = http::Method::get,
                .path = "/exports/customers.csv",
                .permission = Permission("customers.export"),
                .place = Place::working,
                .operation = "export_customers",
                .summary = "The customers of a list as a CSV file",
                .params = customers::filters()};
    route.params.push_back({"sort", "as in the list"});
    route.work = customers_file;
    return {.name = "exports",
            .needs = {"customers", "fields", "folders", "tags"},
            .kinds = {&export_made},
            .routes = {std::move(route)}};
}

}  // namespace patron::exports
