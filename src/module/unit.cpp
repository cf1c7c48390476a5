#include "module/unit.hpp"

namespace patron {

std::optional<std::string> Call::param(std::string_view name) const {
    for (auto const& [key, value] : query)
        if (key == name) return value;
    return {};
}

std::vector<std::string> Call::params(std::string_view name) const {
    std::vector<std::string> values;
    for (auto const& [key, value] : query)
        if (key == name) values.push_back(value);
    return values;
}

std::optional<std::string> Call::header(std::string_view name) const {
    if (!request) return {};
    auto const found = request->header(name);
    return found ? std::optional<std::string>(*found) : std::nullopt;
}

Sight const& Reading::sight_at(Visibility visibility) {
    auto& sight = sights_.at(static_cast<std::size_t>(visibility));
    if (!sight) {
        auto const& gate = business.gate();
        sight = who.house || !gate.sight ? std::make_shared<Sight const>(whole_sight()) : gate.sight(*this, visibility);
    }
    return *sight;
}

SensitiveFields const& Reading::sensitive_fields() {
    if (!sensitive_fields_) {
        auto const& gate = business.gate();
        sensitive_fields_ = who.house || !gate.sensitive_fields ? SensitiveFields() : gate.sensitive_fields(*this);
    }
    return *sensitive_fields_;
}

void Reading::shows_sensitive(Id<Customer> customer, std::string const& key) {
    auto const& keys = sensitive_fields().shown;
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) sensitive_shown_[customer].insert(key);
}

bool Reading::sees(Id<Customer> id, Sight const& sight) {
    return sight.sees_everybody() || business.gate().sees(*this, sight, id);
}

Problem Reading::beyond_sight(std::string_view noun) {
    return {403, "beyond_sight",
            "Your role does not show the " + std::string(noun) +
                "s of this customer, so none can be added; ask whoever looks after the customer."};
}

void Unit::check_works(Id<Customer> id) {
    if (business.gate().works(*this, sight(), id)) return;
    throw Problem(403, "look_only", "You may look at customers of this folder, but not change them.");
}

Problem Reading::gone(Time until) {
    Problem problem(410, "in_bin", "This lies in the bin; it can be brought back until " + to_text(until) + ".");
    problem.members = "\"bin_until\":" + to_json(until);
    return problem;
}

void Unit::say(Happening what) {
    Event event;
    event.id = business.ids().next(now.ms);
    event.kind = what.kind->name;
    event.version = what.kind->version;
    event.subject = what.subject;
    event.subject_version = what.subject_version;
    event.customer_id = what.customer_id;
    event.of_many = std::move(what.of_many);
    event.actor = who.actor;
    event.happened_at = what.happened_at == Time{} ? now : what.happened_at;
    event.recorded_at = now;
    event.request = call.request_id;
    event.cause = call.cause;
    event.facts = to_json(what.facts);
    std::string personal;
    split_changes(what.changes, event.changes, personal);
    if (!personal.empty() || !what.personal.empty()) {
        event.personal =
            "{\"changes\":" + (personal.empty() ? "[]" : personal) + ",\"facts\":" + to_json(what.personal) + "}";
    }
    events_.push_back(std::move(event));
}

void Unit::take_over(Unit& other) {
    for (auto& event : other.events_) events_.push_back(std::move(event));
    other.events_.clear();
    for (auto& step : other.after_commit) after_commit.push_back(std::move(step));
    other.after_commit.clear();
}

// RFC 9110 §13.1.1: "*", or a list of strong entity tags.
bool Unit::matches(std::int64_t id, std::int64_t version) const {
    // The one record of a kind has no id in its path: a PATCH there means it.
    bool const meant =
        call.path.empty() && call.request ? call.request->method == http::Method::patch : call.subject == id;
    if (!meant) return true;
    auto const wanted = call.header("If-Match");
    if (!wanted || *wanted == "*") return true;
    auto const tag = "\"" + std::to_string(version) + "\"";
    for (std::size_t at = 0; (at = wanted->find(tag, at)) != std::string::npos; ++at)
        if (at < 2 || wanted->substr(at - 2, 2) != "W/") return true;
    return false;
}

Problem Unit::moved_on(std::string current) {
    Problem problem(412, "version_moved_on",
                    "The record has changed since it was read; look at current and send the change again.");
    problem.members = "\"current\":" + current;
    return problem;
}

}  // namespace patron
