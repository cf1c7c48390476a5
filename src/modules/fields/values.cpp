// A customer's custom values: what each type takes, and the form it is kept in.
#include "modules/fields/fields.hpp"

#include "base/fold.hpp"
#include "base/money.hpp"
#include "base/words.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace patron::fields {
namespace {

struct Checking {
    Field const& field;
    std::string const& country;
    std::string const pointer;
    Mistakes& mistakes;
    std::function<bool(AnyId const&)> const& refers;

    void wrong(std::string_view code, std::string_view says) const { mistake(mistakes, pointer, code, says); }
};

Json text_value(std::string const& text) { return boost::json::string(text); }

std::string_view text_of(Json const& value) {
    auto const* text = value.if_string();
    return text ? std::string_view(*text) : std::string_view();
}

// An empty text is how forms say "none". An empty list of choices is an answer.
bool is_nothing(Json const& value) { return value.is_null() || (value.is_string() && tidy(text_of(value)).empty()); }

std::size_t longest(FieldType type) {
    switch (type) {
        case FieldType::long_text: return 20'000;
        case FieldType::url: return 2'000;
        case FieldType::email: return 254;
        case FieldType::phone:
        case FieldType::id_number: return 60;
        default: return 1'000;
    }
}

// Only what a browser opens safely: http or https, a host, nobody's password. Letters beyond ASCII are fine (RFC 3987).
bool is_web_address(std::string_view text) {
    auto const scheme = text.find("://");
    if (scheme == std::string_view::npos ||
        (fold(text.substr(0, scheme)) != "http" && fold(text.substr(0, scheme)) != "https"))
        return false;
    if (text.find_first_of(" \t\n\"<>\\^`{|}") != std::string_view::npos) return false;
    auto const authority = text.substr(scheme + 3, text.find_first_of("/?#", scheme + 3) - (scheme + 3));
    return !authority.empty() && authority.front() != ':' && authority.find('@') == std::string_view::npos;
}

// Numbers of cards and bank accounts have no place in plain text; what has a form of its own is not asked.
void guard_secrets(Checking const& at, std::string const& text) {
    if (at.field.type != FieldType::text && at.field.type != FieldType::long_text) return;
    auto const found = find_secrets(text);
    if (found.empty()) return;
    if (found.front().kind == SecretSpan::Kind::card)
        at.wrong("card_number",
                 "holds what looks like a card number; card numbers belong in the vault, never in plain fields");
    else
        at.wrong("bank_account",
                 "holds what looks like a bank account; account numbers belong in the vault, never in plain fields");
}

void check_text(Checking const& at, Json& value) {
    std::string text;
    if (!read_text(value, text, 0, longest(at.field.type), at.pointer, at.mistakes)) return;
    if (at.field.type == FieldType::url && !is_web_address(text))
        return at.wrong("not_a_url", "is no web address; write it like https://example.com");
    if (at.field.type == FieldType::email && !normal_email(text)) return at.wrong(EmailRule::code, EmailRule::message);
    if (at.field.type == FieldType::phone) {
        if (auto const phone = read_phone(text, at.country)) text = phone->e164;
        else if (digits(text).empty()) return at.wrong("not_a_phone", "is no telephone number");
    }
    guard_secrets(at, text);
    value = text_value(text);
}

bool has_option(Field const& field, std::string_view value) {
    return std::any_of(field.options.begin(), field.options.end(),
                       [&](auto const& option) { return option.value == value; });
}

void check_choice(Checking const& at, Json const& value, std::string const& pointer) {
    if (!value.is_string()) return mistake(at.mistakes, pointer, "not_a_text", "must be the value of an option");
    if (!has_option(at.field, text_of(value)))
        mistake(at.mistakes, pointer, "not_a_choice", "is none of the field's options");
}

void check_choices(Checking const& at, Json& value) {
    auto const* list = value.if_array();
    if (!list) return at.wrong("not_a_list", "must be a list of options' values");
    if (list->size() > list_limit) return at.wrong("too_many", "may have at most 200 entries");
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto const pointer = pointer_to(at.pointer, i);
        check_choice(at, (*list)[i], pointer);
        if (!seen.insert(text_of((*list)[i])).second)
            mistake(at.mistakes, pointer, "duplicate", "stands in the list already");
    }
}

void check_reference(Checking const& at, Json const& value) {
    std::string_view const prefix = at.field.type == FieldType::file   ? "fil"
                                    : at.field.type == FieldType::user ? "usr"
                                                                       : "cus";
    auto const number = read_id(prefix, text_of(value));
    if (!number) return at.wrong("not_an_id", "must be an id that begins with " + std::string(prefix) + "_");
    if (!at.refers(AnyId(std::string(prefix), *number))) at.wrong("unknown_reference", "names nothing that exists");
}

// Reads the value as T and keeps T's own form of it.
template <class T>
void check_as(Checking const& at, Json& value) {
    T read{};
    auto const before = at.mistakes.size();
    read_json(value, read, at.pointer, at.mistakes);
    if (at.mistakes.size() == before) value = parse_own_json(to_json(read));
}

void check_number(Checking const& at, Json const& value) {
    if (!value.is_number()) return at.wrong("not_a_number", "must be a number");
    // Beyond 2^53 a browser would read another number than it was sent.
    if (auto const number = value.to_number<double>(); number > 9007199254740991.0 || number < -9007199254740991.0)
        at.wrong("out_of_range", "must lie between -9007199254740991 and 9007199254740991");
}

void check_value(Checking const& at, Json& value) {
    switch (at.field.type) {
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::url:
        case FieldType::email:
        case FieldType::phone:
        case FieldType::id_number: return check_text(at, value);
        case FieldType::number: return check_number(at, value);
        case FieldType::money: return check_as<Money>(at, value);
        case FieldType::date: return check_as<Date>(at, value);
        case FieldType::date_time: return check_as<Time>(at, value);
        case FieldType::checkbox: return check_as<bool>(at, value);
        case FieldType::choice: return check_choice(at, value, at.pointer);
        case FieldType::choices: return check_choices(at, value);
        case FieldType::file:
        case FieldType::customer:
        case FieldType::user: return check_reference(at, value);
    }
}

Field const* field_of(std::vector<Field> const& fields, std::string_view key) {
    auto const found = std::find_if(fields.begin(), fields.end(), [&](Field const& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace

bool shows_in(Field const& field, std::optional<Id<Folder>> folder) {
    return field.folder_ids.empty() ||
           (folder && std::find(field.folder_ids.begin(), field.folder_ids.end(), *folder) != field.folder_ids.end());
}

bool required_in(Field const& field, std::optional<Id<Folder>> folder) {
    if (!shows_in(field, folder)) return false;
    for (auto const& here : field.by_folder)
        if (folder == here.folder_id && here.required) return *here.required;
    return field.required;
}

void check(std::vector<Field> const& fields, JsonObject& custom, JsonObject const& before, std::string const& country,
           std::string const& pointer, Mistakes& mistakes, std::function<bool(AnyId const&)> const& refers) {
    JsonObject kept;
    for (auto& entry : custom) {
        std::string_view const key{entry.key().data(), entry.key().size()};
        auto& value = entry.value();
        auto const* old = before.if_contains(key);
        auto const* field = field_of(fields, key);
        if (old && *old == value) kept.emplace(key, value);
        else if (!field && !(old && value.is_null()))
            mistake(mistakes, pointer_to(pointer, key), "unknown_member", "is no custom field of this business");
        else if (!is_nothing(value)) {
            check_value({*field, country, pointer_to(pointer, key), mistakes, refers}, value);
            kept.emplace(key, value);
        }
    }
    custom = std::move(kept);
}

void require(std::vector<Field> const& fields, JsonObject const& custom, std::optional<Id<Folder>> folder,
             std::string const& pointer, Mistakes& mistakes) {
    auto const has_value = [&](std::string const& key) {
        auto const* value = custom.if_contains(key);
        return value && !is_nothing(*value) && !(value->is_array() && value->get_array().empty());
    };
    for (auto const& field : fields)
        if (required_in(field, folder) && !has_value(field.key))
            mistakes.push_back({pointer_to(pointer, field.key), "required",
                                "The field " + field.label + " is needed in this folder."});
}

bool compares_by_number(Field const& field) {
    return field.type == FieldType::number || field.type == FieldType::money || field.type == FieldType::date_time ||
           field.type == FieldType::checkbox;
}

std::vector<Filterable> filterable(Field const& field, Json const& value) {
    if (is_nothing(value)) return {};
    auto const text = [](std::string kept) { return Filterable{std::move(kept), {}}; };
    auto const number = [](double kept) { return Filterable{{}, kept}; };
    switch (field.type) {
        case FieldType::number:
            return value.is_number() ? std::vector{number(value.to_number<double>())} : std::vector<Filterable>{};
        case FieldType::checkbox:
            return value.is_bool() ? std::vector{number(value.get_bool() ? 1 : 0)} : std::vector<Filterable>{};
        case FieldType::date_time: {
            auto const time = read_time(text_of(value));
            return time ? std::vector{number(static_cast<double>(time->ms))} : std::vector<Filterable>{};
        }
        case FieldType::money: {
            Money money;
            read_own(value, money);
            return {Filterable{money.currency, static_cast<double>(money.amount)}};
        }
        case FieldType::choices: {
            std::vector<Filterable> all;
            if (auto const* list = value.if_array())
                for (auto const& one : *list) all.push_back(text(fold(text_of(one))));
            return all;
        }
        case FieldType::date:
        case FieldType::file:
        case FieldType::customer:
        case FieldType::user: return {text(std::string(text_of(value)))};
        default: return {text(fold(text_of(value)))};
    }
}

namespace {

std::optional<double> whole_or_decimal(std::string const& typed) {
    double number = 0;
    auto const [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error != std::errc{} || end != typed.data() + typed.size() || !std::isfinite(number)) return {};
    return number;
}

// A date alone means its beginning in UTC.
std::optional<Time> moment(std::string const& typed) {
    if (auto const date = read_date(typed)) return start_of(*date);
    return read_time(typed);
}

std::string phone_operand(std::string const& typed) {
    if (auto const phone = read_phone(typed, "")) return fold(phone->e164);
    // In a query an unescaped + arrives as a space and is trimmed away.
    if (auto const phone = read_phone("+" + typed, "")) return fold(phone->e164);
    return fold(typed);
}

}  // namespace

Filterable filter_operand(Field const& field, std::string const& typed) {
    auto const where = "?custom." + field.key;
    auto const refuse = [&](std::string_view code, std::string const& says) {
        return invalid(where, std::string(code), "The parameter custom." + field.key + " " + says + ".");
    };
    switch (field.type) {
        case FieldType::number:
        case FieldType::money: {
            auto const number = whole_or_decimal(typed);
            if (!number) throw refuse("not_a_number", "must be a number");
            return {{}, number};
        }
        case FieldType::checkbox:
            if (typed != "true" && typed != "false") throw refuse("not_a_boolean", "must be true or false");
            return {{}, typed == "true" ? 1 : 0};
        case FieldType::date_time: {
            auto const time = moment(typed);
            if (!time) throw refuse("not_a_time", "must be a time or a date");
            return {{}, static_cast<double>(time->ms)};
        }
        case FieldType::date: {
            auto const date = read_date(typed);
            if (!date) throw refuse("not_a_date", "must be a date such as 2026-11-21");
            return {to_text(*date), {}};
        }
        case FieldType::choice:
        case FieldType::choices:
            if (!has_option(field, typed)) throw refuse("not_a_choice", "must be one of the field's options");
            return {fold(typed), {}};
        case FieldType::file:
        case FieldType::customer:
        case FieldType::user: return {typed, {}};
        case FieldType::phone: return {phone_operand(typed), {}};
        default: return {fold(typed), {}};
    }
}

namespace {

std::string label_of(Field const& field, std::string_view value) {
    for (auto const& option : field.options)
        if (option.value == value) return option.label;
    return std::string(value);
}

}  // namespace

std::string value_text(Field const& field, Json const& value) {
    if (value.is_null()) return {};
    if (field.type == FieldType::checkbox && value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (field.type == FieldType::money && value.is_object()) {
        Money money;
        read_own(value, money);
        return money_text(money);
    }
    if (auto const* list = value.if_array()) {
        std::string all;
        for (auto const& one : *list) (all += all.empty() ? "" : ", ") += label_of(field, text_of(one));
        return all;
    }
    return value.is_string() ? label_of(field, text_of(value)) : json_text(value);
}

}  // namespace patron::fields
