#include "modules/customers/sight.hpp"

#include "module/until_rights_change.hpp"
#include "modules/customers/attributes.hpp"
#include "modules/customers/finder.hpp"

#include <algorithm>

namespace patron::customers {
namespace {

using Sights = UntilRightsChange<std::tuple<Id<User>, Id<Role>, Visibility>, Sight>;

Sight work_out(Reading& reading, Visibility visibility) {
    if (reading.who.role_key == "owner") return whole_sight();
    auto const sources = sight_sources(reading);
    auto viewer = sources.viewer(reading.who);
    viewer.visibility = visibility;
    return sources.sight(viewer);
}

std::shared_ptr<Sight const> sight_of_caller(Reading& reading, Visibility visibility) {
    auto const& who = reading.who;
    if (!who.user_id) return std::make_shared<Sight const>();  // nobody sees nothing
    return reading.business.part<Sights>().of(reading, {who.user_id, who.role_id, visibility},
                                              [&] { return work_out(reading, visibility); });
}

std::shared_ptr<FilterField const> standing_field(std::string name, std::int64_t attribute) {
    FilterField field{.name = std::move(name), .label = "", .shape = FilterField::Shape::id, .attribute = attribute};
    if (attribute == attribute::folder) field.column = "c.folder_id";
    else {
        field.table = "customer_workers";
        field.table_value = "x.user_id";
    }
    return std::make_shared<FilterField const>(std::move(field));
}

Filter one_of(std::shared_ptr<FilterField const> const& field, std::vector<std::int64_t> const& ids) {
    Filter filter{.kind = Filter::Kind::is, .field = field};
    for (auto const id : ids) filter.values.emplace_back(id);
    return filter;
}

std::int64_t attribute_of(std::string_view prefix) {
    return prefix == "fol" ? attribute::folder : prefix == "sta" ? attribute::status : attribute::tag;
}

std::map<std::int64_t, std::int64_t> counted_by_sql(Reading& reading, Filter const& seen, std::string_view prefix) {
    Question question;
    question.where("a.live=1");
    question.where(condition_of(seen, question, reading.tx.engine()));
    std::string const columns = prefix == "fol" ? "c.folder_id" : prefix == "sta" ? "c.status_id" : "t.tag_id";
    std::string_view const tables = prefix == "tag" ? " JOIN customer_tags t ON t.customer_id=c.id" : "";
    std::map<std::int64_t, std::int64_t> counts;
    auto rows = reading.tx.query("SELECT " + columns +
                                     ",count(*) FROM customers c JOIN customer_activity a ON a.customer_id=c.id" +
                                     std::string(tables) + question.where_text() + " GROUP BY 1",
                                 question.values());
    while (rows.next())
        if (!rows.is_null(0)) counts[rows.integer(0)] = rows.integer(1);
    return counts;
}

std::optional<std::map<std::int64_t, std::int64_t>> counted(Reading& reading, std::string_view prefix) {
    auto const seen = seen_by(reading.sight());
    if (!seen || (prefix != "fol" && prefix != "sta" && prefix != "tag")) return {};
    Filter const everybody;
    Evaluator const evaluator(reading, everybody);
    std::map<std::int64_t, std::int64_t> counts;
    if (!reading.business.part<Finder>().ask([&](index::Index const& index) {
            for (auto const& one : index.tally_marks(attribute_of(prefix), index.live() & evaluator.evaluate(index)))
                counts[one.value] = static_cast<std::int64_t>(one.count);
        }))
        return counted_by_sql(reading, *seen, prefix);
    return counts;
}

std::string condition(Reading& reading, Sight const& sight, Question& question, std::string const& column) {
    auto const seen = seen_by(sight);
    if (!seen) return {};
    auto const conditions = condition_of_one(*seen, question, reading.tx.engine());
    return "EXISTS (SELECT 1 FROM customers c WHERE c.id=" + column + " AND " + conditions + ")";
}

}  // namespace

SightSources sight_sources(Reading& reading) {
    SightSources sources;
    sources.teams = teams(reading.tx);
    for (auto const& folder : folders::all(reading)) {
        sources.parents[folder.id.value] = folder.parent_id.value_or(Id<Folder>{}).value;
        for (auto const& rule : folders::rules_of(folder)) sources.rules.push_back(rule);
    }
    return sources;
}

Viewer SightSources::viewer(Principal const& who) const {
    Viewer viewer{.owner = who.role_key == "owner",
                  .visibility = who.visibility,
                  .user = who.user_id.value,
                  .role = who.role_id.value,
                  .teams = {},
                  .teammates = {}};
    for (auto const& team : teams) {
        if (std::find(team.user_ids.begin(), team.user_ids.end(), who.user_id) == team.user_ids.end()) continue;
        viewer.teams.push_back(team.id.value);
        for (auto const user : team.user_ids) viewer.teammates.push_back(user.value);
    }
    return viewer;
}

Standing standing_of(Customer const& customer) {
    Standing standing;
    if (customer.folder_id) standing.folder = customer.folder_id->value;
    for (auto const& worker : customer.workers) standing.workers.push_back(worker.user_id.value);
    return standing;
}

std::optional<Standing> standing_of(Reading& reading, Id<Customer> id) {
    db::Value const values[] = {id.value};
    Standing standing;
    {
        auto row = reading.tx.query("SELECT folder_id,bin_until,workers FROM customers WHERE id=$1", values);
        if (!row.next()) return {};
        if (!row.is_null(0)) standing.folder = row.integer(0);
        // In the bin nothing finds a customer by who looked after it, but they may bring it back.
        if (!row.is_null(1)) {
            for (auto const& worker : from_own_json<std::vector<Worker>>(row.text(2)))
                standing.workers.push_back(worker.user_id.value);
            return standing;
        }
    }
    auto rows = reading.tx.query("SELECT user_id FROM customer_workers WHERE customer_id=$1", values);
    while (rows.next()) standing.workers.push_back(rows.integer(0));
    return standing;
}

std::optional<Filter> seen_by(Sight const& sight) {
    if (sight.sees_everybody()) return {};
    static auto const folder = standing_field("folder_id", attribute::folder);
    static auto const worker = standing_field("worker_id", attribute::worker);
    std::vector<std::int64_t> hidden, shown;
    for (auto const& [id, level] : sight.folders) (level == FolderLevel::none ? hidden : shown).push_back(id);
    Filter filter{.kind = Filter::Kind::all};
    if (!hidden.empty()) {
        Filter outside{.kind = Filter::Kind::none};
        outside.parts.push_back(one_of(folder, hidden));
        filter.parts.push_back(std::move(outside));
    }
    if (sight.visibility != Visibility::all) {
        Filter any{.kind = Filter::Kind::any};
        if (!shown.empty()) any.parts.push_back(one_of(folder, shown));
        if (!sight.users.empty()) any.parts.push_back(one_of(worker, sight.users));
        filter.parts.push_back(std::move(any));
    }
    return filter;
}

Filter within_sight(Reading& reading, Filter filter) {
    auto seen = seen_by(reading.sight());
    if (!seen) return filter;
    seen->parts.push_back(std::move(filter));
    return std::move(*seen);
}

Gate gate() {
    return {.sight = sight_of_caller,
            .sees =
                [](Reading& reading, Sight const& sight, Id<Customer> id) {
                    auto const place = standing_of(reading, id);
                    return place && sight.sees(place->folder, place->workers);
                },
            .works =
                [](Reading& reading, Sight const& sight, Id<Customer> id) {
                    auto const place = standing_of(reading, id);
                    return place && sight.works(place->folder, place->workers);
                },
            .condition = condition,
            .counts = counted,
            .sensitive_fields = fields::sensitive};
}

}  // namespace patron::customers
