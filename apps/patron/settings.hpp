// The program's settings: a flag, the same name in PATRON_UPPER_CASE, or a line of patron.toml in the data folder.
#pragma once
#include "house/house.hpp"
#include "http/http.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace patron {

struct Settings {
    std::string data = "patron-data", database, business, public_url;
    std::string listen = "127.0.0.1:8080";
    std::string tls_cert, tls_key, log = "info", secrets_key_file;
    std::vector<std::string> trusted_proxy, allow_outbound;
    int rate_limit = 1000;  // requests a second of one user, key or address; 0 = as many as they like

    int index_memory = 1024;  // MiB

    HouseSettings house(bool serving) const;
    http::Settings http(House const& house) const;
};

// --data, --database, --business: what all commands that touch data take.
void add_data_options(CLI::App& command, Settings& settings);
void add_serve_options(CLI::App& command, Settings& settings);
// Lays patron.toml under what neither a flag nor the environment gave. Throws StartError for an unreadable file or an
// unknown line.
void read_settings_file(CLI::App const& command, Settings& settings);

}  // namespace patron
