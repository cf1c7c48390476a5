#include "raw.hpp"

namespace patron::bench {

std::unique_ptr<Raw> Raw::open(db::Location const& location) {
    return location.engine == db::Engine::sqlite ? open_raw_sqlite(location) : open_raw_postgres(location);
}

std::int64_t Raw::number(std::string const& sql, std::vector<std::int64_t> const& parameters) {
    auto const found = read(sql, parameters);
    return found.empty() ? 0 : found.front();
}

}  // namespace patron::bench
