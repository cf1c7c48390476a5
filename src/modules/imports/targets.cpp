#include "modules/imports/targets.hpp"

#include <algorithm>
#include <iterator>

namespace patron::imports {
namespace {

struct Known {
    std::string_view field, label, group;
    bool many = false;
};

constexpr Known customer_targets[] = {
    {"name", "Whole name", "Name"},
    {"given_name", "First name", "Name"},
    {"middle_name", "Middle name", "Name"},
    {"family_name", "Last name", "Name"},
    {"company_name", "Company", "Name"},
    {"display_name", "Shown name", "Name"},
    {"kind", "Person or company", "Name"},
    {"email", "E-mail", "Contact", true},
    {"phone", "Phone", "Contact", true},
    {"phone_label", "Kind of the next phone number", "Contact", true},
    {"email_label", "Kind of the next e-mail address", "Contact", true},
    {"preferred_contact", "Prefers to be reached by", "Contact"},
    {"do_not_contact", "Not to be reached by", "Contact"},
    {"newsletter", "Newsletter", "Contact"},
    {"language", "Language", "Contact"},
    {"time_zone", "Time zone", "Contact"},
    {"tag", "Tags", "Organisation", true},
    {"folder", "Folder", "Organisation"},
    {"status", "Status", "Organisation"},
    {"worker", "Who looks after the customer", "Organisation"},
    {"note", "Note", "Organisation", true},
    {"source", "Where the customer came from", "Organisation"},
    {"customer_since", "Customer since", "Organisation"},
    {"created_at", "Created at", "Organisation"},
    {"key", "Id in the other program", "Organisation"},
    {"import_keys", "Ids in several programs (program:id)", "Organisation"},
};
constexpr Known staff_targets[] = {
    {"name", "Whole name", "Name"},
    {"given_name", "First name", "Name"},
    {"family_name", "Last name", "Name"},
    {"title", "Title", "Name"},
    {"email", "E-mail", "Contact"},
    {"phone", "Phone", "Contact"},
    {"key", "Id in the other program", "Organisation"},
};
constexpr Known address_parts[] = {
    {"line1", "street", ""},
    {"line2", "second line", ""},
    {"city", "city", ""},
    {"region", "region", ""},
    {"postal_code", "postal code", ""},
    {"country", "country", ""},
    {"access_notes", "how to get in", ""},
};
// The last three say less: which kind they become depends on what else the row has.
constexpr std::string_view address_labels[] = {"billing", "shipping", "service", "work", "home", "other"};
constexpr std::string_view offered_labels[] = {"work", "home"};
constexpr std::string_view phone_labels[] = {"work", "home", "mobile", "fax"};

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ' ';
    });
}

std::optional<Target> read_address(std::string_view rest) {
    Target target{"address", "", std::string(rest)};
    if (auto const dot = rest.find('.'); dot != std::string_view::npos) {
        target.label = rest.substr(0, dot);
        target.part = rest.substr(dot + 1);
        if (std::find(std::begin(address_labels), std::end(address_labels), target.label) == std::end(address_labels))
            return {};
    }
    bool const known = std::any_of(std::begin(address_parts), std::end(address_parts),
                                   [&](Known const& part) { return part.field == target.part; });
    return known ? std::optional(target) : std::nullopt;
}

}  // namespace

std::optional<Target> read_target(std::string_view text, ImportKind kind) {
    auto const dot = std::min(text.find('.'), text.size());
    auto const base = text.substr(0, dot), rest = text.substr(std::min(dot + 1, text.size()));
    if (kind == ImportKind::customers) {
        if (text == "company") return Target{"company_name", "", ""};
        if (base == "address" && !rest.empty()) return read_address(rest);
        if (base == "custom" && is_label(rest)) return Target{"custom", "", std::string(rest)};
        if ((base == "email" || base == "phone") && is_label(rest))
            return Target{std::string(base), std::string(rest), ""};
    }
    auto const is = [&](Known const& known) { return known.field == text; };
    bool const known = kind == ImportKind::staff
                           ? std::any_of(std::begin(staff_targets), std::end(staff_targets), is)
                           : std::any_of(std::begin(customer_targets), std::end(customer_targets), is);
    return known ? std::optional(Target{std::string(text), "", ""}) : std::nullopt;
}

bool takes_many(Target const& target) {
    return std::any_of(std::begin(customer_targets), std::end(customer_targets),
                       [&](Known const& known) { return known.many && known.field == target.base; });
}

std::vector<Choice> choices(ImportKind kind, std::vector<Field> const& fields) {
    std::vector<Choice> all;
    auto const add = [&](std::string field, std::string label, std::string_view group) {
        all.push_back({std::move(field), std::move(label), std::string(group)});
    };
    if (kind == ImportKind::staff) {
        for (auto const& one : staff_targets) add(std::string(one.field), std::string(one.label), one.group);
        return all;
    }
    for (auto const& one : customer_targets) {
        add(std::string(one.field), std::string(one.label), one.group);
        if (one.field == "email")
            for (auto const label : offered_labels)
                add("email." + std::string(label), "E-mail (" + std::string(label) + ")", one.group);
        if (one.field == "phone")
            for (auto const label : phone_labels)
                add("phone." + std::string(label), "Phone (" + std::string(label) + ")", one.group);
    }
    for (auto const& part : address_parts)
        add("address." + std::string(part.field), "Address: " + std::string(part.label), "Address");
    for (auto const label : {"billing", "shipping", "service"})
        for (auto const& part : address_parts)
            add("address." + std::string(label) + "." + std::string(part.field),
                std::string(label) + " address: " + std::string(part.label), "Address");
    for (auto const& field : fields) add("custom." + field.key, field.label, "Own fields");
    return all;
}

}  // namespace patron::imports
