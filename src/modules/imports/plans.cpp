#include "modules/imports/plans.hpp"

namespace patron::imports {
namespace {

bool holds_dates(Plan const& plan, std::size_t column) {
    auto const& target = plan.targets[column];
    if (!target) return false;
    if (target->base == "customer_since" || target->base == "created_at") return true;
    if (target->base != "custom") return false;
    for (auto const& field : plan.fields)
        if (field.key == target->part) return field.type == FieldType::date || field.type == FieldType::date_time;
    return false;
}

}  // namespace

Plan make_plan(Reading& reading, Import const& import, std::string const& orders) {
    Plan plan{.kind = import.kind, .fields = fields::readable(reading), .users = store::all_of<User>(reading)};
    auto const settings = reading.business.settings();
    plan.country = settings->country;
    plan.currency = settings->currency;
    plan.today = day_of(reading.now);
    plan.source = import.source;
    auto const known = orders.empty() ? JsonObject{} : parse_own_json(orders).get_object();
    for (auto const& column : import.columns) {
        plan.columns.push_back(column.name);
        auto const* field = import.mapping.if_contains(column.name);
        plan.targets.push_back(field && field->is_string()
                                   ? read_target(std::string_view(field->get_string()), import.kind)
                                   : std::nullopt);
        auto const* order = known.if_contains(column.name);
        plan.orders.push_back(order ? (*order == "month_first" ? DateOrder::month_first : DateOrder::day_first)
                                    : order_of_country(plan.country));
    }
    return plan;
}

CsvFormat format_of(Import const& import) {
    auto const& delimiter = import.format.delimiter;
    return {import.format.encoding, delimiter == "tab" ? '\t' : delimiter.empty() ? ',' : delimiter.front(), false};
}

Survey survey(std::filesystem::path const& file, Import const& import, store::Work const& work, Plan const& plan,
              std::function<bool()> const& stopped) {
    struct Votes {
        std::int64_t day_first = 0, month_first = 0;
    };
    std::vector<Votes> votes(plan.columns.size());
    Survey survey;
    CsvReader reader(file, format_of(import), static_cast<std::uint64_t>(work.first_offset),
                     static_cast<std::uint64_t>(work.first_line));
    for (CsvRow row; reader.next(row);) {
        ++survey.rows;
        if (survey.rows % 10'000 == 0 && stopped()) return survey;
        for (std::size_t i = 0; i < votes.size() && i < row.cells.size(); ++i) {
            if (!holds_dates(plan, i)) continue;
            auto const shown = order_shown_by(row.cells[i]);
            if (shown) ++(*shown == DateOrder::day_first ? votes[i].day_first : votes[i].month_first);
        }
    }
    JsonObject orders;
    for (std::size_t i = 0; i < votes.size(); ++i)
        if (votes[i].day_first != votes[i].month_first)
            orders[plan.columns[i]] = votes[i].day_first > votes[i].month_first ? "day_first" : "month_first";
    survey.orders = to_json(orders);
    return survey;
}

}  // namespace patron::imports
