// The index said again in the plainest way – a list of entries, gone over for every question – and made-up entries.
#pragma once
#include "index/index.hpp"

#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>

namespace patron::index::tests {

inline constexpr Attribute folder = 1, tag = 2, city = 3, email = 4, created = 5, amount = 6, never_used = 99;

class Model {
  public:
    void put(Entry const& entry) { entries_[entry.id] = entry; }
    void drop(std::int64_t id) { entries_.erase(id); }
    void mark(Attribute attribute, std::int64_t value, std::vector<std::int64_t> const& ids, bool on) {
        for (auto const id : ids) {
            auto const known = entries_.find(id);
            if (known == entries_.end()) continue;
            std::erase(known->second.marks, std::pair(attribute, value));
            if (on) known->second.marks.emplace_back(attribute, value);
        }
    }
    std::map<std::int64_t, Entry> const& entries() const { return entries_; }

    template <class Fits>
    std::set<std::int64_t> where(Fits fits) const {
        std::set<std::int64_t> ids;
        for (auto const& [id, entry] : entries_)
            if (fits(entry)) ids.insert(id);
        return ids;
    }
    template <class Fits>
    std::set<std::int64_t> where_text(Attribute attribute, Fits fits) const {
        return where([&](Entry const& entry) {
            for (auto const& [of, text] : entry.texts)
                if (of == attribute && fits(text)) return true;
            return false;
        });
    }
    std::set<std::int64_t> marked(Attribute attribute, std::optional<std::int64_t> value) const {
        return where([&](Entry const& entry) {
            for (auto const& [of, mark] : entry.marks)
                if (of == attribute && (!value || mark == *value)) return true;
            return false;
        });
    }

    static std::optional<double> number(Entry const& entry, Attribute attribute) {
        std::optional<double> found;
        for (auto const& [of, number] : entry.numbers)
            if (of == attribute) found = std::isnan(number) ? std::nullopt : std::optional(number);
        return found;
    }

    static Place place(Entry const& entry, Sort const& sort) {
        Place place{entry.id, 0, {}};
        if (sort.by == Sort::By::name) place.text = entry.name_key;
        if (sort.by == Sort::By::number) place.number = number(entry, sort.attribute).value_or(-1e300);
        if (sort.by != Sort::By::text) return place;
        std::set<std::string> texts;
        for (auto const& [of, text] : entry.texts)
            if (of == sort.attribute) texts.insert(text);
        if (!texts.empty()) place.text = *texts.begin();
        return place;
    }
    std::vector<Place> sorted(std::set<std::int64_t> const& among, Sort const& sort) const {
        std::vector<Place> places;
        for (auto const id : among) places.push_back(place(entries_.at(id), sort));
        std::sort(places.begin(), places.end(), [&](Place const& one, Place const& other) {
            auto const left = std::tie(one.number, one.text, one.id),
                       right = std::tie(other.number, other.text, other.id);
            return sort.descending ? right < left : left < right;
        });
        return places;
    }

  private:
    std::map<std::int64_t, Entry> entries_;
};

// Few different values, so that everything meets; some records with nothing, some with much.
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(engine_); }
    bool one_in(std::size_t times) { return below(times) == 0; }
    template <class Values>
    auto const& of(Values const& values) {
        return values[below(std::size(values))];
    }

    Entry entry(std::int64_t id) {
        static std::string const cities[] = {
            "", "bern", "berlin", "berlingen", "roma", "\xe6\x9d\xb1\xe4\xba\xac", "san jose", "jose"};
        static std::string const names[] = {
            "anna berg", "anna", "berg anna", "bo", "maria de la cruz", "o'brien", "\xd0\xb0\xd0\xbd\xd0\xbd\xd0\xb0"};
        Entry entry{id};
        entry.live = !one_in(10);
        if (!one_in(5)) entry.marks.emplace_back(folder, below(4));
        for (auto left = below(4); left > 0; --left) entry.marks.emplace_back(tag, below(12));
        for (auto left = below(3); left > 0; --left) entry.texts.emplace_back(city, of(cities));
        if (!one_in(3)) entry.texts.emplace_back(email, "m" + std::to_string(below(900)) + "@example.com");
        if (!one_in(4)) entry.numbers.emplace_back(created, static_cast<double>(below(1000)));
        if (one_in(2)) entry.numbers.emplace_back(amount, one_in(9) ? NAN : static_cast<double>(below(50)) / 4 - 3);
        entry.name = of(names);
        entry.name_key = entry.name.substr(0, below(entry.name.size() + 1));
        if (one_in(2)) entry.words = of(cities) + " " + of(names);
        if (one_in(2)) entry.digits = "0" + std::to_string(1000 + below(90000)) + " 49" + std::to_string(below(999));
        return entry;
    }

  private:
    std::mt19937_64 engine_;
};

inline std::set<std::int64_t> ids_of(Index const& index, Bits const& bits) {
    auto const ids = index.ids(bits);
    return {ids.begin(), ids.end()};
}

}  // namespace patron::index::tests
