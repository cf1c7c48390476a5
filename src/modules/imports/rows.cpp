#include "modules/imports/rows.hpp"

#include "base/fold.hpp"
#include "modules/imports/merging.hpp"
#include "modules/imports/store.hpp"

#include <algorithm>

namespace patron::imports {
namespace {

Outcome failed(std::vector<ImportReason> reasons, std::string name) {
    Outcome outcome{.reason = reasons.empty() ? std::string("failed") : reasons.front().code};
    outcome.reasons = std::move(reasons);
    outcome.name = std::move(name);
    return outcome;
}
Outcome failed(std::string column, std::string code, std::string message, std::string name) {
    return failed({{std::move(column), std::move(code), std::move(message)}}, std::move(name));
}
Outcome failed(Problem const& problem, Draft const& draft, Plan const& plan, std::string name) {
    std::vector<ImportReason> reasons;
    for (auto const& error : problem.errors)
        reasons.push_back({draft.column_of(error.pointer, plan), error.code, error.message});
    if (reasons.empty()) reasons.push_back({"", problem.code, problem.detail});
    return failed(std::move(reasons), std::move(name));
}
Outcome skipped(std::string reason, AnyId subject, std::string name) {
    return {.outcome = RowOutcome::skipped,
            .reason = std::move(reason),
            .subject = std::move(subject),
            .name = std::move(name)};
}

template <class T>
std::string text_of(std::optional<T> const& text) {
    return text ? static_cast<std::string const&>(*text) : std::string();
}

std::string name_of(Customer const& customer) {
    if (customer.display_name) return *customer.display_name;
    auto const given = text_of(customer.given_name), family = text_of(customer.family_name);
    if (!given.empty() || !family.empty()) return given + (given.empty() || family.empty() ? "" : " ") + family;
    if (customer.company_name) return *customer.company_name;
    if (!customer.emails.empty()) return customer.emails.front().address;
    return customer.phones.empty() ? std::string() : static_cast<std::string const&>(customer.phones.front().number);
}

std::string column_of_target(Plan const& plan, std::string_view base) {
    for (std::size_t i = 0; i < plan.targets.size(); ++i)
        if (plan.targets[i] && plan.targets[i]->base == base) return plan.columns[i];
    return {};
}

// Whom a sign means.
std::vector<Id<Customer>> known_by_sign(Reading& reading, std::string const& sign, Import const& import) {
    auto const space = sign.find(' ');
    auto const kind = sign.substr(0, space), value = sign.substr(space + 1);
    if (kind == "email") return customers::known_by_email(reading, value);
    if (kind == "phone") return customers::known_by_phone(reading, value);
    if (kind == "id") {
        auto const id = Id<Customer>::read(value);
        auto const customer = id ? reading.seek(*id) : std::nullopt;
        return customer && !customer->bin_until ? std::vector{customer->id} : std::vector<Id<Customer>>{};
    }
    if (kind == "key") {
        auto const source = value.substr(0, value.find('\n')), key = value.substr(value.find('\n') + 1);
        auto const id = customers::known_by_import_key(reading, source, key);
        return id && reading.sees(*id) ? std::vector{*id} : std::vector<Id<Customer>>{};
    }
    // A custom field: the list's own filter knows how its values compare.
    Call call = reading.call;
    call.query = {{std::string(*import.match_on), value}};
    Reading filtered(reading.tx, call);
    std::vector<Id<Customer>> found;
    customers::each_matching(filtered, [&](Customer const& customer) {
        found.push_back(customer.id);
        return found.size() < 2;
    });
    return found;
}

// Does something speak against the row's meaning this customer, although a sign fits? Another id in the same program; or,
// where only a phone number fits, another name: families and offices share theirs.
bool contradicts(Customer const& there, Customer const& row, std::string const& sign) {
    for (auto const& key : row.import_keys)
        for (auto const& one : there.import_keys)
            if (one.source == key.source && one.key != key.key) return true;
    return sign.starts_with("phone ") && !name_of(row).empty() && fold(name_of(row)) != fold(name_of(there));
}

std::vector<Customer> find_matches(Reading& reading, Customer const& row, Import const& import, Plan const& plan) {
    std::vector<Customer> found;
    std::string kind;
    for (auto const& sign : signs_of(row, plan, import.match_on)) {
        auto const now = sign.substr(0, sign.find(' '));
        if (!found.empty() && now != kind) break;  // a weaker sign is only asked when the stronger ones know nobody
        kind = now;
        for (auto const id : known_by_sign(reading, sign, import)) {
            if (std::any_of(found.begin(), found.end(), [&](Customer const& one) { return one.id == id; })) continue;
            auto there = reading.seek(id);
            if (there && !there->bin_until && (import.match_on || !contradicts(*there, row, sign)))
                found.push_back(std::move(*there));
        }
    }
    return found;
}

// References by name become ids. Answers what is wrong.
std::optional<ImportReason> resolve(Names& names, Import const& import, Plan const& plan, Draft& draft,
                                    std::optional<Id<Folder>> there) {
    auto& customer = draft.customer;
    customer.folder_id = import.folder_id;
    if (!draft.folder.empty()) {
        customer.folder_id = names.folder(draft.folder);
        if (!customer.folder_id)
            return ImportReason{column_of_target(plan, "folder"), "unknown_folder",
                                "There is no folder " + draft.folder + "; make it first or leave the column out."};
    }
    if (!draft.status.empty()) {
        customer.status_id = names.status(draft.status, customer.folder_id ? customer.folder_id : there);
        if (!customer.status_id)
            return ImportReason{column_of_target(plan, "status"), "unknown_status",
                                "The folder has no status " + draft.status + "."};
    }
    for (auto const& name : draft.tags) customer.tag_ids.push_back(names.tag(name));
    for (auto const tag : import.tag_ids)
        if (std::find(customer.tag_ids.begin(), customer.tag_ids.end(), tag) == customer.tag_ids.end())
            customer.tag_ids.push_back(tag);
    return {};
}

void write_notes(Unit& unit, Import const& import, Plan const& plan, Draft const& draft, Id<Customer> customer,
                 Outcome& outcome) {
    for (auto const& note : draft.notes) try {
            if (write_note_once(unit, import.id, customer, note)) outcome.notes.push_back(note);
        } catch (Problem const& problem) {
            // The customer is kept all the same; the row says what became of the note.
            outcome.reasons.push_back({column_of_target(plan, "note"), problem.code, problem.detail});
        }
}

Outcome make_new(Unit& unit, Import const& import, Plan const& plan, Draft& draft) {
    if (!draft.customer.source) draft.customer.source = Text<0, 100>("import");
    auto const customer = customers::create(unit, draft.customer, {draft.created_at.value_or(Time{})});
    Outcome outcome{.outcome = RowOutcome::created, .subject = customer.id, .name = name_of(customer)};
    write_notes(unit, import, plan, draft, customer.id, outcome);
    return outcome;
}

Outcome bring_up_to_date(Unit& unit, Import const& import, Plan const& plan, Draft& draft, Customer const& there) {
    auto after = merged(there, draft.customer, draft, import.policy, plan.country);
    bool const changed = customers::change(unit, there, after);
    Outcome outcome{.outcome = RowOutcome::updated, .subject = there.id, .name = name_of(after)};
    if (changed) outcome.changes = differences(there, after);
    write_notes(unit, import, plan, draft, there.id, outcome);
    if (!changed && outcome.notes.empty()) return skipped("unchanged", there.id, name_of(there));
    return outcome;
}

}  // namespace

void Names::read_folders() {
    if (std::exchange(has_folders_, true)) return;
    folders_ = store::all_of<Folder>(unit_);
    statuses_ = store::all_of<Status>(unit_);
}

std::optional<Id<Folder>> Names::folder(std::string const& name) {
    read_folders();
    auto const path_of = [&](Folder const& folder) {
        std::string path = folder.name;
        auto parent = folder.parent_id;
        for (int depth = 0; parent && depth < 20; ++depth) {
            auto const above =
                std::find_if(folders_.begin(), folders_.end(), [&](Folder const& one) { return one.id == *parent; });
            if (above == folders_.end()) break;
            path = above->name + " / " + path;
            parent = above->parent_id;
        }
        return path;
    };
    auto const wanted = fold(name);
    for (auto const& one : folders_)
        if (fold(path_of(one)) == wanted) return one.id;
    for (auto const& one : folders_)
        if (fold(one.name) == wanted) return one.id;
    return {};
}

std::optional<Id<Status>> Names::status(std::string const& name, std::optional<Id<Folder>> folder) {
    read_folders();
    if (!folder) folder = folders::first(unit_);
    for (auto const& one : statuses_)
        if (fold(one.name) == fold(name) && folders::status_fits(unit_, folder, one.id)) return one.id;
    return {};
}

Id<Tag> Names::tag(std::string const& name) {
    auto const key = fold(name);
    if (auto const found = tags_.find(key); found != tags_.end()) return found->second;
    auto const known = tags::by_name(unit_, name);
    return tags_[key] = known ? *known : tags::create(unit_, name).id;
}

std::string Names::tag_name(Id<Tag> id) {
    auto const tag = unit_.seek(id);
    return tag ? static_cast<std::string const&>(tag->name) : std::string();
}

bool write_note_once(Unit& unit, Id<Import> import, Id<Customer> customer, std::string const& body) {
    if (store::has_note(unit.tx, customer, body)) return false;
    Note draft;
    draft.customer_id = customer;
    draft.body = Text<1, 20000>(body);
    store::add_note(unit.tx, import, customer, body, notes::write(unit, std::move(draft)).id);
    return true;
}

std::vector<std::string> signs_of(Customer const& customer, Plan const& plan,
                                  std::optional<Text<0, 60>> const& match_on) {
    std::vector<std::string> signs;
    auto const wants = [&](std::string_view kind) { return !match_on || *match_on == kind; };
    if (wants("key")) {
        for (auto const& key : customer.import_keys) {
            if (Id<Customer>::read(key.key)) signs.push_back("id " + key.key);
            signs.push_back("key " + key.source + "\n" + key.key);
        }
    }
    if (wants("email"))
        for (auto const& email : customer.emails)
            if (auto const normal = normal_email(email.address)) signs.push_back("email " + *normal);
    if (wants("phone")) {
        auto country = plan.country;
        for (auto const& address : customer.addresses)
            if (address.country) {
                country = *address.country;
                break;
            }
        for (auto const& phone : customer.phones)
            if (auto const read = read_phone(phone.number, phone.country ? std::string(*phone.country) : country);
                read && phone.label.value_or("") != "fax")
                signs.push_back("phone " + read->e164);
    }
    if (match_on && match_on->starts_with("custom."))
        if (auto const* value = customer.custom.if_contains(match_on->substr(7)))
            signs.push_back("custom " + (value->is_string() ? std::string(std::string_view(value->get_string()))
                                                            : json_text(*value)));
    return signs;
}

Outcome carry_out(Unit& unit, Names& names, Import const& import, Plan const& plan, Draft draft) {
    auto& row = draft.customer;
    auto const name = name_of(row);
    if (draft.is_empty) return skipped("empty", {}, "");
    if (!draft.mistakes.empty()) return failed(std::move(draft.mistakes), name);
    if (draft.key) row.import_keys.push_back({import.source, Text<1, 200>(*draft.key)});
    try {
        auto const found = find_matches(unit, row, import, plan);
        if (found.size() > 1)
            return failed("", "ambiguous",
                          "Several customers fit this row: " + name_of(found[0]) + " (" + found[0].id.text() +
                              ") and " + name_of(found[1]) + " (" + found[1].id.text() + ").",
                          name);
        if (found.size() == 1 && import.policy == ImportPolicy::keep)
            return skipped("exists", found[0].id, name_of(found[0]));
        // An id of ours that came back with our own export is no key in another program.
        std::erase_if(row.import_keys,
                      [&](ImportKey const& key) { return found.size() == 1 && key.key == found[0].id.text(); });
        if (auto const wrong = resolve(names, import, plan, draft, found.empty() ? std::nullopt : found[0].folder_id))
            return failed({*wrong}, name);
        return found.empty() ? make_new(unit, import, plan, draft)
                             : bring_up_to_date(unit, import, plan, draft, found[0]);
    } catch (Problem const& problem) { return failed(problem, draft, plan, name); }
}

}  // namespace patron::imports
