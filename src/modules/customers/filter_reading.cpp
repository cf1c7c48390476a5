// Filters read from JSON: every mistake is said with its place.
#include "modules/customers/filter_reading.hpp"

#include "base/fold.hpp"
#include "base/words.hpp"

#include <algorithm>

namespace patron::customers {
namespace {

constexpr int deepest = 10;
constexpr int most_conditions = 200;
constexpr std::size_t most_values = 500;

using Shape = FilterField::Shape;

class Reader {
  public:
    explicit Reader(Reading& reading) : reading_(reading), fields_(filter_fields(reading)) {}

    Filter read(Json const& json, std::string const& pointer, int depth) {
        auto const* object = json.if_object();
        if (!object) throw invalid(pointer, "not_an_object", "A condition must be an object.");
        if (depth > deepest) throw invalid(pointer, "too_deep", "Conditions may be at most 10 levels deep.");
        if (++conditions_ > most_conditions)
            throw invalid(pointer, "too_large", "A filter may have at most 200 conditions.");
        for (auto const name : {"all", "any", "not"})
            if (auto const* inner = object->if_contains(name)) {
                only(*object, {name}, pointer);
                return group(name, *inner, pointer_to(pointer, name), depth);
            }
        if (object->contains("field")) return comparison(*object, pointer);
        if (object->contains("search")) return search(*object, pointer);
        if (object->contains("event")) return read_event_condition(reading_, *object, pointer);
        throw invalid(pointer, "not_a_condition",
                      "A condition needs one of the members all, any, not, field, search, event.");
    }

  private:
    Reading& reading_;
    std::vector<std::shared_ptr<FilterField const>> fields_;
    int conditions_ = 0;
    std::vector<std::int64_t> from_now_;  // of the operands being read
    bool of_me_ = false;

    Filter group(std::string_view name, Json const& inner, std::string const& pointer, int depth) {
        Filter filter{.kind = name == "all"   ? Filter::Kind::all
                              : name == "any" ? Filter::Kind::any
                                              : Filter::Kind::none};
        if (name == "not") {
            filter.parts.push_back(read(inner, pointer, depth + 1));
            return filter;
        }
        auto const* list = inner.if_array();
        if (!list) throw invalid(pointer, "not_a_list", "The member " + std::string(name) + " must be a list.");
        for (std::size_t i = 0; i < list->size(); ++i)
            filter.parts.push_back(read((*list)[i], pointer_to(pointer, i), depth + 1));
        return filter;
    }

    Filter comparison(JsonObject const& object, std::string const& pointer) {
        only(object, {"field", "is", "is_not", "within", "gt", "gte", "lt", "lte", "contains", "empty"}, pointer);
        auto const& name = object.at("field");
        auto const at = pointer_to(pointer, "field");
        if (!name.is_string()) throw invalid(at, "not_a_text", "The member field must be a text.");
        std::string_view const wanted = name.get_string();
        auto const found =
            std::find_if(fields_.begin(), fields_.end(), [&](auto const& one) { return one->name == wanted; });
        if (found == fields_.end())
            throw invalid(at, "unknown_field", "There is no field " + std::string(wanted) + " to filter by.");
        Filter filter{.kind = Filter::Kind::all};
        for (auto const& entry : object)
            if (entry.key() != "field")
                filter.parts.push_back(
                    operation(*found, std::string(entry.key()), entry.value(), pointer_to(pointer, entry.key())));
        if (filter.parts.empty())
            throw invalid(pointer, "nothing_asked", "Say what the field must be: is, gte, contains, empty …");
        if (filter.parts.size() == 1) return std::move(filter.parts.front());
        return filter;
    }

    Filter operation(std::shared_ptr<FilterField const> const& field, std::string const& name, Json const& value,
                     std::string const& pointer) {
        Filter filter{.field = field};
        auto const refuse = [&] {
            return invalid(pointer, "not_for_this_field",
                           "The field " + field->name + " can't be asked for " + name + ".");
        };
        if (name == "empty") {
            if (!value.is_bool()) throw invalid(pointer, "not_a_boolean", "The member empty must be true or false.");
            filter.kind = Filter::Kind::empty;
            return value.get_bool() ? filter : negated(std::move(filter));
        }
        if (name == "within") {
            if (field->prefix != "fol") throw refuse();
            filter.kind = Filter::Kind::is;
            filter.tree = true;
            auto const root = read_id("fol", text_of(value, pointer));
            if (!root) throw invalid(pointer, "not_an_id", "The value must be the id of a folder.");
            for (auto const folder : folders::with_subfolders(reading_, Id<Folder>{*root}))
                filter.values.emplace_back(folder.value);
            return filter;
        }
        if (name == "contains") {
            if (!field->searched_within) throw refuse();
            filter.kind = Filter::Kind::contains;
            filter.text = fold(text_of(value, pointer));
            if (filter.text.empty()) throw invalid(pointer, "empty", "Say what the text is to contain.");
            return filter;
        }
        if (name == "is" || name == "is_not") {
            filter.kind = Filter::Kind::is;
            if (auto const* list = value.if_array()) {
                if (list->size() > most_values)
                    throw invalid(pointer, "too_many", "At most 500 values may stand here.");
                for (std::size_t i = 0; i < list->size(); ++i)
                    filter.values.push_back(operand(*field, (*list)[i], pointer_to(pointer, i)));
            } else filter.values.push_back(operand(*field, value, pointer));
            note_what_it_depends_on(filter);
            return name == "is" ? filter : negated(std::move(filter));
        }
        if (!field->ordered) throw refuse();
        filter.kind = name == "gt"    ? Filter::Kind::above
                      : name == "gte" ? Filter::Kind::from
                      : name == "lt"  ? Filter::Kind::below
                                      : Filter::Kind::up_to;
        filter.values.push_back(operand(*field, value, pointer));
        note_what_it_depends_on(filter);
        return filter;
    }

    void note_what_it_depends_on(Filter& filter) {
        filter.from_now = std::exchange(from_now_, {});
        filter.of_me = std::exchange(of_me_, false);
    }

    // The day that a moment falls on where the business is.
    Date day_there(Time moment) const { return Zone(reading_.business.settings()->time_zone).day_of(moment); }

    // A moment said as days from now; nothing when the value is said otherwise.
    std::optional<Time> relative(Json const& value, std::string const& pointer) {
        auto const* object = value.if_object();
        if (!object) return {};
        only(*object, {"days_ago", "days_ahead"}, pointer);
        if (object->size() != 1)
            throw invalid(pointer, "not_a_time", "Say a time, or how many days_ago or days_ahead.");
        auto const& entry = *object->begin();
        auto const days = whole(entry.value(), pointer_to(pointer, entry.key()), 0, most_days) * day_ms;
        from_now_.push_back(entry.key() == "days_ago" ? -days : days);
        return Time{reading_.now.ms + from_now_.back()};
    }

    db::Value operand(FilterField const& field, Json const& value, std::string const& pointer) {
        if (field.custom) return custom_operand(field, value, pointer);
        switch (field.shape) {
            case Shape::flag:
                if (!value.is_bool()) throw invalid(pointer, "not_a_boolean", "The value must be true or false.");
                return std::int64_t{value.get_bool()};
            case Shape::time:
                if (auto const moment = relative(value, pointer)) return moment->ms;
                return filter_value_at<Time>(value, pointer);
            case Shape::date:
                if (auto const moment = relative(value, pointer)) return to_text(day_there(*moment));
                return filter_value_at<Date>(value, pointer);
            case Shape::id: return id_operand(field, value, pointer);
            case Shape::choice: {
                auto const text = text_of(value, pointer);
                if (std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end())
                    throw invalid(pointer, "not_a_choice", "The value is none of " + field.name + "'s choices.");
                return text;
            }
            default: return standing_text(field, text_of(value, pointer));
        }
    }

    db::Value id_operand(FilterField const& field, Json const& value, std::string const& pointer) {
        auto const text = text_of(value, pointer);
        if (field.prefix == "usr" && text == "me") {
            of_me_ = true;
            return reading_.who.user_id.value;
        }
        auto const number = read_id(field.prefix, text);
        if (!number)
            throw invalid(pointer, "not_an_id", "The value must be an id that begins with " + field.prefix + "_.");
        return *number;
    }

    // The kept form of what is compared: addresses normalised, numbers in E.164, cities and names folded.
    std::string standing_text(FilterField const& field, std::string text) const {
        if (field.name == "email") return normal_email(text).value_or(text);
        if (field.name == "phone") {
            auto const phone = read_phone(text, reading_.business.settings()->country);
            return phone ? phone->e164 : digits(text);
        }
        if (field.name == "city" || field.name == "name") return fold(text);
        return text;
    }

    db::Value custom_operand(FilterField const& field, Json const& value, std::string const& pointer) {
        if (field.shape == Shape::time || field.shape == Shape::date)
            if (auto const moment = relative(value, pointer)) {
                if (field.shape == Shape::date) return to_text(day_there(*moment));
                return static_cast<double>(moment->ms);
            }
        if (field.prefix == "usr" && value.is_string() && value.get_string() == "me") {
            of_me_ = true;
            return reading_.who.user_id.text();
        }
        std::string typed;
        if (value.is_bool()) typed = value.get_bool() ? "true" : "false";
        else if (value.is_number()) typed = json_text(value);
        else typed = text_of(value, pointer);
        try {
            auto const read = fields::filter_operand(*field.custom, typed);
            if (read.number) return *read.number;
            return *read.text;
        } catch (Problem& problem) {
            for (auto& error : problem.errors) error.pointer = pointer;
            throw;
        }
    }

    Filter search(JsonObject const& object, std::string const& pointer) {
        only(object, {"search"}, pointer);
        auto const at = pointer_to(pointer, "search");
        auto const text = text_of(object.at("search"), at);
        if (code_points(text) > 200) throw invalid(at, "too_long", "A search may have at most 200 characters.");
        Filter filter{.kind = Filter::Kind::search};
        filter.text = text;
        if (fold(text).empty()) filter.kind = Filter::Kind::all;
        return filter;
    }
};

}  // namespace

void only(JsonObject const& object, std::vector<std::string_view> const& known, std::string const& pointer) {
    for (auto const& entry : object) {
        std::string_view const name = entry.key();
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw invalid(pointer_to(pointer, name), "unknown_member",
                          "There is no member " + std::string(name) + " in this condition.");
    }
}

Filter negated(Filter filter) {
    Filter outer{.kind = Filter::Kind::none};
    outer.parts.push_back(std::move(filter));
    return outer;
}

std::string text_of(Json const& value, std::string const& pointer) {
    Mistakes mistakes;
    std::string text;
    if (!read_text(value, text, 0, 1'000, pointer, mistakes)) throw invalid(std::move(mistakes));
    return text;
}

std::int64_t whole(Json const& value, std::string const& pointer, std::int64_t least, std::int64_t most) {
    Mistakes mistakes;
    std::int64_t number = 0;
    read_json_integer(value, number, pointer, mistakes);
    if (mistakes.empty() && (number < least || number > most))
        mistake(mistakes, pointer, "out_of_range",
                "must be from " + std::to_string(least) + " to " + std::to_string(most));
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return number;
}

Filter read_filter(Reading& reading, Json const& expression, std::string const& pointer) {
    return Reader(reading).read(expression, pointer, 1);
}

}  // namespace patron::customers
