#include "modules/exports/columns.hpp"

#include "base/csv.hpp"

#include <algorithm>

namespace patron::exports {
namespace {

constexpr std::size_t emails_shown = 3, phones_shown = 4;  // further ones share the last column
constexpr std::string_view address_parts[] = {"line1",       "line2",   "city",        "region",
                                              "postal_code", "country", "access_notes"};
constexpr AddressKind address_kinds[] = {AddressKind::billing, AddressKind::shipping, AddressKind::service};
constexpr std::string_view between = " ::: ";  // as Google Contacts parts values; commas stay part of them

template <class T>
void each_record(Reading& reading, auto&& take) {
    static std::string const sql = "SELECT " + column_list<T>() + " FROM " + std::string(T::table) + " ORDER BY id";
    auto rows = reading.tx.query(sql);
    while (rows.next()) take(read_row<T>(rows));
}

template <class T>
std::string text_of(std::optional<T> const& text) {
    return text ? static_cast<std::string const&>(*text) : std::string();
}

void join(std::string& list, std::string_view one) {
    if (!list.empty()) list += between;
    list += one;
}

std::string numbered(std::string_view name, std::size_t index) {
    return std::string(name) + (index ? " " + std::to_string(index + 1) : "");
}

// A line of cells under construction.
class Line {
  public:
    void add(std::string_view text) {
        if (!text_.empty() || any_) text_ += ',';
        any_ = true;
        text_ += csv_cell(text);
    }
    std::string end() { return std::move(text_ += "\r\n"); }

  private:
    std::string text_;
    bool any_ = false;
};

template <class T, class Value>
void add_labelled(Line& line, std::vector<T> const& entries, std::size_t shown, Value const& value) {
    std::vector<T const*> sorted;
    for (auto const& one : entries) sorted.push_back(&one);
    std::stable_partition(sorted.begin(), sorted.end(), [](T const* one) { return one->primary; });
    for (std::size_t i = 0; i < shown; ++i) {
        std::string all;
        for (auto j = i; j < sorted.size() && (j == i || i + 1 == shown); ++j) join(all, value(*sorted[j]));
        line.add(i < sorted.size() ? text_of(sorted[i]->label) : std::string());
        line.add(all);
    }
}

void add_address(Line& line, Customer const& customer, AddressKind kind) {
    Address const* found = nullptr;
    for (auto const& one : customer.addresses)
        if (one.kind == kind && (!found || one.primary)) found = &one;
    Address const none, &address = found ? *found : none;
    line.add(text_of(address.line1));
    line.add(text_of(address.line2));
    line.add(text_of(address.city));
    line.add(text_of(address.region));
    line.add(text_of(address.postal_code));
    line.add(text_of(address.country));
    line.add(text_of(address.access_notes));
}

// As imports read it back: choices by value, amounts with their currency, yes and no.
std::string custom_text(Field const& field, Json const* value) {
    if (!value || value->is_null()) return {};
    if (field.type == FieldType::money || field.type == FieldType::checkbox) return fields::value_text(field, *value);
    if (value->is_array()) {
        std::string list;
        for (auto const& one : value->get_array()) join(list, std::string_view(one.get_string()));
        return list;
    }
    return value->is_string() ? std::string(std::string_view(value->get_string())) : json_text(*value);
}

std::string named(std::map<std::int64_t, std::string> const& names, std::int64_t id) {
    auto const found = names.find(id);
    return found == names.end() ? std::string() : found->second;
}

}  // namespace

Columns::Columns(Reading& reading, bool sensitive) : fields_(fields::readable(reading)) {
    if (!sensitive) std::erase_if(fields_, [](Field const& field) { return field.sensitive; });
    std::map<std::int64_t, Folder> folders;
    each_record<Folder>(reading, [&](Folder folder) { folders.emplace(folder.id.value, std::move(folder)); });
    for (auto const& [id, folder] : folders) {
        std::string path = folder.name;
        auto parent = folder.parent_id;
        // A folder above that is closed to whoever asks is not there.
        auto const is_there = [&] {
            return parent && folders.contains(parent->value) &&
                   reading.sight().folder(parent->value) != FolderLevel::none;
        };
        for (int depth = 0; is_there() && depth < 20; ++depth) {
            path = folders.at(parent->value).name + " / " + path;
            parent = folders.at(parent->value).parent_id;
        }
        folders_[id] = std::move(path);
    }
    each_record<Status>(reading, [&](Status const& status) { statuses_[status.id.value] = status.name; });
    each_record<Tag>(reading, [&](Tag const& tag) { tags_[tag.id.value] = tag.name; });
    each_record<User>(reading, [&](User const& user) { workers_[user.id.value] = user.email; });
}

std::vector<std::string> Columns::names() const {
    std::vector<std::string> names{"id", "kind", "display_name", "given_name", "family_name", "company_name"};
    for (std::size_t i = 0; i < emails_shown; ++i)
        names.insert(names.end(), {numbered("email_label", i), numbered("email", i)});
    for (std::size_t i = 0; i < phones_shown; ++i)
        names.insert(names.end(), {numbered("phone_label", i), numbered("phone", i)});
    for (auto const kind : address_kinds)
        for (auto const part : address_parts)
            names.push_back("address." + std::string(enum_text(kind)) + "." + std::string(part));
    for (auto const name : {"folder", "status", "tag", "worker", "preferred_contact", "do_not_contact", "newsletter",
                            "language", "time_zone", "source", "customer_since", "created_at", "import_keys"})
        names.emplace_back(name);
    for (auto const& field : fields_) names.push_back("custom." + field.key);
    return names;
}

std::string Columns::header() const {
    Line line;
    for (auto const& name : names()) line.add(name);
    return line.end();
}

std::string Columns::line(Customer const& customer) const {
    Line line;
    line.add(customer.id.text());
    line.add(enum_text(customer.kind));
    line.add(text_of(customer.display_name));
    line.add(text_of(customer.given_name));
    line.add(text_of(customer.family_name));
    line.add(text_of(customer.company_name));
    add_labelled(line, customer.emails, emails_shown,
                 [](EmailAddress const& one) -> std::string const& { return one.address; });
    add_labelled(line, customer.phones, phones_shown,
                 [](PhoneNumber const& one) -> std::string const& { return one.number; });
    for (auto const kind : address_kinds) add_address(line, customer, kind);
    line.add(customer.folder_id ? named(folders_, customer.folder_id->value) : "");
    line.add(customer.status_id ? named(statuses_, customer.status_id->value) : "");
    std::string tags, workers, channels, keys;
    for (auto const tag : customer.tag_ids) join(tags, named(tags_, tag.value));
    // A lone name with a comma in it would be taken for several.
    if (customer.tag_ids.size() == 1 && tags.find_first_of(",;|") != std::string::npos) tags += between;
    for (bool const responsible : {true, false})
        for (auto const& worker : customer.workers)
            if (worker.responsible == responsible) join(workers, named(workers_, worker.user_id.value));
    for (auto const channel : customer.do_not_contact) join(channels, enum_text(channel));
    for (auto const& key : customer.import_keys) join(keys, key.source + ":" + key.key);
    line.add(tags);
    line.add(workers);
    line.add(customer.preferred_contact ? enum_text(*customer.preferred_contact) : "");
    line.add(channels);
    line.add(customer.newsletter ? "yes" : "no");
    line.add(text_of(customer.language));
    line.add(text_of(customer.time_zone));
    line.add(text_of(customer.source));
    line.add(customer.customer_since ? to_text(*customer.customer_since) : "");
    line.add(to_text(customer.created_at));
    line.add(keys);
    for (auto const& field : fields_) line.add(custom_text(field, customer.custom.if_contains(field.key)));
    return line.end();
}

}  // namespace patron::exports
