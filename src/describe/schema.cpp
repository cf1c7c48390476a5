#include "describe/schema.hpp"

#include <boost/core/demangle.hpp>

namespace patron {

std::string type_name(std::string_view mangled) {
    auto name = boost::core::demangle(std::string(mangled).c_str());
    auto const cut = name.rfind(':');
    return cut == std::string::npos ? name : name.substr(cut + 1);
}

Json schema_object(JsonObject members) { return Json(std::move(members)); }
Json list_schema(Json items) { return Json(JsonObject{{"type", "array"}, {"items", std::move(items)}}); }
Json nullable(Json schema) {
    if (schema.is_object() && schema.get_object().empty()) return schema;
    return Json(JsonObject{{"anyOf", JsonArray{std::move(schema), JsonObject{{"type", "null"}}}}});
}
Json page_schema(Json item) {
    return Json(JsonObject{
        {"type", "object"},
        {"required", {"data", "next", "total", "total_is"}},
        {"additionalProperties", false},
        {"properties", JsonObject{{"data", list_schema(std::move(item))},
                                  {"next", JsonObject{{"anyOf", JsonArray{JsonObject{{"type", "string"}},
                                                                          JsonObject{{"type", "null"}}}}}},
                                  {"total", JsonObject{{"type", "integer"}}},
                                  {"total_is", JsonObject{{"type", "string"}, {"enum", {"exact", "estimate"}}}}}}});
}
Json text_schema(std::size_t min, std::size_t max) {
    JsonObject text{{"type", "string"}, {"maxLength", static_cast<std::int64_t>(max)}};
    if (min) text["minLength"] = static_cast<std::int64_t>(min);
    return text;
}
Json id_schema(std::string_view prefix) {
    return Json(JsonObject{{"type", "string"},
                           {"pattern", "^" + std::string(prefix) + "_[0-9a-hjkmnp-tv-z]{13}$"},
                           {"x-ref", boost::json::string(prefix)}});
}
Json reference(std::string const& name) { return Json(JsonObject{{"$ref", "#/components/schemas/" + name}}); }

}  // namespace patron
