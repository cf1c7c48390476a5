#include "settings.hpp"

#include <toml++/toml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace patron {

HouseSettings Settings::house(bool serving) const {
    // The key itself stands in no flag: whoever lists the processes would read it.
    char const* const secrets_key = std::getenv("PATRON_SECRETS_KEY");
    // As browsers name an origin (RFC 6454): passkeys and the check of where a request comes from compare it.
    auto origin = public_url;
    while (origin.ends_with('/')) origin.pop_back();
    return {.data = data,
            .database = database,
            .public_url = origin,
            .index_memory = index_memory,
            .rate_limit = rate_limit,
            .serving = serving,
            .secrets_key_file = secrets_key_file,
            .secrets_key = secrets_key ? secrets_key : "",
            .allow_outbound = allow_outbound};
}

http::Settings Settings::http(House const& house) const {
    http::Settings http;
    http.listen = listen;
    http.socket = house.socket();
    http.tls_certificate = tls_cert;
    http.tls_key = tls_key;
    http.trusted_proxies = trusted_proxy;
    http.upload_folder = house.uploads();
    return http;
}

void add_data_options(CLI::App& command, Settings& settings) {
    command.add_option("--data", settings.data, "The data folder")->envname("PATRON_DATA")->capture_default_str();
    command
        .add_option("--database", settings.database, "postgres://… for PostgreSQL; left out: SQLite in the data folder")
        ->envname("PATRON_DATABASE");
    command.add_option("--business", settings.business, "Which business, by its slug; the first when left out")
        ->envname("PATRON_BUSINESS");
}

void add_serve_options(CLI::App& command, Settings& settings) {
    command.add_option("--listen", settings.listen, "Address and port")
        ->envname("PATRON_LISTEN")
        ->capture_default_str();
    command.add_option("--public-url", settings.public_url, "How the world reaches it: https://crm.example.com")
        ->envname("PATRON_PUBLIC_URL");
    command
        .add_option("--trusted-proxy", settings.trusted_proxy, "An address or network whose forwarded headers count")
        ->envname("PATRON_TRUSTED_PROXY");
    command.add_option("--tls-cert", settings.tls_cert, "Certificate chain, PEM")->envname("PATRON_TLS_CERT");
    command.add_option("--tls-key", settings.tls_key, "Private key, PEM")->envname("PATRON_TLS_KEY");
    command
        .add_option(
            "--rate-limit", settings.rate_limit,
            "Requests a second that one user, API key or address may send in the long run; 0: as many as they like")
        ->envname("PATRON_RATE_LIMIT")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--index-memory", settings.index_memory,
                    "MiB that the index of a business's customers may take; 0: the database answers")
        ->envname("PATRON_INDEX_MEMORY")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command
        .add_option("--secrets-key-file", settings.secrets_key_file,
                    "The key that second factors are sealed with, the same for all servers on one database; "
                    "secrets.key in the data folder when left out, or the key itself in PATRON_SECRETS_KEY")
        ->envname("PATRON_SECRETS_KEY_FILE");
    command
        .add_option(
            "--allow-outbound", settings.allow_outbound,
            "An address and port, such as 10.1.2.3:8443, that Patron may call although it is not public, or not "
            "port 443: a provider of sign-in in one's own network")
        ->envname("PATRON_ALLOW_OUTBOUND");
    command.add_option("--log", settings.log, "debug, info, warn or error")
        ->envname("PATRON_LOG")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
        ->capture_default_str();
}

void read_settings_file(CLI::App const& command, Settings& settings) {
    auto const path = std::filesystem::path(settings.data) / "patron.toml";
    std::error_code missing;
    if (!std::filesystem::exists(path, missing)) return;
    toml::table file;
    try {
        file = toml::parse_file(path.string());
    } catch (toml::parse_error const& error) {
        throw StartError(path.string() + ", line " + std::to_string(error.source().begin.line) + ": " +
                         std::string(error.description()) + ".");
    }
    // All settings may stand in the file; those of another command are passed over.
    static std::vector<std::string> const known{"database",      "business", "listen",           "public-url",
                                                "trusted-proxy", "tls-cert", "tls-key",          "rate-limit",
                                                "index-memory",  "log",      "secrets-key-file", "allow-outbound"};
    for (auto const& [key, value] : file) {
        std::string const name(key.str());
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw StartError(path.string() + ": there is no setting called " + name + ".");
        auto const* option = command.get_option_no_throw("--" + name);
        if (!option || option->count() > 0) continue;
        auto const text = value.value<std::string>();
        if (name == "rate-limit") {
            auto const number = value.value<std::int64_t>();
            if (!number || *number < 0 || *number > 1'000'000'000)
                throw StartError(path.string() + ": rate-limit must be a number, 0 or more.");
            settings.rate_limit = static_cast<int>(*number);
        } else if (name == "index-memory") {
            auto const number = value.value<std::int64_t>();
            if (!number || *number < 0 || *number > 1'000'000)
                throw StartError(path.string() + ": index-memory must be a number of MiB, 0 or more.");
            settings.index_memory = static_cast<int>(*number);
        } else if (name == "trusted-proxy" || name == "allow-outbound") {
            auto& texts = name == "trusted-proxy" ? settings.trusted_proxy : settings.allow_outbound;
            if (text) texts = {*text};
            else if (auto const* list = value.as_array())
                for (auto const& one : *list) texts.push_back(one.value<std::string>().value_or(""));
        } else if (!text) throw StartError(path.string() + ": " + name + " must be a text.");
        else if (name == "database") settings.database = *text;
        else if (name == "business") settings.business = *text;
        else if (name == "listen") settings.listen = *text;
        else if (name == "public-url") settings.public_url = *text;
        else if (name == "tls-cert") settings.tls_cert = *text;
        else if (name == "tls-key") settings.tls_key = *text;
        else if (name == "log") settings.log = *text;
        else if (name == "secrets-key-file") settings.secrets_key_file = *text;
    }
}

}  // namespace patron
