// Numbers of words in the order of the words.
#pragma once
#include "index/values.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace patron::index {

// Numbers of words in the order of their bytes, in runs of some hundred so that one more moves little.
class OrderedWords {
  public:
    struct Position {
        std::size_t run = 0, at = 0;
    };
    // `text` says what a number stands for.
    template <class Text>
    Position lower_bound(std::string_view wanted, Text const& text) const;
    template <class Text>
    void add(std::uint32_t number, Text const& text);
    void append(std::uint32_t number, std::uint64_t head);

    bool at_end(Position position) const { return position.run == runs_.size(); }
    std::uint32_t operator[](Position position) const { return runs_[position.run][position.at]; }
    Position next(Position position) const {
        return position.at + 1 < runs_[position.run].size() ? Position{position.run, position.at + 1}
                                                            : Position{position.run + 1, 0};
    }
    // visit(number) from one position up to another.
    template <class Visit>
    void each(Position from, Position to, Visit visit) const {
        for (; from.run < to.run || (from.run == to.run && from.at < to.at); from = next(from)) visit((*this)[from]);
    }
    std::size_t bytes() const;

  private:
    static constexpr std::size_t longest_run = 512;
    std::vector<std::vector<std::uint32_t>> runs_;
    std::vector<std::uint64_t> heads_;  // of the first word of each run
};

template <class Text>
OrderedWords::Position OrderedWords::lower_bound(std::string_view wanted, Text const& text) const {
    if (runs_.empty()) return {};
    // The last run that begins below; the one before it may end there too.
    auto const head = head_of(wanted);
    auto low = static_cast<std::size_t>(std::lower_bound(heads_.begin(), heads_.end(), head) - heads_.begin());
    auto high = static_cast<std::size_t>(std::upper_bound(heads_.begin(), heads_.end(), head) - heads_.begin());
    while (low < high) {
        auto const middle = (low + high) / 2;
        if (text(runs_[middle].front()) < wanted) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return {};
    auto const& run = runs_[low - 1];
    auto const at = std::lower_bound(run.begin(), run.end(), wanted,
                                     [&](std::uint32_t number, std::string_view than) { return text(number) < than; });
    return at == run.end() ? Position{low, 0} : Position{low - 1, static_cast<std::size_t>(at - run.begin())};
}

template <class Text>
void OrderedWords::add(std::uint32_t number, Text const& text) {
    if (runs_.empty()) {
        runs_.push_back({number});
        heads_.push_back(head_of(text(number)));
        return;
    }
    auto [run, at] = lower_bound(text(number), text);
    if (at == 0 && run > 0) at = runs_[--run].size();  // behind the last of the run before
    auto& numbers = runs_[run];
    numbers.insert(numbers.begin() + static_cast<std::ptrdiff_t>(at), number);
    heads_[run] = head_of(text(numbers.front()));
    if (numbers.size() < longest_run) return;
    // Words that come in order, as from a snapshot, fill their runs.
    auto const appended = run + 1 == runs_.size() && at + 1 == numbers.size();
    auto const cut = numbers.begin() + static_cast<std::ptrdiff_t>(appended ? longest_run - 1 : longest_run / 2);
    std::vector<std::uint32_t> later(cut, numbers.end());
    numbers.erase(cut, numbers.end());
    heads_.insert(heads_.begin() + static_cast<std::ptrdiff_t>(run) + 1, head_of(text(later.front())));
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(run) + 1, std::move(later));
}

inline void OrderedWords::append(std::uint32_t number, std::uint64_t head) {
    if (runs_.empty() || runs_.back().size() + 1 == longest_run) {
        runs_.emplace_back().reserve(longest_run);
        heads_.push_back(head);
    }
    runs_.back().push_back(number);
}

inline std::size_t OrderedWords::bytes() const {
    auto sum = runs_.capacity() * sizeof(runs_[0]) + heads_.capacity() * sizeof(heads_[0]);
    for (auto const& run : runs_) sum += run.capacity() * sizeof(std::uint32_t) + 16;
    return sum;
}

}  // namespace patron::index
