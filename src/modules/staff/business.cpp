#include "modules/staff/parts.hpp"

namespace patron::staff {
namespace {

constexpr Kind business_updated{"business.updated", 1, "{actor} changed {changes} of the business", ""};

BusinessSettings get_business(Reading& reading) { return settings_of(reading); }

BusinessSettings change_business(Unit& unit, Patch<BusinessSettings> const& patch) {
    auto const before = settings_of(unit);
    auto after = before;
    patch.apply_to(after);
    if (after.audit_years && (*after.audit_years < 1 || *after.audit_years > 30))
        throw invalid("/audit_years", "out_of_range", "Keep the audit log for 1 to 30 years, or for good (null).");
    if (unit.change(before, after, {.kind = &business_updated}))
        unit.after_commit.push_back([&business = unit.business] { business.access_changed(); });
    return after;
}

}  // namespace

BusinessSettings settings_of(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<BusinessSettings>() + " FROM business";
    auto row = reading.tx.query(sql);
    return row.next() ? read_row<BusinessSettings>(row) : BusinessSettings{};
}

void add_business(Module& module) {
    module.areas.push_back({.name = "business", .label = "Business", .acts = {"view", "edit"}, .changed_by = "owner"});
    module.kinds.push_back(&business_updated);
    module.routes.push_back(get<get_business>("/business", Permission("business.view"), "get_business",
                                              "What the business says of itself"));
    module.routes.push_back(
        patch<change_business>("/business", Permission("business.edit"), "change_business",
                               "Change name, currency, country, time zone, locale or how long the audit log is kept"));
}

}  // namespace patron::staff
