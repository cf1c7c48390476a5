// What filters may compare, and where it stands.
#include "modules/customers/filter.hpp"

#include "modules/customers/attributes.hpp"

namespace patron::customers {
namespace {

using Shape = FilterField::Shape;
using Fields = std::vector<std::shared_ptr<FilterField const>>;

FilterField column(std::string name, std::string label, Shape shape, std::string expression, std::int64_t attribute) {
    FilterField field{.name = std::move(name), .label = std::move(label), .shape = shape};
    field.column = std::move(expression);
    field.attribute = attribute;
    field.ordered = shape == Shape::time || shape == Shape::date;
    return field;
}

FilterField beside(std::string name, std::string label, Shape shape, std::string table, std::string condition,
                   std::string value, std::int64_t attribute) {
    FilterField field{.name = std::move(name), .label = std::move(label), .shape = shape};
    field.table = std::move(table);
    field.table_condition = std::move(condition);
    field.table_value = std::move(value);
    field.attribute = attribute;
    field.searched_within = shape == Shape::text;
    return field;
}

FilterField of_ids(FilterField field, std::string prefix) {
    field.prefix = std::move(prefix);
    return field;
}
FilterField of_choices(FilterField field, std::vector<std::string> choices) {
    field.choices = std::move(choices);
    return field;
}

Fields standing() {
    Fields all;
    auto const add = [&](FilterField field) { all.push_back(std::make_shared<FilterField const>(std::move(field))); };
    add(beside("name", "Name", Shape::text, "customer_search", "", "x.name", attribute::name));
    add(of_ids(column("folder_id", "Folder", Shape::id, "a.folder_id", attribute::folder), "fol"));
    add(of_ids(column("status_id", "Status", Shape::id, "c.status_id", attribute::status), "sta"));
    add(of_ids(beside("tag_id", "Tag", Shape::id, "customer_tags", "", "x.tag_id", attribute::tag), "tag"));
    add(of_ids(beside("worker_id", "Worker", Shape::id, "customer_workers", "", "x.user_id", attribute::worker),
               "usr"));
    add(of_ids(beside("responsible_id", "Responsible", Shape::id, "customer_workers", "x.responsible=1", "x.user_id",
                      attribute::responsible),
               "usr"));
    add(of_choices(column("kind", "Kind", Shape::choice, "c.kind", attribute::kind), {"person", "company"}));
    add(column("source", "Source", Shape::text, "c.source", attribute::source));
    add(beside("email", "E-mail", Shape::text, "customer_contacts", "x.kind='email'", "x.value", attribute::email));
    add(beside("phone", "Phone", Shape::text, "customer_contacts", "x.kind='phone'", "x.value", attribute::phone));
    add(beside("city", "City", Shape::text, "customer_contacts", "x.kind='city'", "x.value", attribute::city));
    auto country = beside("country", "Country", Shape::text, "customer_contacts", "x.kind='country'", "x.value",
                          attribute::country);
    country.searched_within = false;
    add(std::move(country));
    add(column("language", "Language", Shape::text, "c.language", attribute::language));
    add(column("newsletter", "Newsletter", Shape::flag, "c.newsletter", attribute::newsletter));
    add(of_choices(
        column("preferred_contact", "Preferred contact", Shape::choice, "c.preferred_contact", attribute::preferred),
        {"email", "sms", "whatsapp", "call", "post"}));
    add(column("customer_since", "Customer since", Shape::date, "c.customer_since", attribute::since));
    add(column("activity_at", "Last activity", Shape::time, "a.at", attribute::activity));
    add(column("created_at", "Created", Shape::time, "c.created_at", attribute::created));
    add(column("updated_at", "Changed", Shape::time, "c.updated_at", attribute::updated));
    add(beside("import_source", "Imported from", Shape::text, "customer_keys", "", "x.source",
               attribute::import_source));
    return all;
}

FilterField of_field(Field const& definition) {
    FilterField field{.name = "custom." + static_cast<std::string const&>(definition.key),
                      .label = definition.label,
                      .custom = definition,
                      .attribute = definition.id.value};
    field.table = "customer_values";
    field.table_value = fields::compares_by_number(definition) ? "x.number" : "x.text";
    field.ordered = true;
    switch (definition.type) {
        case FieldType::number:
        case FieldType::money: field.shape = Shape::number; break;
        case FieldType::checkbox:
            field.shape = Shape::flag;
            field.ordered = false;
            break;
        case FieldType::date: field.shape = Shape::date; break;
        case FieldType::date_time: field.shape = Shape::time; break;
        case FieldType::choice:
        case FieldType::choices:
            field.shape = Shape::choice;
            for (auto const& option : definition.options) field.choices.push_back(option.value);
            break;
        case FieldType::customer:
        case FieldType::user:
        case FieldType::file:
            field.shape = Shape::id;
            field.ordered = false;
            field.prefix = definition.type == FieldType::customer ? "cus"
                           : definition.type == FieldType::user   ? "usr"
                                                                  : "fil";
            break;
        default: field.searched_within = true;
    }
    return field;
}

}  // namespace

Fields filter_fields(Reading& reading) {
    static Fields const own = standing();
    auto all = own;
    std::int64_t number = attribute::sets;
    for (auto const& module : reading.business.modules())
        for (auto const& set : module.sets)
            all.push_back(std::make_shared<FilterField const>(
                of_ids(beside(std::string(set.field), std::string(set.label), Shape::id, std::string(set.table), "",
                              "x." + std::string(set.column), number++),
                       std::string(set.prefix))));
    for (auto const& definition : fields::readable(reading))
        all.push_back(std::make_shared<FilterField const>(of_field(definition)));
    return all;
}

std::shared_ptr<FilterField const> filter_field(Reading& reading, std::string_view name) {
    for (auto const& field : filter_fields(reading))
        if (field->name == name) return field;
    return nullptr;
}

}  // namespace patron::customers
