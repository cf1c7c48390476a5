// The first rows of a set in an order. No sorted list is kept up: what 64 rows at a time can have at best says which of
// them are looked at.
#pragma once
#include "index/bits.hpp"
#include "index/keys.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <vector>

namespace patron::index {

// Where equal keys are all that there is to know, but for the id.
struct KeySaysAll {
    int operator()(auto...) const { return 0; }
};

// Rows by a key, then by what stands behind it, then by id, up or down.
template <class Key, class Compare>
class Order {
  public:
    // `compare(row, row)`, < 0, 0 or > 0, is asked only for equal keys; it may be dear.
    Order(Keys<Key> const& keys, Compare compare, Keys<std::int64_t> const& ids, bool descending)
        : keys_(keys), compare_(compare), ids_(ids), descending_(descending) {}

    Key key(Row row) const { return ranked(keys_[row]); }
    bool sooner(Key one, Key other) const { return descending_ ? one > other : one < other; }
    bool before(Row one, Row other) const {
        auto const left = key(one), right = key(other);
        return left != right ? sooner(left, right) : before_of_same_key(one, other);
    }
    bool before_of_same_key(Row one, Row other) const {
        if (auto const order = compare_(one, other); order != 0) return (order < 0) != descending_;
        return id_before(ids_[one], ids_[other]);
    }
    bool id_before(std::int64_t one, std::int64_t other) const { return one != other && (one < other) != descending_; }
    // Might one of 64 rows come before that one, if only their ids can tell them from it?
    bool ids_before(std::size_t at, Row other) const {
        if constexpr (!std::is_same_v<Compare, KeySaysAll>) return true;
        auto const zone = ids_.zone(at);
        return id_before(descending_ ? zone.greatest : zone.least, ids_[other]);
    }
    // What the first and the last of 64 rows can have.
    Key first_of(std::size_t at) const { return descending_ ? keys_.zone(at).greatest : keys_.zone(at).least; }
    Key last_of(std::size_t at) const { return descending_ ? keys_.zone(at).least : keys_.zone(at).greatest; }
    bool descending() const { return descending_; }
    std::int64_t id(Row row) const { return ids_[row]; }

  private:
    Keys<Key> const& keys_;
    Compare compare_;
    Keys<std::int64_t> const& ids_;
    bool descending_;
};

// A place in such an order. `compare(row)` < 0 where the row stands before it by what stands behind its key.
template <class Key, class Compare>
struct Behind {
    Key key;
    Compare compare;
    std::int64_t id;

    template <class Order>
    bool operator()(Order const& order, Row row, Key of_row) const {
        if (of_row != key) return order.sooner(key, of_row);
        auto side = compare(row);
        if (side == 0) side = order.id(row) == id ? 0 : order.id(row) < id ? -1 : 1;
        return order.descending() ? side < 0 : side > 0;
    }
};

// Gathers the best of the rows it is shown.
template <class Key, class Order>
class Best {
  public:
    Best(Order const& order, std::size_t most) : order_(order), most_(most), room_(2 * most + 14) {
        rows_.reserve(room_);
    }

    // Might a row with that key be wanted?
    bool may_take(Key key) const { return !full_ || !order_.sooner(worst_key_, key); }
    // Might one of the rows from 64 * at on, the first of which has that key?
    bool may_take(Key first, std::size_t at) const {
        return may_take(first) && (!full_ || first != worst_key_ || order_.ids_before(at, worst_));
    }
    void take(Row row, Key key) {
        if (full_ && key == worst_key_ && !order_.before_of_same_key(row, worst_)) return;
        rows_.push_back(row);
        if (rows_.size() == room_) settle();
    }
    // From here on only better ones are taken than the last that is wanted so far.
    void settle() {
        if (rows_.size() < most_) return;
        auto const end = rows_.begin() + static_cast<std::ptrdiff_t>(most_);
        std::nth_element(rows_.begin(), end - 1, rows_.end(), before());
        rows_.erase(end, rows_.end());
        worst_ = rows_.back();
        worst_key_ = order_.key(worst_);
        full_ = true;
    }
    std::vector<Row> sorted() {
        std::sort(rows_.begin(), rows_.end(), before());
        if (rows_.size() > most_) rows_.resize(most_);
        return std::move(rows_);
    }

  private:
    auto before() const {
        return [this](Row one, Row other) { return order_.before(one, other); };
    }
    Order const& order_;
    std::size_t most_, room_;
    std::vector<Row> rows_;
    Row worst_ = 0;
    Key worst_key_{};
    bool full_ = false;  // `worst_` is the last of `most_` rows
};

inline constexpr std::uint32_t looked_at = 0xffffffff;

// The `most` rows of `among` that come first, in order; with `behind` only of those that it says yes to.
//
// First the words of 64 rows that may hold the very best: they set a mark which most others do not reach. Where that says
// little, as many rows share a key, the mark is set by one word in 64: rows often stand in the very order that is asked
// for, and then each would be better than the last and none could be passed over.
template <class Key, class Compare, class Place>
std::vector<Row> first_rows(Bits const& among, std::size_t most, Order<Key, Compare> const& order,
                            std::optional<Place> const& behind) {
    if (most == 0) return {};
    Best<Key, Order<Key, Compare>> best(order, most);
    struct Words {
        Key first;
        std::uint32_t at;
    };
    std::vector<Words> left;
    left.reserve(among.words().size());
    auto const* const words = among.words().data();
    for (std::size_t at = 0; at < among.words().size(); ++at)
        if (words[at] != 0 && !(behind && order.sooner(order.last_of(at), behind->key))) {
            auto const first = order.first_of(at);
            left.push_back(
                {behind && order.sooner(first, behind->key) ? behind->key : first, static_cast<std::uint32_t>(at)});
        }
    auto const look = [&](Words& word) {
        auto const show = [&](Row row) {
            auto const key = order.key(row);
            if (best.may_take(key) && (!behind || (*behind)(order, row, key))) best.take(row, key);
        };
        among.each_in_word(word.at, show);
        word.at = looked_at;
    };
    auto const few = 2 * most + 14;
    if (left.size() > few) {
        std::vector<Key> firsts;
        firsts.reserve(left.size());
        for (auto const& word : left) firsts.push_back(word.first);
        auto const last = firsts.begin() + static_cast<std::ptrdiff_t>(few);
        std::nth_element(firsts.begin(), last, firsts.end(),
                         [&](Key one, Key other) { return order.sooner(one, other); });
        for (auto& word : left)
            if (order.sooner(word.first, *last)) look(word);
        best.settle();
        for (std::size_t at = 0; at < left.size(); at += 64)
            if (left[at].at != looked_at && best.may_take(left[at].first, left[at].at)) look(left[at]);
        best.settle();
    }
    for (auto& word : left)
        if (word.at != looked_at && best.may_take(word.first, word.at)) look(word);
    return best.sorted();
}

}  // namespace patron::index
