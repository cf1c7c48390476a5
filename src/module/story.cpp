#include "module/story.hpp"

#include "base/money.hpp"
#include "module/sections_seen.hpp"

#include <algorithm>

namespace patron {
namespace {

// Lists are told by what a person would call one of them.
std::string field_in_words(std::string const& field) {
    static std::map<std::string, std::string> const words{{"emails", "e-mail addresses"},
                                                          {"phones", "phone numbers"},
                                                          {"folder_id", "folder"},
                                                          {"status_id", "status"},
                                                          {"tag_ids", "tags"},
                                                          {"photo_id", "photo"},
                                                          {"workers", "assigned staff"},
                                                          {"customer_since", "date of becoming a customer"},
                                                          {"display_name", "name"},
                                                          {"given_name", "first name"},
                                                          {"family_name", "last name"},
                                                          {"company_name", "company"},
                                                          {"do_not_contact", "do-not-contact channels"}};
    auto const found = words.find(field);
    return found == words.end() ? in_words(field) : found->second;
}

std::string text_of(Json const* value) {
    return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

bool looks_like_id(std::string_view text) {
    auto const cut = text.find('_');
    return cut != std::string_view::npos && read_id(text.substr(0, cut), text).has_value();
}

// What one entry of a list or an object says in a line.
std::string object_in_words(JsonObject const& object) {
    for (auto const* name : {"address", "number", "label"})
        if (auto const* value = object.if_contains(name)) return text_of(value);
    if (auto const* amount = object.if_contains("amount"); amount && amount->is_int64() && object.contains("currency"))
        return money_text({amount->get_int64(), text_of(object.if_contains("currency"))});
    std::string words;
    for (auto const* name : {"line1", "line2", "postal_code", "city", "region", "country"}) {
        auto const part = text_of(object.if_contains(name));
        if (!part.empty()) (words += words.empty() ? "" : ", ") += part;
    }
    return words;
}

// The id of a customer whom one does not see, of a folder that is closed to one, or of what is in such a folder.
bool is_unseen(Reading& reading, Json const& value) {
    if (!value.is_string()) return false;
    std::string_view const text = value.get_string();
    auto const prefix = text.substr(0, text.find('_'));
    auto const id = prefix.size() < text.size() ? read_id(prefix, text) : std::nullopt;
    if (!id) return false;
    if (prefix == Id<Customer>::prefix()) return !reading.sees(Id<Customer>{*id});
    return is_in_closed_folder(reading, prefix, *id);
}

// Nobody is told of them, nor by an id beside a happening with another one.
void leave_out_unseen(Reading& reading, Story& story) {
    std::vector<std::string> unseen;
    for (auto const& fact : story.facts)
        if (is_unseen(reading, fact.value())) unseen.emplace_back(fact.key());
    for (auto const& name : unseen) story.facts.erase(name);
    for (auto& change : story.changes)
        for (auto* value : {&change.from, &change.to})
            if (is_unseen(reading, *value)) *value = nullptr;
}

// The first three and how many more there are.
std::string changes_in_words(std::vector<StoryChange> const& changes) {
    if (changes.empty()) return "something";
    auto const told = std::min<std::size_t>(changes.size(), 3);
    std::string words;
    for (std::size_t i = 0; i < told; ++i) {
        if (i) words += i + 1 == changes.size() ? " and " : ", ";
        // What the business called it stands as it was called.
        if (!changes[i].field.starts_with("custom.")) words += "the ";
        words += changes[i].label;
    }
    if (changes.size() > told) words += " and " + std::to_string(changes.size() - told) + " more";
    return words;
}

}  // namespace

std::string Storyteller::ask(std::string_view prefix, db::Value key) {
    for (auto const& module : reading_.business.modules())
        for (auto const& namer : module.namers)
            if (namer.prefix == prefix) {
                // Whom one may not see has no name, nor has a folder that is closed, nor what is in it.
                if (auto const* id = std::get_if<std::int64_t>(&key)) {
                    if (prefix == Id<Customer>::prefix() && !reading_.sees(Id<Customer>{*id})) return {};
                    if (is_in_closed_folder(reading_, prefix, *id)) return {};
                }
                db::Value const values[] = {std::move(key)};
                auto row = reading_.tx.query(namer.sql, values);
                return row.next() ? std::string(row.text(0)) : std::string();
            }
    return {};
}

std::string Storyteller::name_of(std::string const& id) {
    auto const known = names_.find(id);
    if (known != names_.end()) return known->second;
    auto const cut = id.find('_');
    std::string name;
    if (cut != std::string::npos)
        if (auto const number = read_id(std::string_view(id).substr(0, cut), id))
            name = ask(id.substr(0, cut), *number);
    return names_[id] = name;
}

std::string Storyteller::label_of(std::string const& field) {
    if (!field.starts_with("custom.")) return field_in_words(field);
    auto const known = names_.find(field);
    if (known != names_.end()) return known->second;
    auto label = ask("custom", field.substr(7));
    return names_[field] = label.empty() ? in_words(field.substr(7)) : label;
}

bool Storyteller::is_hidden(std::string const& field) {
    if (!field.starts_with("custom.")) return false;
    auto const& hidden = reading_.hidden_fields();
    return std::find(hidden.begin(), hidden.end(), field.substr(7)) != hidden.end();
}

// What a choice is called, by the options that the field's module names.
std::string Storyteller::option_label(std::string const& field, std::string const& value) {
    auto const known = names_.find("options of " + field);
    auto const options =
        known != names_.end() ? known->second : names_["options of " + field] = ask("custom options", field.substr(7));
    if (options.size() < 3) return {};
    auto const parsed = parse_own_json(options);
    for (auto const& option : parsed.get_array())
        if (text_of(option.get_object().if_contains("value")) == value)
            return text_of(option.get_object().if_contains("label"));
    return {};
}

std::string Storyteller::words_of(std::string const& field, Json const& value) {
    if (field.starts_with("custom.") && value.is_string()) {
        if (auto const label = option_label(field, std::string(std::string_view(value.get_string()))); !label.empty())
            return label;
    }
    if (value.is_null()) return {};
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (value.is_string()) {
        std::string text(std::string_view(value.get_string()));
        if (!looks_like_id(text)) return text;
        auto name = name_of(text);
        return name.empty() ? "something deleted" : name;
    }
    if (value.is_array()) {
        std::string words;
        for (auto const& one : value.get_array()) {
            auto const text = words_of(field, one);
            if (!text.empty()) (words += words.empty() ? "" : ", ") += text;
        }
        return words;
    }
    if (value.is_object()) {
        if (auto const* user = value.get_object().if_contains("user_id")) return words_of(field, *user);
        return object_in_words(value.get_object());
    }
    return json_text(value);
}

Story Storyteller::tell(Event const& event) {
    Story story;
    story.actor.kind = enum_text(event.actor.kind);
    if (event.actor.id) {
        story.actor.id = event.actor.id.text();
        story.actor.name = name_of(*story.actor.id);
        // A file's name alone would be somebody of that name.
        if (event.actor.kind == ActorKind::import_ && !story.actor.name.empty())
            story.actor.name.insert(0, "The import ");
    }
    if (story.actor.name.empty())
        story.actor.name = event.actor.kind == ActorKind::import_    ? "An import"
                           : event.actor.kind == ActorKind::customer ? "The customer"
                                                                     : "Patron";
    if (!event.facts.empty()) story.facts = parse_own_json(event.facts).get_object();
    auto const take = [&](Json const& changes) {
        for (auto const& entry : changes.get_array()) {
            auto const& change = entry.get_object();
            StoryChange one;
            one.field = text_of(change.if_contains("field"));
            if (is_hidden(one.field)) continue;
            one.label = label_of(one.field);
            one.from = change.at("from");
            one.to = change.at("to");
            if (event.customer_id && one.field.starts_with("custom."))
                reading_.shows_sensitive(event.customer_id, one.field.substr(7));
            one.from_text = words_of(one.field, one.from);
            one.to_text = words_of(one.field, one.to);
            story.changes.push_back(std::move(one));
        }
    };
    if (event.changes.size() > 2) take(parse_own_json(event.changes));
    if (!event.personal.empty()) {
        auto const personal = parse_own_json(event.personal);
        take(personal.at("changes"));
        for (auto const& fact : personal.at("facts").get_object()) story.facts[fact.key()] = fact.value();
    }
    leave_out_unseen(reading_, story);

    auto const* kind = reading_.business.spine().kind(event.kind);
    std::string_view rest = kind ? kind->headline : "{actor}: something that this version does not know";
    auto const add = [&](std::string text, bool strong) {
        if (text.empty()) return;
        story.headline += text;
        story.parts.push_back({std::move(text), strong});
    };
    while (!rest.empty()) {
        auto const open = std::min(rest.find('{'), rest.size());
        add(std::string(rest.substr(0, open)), false);
        rest.remove_prefix(open);
        if (rest.empty()) break;
        auto const close = rest.find('}');
        std::string const token(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
        if (token == "actor") add(story.actor.name, true);
        else if (token == "changes") add(changes_in_words(story.changes), false);
        else if (token.starts_with("turn:")) {  // "from A to B"; "to B" where there was nothing
            for (auto const& change : story.changes) {
                if (change.field != token.substr(5)) continue;
                bool const was = !change.from_text.empty();
                if (was) {
                    add("from ", false);
                    add(change.from_text, true);
                }
                add(was ? " to " : "to ", false);
                add(change.to_text.empty() ? "no " + change.label : change.to_text, true);
            }
        } else if (token.starts_with("fact:")) {
            auto const* fact = story.facts.if_contains(token.substr(5));
            add(fact ? words_of("", *fact) : "something", true);
        }
    }
    return story;
}

}  // namespace patron
