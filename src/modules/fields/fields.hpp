// Custom fields: what a business wants to know of its customers beyond the common members, typed and checked.
#pragma once
#include "modules/folders/folders.hpp"

namespace patron {
struct Field;
}  // namespace patron
ID_PREFIX(patron::Field, "fld");

namespace patron {

enum class FieldType {
    text,
    long_text,
    number,
    money,
    date,
    date_time,
    checkbox,
    choice,
    choices,
    url,
    email,
    phone,
    id_number,
    file,
    customer,
    user
};
BOOST_DESCRIBE_ENUM(FieldType, text, long_text, number, money, date, date_time, checkbox, choice, choices, url, email,
                    phone, id_number, file, customer, user)

struct FieldOption {
    Text<1, 100> value;  // what is kept
    Text<0, 100> label;  // what is shown; the value when left out
    Tone tone = Tone::mute;
};
DESCRIBE(FieldOption, value, label, tone);

// What one folder has otherwise than all others.
struct FieldInFolder {
    Id<Folder> folder_id;
    std::optional<int> rank;
    std::optional<bool> required;
};
DESCRIBE(FieldInFolder, folder_id, rank, required);

struct Field {
    static constexpr std::string_view table = "fields", noun = "field";
    static constexpr std::string_view fixed[] = {"id", "version", "created_at", "updated_at"};
    Id<Field> id;
    std::int64_t version = 0;
    Text<0, 40> key;  // [a-z][a-z0-9_]*, fixed once made; made from the label when left out
    Text<1, 100> label;
    FieldType type = FieldType::text;  // fixed once made
    std::vector<FieldOption> options;  // of choice and choices
    bool required = false;
    bool sensitive = false;              // shown only to roles that may see it
    bool follow_up = false;              // a date_time that stands in the follow-up queue
    std::vector<Id<Folder>> folder_ids;  // where it shows; empty: everywhere
    std::vector<FieldInFolder> by_folder;
    int rank = 0;
    std::optional<Text<0, 500>> help;
    Time created_at, updated_at;
};
DESCRIBE(Field, id, version, key, label, type, options, required, sensitive, follow_up, folder_ids, by_folder, rank,
         help, created_at, updated_at);

namespace fields {

// All definitions, in their order.
std::vector<Field> all(Reading& reading);

// Keys of the sensitive fields, also of those that were deleted, by whether whoever asks may read them.
SensitiveFields sensitive(Reading& reading);
// All definitions that whoever asks may read.
std::vector<Field> readable(Reading& reading);
// Those that are required, somewhere at least: all that a customer without values has to do with.
std::vector<Field> required(Reading& reading);
std::vector<Field> readable(Reading& reading, std::vector<Field> all);

// A new definition behind all others, its key made from the label when it has none. Throws Problem with pointers.
Field create(Unit& unit, Field draft);

// Checks a customer's custom values and brings them to the form that is kept: NFC text, phones in E.164 where understood
// (national ones read in `country`), canonical times. `custom` is the whole of the values as they are to be, `before` as
// they were ({} for a new customer): values that stay as they are are not checked again, whatever became of their field.
// Null or an empty text removes its key. Mistakes get the pointer of their key below `pointer`. `refers` is asked whether
// a cus_, usr_ or fil_ id names something there.
void check(std::vector<Field> const& fields, JsonObject& custom, JsonObject const& before, std::string const& country,
           std::string const& pointer, Mistakes& mistakes, std::function<bool(AnyId const&)> const& refers);

// A mistake for each required field of that folder without a value.
void require(std::vector<Field> const& fields, JsonObject const& custom, std::optional<Id<Folder>> folder,
             std::string const& pointer, Mistakes& mistakes);

// Does the field show in the folder, and must it have a value there?
bool required_in(Field const& field, std::optional<Id<Folder>> folder);
bool shows_in(Field const& field, std::optional<Id<Folder>> folder);

// How a value is compared in filters and sorts. Text is folded; the number is milliseconds for date_time, minor units for
// money (its text the currency), 0 or 1 for a checkbox. Dates are ISO 8601 text, ids their own.
struct Filterable {
    std::optional<std::string> text;
    std::optional<double> number;
    bool operator==(Filterable const&) const = default;
};
// Of a kept value: one, or one for each choice.
std::vector<Filterable> filterable(Field const& field, Json const& value);
// Do the field's values compare by number (else by text)?
bool compares_by_number(Field const& field);
// Of what is typed in ?custom.KEY=: throws Problem 422 at "?custom.KEY" for what the field can't hold.
Filterable filter_operand(Field const& field, std::string const& typed);

// A value in words, for change lists and CSV: labels of choices, "12.50 EUR", "yes".
std::string value_text(Field const& field, Json const& value);

// `searched_otherwise` is told, in the same transaction, of a field that became sensitive or is so no longer.
Module module(std::function<void(Unit&, Field const&)> searched_otherwise = {});

}  // namespace fields
}  // namespace patron
