#include "modules/fields/rules.hpp"

#include "base/fold.hpp"

#include <algorithm>
#include <set>

namespace patron::fields::rules {
namespace {

// Words that a customer's import mapping, list or record already uses would be ambiguous beside a field of the same key.
constexpr std::string_view taken_words[] = {"id",
                                            "version",
                                            "kind",
                                            "display_name",
                                            "given_name",
                                            "family_name",
                                            "company_name",
                                            "emails",
                                            "phones",
                                            "addresses",
                                            "folder_id",
                                            "status_id",
                                            "tag_ids",
                                            "workers",
                                            "preferred_contact",
                                            "do_not_contact",
                                            "newsletter",
                                            "language",
                                            "time_zone",
                                            "source",
                                            "customer_since",
                                            "custom",
                                            "import_keys",
                                            "photo_id",
                                            "created_at",
                                            "updated_at",
                                            "bin_until"};

bool has_options(FieldType type) { return type == FieldType::choice || type == FieldType::choices; }

void check_options(Field const& field, Mistakes& mistakes) {
    if (has_options(field.type) && field.options.empty())
        mistake(mistakes, "/options", "required", "must name at least one choice");
    if (!has_options(field.type) && !field.options.empty())
        mistake(mistakes, "/options", "not_for_this_type", "belong to fields of type choice and choices alone");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < field.options.size(); ++i)
        if (!seen.insert(field.options[i].value).second)
            mistake(mistakes, pointer_to(pointer_to("/options", i), "value"), "duplicate",
                    "stands twice; each choice has a value of its own");
}

void check_by_folder(Field const& field, Mistakes& mistakes) {
    auto const& places = field.by_folder;
    if (places.size() > most_folders)
        return mistake(mistakes, "/by_folder", "too_many",
                       "may have at most " + std::to_string(most_folders) + " entries");
    std::set<std::int64_t> named;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (!named.insert(places[i].folder_id.value).second)
            mistake(mistakes, pointer_to(pointer_to("/by_folder", i), "folder_id"), "duplicate", "stands there twice");
}

}  // namespace

std::string key_of(std::string_view label) {
    std::string key;
    for (auto const& word : words(label)) {
        std::string part;
        for (char const c : word)
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) part += c;
        if (part.empty()) continue;
        if (!key.empty()) key += '_';
        else if (part.front() <= '9') key += "n_";  // a key begins with a letter
        key += part;
    }
    key.resize(std::min<std::size_t>(key.size(), 40));
    while (key.ends_with('_')) key.pop_back();
    return key;
}

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 40 && key.front() >= 'a' && key.front() <= 'z' &&
           std::all_of(key.begin(), key.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void complete(Field& field) {
    for (auto& option : field.options)
        if (option.label.empty()) option.label = std::string(option.value);
}

void check(Field const& field, Mistakes& mistakes) {
    if (!is_key(field.key))
        mistake(mistakes, "/key", field.key.empty() ? "required" : "not_a_key",
                "must begin with a letter from a to z and have only such letters, digits and _, at most 40");
    else if (std::find(std::begin(taken_words), std::end(taken_words), field.key) != std::end(taken_words))
        mistake(mistakes, "/key", "taken", "is the name of a member that every customer has; choose another");
    check_options(field, mistakes);
    check_by_folder(field, mistakes);
    if (field.follow_up && field.type != FieldType::date_time)
        mistake(mistakes, "/follow_up", "not_for_this_type", "belongs to fields of type date_time alone");
}

void check_fixed(Field const& before, Field const& after, Mistakes& mistakes) {
    if (before.key != after.key) mistake(mistakes, "/key", "fixed", "is fixed once the field is made");
    if (before.type != after.type) mistake(mistakes, "/type", "fixed", "is fixed once the field is made");
}

}  // namespace patron::fields::rules
