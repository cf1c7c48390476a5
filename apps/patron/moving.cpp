// Commands that bring data in and take it out, and look after it.
#include "commands.hpp"

#include <iostream>
#include <thread>
#include <unistd.h>

namespace patron {
namespace {

struct ImportOptions {
    std::string file, match_on, policy, source, folder, report, id;
    std::vector<std::string> map, tags;
    int sample = 0;
    bool dry_run = false, json = false;
};

// Waits until nothing goes on with the import any more; a bar for a person who watches.
Json wait_for(Client& client, std::string const& id) {
    bool const watched = ::isatty(STDERR_FILENO);
    for (;;) {
        auto const import = client.get("/imports/" + id);
        if (import.at("job").is_null()) {
            if (watched) std::cerr << "\r\033[K";
            return import;
        }
        if (auto const& progress = import.at("progress"); watched && progress.is_object()) {
            auto const done = number(progress, "done"), of = std::max<std::int64_t>(number(progress, "of"), 1);
            std::cerr << "\r[" << std::string(static_cast<std::size_t>(30 * done / of), '#')
                      << std::string(static_cast<std::size_t>(30 - 30 * done / of), ' ') << "] " << 100 * done / of
                      << " %";
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

// The folder or tag of that name; made when there is none.
std::string named(Client& client, std::string const& collection, std::string const& name) {
    std::string cursor;
    do {
        auto const page = client.get("/" + collection + "?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (auto const& one : page.at("data").as_array())
            if (text(one, "id") == name || fold(text(one, "name")) == fold(name)) return text(one, "id");
        cursor = text(page, "next");
    } while (!cursor.empty());
    return text(client.post("/" + collection, {{"name", name}}), "id");
}

JsonObject settings_of(Client& client, ImportOptions const& options) {
    JsonObject body;
    JsonObject mapping;
    for (auto const& one : options.map) {
        auto const cut = one.rfind('=');
        if (cut == std::string::npos) throw CommandError("--map takes \"Column=field\"; " + one + " has no =.");
        mapping[one.substr(0, cut)] = one.substr(cut + 1);
    }
    if (!mapping.empty()) body["mapping"] = std::move(mapping);
    if (!options.match_on.empty()) body["match_on"] = options.match_on;
    if (!options.policy.empty()) body["policy"] = options.policy;
    if (!options.source.empty()) body["source"] = options.source;
    if (!options.folder.empty()) body["folder_id"] = named(client, "folders", options.folder);
    JsonArray tags;
    for (auto const& tag : options.tags) tags.push_back(Json(named(client, "tags", tag)));
    if (!tags.empty()) body["tag_ids"] = std::move(tags);
    if (options.sample > 0) body["sample"] = options.sample;
    return body;
}

void report(Client& client, std::string const& id, std::string const& file) {
    auto const answer = client.send(http::Method::get, "/imports/" + id + "/failed.csv");
    if (answer.status >= 400) Client::answered(answer);
    std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(file.c_str(), "wb"), std::fclose);
    if (!out || std::fwrite(answer.body.data(), 1, answer.body.size(), out.get()) != answer.body.size())
        throw CommandError(file + " cannot be written.");
}

int import_file(Settings const& settings, std::string const& kind, ImportOptions const& options) {
    auto const client = Client::open(settings);
    auto const name = std::filesystem::path(options.file).filename().string();
    if (!std::filesystem::is_regular_file(options.file)) throw CommandError("There is no file " + options.file + ".");
    auto const uploaded = Client::answered(client->send(
        http::Method::post, "/imports?filename=" + http::percent_encode(name) + "&kind=" + kind, {}, options.file));
    auto const id = text(uploaded, "id");
    auto const body = settings_of(*client, options);
    if (!body.empty()) client->patch("/imports/" + id, body);
    client->post("/imports/" + id + (options.dry_run ? "/preview" : "/run"), {});
    auto const done = wait_for(*client, id);
    auto const& counts = done.at("counts");
    if (!options.report.empty()) report(*client, id, options.report);
    auto const rows = number(counts, "rows"), created = number(counts, "created"), updated = number(counts, "updated"),
               skipped = number(counts, "skipped"), failed = number(counts, "failed");
    if (options.json)
        std::cout << to_json(JsonObject{{"id", id},
                                        {"rows", rows},
                                        {"created", created},
                                        {"updated", updated},
                                        {"skipped", skipped},
                                        {"failed", failed}})
                  << '\n';
    else
        std::cout << (options.dry_run ? "would be " : "") << "created " << created << ", updated " << updated
                  << ", skipped " << skipped << ", failed " << failed << " of " << rows << " rows (" << id << ")\n";
    if (failed && !options.json) {
        auto const rows_failed = client->get("/imports/" + id + "/rows?outcome=failed&limit=10");
        for (auto const& row : rows_failed.at("data").as_array()) {
            std::cerr << "line " << number(row, "line") << ": ";
            auto const& reasons = row.at("reasons").as_array();
            std::cerr << (reasons.empty() ? text(row, "reason") : text(reasons.front(), "message")) << '\n';
        }
    }
    auto const problem = text(done, "problem");
    if (!problem.empty()) throw CommandError(problem);
    return created + updated + skipped + failed == rows ? 0 : 1;
}

void add_import_of(CLI::App& command, Settings& settings, Run& run, std::string const& kind) {
    auto options = std::make_shared<ImportOptions>();
    auto* one = command.add_subcommand(kind, "From a CSV file");
    add_data_options(*one, settings);
    one->add_option("file", options->file, "The file")->required();
    one->add_flag("--dry-run", options->dry_run, "Say what would become of each row, change nothing");
    one->add_option("--map", options->map, "\"Column=field\"; - leaves a column out")->take_all();
    one->add_option("--match-on", options->match_on, "email, phone, key or custom.K");
    one->add_option("--policy", options->policy, "fill, overwrite or keep what is there")
        ->check(CLI::IsMember({"fill", "overwrite", "keep"}));
    one->add_option("--source", options->source, "Under which name the file's ids are kept");
    one->add_option("--folder", options->folder, "Where new ones go");
    one->add_option("--tag", options->tags, "What all of them get")->take_all();
    one->add_option("--sample", options->sample, "Only the first so many rows")->check(CLI::PositiveNumber);
    one->add_option("--report", options->report, "Write the failed rows with their reasons to this file");
    one->add_flag("--json", options->json, "One JSON object with the counts");
    one->callback([&settings, &run, options, kind] {
        run = [&settings, options, kind] { return import_file(settings, kind, *options); };
    });
}

}  // namespace

void add_import(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("import", "Bring data in");
    command->require_subcommand(1);
    add_import_of(*command, settings, run, "customers");
    add_import_of(*command, settings, run, "staff");
    auto options = std::make_shared<ImportOptions>();
    auto* undo = command->add_subcommand("undo", "Take an import back");
    add_data_options(*undo, settings);
    undo->add_option("id", options->id, "imp_…")->required();
    undo->callback([&settings, &run, options] {
        run = [&settings, options] {
            auto const client = Client::open(settings);
            client->post("/imports/" + http::percent_encode(options->id) + "/undo", {});
            auto const done = wait_for(*client, options->id);
            std::cout << "taken back; " << done.at("kept").as_array().size()
                      << " kept as people have changed them since\n";
            for (auto const& one : done.at("kept").as_array())
                std::cerr << text(one, "id") << "\t" << text(one, "name") << "\n";
            return 0;
        };
    });
}

void add_export(CLI::App& app, Settings& settings, Run& run) {
    struct Options {
        std::string format = "csv";
        std::vector<std::string> filters;
    };
    auto options = std::make_shared<Options>();
    auto* command = app.add_subcommand("export", "Take data out");
    command->require_subcommand(1);
    auto* customers = command->add_subcommand("customers", "All customers, or those of a filter, on standard output");
    add_data_options(*customers, settings);
    customers->add_option("--format", options->format, "csv")->check(CLI::IsMember({"csv"}))->capture_default_str();
    customers->add_option("--filter", options->filters, "As in the list: folder_id=fol_…, q=…")->take_all();
    customers->callback([&settings, &run, options] {
        run = [&settings, options] {
            std::string query;
            for (auto const& filter : options->filters) {
                auto const cut = filter.find('=');
                if (cut == std::string::npos) throw CommandError("--filter takes name=value; " + filter + " has no =.");
                query += (query.empty() ? "?" : "&") + http::percent_encode(filter.substr(0, cut)) + '=' +
                         http::percent_encode(filter.substr(cut + 1));
            }
            auto const answer = Client::open(settings)->send(http::Method::get, "/exports/customers.csv" + query);
            if (answer.status >= 400) Client::answered(answer);
            std::cout << answer.body;
            return 0;
        };
    });
}

void add_check(CLI::App& app, Settings& settings, Run& run) {
    auto* command = app.add_subcommand("check", "Read everything and say what is wrong");
    add_data_options(*command, settings);
    command->callback([&] {
        run = [&settings] {
            auto const client = Client::open(settings);
            std::vector<std::string> slugs;
            if (!settings.business.empty()) slugs.push_back(settings.business);
            else {
                auto const all = client->get("/local/businesses");
                for (auto const& one : all.at("data").as_array()) slugs.push_back(text(one, "slug"));
            }
            int faults = 0;
            for (auto const& slug : slugs) {
                auto const answer = Client::answered(client->send_for(slug, http::Method::get, "/local/check"));
                for (auto const& fault : answer.at("faults").as_array()) {
                    std::cout << slug << ": " << std::string_view(fault.as_string()) << '\n';
                    ++faults;
                }
            }
            std::cerr << (faults ? std::to_string(faults) + " faults found." : "Everything is in order.") << '\n';
            return faults ? 1 : 0;
        };
    });
}

namespace {

std::string as_json(std::string const& typed) {
    boost::system::error_code fault;
    auto const value = boost::json::parse(typed, fault);
    return json_text(fault ? Json(typed) : value);
}

int say_witness(std::string const& witness) {
    std::pair<std::string_view, std::string_view> const sentences[] = {
        {"before", "That was its value before the change."},
        {"after", "That was its value after the change."},
        {"both", "That was its value before and after."},
        {"neither", "It was another, before and after."},
        {"erased", "It can no longer be told: what it was about was erased."},
        {"unknown", "There is no such row, or it changed no such field."}};
    for (auto const& [word, sentence] : sentences)
        if (word == witness) std::cout << sentence << '\n';
    return witness == "before" || witness == "after" || witness == "both" ? 0 : 1;
}

}  // namespace

void add_audit(CLI::App& app, Settings& settings, Run& run) {
    auto* command =
        app.add_subcommand("audit", "Verify the audit log's chain; prints its last row to be kept elsewhere");
    add_data_options(*command, settings);
    auto kept = std::make_shared<std::vector<std::string>>();
    command->add_option("--kept", *kept, "A row's number and hash that were kept before")->expected(2);
    auto line = std::make_shared<std::string>();
    command->add_option("--line", *line, "A line about it that the server's log kept: 'audit log of … signed …'")
        ->excludes(command->get_option("--kept"));
    auto value = std::make_shared<std::vector<std::string>>();
    command
        ->add_option(
            "--value", *value,
            "A row's number, a field of it and a value (JSON, or text as it is): was it this before, or after?")
        ->expected(3);
    auto public_key = std::make_shared<bool>(false);
    command->add_flag("--public-key", *public_key, "Print the key that such lines are signed with (Ed25519, base64)");
    command->callback([&settings, &run, kept, line, value, public_key] {
        run = [&settings, kept, line, value, public_key] {
            auto const client = Client::open(settings);
            std::string path = "/local/audit";
            if (!line->empty()) path += "?line=" + http::percent_encode(*line);
            if (!kept->empty())
                path += "?seq=" + http::percent_encode(kept->front()) + "&hash=" + http::percent_encode(kept->back());
            if (!value->empty())
                path += std::string(path.find('?') == std::string::npos ? "?" : "&") +
                        "row=" + http::percent_encode(value->at(0)) + "&field=" + http::percent_encode(value->at(1)) +
                        "&value=" + http::percent_encode(as_json(value->at(2)));
            auto const report = client->get(path);
            auto const& faults = report.at("faults").as_array();
            for (auto const& fault : faults) std::cout << std::string_view(fault.as_string()) << '\n';
            if (!faults.empty()) return 1;
            if (!value->empty()) return say_witness(text(report, "value"));
            if (*public_key) return std::cout << text(report, "public_key") << '\n', 0;
            std::cout << report.at("last").as_int64() << ' ' << text(report, "hash") << '\n';
            std::cerr << "The audit log is whole: rows " << report.at("begins_behind").as_int64() + 1 << " to "
                      << report.at("last").as_int64() << ".\n";
            return 0;
        };
    });
}

}  // namespace patron
