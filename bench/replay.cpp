#include "replay.hpp"

#include "client.hpp"

#include <algorithm>
#include <map>

namespace patron::bench {
namespace {

struct Table {
    std::string name, customer, above;  // its column that names the customer, and the one by which new rows are told
};
Table const tables[] = {{"customers", "id", "id"},
                        {"customer_contacts", "customer_id", "customer_id"},
                        {"customer_keys", "customer_id", "customer_id"},
                        {"customer_tags", "customer_id", "customer_id"},
                        {"customer_workers", "customer_id", "customer_id"},
                        {"customer_values", "customer_id", "customer_id"},
                        {"customer_search", "customer_id", "customer_id"},
                        {"customer_activity", "customer_id", "customer_id"},
                        {"customer_seen", "customer_id", "customer_id"},
                        {"segment_members", "customer_id", "customer_id"},
                        {"segment_due", "customer_id", "customer_id"},
                        {"spine", "customer_id", "position"},
                        {"audit", "customer_id", "id"}};

struct Statement {
    std::string const* sql;
    Row values;
};

std::string insert_of(Table const& table, std::size_t columns) {
    std::string sql = "INSERT INTO " + table.name + " VALUES ($1";
    for (std::size_t i = 2; i <= columns; ++i) sql += ",$" + std::to_string(i);
    return sql + ")";
}

}  // namespace

void Written::begin(Raw& raw) {
    customer_ = raw.number("SELECT coalesce(max(id),0) FROM customers");
    position_ = raw.number("SELECT position FROM spine_head");
    audit_ = raw.number("SELECT coalesce(max(id),0) FROM audit");
}

void Written::end(int count, int group) {
    units = count;
    group_ = std::max(group, 1);
}

double Written::again(Raw& raw, int rounds) const {
    std::map<std::int64_t, std::vector<Statement>> by_customer;
    std::map<std::string, std::string> inserts;
    static std::string const head = "UPDATE spine_head SET position=position+1 WHERE one=1";
    static std::string const count = "UPDATE customer_counts SET n=n+1 WHERE prefix='cus' AND id=1";
    for (auto const& table : tables) {
        auto const above = table.above == "position"                      ? position_
                           : table.above == "id" && table.name == "audit" ? audit_
                                                                          : customer_;
        auto const where = " WHERE " + table.above + ">$1 AND " + table.customer + ">$2";
        auto const order = " ORDER BY " + table.above;
        auto const owners =
            raw.read("SELECT " + table.customer + " FROM " + table.name + where + order, {above, customer_});
        auto const rows = raw.rows("SELECT * FROM " + table.name + where + order, {above, customer_});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto& sql = inserts[table.name];
            if (sql.empty()) sql = insert_of(table, rows[i].size());
            by_customer[owners[i]].push_back({&sql, rows[i]});
        }
        if (table.name == "audit") raw.make_deletable(table.name);
        raw.read("DELETE FROM " + table.name + where, {above, customer_});
    }
    for (auto const& [name, sql] : inserts) raw.prepare(sql);
    raw.prepare(head);
    raw.prepare(count);
    auto const each = std::max<std::size_t>(by_customer.size() / static_cast<std::size_t>(rounds), 1);
    double best = 0, begun = now_seconds();
    std::size_t written = 0, in_round = 0;
    int in_group = 0;
    for (auto const& [customer, statements] : by_customer) {
        if (in_group++ == 0) raw.begin();
        for (auto const& one : statements) raw.post(*one.sql, one.values);
        for (int i = 0; i < 3; ++i) raw.post(count, {});  // all, its folder, its status
        ++in_round;
        if (++written < by_customer.size() && in_group < group_) continue;
        raw.post(head, {});
        raw.commit();
        in_group = 0;
        if (in_round < each) continue;
        auto const now = now_seconds();
        best = std::max(best, static_cast<double>(in_round) / (now - begun));
        begun = now;
        in_round = 0;
    }
    return best;
}

}  // namespace patron::bench
