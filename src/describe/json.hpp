// JSON of described structs, in and out (RFC 8259). Reading collects every mistake with its pointer (RFC 6901).
#pragma once
#include "base/id.hpp"
#include "base/problem.hpp"
#include "base/time.hpp"
#include "base/types.hpp"
#include "describe/describe.hpp"
#include "describe/own_text.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

// Strict RFC 8259, UTF-8 checked, at most 64 levels deep. Throws Problem 400 for what is no JSON, 422 for a duplicate
// member, a number that does not fit (a 64-bit integer or a finite double), or too deep a text.
Json parse_json(std::string_view text);

// The same for what Patron itself wrote.
Json parse_own_json(std::string_view text);

// For texts of others, which may hold anything: the object, or nothing when the text is none; a member's text, or "".
std::optional<JsonObject> read_object(std::string_view text);
std::string text_at(JsonObject const& object, std::string_view member);

void write_json_text(std::string& out, std::string_view text);  // with quotes and escapes
void write_json_value(std::string& out, Json const& value);
std::string json_text(Json const& value);

using Mistakes = std::vector<FieldError>;
std::string pointer_to(std::string const& parent, std::string_view member);
std::string pointer_to(std::string const& parent, std::size_t index);
std::string member_of(std::string_view pointer);  // "/emails/0/address" → "address", in words

// Text rules shared by all texts: NFC, trimmed, no control characters, at most `max` code points.
bool read_text(Json const& json, std::string& text, std::size_t min, std::size_t max, std::string const& pointer,
               Mistakes& mistakes);
void mistake(Mistakes& mistakes, std::string const& pointer, std::string_view code,
             std::string_view says);  // "The <member> <says>."

namespace detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T>
struct IsText : std::false_type {};
template <std::size_t A, std::size_t B>
struct IsText<Text<A, B>> : std::true_type {};
template <class T>
struct IsWord : std::false_type {};
template <class R>
struct IsWord<Word<R>> : std::true_type {
    using Rule = R;
};
template <class T>
struct IsPersonal : std::false_type {};
template <class T>
struct IsPersonal<Personal<T>> : std::true_type {
    using Inner = T;
};
template <class T>
struct IsId : std::false_type {};
template <class T>
struct IsId<Id<T>> : std::true_type {};
}  // namespace detail

// How many elements a list in a body may have, unless its struct says otherwise.
inline constexpr std::size_t list_limit = 200;

// ---- out -------------------------------------------------------------------------------------------------------

inline void write_json(std::string& out, bool value) { out += value ? "true" : "false"; }
void write_json(std::string& out, std::int64_t value);
void write_json(std::string& out, double value);
inline void write_json(std::string& out, int value) { write_json(out, std::int64_t{value}); }
inline void write_json(std::string& out, std::uint64_t value) { write_json(out, static_cast<std::int64_t>(value)); }
inline void write_json(std::string& out, std::string const& value) { write_json_text(out, value); }
inline void write_json(std::string& out, std::string_view value) { write_json_text(out, value); }
inline void write_json(std::string& out, Time value) { (add_text(out += '"', value)) += '"'; }
inline void write_json(std::string& out, Date value) { (add_text(out += '"', value)) += '"'; }
inline void write_json(std::string& out, Json const& value) { write_json_value(out, value); }
void write_json(std::string& out, JsonObject const& value);
inline void write_json(std::string& out, AnyId const& id) { add_id_text(out += '"', id.prefix, id.value) += '"'; }
void write_json(std::string& out, Money const& money);
template <class T>
void write_json(std::string& out, Id<T> id) {
    if (id) add_id_text(out += '"', Id<T>::prefix(), id.value) += '"';
    else out += "null";
}
template <DescribedEnum E>
void write_json(std::string& out, E value) {
    ((out += '"') += enum_text(value)) += '"';
}
template <class T>
void write_json(std::string& out, std::optional<T> const& value);
template <class T>
void write_json(std::string& out, std::vector<T> const& values);
template <class T>
void write_json(std::string& out, std::map<std::string, T> const& values);
template <Described T>
void write_json(std::string& out, T const& value);

// Calls body(out) for each described member, `"name":value`, parted by commas, without the braces.
template <Described T>
void write_members(std::string& out, T const& value, bool& first) {
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
        static std::string const named = ",\"" + std::string(word(d.name)) + "\":";  // once for each member
        auto const& member = value.*d.pointer;
        if constexpr (detail::IsOptional<std::remove_cvref_t<decltype(member)>>::value) {
            if (!member && is_left_out_when_null<T>(word(d.name))) return;
        }
        out.append(named, first ? 1 : 0);
        first = false;
        write_json(out, member);
    });
}

template <class T>
void write_json(std::string& out, std::optional<T> const& value) {
    if (value) write_json(out, *value);
    else out += "null";
}
template <class T>
void write_json(std::string& out, std::vector<T> const& values) {
    out += '[';
    bool first = true;
    for (auto const& value : values) {
        if (!first) out += ',';
        first = false;
        write_json(out, value);
    }
    out += ']';
}
template <class T>
void write_json(std::string& out, std::map<std::string, T> const& values) {
    out += '{';
    bool first = true;
    for (auto const& [name, value] : values) {
        if (!first) out += ',';
        first = false;
        write_json_text(out, name);
        out += ':';
        write_json(out, value);
    }
    out += '}';
}
template <Described T>
void write_json(std::string& out, T const& value) {
    out += '{';
    bool first = true;
    write_members(out, value, first);
    out += '}';
}

template <class T>
std::string to_json(T const& value) {
    std::string out;
    if constexpr (Described<T>) out.reserve(1024);
    write_json(out, value);
    return out;
}

// ---- in --------------------------------------------------------------------------------------------------------

template <class T>
void read_json(Json const& json, T& value, std::string const& pointer, Mistakes& mistakes);

void read_json_bool(Json const&, bool&, std::string const& pointer, Mistakes&);
void read_json_integer(Json const&, std::int64_t&, std::string const& pointer, Mistakes&);
void read_json_double(Json const&, double&, std::string const& pointer, Mistakes&);
void read_json_time(Json const&, Time&, std::string const& pointer, Mistakes&);
void read_json_date(Json const&, Date&, std::string const& pointer, Mistakes&);
void read_json_money(Json const&, Money&, std::string const& pointer, Mistakes&);
void read_json_any_id(Json const&, AnyId&, std::string const& pointer, Mistakes&);
bool read_json_object(Json const&, std::string const& pointer, Mistakes&);
std::string list_of_enum(std::vector<std::string_view> const& names);

// The members that stand in `object` are read over those of `value`; absent ones stay as they are. Members unknown to T,
// or Patron's own, are mistakes.
template <Described T>
void read_members(JsonObject const& object, T& value, std::string const& pointer, Mistakes& mistakes) {
    for (auto const& entry : object) {
        std::string_view const key{entry.key().data(), entry.key().size()};
        bool known = false;
        each_member<T>([&](std::string_view name, auto member) {
            if (known || name != key) return;
            known = true;
            if (is_ignored<T>(name)) return;
            auto const where = pointer_to(pointer, key);
            if (is_fixed<T>(name)) mistake(mistakes, where, "read_only", "is set by Patron; leave it out");
            else read_json(entry.value(), value.*member, where, mistakes);
        });
        if (!known) mistake(mistakes, pointer_to(pointer, key), "unknown_member", "is no member of this; leave it out");
    }
}

// Is anything missing that T needs? Text with a least length, ids that are no option, words.
template <class T>
void require(T const& value, std::string const& pointer, Mistakes& mistakes) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value)
        require(static_cast<typename IsPersonal<T>::Inner const&>(value), pointer, mistakes);
    else if constexpr (IsText<T>::value) {
        if (T::min > 0 && value.empty()) mistake(mistakes, pointer, "required", "is needed");
    } else if constexpr (IsWord<T>::value) {
        if (value.empty()) mistake(mistakes, pointer, "required", "is needed");
    } else if constexpr (IsId<T>::value) {
        if (!value) mistake(mistakes, pointer, "required", "is needed");
    } else if constexpr (IsOptional<T>::value) {
        if (value) require(*value, pointer, mistakes);
    } else if constexpr (IsVector<T>::value) {
        for (std::size_t i = 0; i < value.size(); ++i) require(value[i], pointer_to(pointer, i), mistakes);
    } else if constexpr (Described<T>) {
        each_member<T>([&](std::string_view name, auto member) {
            if (!is_fixed<T>(name) && !is_ignored<T>(name)) require(value.*member, pointer_to(pointer, name), mistakes);
        });
    }
}

template <class T>
void read_json(Json const& json, T& value, std::string const& pointer, Mistakes& mistakes) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value)
        read_json(json, static_cast<typename IsPersonal<T>::Inner&>(value), pointer, mistakes);
    else if constexpr (IsOptional<T>::value) {
        if (json.is_null()) return void(value.reset());
        typename T::value_type inner{};
        auto const before = mistakes.size();
        read_json(json, inner, pointer, mistakes);
        // An empty text in an optional field is how forms say "none".
        if constexpr (requires {
                          inner.empty();
                          inner.c_str();
                      }) {
            if (inner.empty() && mistakes.size() == before) return void(value.reset());
        }
        value = std::move(inner);
    } else if constexpr (IsText<T>::value) {
        if (json.is_null()) value.clear();
        else read_text(json, value, T::min, T::max, pointer, mistakes);
    } else if constexpr (IsWord<T>::value) {
        std::string text;
        if (!read_text(json, text, 0, 400, pointer, mistakes)) return;
        if (auto kept = IsWord<T>::Rule::read(text)) value = T(std::move(*kept));
        else mistake(mistakes, pointer, IsWord<T>::Rule::code, IsWord<T>::Rule::message);
    } else if constexpr (std::is_same_v<T, bool>) read_json_bool(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, std::int64_t>) read_json_integer(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, int>) {
        std::int64_t wide = 0;
        auto const before = mistakes.size();
        read_json_integer(json, wide, pointer, mistakes);
        if (mistakes.size() != before) return;
        if (wide < -2'147'483'647 || wide > 2'147'483'647)
            mistake(mistakes, pointer, "out_of_range", "is too large a number");
        else value = static_cast<int>(wide);
    } else if constexpr (std::is_same_v<T, double>) read_json_double(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, Time>) read_json_time(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, Date>) read_json_date(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, Money>) read_json_money(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, AnyId>) read_json_any_id(json, value, pointer, mistakes);
    else if constexpr (std::is_same_v<T, std::string>) read_text(json, value, 0, 100'000, pointer, mistakes);
    else if constexpr (std::is_same_v<T, Json>) value = json;
    else if constexpr (std::is_same_v<T, JsonObject>) {
        if (json.is_null()) value.clear();
        else if (read_json_object(json, pointer, mistakes)) value = json.get_object();
    } else if constexpr (IsId<T>::value) {
        if (json.is_null()) return void(value = T{});
        auto const id = json.is_string() ? T::read(std::string_view(json.get_string())) : std::nullopt;
        if (id) value = *id;
        else
            mistake(mistakes, pointer, "not_an_id", "must be an id that begins with " + std::string(T::prefix()) + "_");
    } else if constexpr (DescribedEnum<T>) {
        if (json.is_string() && read_enum(std::string_view(json.get_string()), value)) return;
        std::vector<std::string_view> names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto d) { names.push_back(enum_text(d.value)); });
        mistake(mistakes, pointer, "not_a_choice", "must be one of " + list_of_enum(names));
    } else if constexpr (IsVector<T>::value) {
        if (json.is_null()) return value.clear();
        if (!json.is_array()) return mistake(mistakes, pointer, "not_a_list", "must be a list");
        auto const& array = json.get_array();
        if (array.size() > list_limit) return mistake(mistakes, pointer, "too_many", "may have at most 200 entries");
        value.clear();
        for (std::size_t i = 0; i < array.size(); ++i) {
            auto& element = value.emplace_back();
            auto const where = pointer_to(pointer, i);
            auto const before = mistakes.size();
            read_json(array[i], element, where, mistakes);
            if (mistakes.size() == before) require(element, where, mistakes);
        }
    } else {
        static_assert(Described<T>, "a member of a described struct has a type that JSON does not know");
        if (read_json_object(json, pointer, mistakes)) read_members(json.get_object(), value, pointer, mistakes);
    }
}

// A whole body read into T: throws Problem with every mistake. Nothing that T needs may be missing.
template <class T>
T from_json(Json const& json) {
    T value{};
    Mistakes mistakes;
    read_json(json, value, "", mistakes);
    if (mistakes.empty()) require(value, "", mistakes);
    if (!mistakes.empty()) throw invalid(std::move(mistakes));
    return value;
}

// What Patron itself wrote, read back: members that bodies may not set are read too; unknown ones are passed over.
template <class T>
void read_own(Json const& json, T& value) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value) read_own(json, static_cast<typename IsPersonal<T>::Inner&>(value));
    else if constexpr (IsOptional<T>::value) {
        if (json.is_null()) value.reset();
        else read_own(json, value.emplace());
    } else if constexpr (IsText<T>::value || IsWord<T>::value || std::is_same_v<T, std::string>) {
        if (json.is_string()) value = T(std::string(std::string_view(json.get_string())));
    } else if constexpr (IsVector<T>::value) {
        value.clear();
        if (json.is_array())
            for (auto const& element : json.get_array()) read_own(element, value.emplace_back());
    } else if constexpr (Described<T> && !std::is_same_v<T, Money>) {
        if (!json.is_object()) return;
        each_member<T>([&](std::string_view name, auto member) {
            if (auto const* found = json.get_object().if_contains(name)) read_own(*found, value.*member);
        });
    } else {
        Mistakes mistakes;
        read_json(json, value, "", mistakes);
    }
}
// The same straight from the text.
template <class T>
void read_own(OwnText& text, T& value) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value) read_own(text, static_cast<typename IsPersonal<T>::Inner&>(value));
    else if constexpr (IsOptional<T>::value) {
        if (text.next() != 'n') return read_own(text, value.emplace());
        text.value();
        value.reset();
    } else if constexpr (IsText<T>::value || IsWord<T>::value || std::is_same_v<T, std::string>) {
        if (text.next() == '"') text.read(value);
        else text.value();
    } else if constexpr (std::is_same_v<T, bool>) value = text.value() == "true";
    else if constexpr (IsId<T>::value)
        value = (text.next() == '"' ? T::read(text.plain()) : T::read(text.value())).value_or(T{});
    else if constexpr (DescribedEnum<T>) {
        if (text.next() == '"') read_enum(text.plain(), value);
        else text.value();
    } else if constexpr (IsVector<T>::value) {
        value.clear();
        if (!text.take('[')) return void(text.value());
        if (text.take(']')) return;
        do read_own(text, value.emplace_back());
        while (text.take(','));
        text.end(']');
    } else if constexpr (Described<T> && !std::is_same_v<T, Money>) {
        if (!text.take('{')) return void(text.value());
        if (text.take('}')) return;
        bool more = true;  // members stand in their order, unless another version wrote them
        each_member<T>([&](std::string_view own, auto member) {
            if (!more || !text.take_name(own)) return;
            read_own(text, value.*member);
            more = text.take(',');
        });
        while (more) {
            auto const name = text.name();
            bool known = false;
            each_member<T>([&](std::string_view own, auto member) {
                if (known || own != name) return;
                known = true;
                read_own(text, value.*member);
            });
            if (!known) text.value();
            more = text.take(',');
        }
        text.end('}');
    } else read_own(parse_own_json(text.value()), value);
}
template <class T>
T from_own_json(std::string_view text) {
    T value{};
    if (text.empty()) return value;
    if constexpr (std::is_same_v<T, JsonObject>) {
        if (text == "{}") return value;
        auto json = parse_own_json(text);
        if (json.is_object()) value = std::move(json.get_object());
    } else {
        OwnText own(text);
        read_own(own, value);
    }
    return value;
}

// Is the text just what write_json would make of a T? Then it need not be read to be shown.
template <class T>
bool has_shape(OwnText& text) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value) return has_shape<typename IsPersonal<T>::Inner>(text);
    else if constexpr (IsVector<T>::value) {
        if (!text.take('[')) return false;
        if (text.take(']')) return true;
        do
            if (!has_shape<typename T::value_type>(text)) return false;
        while (text.take(','));
        return text.take(']');
    } else if constexpr (Described<T> && !std::is_same_v<T, Money>) {
        if (!text.take('{')) return false;
        bool good = true, first = true;
        each_member<T>([&](std::string_view name, auto member) {
            if (!good) return;
            good = (first || text.take(',')) && text.take_name(name) &&
                   has_shape<std::remove_cvref_t<decltype(std::declval<T&>().*member)>>(text);
            first = false;
        });
        return good && text.take('}');
    } else {
        text.value();
        return true;
    }
}

// Does a value hold data about a person, at any depth?
template <class T>
constexpr bool holds_personal() {
    using namespace detail;
    if constexpr (IsPersonal<T>::value) return true;
    else if constexpr (IsOptional<T>::value || IsVector<T>::value) return holds_personal<typename T::value_type>();
    else if constexpr (Described<T>) {
        bool any = false;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto d) { any = any || holds_personal<MemberType<decltype(d)::pointer>>(); });
        return any;
    } else return false;
}

}  // namespace patron
