// Everybody once more, in plain lists that are gone over from end to end: says for how many customers a search has as
// good a reason as for the wanted one, and never asks the index.
#pragma once
#include "index/index.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace patron::index::bench {

// May `typed` be `meant` with one letter missing, too many, wrong, or two neighbours swapped?
inline bool within_a_slip(std::string_view typed, std::string_view meant) {
    if (typed.size() > meant.size() + 1 || meant.size() > typed.size() + 1) return false;
    std::size_t same = 0;
    while (same < typed.size() && same < meant.size() && typed[same] == meant[same]) ++same;
    typed.remove_prefix(same), meant.remove_prefix(same);
    if (typed.size() < meant.size()) return typed == meant.substr(1);
    if (typed.size() > meant.size()) return typed.substr(1) == meant;
    if (typed.empty() || typed.substr(1) == meant.substr(1)) return true;
    return typed.size() > 1 && typed[0] == meant[1] && typed[1] == meant[0] && typed.substr(2) == meant.substr(2);
}

// Texts of people one behind the other.
class Texts {
  public:
    void add(std::int64_t id, std::string_view text) {
        ids_.push_back(id), begins_.push_back(all_.size());
        all_.append(text) += '\n';
    }
    bool empty() const { return ids_.empty(); }
    using People = std::set<std::int64_t>;
    void holding(std::string_view part, People& people) const {
        auto const *at = all_.data(), *const end = at + all_.size();
        while ((at = static_cast<char const*>(
                    memmem(at, static_cast<std::size_t>(end - at), part.data(), part.size()))) != nullptr) {
            auto const place = static_cast<std::size_t>(at - all_.data());
            auto const text = std::upper_bound(begins_.begin(), begins_.end(), place) - begins_.begin() - 1;
            people.insert(ids_[static_cast<std::size_t>(text)]);
            at = static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
        }
    }
    template <class Fits>
    void fitting(Fits fits, People& people) const {
        for (std::size_t at = 0; at < ids_.size(); ++at) {
            auto const end = (at + 1 < ids_.size() ? begins_[at + 1] : all_.size()) - 1;
            if (fits(std::string_view(all_).substr(begins_[at], end - begins_[at]))) people.insert(ids_[at]);
        }
    }

  private:
    std::string all_;
    std::vector<std::int64_t> ids_;
    std::vector<std::size_t> begins_;
};

// The plain rule, of name, e-mail address, phone number and the other text of a customer, all folded:
//   * one that holds the text as typed, gaps and all, in one of these, fits better than one that needs a slip;
//   * with one slip only the whole of the name, or of the e-mail address, counts.
// Ranks finer than that (a word's beginning before its middle) are the index's own affair: where they put three others
// before the wanted one, it has missed. A query that fits more than three customers at least as well as the wanted one
// is not asked, as nobody could know who was meant.
class Crowd {
  public:
    static constexpr std::size_t most = 3;

    void add(Entry const& entry, std::string_view email) {
        if (!entry.live) return;
        names_.add(entry.id, entry.name);
        emails_.add(entry.id, email);
        others_.add(entry.id, entry.words);
        digits_.add(entry.id, entry.digits);
    }
    bool empty() const { return names_.empty(); }
    bool few_are_called(std::string_view name) const {
        Texts::People people;
        names_.fitting([&](std::string_view text) { return text == name; }, people);
        return people.size() <= most;
    }
    bool few_hold(std::string_view text) const {
        Texts::People people;
        names_.holding(text, people), others_.holding(text, people);
        return people.size() <= most;
    }
    bool few_have_number(std::string_view digits) const {
        Texts::People people;
        digits_.holding(digits, people);
        return people.size() <= most;
    }
    bool few_are_within_a_slip(std::string_view typed) const {
        Texts::People people;
        names_.holding(typed, people), others_.holding(typed, people);
        for (auto const* const texts : {&names_, &emails_})
            texts->fitting([&](std::string_view text) { return within_a_slip(typed, text); }, people);
        return people.size() <= most;
    }

  private:
    Texts names_, emails_, others_, digits_;
};

}  // namespace patron::index::bench
