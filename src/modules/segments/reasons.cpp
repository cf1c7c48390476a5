#include "modules/segments/reasons.hpp"

#include "base/fold.hpp"

#include <algorithm>

namespace patron::segments {
namespace {

using customers::Filter;
using customers::FilterField;
using customers::Happened;

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::size_t most_said = 3;

std::string lower_first(std::string text) {
    // "E-mail" keeps its capital, "Created" does not need it.
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z')
        text[0] = static_cast<char>(text[0] | 32);
    return text;
}

std::string ago(std::int64_t moment, std::int64_t now) {
    auto const away = now - moment;
    auto const days = (away < 0 ? -away : away) / day_ms;
    if (days == 0) return away < 0 ? "within a day" : "today";
    auto const count = std::to_string(days) + (days == 1 ? " day" : " days");
    return away < 0 ? "in " + count : count + " ago";
}

// Minor units as a person reads them: 125000 of EUR is "1250.00 EUR".
std::string money(std::int64_t amount, std::string const& currency) {
    auto digits = std::to_string(amount < 0 ? -amount : amount);
    if (auto const places = static_cast<std::size_t>(currency_digits(currency)); places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return (amount < 0 ? "-" : "") + digits + ' ' + currency;
}

class Telling {
  public:
    Telling(Reading& reading, Storyteller& teller, Id<Customer> customer)
        : reading_(reading), teller_(teller), customer_(customer) {}

    std::string of(Filter const& filter, Filter const& answered) {
        switch (filter.kind) {
            case Filter::Kind::all: return joined(filter.parts, answered.parts);
            case Filter::Kind::any:
                for (std::size_t i = 0; i < filter.parts.size(); ++i)
                    if (customers::matches(reading_, answered.parts[i], customer_))
                        return of(filter.parts[i], answered.parts[i]);
                return {};
            case Filter::Kind::none: return opposite(filter.parts, answered.parts);
            case Filter::Kind::happened: return happened(filter.event);
            case Filter::Kind::search: return "found by \u201c" + filter.text + "\u201d";
            case Filter::Kind::contains:
                return lower_first(filter.field->label) + " contains \u201c" + filter.text + "\u201d";
            case Filter::Kind::empty: return "no " + lower_first(filter.field->label);
            default: return has(filter);
        }
    }

  private:
    Reading& reading_;
    Storyteller& teller_;
    Id<Customer> customer_;

    std::string joined(std::vector<Filter> const& parts, std::vector<Filter> const& answered) {
        std::string text;
        std::size_t said = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto one = of(parts[i], answered[i]);
            // A range is two conditions that are told alike.
            if (one.empty() || text.find(one) != std::string::npos) continue;
            if (said++ == most_said) return text + " …";
            (text += text.empty() ? "" : ", ") += one;
        }
        return text;
    }

    std::string opposite(std::vector<Filter> const& parts, std::vector<Filter> const& answered) {
        std::string text;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto const& part = parts[i];
            std::string one;
            if (part.kind == Filter::Kind::happened) one = happened(part.event);
            else if (part.kind == Filter::Kind::empty) one = "has " + lower_first(part.field->label);
            else if (part.kind == Filter::Kind::is) one = "not " + wanted(part);
            else if (part.kind == Filter::Kind::none) one = joined(part.parts, answered[i].parts);
            if (!one.empty()) (text += text.empty() ? "" : ", ") += one;
        }
        return text;
    }

    // What a kind is about and what became of it: "booking.completed" is 3 bookings, completed.
    std::string events(Happened const& event, std::int64_t count) const {
        auto const& kind = event.kinds.front();
        auto const dot = kind.find('.');
        auto noun = in_words(kind.substr(0, dot));
        if (count != 1) noun += noun.ends_with('s') ? "" : "s";
        if (event.ahead_of) return noun + " to come";
        return event.kinds.size() > 1 ? noun : noun + ' ' + in_words(kind.substr(dot + 1));
    }

    std::string window(Happened const& event) const {
        if (event.days) return " in " + std::to_string(event.days) + (event.days == 1 ? " day" : " days");
        if (event.since) return " since " + to_text(day_of(Time{event.since}));
        return {};
    }

    std::string happened(Happened const& event) {
        auto const count = customers::measure(reading_, event, customer_);
        if (event.sum.empty())
            return (count ? std::to_string(count) : "no") + ' ' + events(event, count) + window(event);
        auto const amount = event.sum == "amount" ? money(count, reading_.business.settings()->currency)
                                                  : std::to_string(count) + ' ' + in_words(event.sum);
        auto const what = amount + " of " + events(event, 2) + window(event);
        if (!event.top) return what;
        auto percent = std::to_string(event.top / 100);
        if (event.top % 100) percent += '.' + std::to_string(event.top % 100);
        return what + ", among the highest " + percent + " %";
    }

    std::string said(FilterField const& field, db::Value const& value) {
        if (auto const* number = std::get_if<std::int64_t>(&value)) {
            if (field.shape == FilterField::Shape::time) return ago(*number, reading_.now.ms);
            if (field.shape == FilterField::Shape::flag) return *number ? "yes" : "no";
            if (field.prefix.empty()) return std::to_string(*number);
            auto name = teller_.name_of(id_text(field.prefix, *number));
            return name.empty() ? id_text(field.prefix, *number) : name;
        }
        if (auto const* real = std::get_if<double>(&value)) {
            if (field.shape == FilterField::Shape::flag) return *real != 0 ? "yes" : "no";
            if (field.shape == FilterField::Shape::time) return ago(static_cast<std::int64_t>(*real), reading_.now.ms);
            if (field.custom && field.custom->type == FieldType::money)
                return money(static_cast<std::int64_t>(*real), reading_.business.settings()->currency);
            return to_json(*real);
        }
        auto const& text = std::get<std::string>(value);
        if (!field.prefix.empty())
            if (auto name = teller_.name_of(text); !name.empty()) return name;
        return text;
    }

    // What the customer has of what was asked for.
    std::string has(Filter const& filter) {
        std::string text;
        for (auto const& value : customers::values_of(reading_, *filter.field, customer_)) {
            if (filter.kind == Filter::Kind::is &&
                std::find(filter.values.begin(), filter.values.end(), value) == filter.values.end())
                continue;
            (text += text.empty() ? "" : ", ") += said(*filter.field, value);
        }
        return text.empty() ? text : lower_first(filter.field->label) + ' ' + text;
    }

    std::string wanted(Filter const& filter) {
        std::string text;
        for (auto const& value : filter.values) (text += text.empty() ? "" : ", ") += said(*filter.field, value);
        return lower_first(filter.field->label) + ' ' + text;
    }
};

}  // namespace

std::string reason_of(Reading& reading, Storyteller& teller, Filter const& filter, Filter const& answered,
                      Id<Customer> customer) {
    return Telling(reading, teller, customer).of(filter, answered);
}

}  // namespace patron::segments
