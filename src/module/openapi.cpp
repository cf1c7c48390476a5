#include "module/edge.hpp"

#include <algorithm>
#include <set>

namespace patron {
namespace {

Json problem_schema() {
    return parse_own_json(R"({"type":"object","required":["type","title","status","code","detail"],"properties":{
        "type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"code":{"type":"string"},"detail":{"type":"string"},
        "errors":{"type":"array","items":{"type":"object","required":["pointer","code","message"],"properties":{
            "pointer":{"type":"string"},"code":{"type":"string"},"message":{"type":"string"}}}}}})");
}

std::string tag_of(std::string const& path) {
    auto rest = path.starts_with("/api/v1/") ? path.substr(8) : path.substr(1);
    return rest.substr(0, rest.find('/'));
}

JsonArray parameters(Route const& route) {
    JsonArray all;
    for (std::size_t at = 0; (at = route.path.find('{', at)) != std::string::npos; ++at) {
        auto const name = route.path.substr(at + 1, route.path.find('}', at) - at - 1);
        all.push_back(
            JsonObject{{"name", name}, {"in", "path"}, {"required", true}, {"schema", JsonObject{{"type", "string"}}}});
    }
    for (auto const& param : route.params) {
        auto const add = [&](std::string name) {
            JsonObject schema{{"type", "string"}};
            if (param.repeated) schema = JsonObject{{"type", "array"}, {"items", JsonObject{{"type", "string"}}}};
            JsonObject one{{"name", std::move(name)},
                           {"in", "query"},
                           {"description", boost::json::string(param.about)},
                           {"schema", std::move(schema)}};
            all.push_back(std::move(one));
        };
        add(std::string(param.name));
        if (param.ranged)
            for (auto const* suffix : {"[gte]", "[gt]", "[lte]", "[lt]"}) add(std::string(param.name) + suffix);
    }
    if (route.changes() && route.keyed) {
        all.push_back(JsonObject{{"name", "Idempotency-Key"},
                                 {"in", "header"},
                                 {"schema", JsonObject{{"type", "string"}, {"maxLength", 255}}}});
        if (route.method != http::Method::post)
            all.push_back(
                JsonObject{{"name", "If-Match"}, {"in", "header"}, {"schema", JsonObject{{"type", "string"}}}});
    }
    return all;
}

JsonObject operation(Route const& route, Schemas& schemas) {
    JsonObject op{
        {"operationId", route.operation}, {"summary", route.summary}, {"tags", JsonArray{Json(tag_of(route.path))}}};
    auto params = parameters(route);
    if (!params.empty()) op["parameters"] = std::move(params);
    if (route.no_sign_in_needed()) op["security"] = JsonArray{};
    else
        op["x-permission"] =
            boost::json::string(route.permission.name == signed_in.name ? "signed_in" : route.permission.name);
    if (route.body_schema)
        op["requestBody"] = JsonObject{
            {"required", true},
            {"content", JsonObject{{"application/json", JsonObject{{"schema", route.body_schema(schemas)}}}}}};
    if (route.raw_body)
        op["requestBody"] = JsonObject{
            {"required", true},
            {"content", JsonObject{{"application/octet-stream",
                                    JsonObject{{"schema", JsonObject{{"type", "string"}, {"format", "binary"}}}}}}}};
    JsonObject answer{{"description", route.success == 204 ? "Done" : "The answer"}};
    if (route.answer_schema)
        answer["content"] = JsonObject{{"application/json", JsonObject{{"schema", route.answer_schema(schemas)}}}};
    JsonObject responses{{std::to_string(route.success), answer}};
    if (route.may_take_longer) {
        answer["description"] = "How far it is; the work goes on";
        responses["202"] = std::move(answer);
    }
    responses["default"] = JsonObject{
        {"description", "A problem (RFC 9457)"},
        {"content", JsonObject{{"application/problem+json",
                                JsonObject{{"schema", JsonObject{{"$ref", "#/components/schemas/Problem"}}}}}}}};
    op["responses"] = std::move(responses);
    return op;
}

std::string lower(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = static_cast<char>(c | 32);
    return text;
}

}  // namespace

std::string openapi_document(std::vector<Route> const& routes, std::vector<Area> const& areas,
                             std::string_view version) {
    Schemas schemas;
    JsonObject paths;
    for (auto const& route : routes) {
        if (route.permission.name == local_only.name) continue;
        auto const path = route.absolute || route.path.starts_with("/api/") ? route.path : "/api/v1" + route.path;
        auto& item = paths[path];
        if (!item.is_object()) item = JsonObject{};
        item.get_object()[lower(http::name(route.method))] = operation(route, schemas);
    }
    schemas.named["Problem"] = problem_schema();
    JsonObject named;
    for (auto& [name, schema] : schemas.named) named[name] = std::move(schema);
    JsonArray permissions;
    for (auto const& area : areas)
        for (auto const act : area.acts) permissions.push_back(Json(std::string(area.name) + '.' + std::string(act)));
    JsonObject document{
        {"openapi", "3.1.0"},
        {"info", JsonObject{{"title", "Patron"},
                            {"version", boost::json::string(version)},
                            {"description",
                             "Customers, their history, and what can be done for them. Times are RFC 3339 in UTC, "
                             "money is in minor units, ids tell their type."},
                            {"license", JsonObject{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"servers", JsonArray{JsonObject{{"url", "/"}}}},
        {"security", JsonArray{JsonObject{{"key", JsonArray{}}}, JsonObject{{"session", JsonArray{}}}}},
        {"paths", std::move(paths)},
        {"components",
         JsonObject{
             {"schemas", std::move(named)},
             {"securitySchemes",
              JsonObject{{"key", JsonObject{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "pk_…"}}},
                         {"session", JsonObject{{"type", "apiKey"}, {"in", "cookie"}, {"name", "__Host-patron"}}}}}}},
        {"x-permissions", std::move(permissions)}};
    return to_json(document);
}

}  // namespace patron
