#include "modules/imports/rows.hpp"
#include "modules/staff/staff.hpp"

#include <algorithm>

namespace patron::imports {
namespace {

ImportReason needed(Plan const& plan, std::string_view base, std::string message) {
    for (std::size_t i = 0; i < plan.targets.size(); ++i)
        if (plan.targets[i] && plan.targets[i]->base == base) return {plan.columns[i], "required", std::move(message)};
    return {"", "required", std::move(message)};
}

Outcome told(RowOutcome outcome, std::string reason, User const& user) {
    return {.outcome = outcome, .reason = std::move(reason), .subject = user.id, .name = user.name};
}

bool says_nothing_new(User const& there, User const& row, std::optional<ImportKey> const& key) {
    return (row.name.empty() || row.name == there.name) && (!row.title || row.title == there.title) &&
           (!row.phone || row.phone == there.phone) &&
           (!key || std::find(there.import_keys.begin(), there.import_keys.end(), *key) != there.import_keys.end());
}

Outcome make_new(Unit& unit, Plan const& plan, Draft& draft, std::optional<ImportKey> const& key) {
    std::vector<ImportReason> missing;
    if (draft.user.name.empty()) missing.push_back(needed(plan, "given_name", "A member of staff needs a name."));
    if (draft.user.email.empty())
        missing.push_back(needed(plan, "email", "A member of staff needs an e-mail address to sign in."));
    if (!missing.empty()) return {.reason = "required", .reasons = std::move(missing), .name = draft.user.name};
    draft.user.role_id = staff::role_of_key(unit, "staff").id;
    if (key) draft.user.import_keys = {*key};
    return told(RowOutcome::created, "", staff::create_user(unit, draft.user, ""));
}

}  // namespace

Outcome carry_out_staff(Unit& unit, Import const& import, Plan const& plan, Draft draft) {
    if (draft.is_empty) return {.outcome = RowOutcome::skipped, .reason = "empty"};
    if (!draft.mistakes.empty())
        return {.reason = draft.mistakes.front().code, .reasons = std::move(draft.mistakes), .name = draft.user.name};
    std::optional<ImportKey> key;
    if (draft.key) key = ImportKey{import.source, Text<1, 200>(*draft.key)};
    try {
        auto known = key ? staff::by_import_key(unit, key->source, key->key) : std::nullopt;
        if (!known && !draft.user.email.empty()) known = staff::by_email(unit, draft.user.email);
        if (!known) return make_new(unit, plan, draft, key);
        auto const there = unit.seek(*known);
        if (!there) throw not_found();
        // Who is on the staff already changes their own record, or an owner does: never a file.
        return told(RowOutcome::skipped, says_nothing_new(*there, draft.user, key) ? "unchanged" : "exists", *there);
    } catch (Problem const& problem) {
        Outcome outcome{.name = draft.user.name};
        for (auto const& error : problem.errors)
            outcome.reasons.push_back({draft.column_of(error.pointer, plan), error.code, error.message});
        if (outcome.reasons.empty()) outcome.reasons.push_back({"", problem.code, problem.detail});
        outcome.reason = outcome.reasons.front().code;
        return outcome;
    }
}

}  // namespace patron::imports
