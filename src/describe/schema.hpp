// JSON Schema 2020-12, as OpenAPI 3.1 uses it, of described structs.
#pragma once
#include "describe/json.hpp"

#include <map>

namespace patron {

// The named schemas of one document: `components/schemas`.
struct Schemas {
    std::map<std::string, Json> named;
};

template <class T>
Json schema(Schemas& schemas);

// "patron::CustomerRow" → "CustomerRow".
std::string type_name(std::string_view mangled);

Json schema_object(JsonObject members);
Json list_schema(Json items);
Json nullable(Json schema);
Json page_schema(Json item);
Json text_schema(std::size_t min, std::size_t max);
Json id_schema(std::string_view prefix);
Json reference(std::string const& name);

namespace detail {
template <class T>
JsonObject member_schemas(Schemas& schemas, bool body, JsonArray& required) {
    JsonObject properties;
    each_member<T>([&](std::string_view name, auto pointer) {
        using M = std::remove_cvref_t<decltype(std::declval<T>().*pointer)>;
        if (body && is_fixed<T>(name)) return;
        auto one = schema<M>(schemas);
        if (!body && is_fixed<T>(name) && one.is_object() && !one.get_object().contains("$ref"))
            one.get_object()["readOnly"] = true;
        properties[name] = std::move(one);
        if (!body && !is_left_out_when_null<T>(name)) required.push_back(boost::json::string(name));
    });
    return properties;
}
}  // namespace detail

// What a body of T may hold: without Patron's own members; in a PATCH nothing is required.
template <class T>
Json body_schema(Schemas& schemas, bool patch) {
    if constexpr (!Described<T>) return schema<T>(schemas);
    else {
        auto const name = type_name(typeid(T).name()) + (patch ? "Patch" : "Draft");
        if (!schemas.named.contains(name)) {
            schemas.named[name] = nullptr;  // breaks circles
            JsonArray required;
            auto properties = detail::member_schemas<T>(schemas, true, required);
            if (patch)
                for (auto& entry : properties)  // null clears
                    if (auto* object = entry.value().if_object(); object && !object->contains("anyOf"))
                        entry.value() = nullable(std::move(entry.value()));
            schemas.named[name] = schema_object(
                {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}});
        }
        return reference(name);
    }
}

template <class T>
Json schema(Schemas& schemas) {
    using namespace detail;
    if constexpr (IsPersonal<T>::value) return schema<typename IsPersonal<T>::Inner>(schemas);
    else if constexpr (IsOptional<T>::value) return nullable(schema<typename T::value_type>(schemas));
    else if constexpr (IsText<T>::value) return text_schema(T::min, T::max);
    else if constexpr (IsWord<T>::value)
        return Json{{"type", "string"}, {"format", boost::json::string(IsWord<T>::Rule::name)}};
    else if constexpr (std::is_same_v<T, std::string>) return Json{{"type", "string"}};
    else if constexpr (std::is_same_v<T, bool>) return Json{{"type", "boolean"}};
    else if constexpr (std::is_same_v<T, double>) return Json{{"type", "number"}};
    else if constexpr (std::is_integral_v<T>) return Json{{"type", "integer"}};
    else if constexpr (std::is_same_v<T, Time>) return Json{{"type", "string"}, {"format", "date-time"}};
    else if constexpr (std::is_same_v<T, Date>) return Json{{"type", "string"}, {"format", "date"}};
    else if constexpr (std::is_same_v<T, AnyId>) return Json{{"type", "string"}};
    else if constexpr (std::is_same_v<T, Json>) return Json(JsonObject{});
    else if constexpr (std::is_same_v<T, JsonObject>) return Json{{"type", "object"}, {"additionalProperties", true}};
    else if constexpr (std::is_same_v<T, Money>) {
        schemas.named["Money"] = Json{{"type", "object"},
                                      {"additionalProperties", false},
                                      {"required", {"amount", "currency"}},
                                      {"properties",
                                       {{"amount", {{"type", "integer"}, {"description", "minor units"}}},
                                        {"currency", {{"type", "string"}, {"description", "ISO 4217"}}}}}};
        return reference("Money");
    } else if constexpr (IsId<T>::value) return id_schema(T::prefix());
    else if constexpr (DescribedEnum<T>) {
        JsonArray names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto d) { names.push_back(boost::json::string(enum_text(d.value))); });
        return Json{{"type", "string"}, {"enum", std::move(names)}};
    } else if constexpr (IsVector<T>::value) return list_schema(schema<typename T::value_type>(schemas));
    else if constexpr (IsMap<T>::value)
        return Json{{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>(schemas)}};
    else {
        auto const name = type_name(typeid(T).name());
        if (!schemas.named.contains(name)) {
            schemas.named[name] = nullptr;  // breaks circles
            JsonArray required;
            auto properties = member_schemas<T>(schemas, false, required);
            schemas.named[name] = schema_object({{"type", "object"},
                                                 {"additionalProperties", false},
                                                 {"required", std::move(required)},
                                                 {"properties", std::move(properties)}});
        }
        return reference(name);
    }
}

}  // namespace patron
