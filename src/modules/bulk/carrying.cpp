#include "modules/bulk/carrying.hpp"

#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace patron::bulk {
namespace {

using rules::Verb;

BulkAction action_of(jobs::Chunk const& chunk) {
    BulkAction action;
    read_own(chunk.job->asked.at("action"), action);
    return action;
}

void skip(jobs::Item& item, std::string reason) {
    item.outcome = JobOutcome::skipped;
    item.reason = std::move(reason);
}

// The version tells an undo whether anything happened to the customer since.
std::vector<Change> since_version(std::int64_t version) { return {{"version", "null", std::to_string(version)}}; }

void put_into_bin(Unit& unit, Customer const& customer, jobs::Item& item) {
    customers::bin(unit, customer);
    item.changes = since_version(customer.version + 1);
    item.outcome = JobOutcome::changed;
}

void bring_back(Unit& unit, Customer const& binned, jobs::Item& item) {
    item.changes = since_version(customers::restore(unit, binned).version);
    item.outcome = JobOutcome::changed;
}

void change(Unit& unit, BulkAction const& action, Verb verb, Customer const& before, jobs::Item& item) {
    auto after = before;
    rules::apply(action, verb, after);
    if (!customers::change(unit, before, after)) return skip(item, "unchanged");
    item.changes = rules::touched(before, after);
    item.outcome = JobOutcome::changed;
}

void keep(jobs::Item& item, std::string reason, std::vector<std::string> fields = {}) {
    item.outcome = JobOutcome::kept;
    item.reason = std::move(reason);
    item.fields = std::move(fields);
}

void take_back(Unit& unit, Verb verb, jobs::Item& item) {
    auto const customer = unit.seek(item.customer_id);
    if (!customer) return keep(item, "gone");
    if (verb == Verb::bin) {
        if (!customer->bin_until) return keep(item, "changed_since");
        customers::restore(unit, *customer);
        return;
    }
    if (customer->bin_until) return verb == Verb::restore ? void() : keep(item, "gone");
    if (verb == Verb::restore) {
        if (std::to_string(customer->version) != item.changes.at(0).to) return keep(item, "changed_since");
        return customers::bin(unit, *customer);
    }
    auto after = *customer;
    auto stay = customers::take_back(after, item.changes);
    customers::change(unit, *customer, after);
    if (!stay.empty()) keep(item, "changed_since", std::move(stay));
}

// Appends behind what counts of the file, and makes that durable before anybody is told.
void append(std::filesystem::path const& path, std::int64_t behind, std::string const& text) {
    auto const failed = [] {
        if (errno == ENOSPC) throw db::Error(db::Fault::disk_full, "an export's own file");
        throw std::system_error(errno, std::generic_category(), "an export's own file");
    };
    std::filesystem::create_directories(path.parent_path());
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) failed();
    std::shared_ptr<void> const closing(nullptr, [file](void*) { ::close(file); });
    if (::ftruncate(file, behind) != 0) failed();
    for (std::size_t written = 0; written < text.size();) {
        auto const now =
            ::pwrite(file, text.data() + written, text.size() - written, behind + static_cast<std::int64_t>(written));
        if (now < 0) failed();
        written += static_cast<std::size_t>(now);
    }
    if (::fsync(file) != 0) failed();
}

bool begins_with(std::filesystem::path const& file, std::string const& text) {
    std::ifstream stream(file, std::ios::binary);
    std::string beginning(text.size(), '\0');
    stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    return stream && beginning == text;
}

void write_lines(Reading& reading, BulkExport const& order, jobs::Chunk& chunk) {
    exports::Columns const columns(reading, order.sensitive);
    // Every line has the columns of the first one, so they are those that may be read.
    if (chunk.file_size > 0 && !begins_with(chunk.file, columns.header())) {
        chunk.ends_because =
            "The fields, or which of them whoever asked for this may read, changed meanwhile; export "
            "again.";
        return;
    }
    std::string text = chunk.file_size == 0 ? columns.header() : std::string();
    for (auto& item : chunk.items) {
        auto const customer = reading.seek(item.customer_id);
        if (!customer || customer->bin_until) {
            skip(item, "gone");
            continue;
        }
        text += columns.line(*customer);
        item.outcome = JobOutcome::changed;
    }
    append(chunk.file, chunk.file_size, text);
    chunk.file_size += static_cast<std::int64_t>(text.size());
}

}  // namespace

void carry_out(Unit& unit, BulkAction const& action, Verb verb, jobs::Item& item) {
    auto const customer = unit.seek(item.customer_id);
    if (!customer) return skip(item, "gone");
    if (verb == Verb::restore)
        return customer->bin_until ? bring_back(unit, *customer, item) : skip(item, "not_in_bin");
    if (customer->bin_until) return skip(item, "gone");
    if (verb == Verb::bin) return put_into_bin(unit, *customer, item);
    change(unit, action, verb, *customer, item);
}

LongWork work() {
    return {.name = "bulk",
            .look =
                [](Reading& reading, jobs::Chunk& chunk) {
                    if (auto const order = action_of(chunk).export_) write_lines(reading, *order, chunk);
                },
            .carry_out =
                [](Unit& unit, jobs::Chunk& chunk) {
                    auto const action = action_of(chunk);
                    auto const verb = rules::verb_of(action);
                    if (verb == Verb::file) return;
                    jobs::in_turn(chunk, [&](jobs::Item& item) {
                        jobs::attempt(unit, item, [&](Unit& own) { carry_out(own, action, verb, item); });
                    });
                },
            .take_back =
                [](Unit& unit, jobs::Chunk& chunk) {
                    auto const verb = rules::verb_of(action_of(chunk));
                    jobs::in_turn(chunk, [&](jobs::Item& item) {
                        jobs::attempt(unit, item, [&](Unit& own) { take_back(own, verb, item); });
                    });
                }};
}

}  // namespace patron::bulk
