#include "finding.hpp"

#include "chance.hpp"
#include "describe/json.hpp"
#include "http/http.hpp"
#include "modules/folders/folders.hpp"
#include "modules/tags/tags.hpp"

#include <algorithm>

namespace patron::bench {
namespace {

constexpr int filter_count = 400, typists = 250;
constexpr std::size_t longest_typed = 12;  // letters; nobody types more before they look

template <class T>
std::vector<std::string> ids_of(Raw& raw, std::string const& table) {
    std::vector<std::string> ids;
    for (auto const id : raw.read("SELECT id FROM " + table + " ORDER BY id", {})) ids.push_back(Id<T>{id}.text());
    return ids;
}

class Asking {
  public:
    explicit Asking(Raw& raw)
        : folders_(ids_of<Folder>(raw, "folders")),
          statuses_(ids_of<Status>(raw, "statuses")),
          tags_(ids_of<Tag>(raw, "tags")),
          users_(ids_of<User>(raw, "users")) {}

    std::string filter() {
        JsonArray all;
        for (auto left = 1 + dice_.below(3); left > 0; --left) all.push_back(condition());
        static constexpr char const* sorts[] = {"display_name", "created_at", "updated_at", "customer_since"};
        auto const sort = std::string(dice_.chance(50) ? "-" : "") + sorts[dice_.below(4)];
        return "/customers?shape=row&limit=50&sort=" + sort +
               "&filter=" + http::percent_encode(json_text(JsonObject{{"all", all}}));
    }

  private:
    std::vector<std::string> folders_, statuses_, tags_, users_;
    Dice dice_{11};

    std::string const& any(std::vector<std::string> const& of) {
        return of[static_cast<std::size_t>(dice_.below(static_cast<int>(of.size())))];
    }
    JsonObject condition() {
        static constexpr char const* sources[] = {"Website", "Phone", "Advert"};
        static constexpr char const* parts[] = {"an", "er", "li", "info", "mann", "gmail", "example", "son", "kov"};
        static constexpr char const* days[] = {"2023-06-01", "2024-01-01", "2024-09-01", "2025-03-01"};
        auto const part = parts[dice_.below(9)];
        switch (dice_.below(10)) {
            case 0: return {{"field", "folder_id"}, {"within", any(folders_)}};
            case 1: return {{"field", "status_id"}, {"is", JsonArray{Json(any(statuses_)), Json(any(statuses_))}}};
            case 2: return {{"field", "tag_id"}, {"is", any(tags_)}};
            case 3: return {{"field", "tag_id"}, {"is_not", any(tags_)}};
            case 4: return {{"field", "worker_id"}, {"is", any(users_)}};
            case 5: return {{"field", "created_at"}, {"gte", days[dice_.below(4)]}};
            case 6: return {{"field", "custom.class"}, {"is", dice_.chance(50) ? "a" : "b"}};
            case 7: return {{"field", "source"}, {"is", sources[dice_.below(3)]}};
            case 8: return {{"field", "email"}, {"contains", part}};
            default: return {{"field", "name"}, {"contains", part}};
        }
    }
};

// Visits all beginnings of a text that end with a whole letter (RFC 3629), up to so many letters.
template <class Visit>
void each_beginning(std::string const& text, std::size_t letters, Visit const& visit) {
    for (std::size_t end = 1; end <= text.size() && letters > 0; ++end)
        if (end == text.size() || (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80)
            visit(text.substr(0, end)), --letters;
}

}  // namespace

FindingQuestions finding_questions(Raw& raw, std::vector<std::int64_t> const& customers) {
    FindingQuestions questions;
    Asking asking(raw);
    for (int i = 0; i < filter_count; ++i) questions.filters.push_back(asking.filter());
    auto const type = [&](std::string const& text) {
        each_beginning(text, longest_typed, [&](std::string const& typed) {
            questions.keystrokes.push_back("/customers?shape=row&limit=20&q=" + http::percent_encode(typed));
        });
    };
    for (int i = 0; i < typists; ++i) {
        auto const id = customers[static_cast<std::size_t>(i) % customers.size()];
        auto const rows = raw.rows("SELECT display_name,phones FROM customers WHERE id=$1", {id});
        auto const text_of = [](db::Value const& value) {
            auto const* text = std::get_if<std::string>(&value);
            return text ? *text : std::string();
        };
        if (rows.empty()) continue;
        auto const phones = parse_own_json(text_of(rows.front()[1]));
        // Every fourth is asked for by number, as it stands in the record.
        if (i % 4 == 0 && phones.is_array() && !phones.get_array().empty())
            type(std::string(phones.get_array().front().at("number").get_string()));
        else type(text_of(rows.front()[0]));
    }
    return questions;
}

}  // namespace patron::bench
