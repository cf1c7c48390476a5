#include "house/house.hpp"

#include <unordered_map>

namespace patron {
namespace {

std::unordered_map<std::string_view, Asset const*> const& by_path() {
    static auto const map = [] {
        std::unordered_map<std::string_view, Asset const*> all;
        for (auto const& asset : assets()) all.emplace(asset.path, &asset);
        return all;
    }();
    return map;
}

bool accepts(http::Request const& request, std::string_view coding) {
    auto const header = request.header("accept-encoding");
    return header && header->find(coding) != std::string_view::npos;
}

// The names of built files hold a hash of their content. Browsers ask for the icon at each turn of a page.
std::string_view kept_for(Asset const& asset) {
    if (asset.path.starts_with("/assets/")) return "public, max-age=31536000, immutable";
    return asset.type.starts_with("text/html") ? "no-cache" : "public, max-age=86400";
}

http::Response send(Asset const& asset, http::Request const& request) {
    http::Response response;
    response.set("Content-Type", std::string(asset.type));
    response.set("Vary", "Accept-Encoding");
    response.set("Cache-Control", std::string(kept_for(asset)));
    auto body = asset.plain;
    if (!asset.brotli.empty() && accepts(request, "br")) {
        body = asset.brotli;
        response.set("Content-Encoding", "br");
    } else if (!asset.gzip.empty() && accepts(request, "gzip")) {
        body = asset.gzip;
        response.set("Content-Encoding", "gzip");
    }
    response.body = body;
    return response;
}

http::Response workspace(Asset const& index, http::Request const& request, std::string const& nonce) {
    constexpr std::string_view mark = "__CSP_NONCE__";
    http::Response response;
    response.set("Content-Type", "text/html; charset=utf-8");
    std::string_view rest = index.plain;
    for (std::size_t at; (at = rest.find(mark)) != std::string_view::npos; rest.remove_prefix(at + mark.size()))
        (response.body += rest.substr(0, at)) += nonce;
    response.body += rest;
    add_security_headers(response, request, nonce);
    return response;
}

}  // namespace

std::optional<http::Response> asset_response(http::Request const& request, std::string const& nonce) {
    if (request.method != http::Method::get && request.method != http::Method::head) return {};
    auto const& all = by_path();
    if (auto const found = all.find(request.path); found != all.end() && request.path != "/index.html")
        return send(*found->second, request);
    // Any other name with an ending is a file that is not there; all else is a page of the workspace.
    auto const last = request.path.substr(request.path.rfind('/') + 1);
    if (request.path.starts_with("/assets/") || (last.find('.') != std::string::npos)) return {};
    if (request.path == "/api/docs") {
        auto const docs = all.find("/docs.html");
        return docs == all.end() ? std::nullopt : std::optional(workspace(*docs->second, request, nonce));
    }
    auto const index = all.find("/index.html");
    if (index == all.end()) return {};
    return workspace(*index->second, request, nonce);
}

}  // namespace patron
