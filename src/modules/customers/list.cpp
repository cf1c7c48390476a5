// The list: from the index when it is there, else from the database; the answers are the same.
#include "modules/customers/asking.hpp"
#include "modules/customers/events.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/rows.hpp"
#include "modules/customers/store.hpp"

#include "module/keeping.hpp"

#include <algorithm>

namespace patron::customers {
namespace {

void total_of(Reading& reading, Asked const& asked, Question const& question, std::int64_t& total, bool& exact) {
    if (asked.anything && !asked.only_folder) return count_rows(reading, question, from_of(asked), total, exact);
    db::Value const values[] = {std::string(asked.only_folder ? "fol" : "cus"),
                                asked.only_folder ? asked.only_folder->value : std::int64_t{1}};
    auto row = reading.tx.query("SELECT n FROM customer_counts WHERE prefix=$1 AND id=$2", values);
    total = row.next() ? row.integer(0) : 0;
    exact = true;
}

}  // namespace

Page<Customer> page_by_sql(Reading& reading, Asked const& asked, int limit, bool counted) {
    Page<Customer> page;
    Question question;
    add_conditions(reading, asked, question);
    if (counted) total_of(reading, asked, question, page.total, page.exact);
    auto const order = order_of(reading.call, orders_of(reading, asked, question));
    continue_behind(question, reading.call, order, "a.customer_id");
    std::string const direction = order.descending ? " DESC" : "";
    static std::string const columns = column_list<Customer>("c");
    auto const sql = "SELECT " + columns + "," + order.expression + " FROM " + from_of(asked) + question.where_text() +
                     " ORDER BY " + order.expression + direction + ",a.customer_id" + direction + " LIMIT " +
                     question.bind(std::int64_t{limit} + 1);
    auto rows = reading.tx.query(sql, question.values());
    static int const at = static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;
    db::Value last;
    while (rows.next()) {
        if (static_cast<int>(page.data.size()) == limit) {
            page.next = make_cursor(order, last, page.data.back().id.value);
            break;
        }
        page.data.push_back(read_row<Customer>(rows));
        last = order.value(rows, at);
    }
    return page;
}

http::Response list(Reading& reading) {
    auto const asked = asked_of(reading);
    auto const shape = reading.call.param("shape").value_or("record");
    if (shape != "row" && shape != "record")
        throw invalid("?shape", "not_a_choice", "The parameter shape must be row or record.");
    auto const limit = list_limit_of(reading.call);
    auto found = page_from_index(reading, asked, limit);
    auto page = found ? std::move(*found) : page_by_sql(reading, asked, limit, true);
    if (!asked.typed.empty() && reading.who.user_id) note_look(reading.business, reading.call, "customers.searched");
    if (shape == "record") return detail::respond(detail::readable(reading, std::move(page)), reading.call, 200);
    return detail::respond(
        Page<CustomerRow>{rows_of(reading, page.data, asked.typed), page.next, page.total, page.exact}, reading.call,
        200);
}

void each_matching(Reading& reading, std::function<bool(Customer const&)> const& each) {
    Call call = reading.call;
    std::erase_if(call.query, [](auto const& pair) { return pair.first == "limit" || pair.first == "cursor"; });
    // What a search forgives in the list it forgives here.
    if (!call.param("sort"))
        if (auto const found = found_by_typing(reading, asked_of(reading))) {
            for (auto const id : *found)
                if (auto const customer = reading.seek(Id<Customer>{id}); customer && !customer->bin_until)
                    if (!each(*customer)) return;
            return;
        }
    for (bool more = true; more;) {
        Reading inner(reading.tx, call);
        auto const page = page_by_sql(inner, asked_of(inner), 200, false);
        for (auto const& customer : page.data)
            if (!each(customer)) return;
        std::erase_if(call.query, [](auto const& pair) { return pair.first == "cursor"; });
        if (page.next) call.query.emplace_back("cursor", *page.next);
        more = page.next.has_value();
    }
}

}  // namespace patron::customers
