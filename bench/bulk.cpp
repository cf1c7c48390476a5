#include "bulk.hpp"

#include <stdexcept>

namespace patron::bench {

std::unique_ptr<Bulk> Bulk::open(db::Location const& location) {
    return location.engine == db::Engine::sqlite ? open_sqlite_bulk(location) : open_postgres_bulk(location);
}

db::Cursor Bulk::query(std::string_view sql, db::Params) {
    throw std::logic_error("rows are only written here, not read: " + std::string(sql));
}

std::int64_t Bulk::execute(std::string_view sql, db::Params params) {
    post(sql, params);
    return 1;
}

Insert read_insert(std::string_view sql) {
    constexpr std::string_view begin = "INSERT INTO ";
    auto const open = sql.find(" ("), close = sql.find(") VALUES ($1");
    if (!sql.starts_with(begin) || open == std::string_view::npos || close == std::string_view::npos || close < open ||
        sql.find(')', close + 1) != sql.size() - 1)
        throw std::logic_error("this is not the plain insert of a row: " + std::string(sql));
    return {std::string(sql.substr(begin.size(), open - begin.size())),
            std::string(sql.substr(open + 2, close - open - 2))};
}

}  // namespace patron::bench
