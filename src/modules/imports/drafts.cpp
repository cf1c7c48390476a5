#include "modules/imports/drafts.hpp"

#include "base/csv.hpp"
#include "base/fold.hpp"
#include "modules/imports/masking.hpp"
#include "modules/imports/values.hpp"

#include <algorithm>

namespace patron::imports {
namespace {

// Puts one row together, cell by cell.
class Drafting {
  public:
    explicit Drafting(Plan const& plan) : plan_(plan) {}

    Draft read(std::vector<std::string> const& cells) {
        for (std::size_t i = 0; i < plan_.targets.size() && i < cells.size(); ++i) {
            if (!plan_.targets[i]) continue;
            column_ = i;
            auto const text = csv_uncell(cells[i]);
            if (clean_text(text).empty()) continue;
            draft_.is_empty = false;
            if (guard(text)) plan_.kind == ImportKind::staff ? take_staff(text) : take(text);
        }
        finish_addresses();
        finish_name();
        return std::move(draft_);
    }

  private:
    Plan const& plan_;
    Draft draft_;
    std::size_t column_ = 0;
    std::string email_label_, phone_label_;
    struct Place {
        std::string label;
        Address address;
        std::map<std::string, std::size_t> columns;
    };
    std::vector<Place> places_;
    std::string given_, middle_, family_;

    Target const& target() const { return *plan_.targets[column_]; }

    void refuse(std::string_view code, std::string_view says) {
        draft_.mistakes.push_back(
            {plan_.columns[column_], std::string(code),
             "What stands in the column " + plan_.columns[column_] + " " + std::string(says) + "."});
    }
    void came_from(std::string pointer) { draft_.origins.emplace(std::move(pointer), column_); }

    // The same rules as for a member of a body.
    template <class T>
    bool set(T& member, std::string const& text) {
        Mistakes mistakes;
        read_json(Json(boost::json::string(text)), member, "/value", mistakes);
        for (auto const& one : mistakes) {
            auto const says = one.message.find("value ");  // "The value is no e-mail …"
            auto rest = says == std::string::npos ? one.message : one.message.substr(says + 6);
            while (rest.ends_with('.')) rest.pop_back();
            refuse(one.code, rest);
        }
        return mistakes.empty();
    }
    // The first column that says something wins.
    template <class T>
    void set_first(std::optional<T>& member, std::string const& text, std::string pointer) {
        if (member) return;
        if (set(member, text)) came_from(std::move(pointer));
    }

    bool guard(std::string const& text) {
        if (target().base == "phone") return true;
        auto const secret = secret_in(text);
        if (secret == Secret::card_number)
            refuse("card_number",
                   "holds what looks like a card number; card numbers belong in the vault, never in plain fields");
        if (secret == Secret::bank_account)
            refuse("bank_account",
                   "holds what looks like a bank account; account numbers belong in the vault, never in plain fields");
        return secret == Secret::none;
    }

    void take(std::string const& text) {
        auto const& base = target().base;
        auto& customer = draft_.customer;
        auto const line = clean_line(text);
        if (base == "email") take_emails(line);
        else if (base == "phone") take_phones(line);
        else if (base == "email_label") email_label_ = line;
        else if (base == "phone_label") phone_label_ = line;
        else if (base == "address") take_address(line);
        else if (base == "custom") take_custom(text);
        else if (base == "given_name") take_part(given_, calm_capitals(line));
        else if (base == "middle_name") take_part(middle_, calm_capitals(line));
        else if (base == "family_name") take_part(family_, calm_capitals(line));
        else if (base == "name") take_whole_name(line);
        else if (base == "display_name") set_first(customer.display_name, line, "/display_name");
        else if (base == "company_name") set_first(customer.company_name, line, "/company_name");
        else if (base == "kind") take_kind(line);
        else if (base == "tag") take_tags(text);
        else if (base == "note") take_note(text);
        else if (base == "worker") take_workers(line);
        else if (base == "folder") draft_.folder = line;
        else if (base == "status") draft_.status = line;
        else if (base == "source") set_first(customer.source, line, "/source");
        else if (base == "key") take_key(line);
        else if (base == "import_keys") take_import_keys(line);
        else take_plain(base, line);
    }

    void take_plain(std::string const& base, std::string const& line) {
        auto& customer = draft_.customer;
        if (base == "customer_since") take_date(customer.customer_since, line);
        else if (base == "created_at") take_created(line);
        else if (base == "newsletter") take_newsletter(line);
        else if (base == "language") set_first(customer.language, read_language(line).value_or(line), "/language");
        else if (base == "time_zone") set_first(customer.time_zone, line, "/time_zone");
        else if (base == "preferred_contact") set_first(customer.preferred_contact, fold(line), "/preferred_contact");
        else if (base == "do_not_contact")
            for (auto const& word : split_list(line)) {
                Channel channel{};
                if (set(channel, fold(word))) customer.do_not_contact.push_back(channel);
            }
    }

    void take_part(std::string& part, std::string const& text) {
        if (part.empty()) part = text;
        came_from("/" + target().base);
    }

    void take_whole_name(std::string const& line) {
        auto const name = split_name(line);
        for (auto const* pointer : {"/given_name", "/family_name", "/company_name"}) came_from(pointer);
        if (!name.company.empty()) return set_first(draft_.customer.company_name, name.company, "/company_name");
        if (given_.empty() && family_.empty()) {
            given_ = name.given;
            family_ = name.family;
        }
    }

    void finish_name() {
        auto given = given_;
        if (!middle_.empty()) (given += given.empty() ? "" : " ") += middle_;
        auto const into = [&](auto& member, std::string const& text, std::string const& pointer) {
            if (text.empty()) return;
            if (auto const found = draft_.origins.find(pointer); found != draft_.origins.end()) column_ = found->second;
            set(member, text);
        };
        if (plan_.kind == ImportKind::staff) {
            auto const whole = given + (given.empty() || family_.empty() ? "" : " ") + family_;
            return into(draft_.user.name, whole, "/given_name");
        }
        into(draft_.customer.given_name, given, "/given_name");
        into(draft_.customer.family_name, family_, "/family_name");
    }

    void take_kind(std::string const& line) {
        auto const word = fold(line);
        if (word == "person" || word == "company") {
            draft_.customer.kind = word == "company" ? CustomerKind::company : CustomerKind::person;
            draft_.says_kind = true;
        } else refuse("not_a_choice", "must be person or company");
    }

    // What Google and our own exports put into one cell is parted by ":::", what people put there by ; or a comma.
    void take_emails(std::string const& line) {
        for (auto const& part : split_values(line)) {
            auto addresses = normal_email(part) ? std::vector{part} : split_list(part);
            for (auto& address : addresses) {
                if (auto const open = address.find('<'), close = address.find('>');
                    open != std::string::npos && close != std::string::npos && close > open)
                    address = address.substr(open + 1, close - open - 1);
                if (address.starts_with("mailto:")) address.erase(0, 7);
                EmailAddress email;
                if (!set(email.address, address)) continue;
                set_label(email.label, email_label_);
                came_from("/emails/" + std::to_string(draft_.customer.emails.size()));
                draft_.customer.emails.push_back(std::move(email));
            }
        }
        email_label_.clear();
    }

    void take_phones(std::string const& line) {
        for (auto const& part : split_values(line)) {
            PhoneNumber phone;
            if (!set(phone.number, part)) continue;
            set_label(phone.label, phone_label_);
            came_from("/phones/" + std::to_string(draft_.customer.phones.size()));
            draft_.customer.phones.push_back(std::move(phone));
        }
        phone_label_.clear();
    }

    // Google writes "* Work" for the primary one.
    void set_label(std::optional<Text<0, 40>>& label, std::string typed) {
        if (typed.starts_with("* ")) typed.erase(0, 2);
        auto text = target().label.empty() ? std::move(typed) : target().label;
        if (!text.empty()) set(label, text);
    }

    Place& place(std::string const& label) {
        for (auto& one : places_)
            if (one.label == label) return one;
        return places_.emplace_back(Place{label, {}, {}});
    }
    void take_address(std::string const& line) {
        auto& one = place(target().label);
        auto& address = one.address;
        auto const& part = target().part;
        one.columns.emplace(part, column_);
        auto const first = [&](auto& member, std::string const& text) {
            if (!member) set(member, text);
        };
        if (part == "line1") first(address.line1, line);
        else if (part == "line2") first(address.line2, line);
        else if (part == "city") first(address.city, calm_capitals(line));
        else if (part == "region") first(address.region, line);
        else if (part == "postal_code") first(address.postal_code, line);
        else if (part == "access_notes") first(address.access_notes, line);
        else if (part == "country") first(address.country, country_code(line).value_or(line));
    }

    // An address at work is where bills go; the one at home is, when there is no other.
    static AddressKind kind_of(std::string_view label, std::vector<AddressKind> const& had) {
        auto const free = [&](AddressKind kind) { return std::find(had.begin(), had.end(), kind) == had.end(); };
        if (label == "shipping") return AddressKind::shipping;
        if (label == "service") return AddressKind::service;
        if (label == "billing" || label.empty() || free(AddressKind::billing)) return AddressKind::billing;
        return label == "home" && free(AddressKind::shipping) ? AddressKind::shipping : AddressKind::service;
    }
    void finish_addresses() {
        std::vector<AddressKind> had;
        auto const order = [](Place const& one) {
            return one.label == "work" ? 1 : one.label == "home" ? 2 : one.label == "other" ? 3 : 0;
        };
        std::stable_sort(places_.begin(), places_.end(),
                         [&](Place const& a, Place const& b) { return order(a) < order(b); });
        for (auto& one : places_) {
            one.address.kind = kind_of(one.label, had);
            had.push_back(one.address.kind);
            auto const pointer = "/addresses/" + std::to_string(draft_.customer.addresses.size());
            for (auto const& [part, column] : one.columns) draft_.origins.emplace(pointer + "/" + part, column);
            draft_.customer.addresses.push_back(std::move(one.address));
        }
    }

    void take_tags(std::string const& text) {
        for (auto const& name : split_list(text)) {
            Text<1, 100> kept;
            if (set(kept, name)) draft_.tags.push_back(kept);
        }
    }
    void take_note(std::string const& text) {
        Text<1, 20000> note;
        if (set(note, clean_text(text))) draft_.notes.push_back(note);
    }
    void take_workers(std::string const& line) {
        for (auto const& name : split_values(line)) {
            auto const user = find_worker(plan_.users, name);
            if (!user) {
                refuse("unknown_worker", "names nobody of the staff: " + name);
                continue;
            }
            came_from("/workers/" + std::to_string(draft_.customer.workers.size()));
            draft_.customer.workers.push_back({*user, draft_.customer.workers.empty()});
        }
    }
    void take_key(std::string const& line) {
        Text<1, 200> key;
        if (draft_.key || !set(key, line)) return;
        draft_.key = key;
        came_from("/import_keys");
    }
    void take_import_keys(std::string const& line) {
        for (auto const& part : split_values(line)) {
            auto const colon = part.find(':');
            ImportKey key;
            if (colon == std::string::npos || colon == 0 || colon + 1 == part.size())
                refuse("not_an_import_key", "must be written like program:id");
            else if (set(key.source, part.substr(0, colon)) && set(key.key, part.substr(colon + 1)))
                draft_.customer.import_keys.push_back(std::move(key));
        }
        came_from("/import_keys");
    }

    void take_date(std::optional<Date>& member, std::string const& line) {
        if (member) return;
        if (auto const date = read_any_date(line, plan_.orders[column_], plan_.today)) member = *date;
        else refuse("not_a_date", "is no date; write it like 2026-11-21");
    }
    void take_created(std::string const& line) {
        if (auto const time = read_any_time(line, plan_.orders[column_], plan_.today)) draft_.created_at = *time;
        else refuse("not_a_time", "is no time; write it like 2026-11-21T09:30:00Z");
    }
    void take_newsletter(std::string const& line) {
        auto const says = read_yes_no(line);
        if (!says) return refuse("not_yes_or_no", "must be yes or no");
        draft_.customer.newsletter = *says;
        draft_.says_newsletter = true;
    }
    void take_custom(std::string const& text) {
        auto const field = std::find_if(plan_.fields.begin(), plan_.fields.end(),
                                        [&](Field const& one) { return one.key == target().part; });
        if (field == plan_.fields.end()) return refuse("unknown_field", "goes to a field that is no longer there");
        auto value = custom_value(*field, text, {plan_.orders[column_], plan_.today, plan_.currency});
        if (!value.code.empty()) return refuse(value.code, value.says);
        came_from("/custom/" + target().part);
        draft_.customer.custom.emplace(target().part, std::move(value.json));
    }

    void take_staff(std::string const& text) {
        auto const& base = target().base;
        auto const line = clean_line(text);
        if (base == "given_name") take_part(given_, calm_capitals(line));
        else if (base == "family_name") take_part(family_, calm_capitals(line));
        else if (base == "name") take_whole_name(line);
        else if (base == "title") set_first(draft_.user.title, line, "/title");
        else if (base == "phone") set_first(draft_.user.phone, line, "/phone");
        else if (base == "key") take_key(line);
        else if (base == "email" && draft_.user.email.empty() && set(draft_.user.email, line)) came_from("/email");
    }
};

}  // namespace

std::string Draft::column_of(std::string_view pointer, Plan const& plan) const {
    for (std::string at(pointer); !at.empty(); at.resize(at.rfind('/')))
        if (auto const found = origins.find(at); found != origins.end()) return plan.columns[found->second];
    return {};
}

Draft make_draft(Plan const& plan, std::vector<std::string> const& cells) { return Drafting(plan).read(cells); }

std::optional<Id<User>> find_worker(std::vector<User> const& users, std::string_view text) {
    auto const only = [&](auto const& fits) -> std::optional<Id<User>> {
        std::optional<Id<User>> found;
        for (auto const& user : users) {
            if (user.state == UserState::disabled || !fits(user)) continue;
            if (found) return {};
            found = user.id;
        }
        return found;
    };
    if (auto const id = Id<User>::read(text)) return only([&](User const& user) { return user.id == *id; });
    if (auto const by_key = only([&](User const& user) {
            return std::any_of(user.import_keys.begin(), user.import_keys.end(),
                               [&](ImportKey const& key) { return key.key == text; });
        }))
        return by_key;
    if (auto const email = normal_email(text))
        return only([&](User const& user) { return normal_email(user.email) == email; });
    auto const name = fold(text);
    return only([&](User const& user) { return fold(user.name) == name; });
}

}  // namespace patron::imports
