// Made-up people in any number, as skewed as a real business: some names, cities and tags are everywhere, most are rare.
#pragma once
#include "base/fold.hpp"
#include "index/index.hpp"

#include <cmath>
#include <random>

namespace patron::index::tests {

// What the made-up attributes mean.
enum People : Attribute {
    in_folder = 1,
    has_status,
    has_tag,
    worker,
    kind,
    country,
    language,
    flag,  // marks
    source = 20,
    email_text,
    city_text,
    custom_text,  // texts
    created_at = 40,
    updated_at,
    last_seen_at,
    revenue,
    balance,
    birthday  // numbers
};

struct Person {
    Entry entry;
    std::string name;   // as written, with its accents
    std::string phone;  // E.164 digits
    std::string email;
};

class Town {
  public:
    explicit Town(std::uint64_t seed, std::size_t people)
        : engine_(seed),
          first_names_(made(3000, 2, 3, true)),
          last_names_(made(60'000, 2, 4, true)),
          cities_(made(20'000, 2, 3, false)),
          company_words_(made(20'000, 2, 4, false)),
          people_(people) {}

    Person person(std::int64_t id) {
        Person person;
        auto& entry = person.entry;
        entry.id = id;
        entry.live = below(50) != 0;
        auto const first = skewed(first_names_), last = skewed(last_names_);
        person.name = first + " " + (below(12) == 0 ? skewed(last_names_) + "-" : "") + last;
        entry.name = patron::fold(person.name);
        entry.name_key = key(patron::fold(last), patron::fold(first));
        auto const city = skewed(cities_);
        auto const company = below(3) == 0 ? skewed(company_words_) + " " + skewed(company_words_) + " gmbh" : "";
        auto const plain_first = patron::fold(first), plain_last = patron::fold(last);
        person.email = plain_first.substr(0, below(2) ? plain_first.size() : 1) + "." + plain_last +
                       (below(2) ? std::to_string(below(9999)) : "") + "@" + domain(company);
        entry.words = company + " " + person.email + " " + city;
        if (below(4) == 0) entry.words += " " + skewed(company_words_) + " " + skewed(cities_);
        phone(person);
        marks(entry);
        entry.texts = {{source, "source " + std::to_string(zipf(40))}, {email_text, person.email}, {city_text, city}};
        if (below(4) == 0) entry.texts.emplace_back(custom_text, skewed(company_words_));
        auto const age = static_cast<double>(static_cast<std::int64_t>(people_) - id) * 60'000;
        entry.numbers = {{created_at, 1.76e12 - age},
                         {updated_at, 1.76e12 - age * unit()},
                         {last_seen_at, 1.76e12 - std::pow(unit(), 4) * 1e11}};
        if (below(2)) entry.numbers.emplace_back(revenue, std::floor(std::pow(unit(), 6) * 1e7));
        if (below(8) == 0) entry.numbers.emplace_back(balance, std::floor(unit() * 1e5));
        if (below(3) == 0) entry.numbers.emplace_back(birthday, static_cast<double>(below(30'000)));
        return person;
    }

    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(engine_); }
    double unit() { return std::uniform_real_distribution<>(0, 1)(engine_); }

    // One letter of the text missing, too many, wrong, or two neighbours swapped. ASCII only.
    std::string slipped(std::string text, std::size_t from, std::size_t to) {
        auto const at = from + below(to - from);
        auto const letter = static_cast<char>('a' + below(26));
        switch (below(4)) {
            case 0: return text.erase(at, 1);
            case 1: return text.insert(at, 1, letter);
            case 2: text[at] = text[at] == letter ? 'x' : letter; return text;
            default: std::swap(text[at], text[at + 1 < to ? at + 1 : at - 1]); return text;
        }
    }

  private:
    std::vector<std::string> made(std::size_t count, std::size_t least, std::size_t most, bool accents) {
        static char const* const begin[] = {"b", "d", "f", "g", "h",  "j",  "k",   "l",  "m",  "n",  "p",  "r",
                                            "s", "t", "v", "w", "st", "br", "sch", "kr", "ch", "tr", "gr", ""};
        static char const* const middle[] = {"a", "e", "i", "o", "u", "a", "e", "i", "ei", "au", "ie"};
        static char const* const marked[] = {"\u00e9", "\u00f6", "\u00fc", "\u00e1", "\u00ed"};
        static char const* const end[] = {"", "", "n", "r", "s", "l", "nd", "rt", "ng", "tz"};
        std::vector<std::string> all;
        for (std::size_t at = 0; at < count; ++at) {
            std::string word;
            for (auto left = least + below(most - least + 1); left > 0; --left) {
                word += begin[below(std::size(begin))];
                word += accents && below(12) == 0 ? marked[below(5)] : middle[below(std::size(middle))];
                word += end[below(std::size(end))];
            }
            all.push_back(word);
        }
        return all;
    }
    std::size_t zipf(std::size_t end) {
        return static_cast<std::size_t>(std::pow(static_cast<double>(end), unit())) - 1;
    }
    std::string const& skewed(std::vector<std::string> const& words) {
        return words[below(3) == 0 ? below(words.size()) : zipf(words.size())];
    }
    // About as long as ICU's key: letters, then levels for accents and case.
    static std::string key(std::string const& last, std::string const& first) {
        return last + '\2' + first + '\1' + std::string(last.size() / 4 + 3, '\5') + '\1' +
               std::string(last.size() / 4 + 4, '\6');
    }
    std::string domain(std::string const& company) {
        static char const* const common[] = {"gmail.com", "gmx.de", "web.de", "outlook.com", "icloud.com"};
        return company.empty() ? common[below(5)] : company.substr(0, company.find(' ')) + ".de";
    }
    void phone(Person& person) {
        if (below(10) == 0) return;
        static char const* const areas[] = {"151", "160", "171", "172", "176", "30", "40", "89", "711", "221"};
        auto const national = areas[below(10)] + std::to_string(1'000'000 + below(90'000'000));
        person.phone = "49" + national;
        person.entry.digits = "0" + national + " " + person.phone;
    }
    void marks(Entry& entry) {
        auto const value = [&](std::size_t end) { return static_cast<std::int64_t>(zipf(end)); };
        entry.marks = {{in_folder, value(20)}, {has_status, value(60)}, {kind, value(2)}, {country, value(30)}};
        for (auto left = below(4); left > 0; --left) entry.marks.emplace_back(has_tag, value(200));
        for (auto left = below(3); left > 0; --left) entry.marks.emplace_back(worker, value(50));
        if (below(2)) entry.marks.emplace_back(language, value(12));
        for (std::int64_t bit = 0; bit < 4; ++bit)
            if (below(3) == 0) entry.marks.emplace_back(flag, bit);
    }

    std::mt19937_64 engine_;
    std::vector<std::string> first_names_, last_names_, cities_, company_words_;
    std::size_t people_;
};

}  // namespace patron::index::tests
