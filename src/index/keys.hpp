// What rows are sorted by – a number, the head of a text, the id – with the least and greatest of every 64 rows beside it, so that
// who looks for the first of an order, or for a range, passes over most rows without a look at them.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace patron::index {

inline constexpr auto no_value = std::numeric_limits<double>::quiet_NaN();
inline constexpr double no_number = -1e300;  // rows without a number sort as this

inline double ranked(double number) { return std::isnan(number) ? no_number : number; }
inline std::uint64_t ranked(std::uint64_t head) { return head; }
inline std::int64_t ranked(std::int64_t id) { return id; }

template <class Key>
class Keys {
  public:
    static constexpr std::size_t zone_rows = 64;
    struct Zone {
        Key least, greatest;  // as ranked
    };

    explicit Keys(Key none) : none_(none) {}

    std::size_t size() const { return keys_.size(); }
    Key const* data() const { return keys_.data(); }
    // Rows beyond the end have none.
    Key operator[](std::size_t row) const { return row < keys_.size() ? keys_.data()[row] : none_; }
    // Of the rows from 64 * at on.
    Zone zone(std::size_t at) const {
        return at < zones_.size() ? zones_.data()[at] : Zone{ranked(none_), ranked(none_)};
    }

    void reserve(std::size_t rows) { keys_.reserve(rows), zones_.reserve(rows / zone_rows + 1); }
    void set(std::size_t row, Key key) {
        if (row >= keys_.size()) grow(row + 1);
        auto const old = ranked(keys_[row]), now = ranked(key);
        keys_[row] = key;
        auto& zone = zones_[row / zone_rows];
        if (now < zone.least) zone.least = now;
        if (now > zone.greatest) zone.greatest = now;
        if (now != old && (old == zone.least || old == zone.greatest)) measure(row / zone_rows);
    }
    void assign(std::vector<Key> keys) {
        keys_ = std::move(keys);
        zones_.resize((keys_.size() + zone_rows - 1) / zone_rows);
        for (std::size_t at = 0; at < zones_.size(); ++at) measure(at);
    }
    std::size_t bytes() const { return keys_.capacity() * sizeof(Key) + zones_.capacity() * sizeof(Zone); }

  private:
    void grow(std::size_t rows) {
        auto const before = keys_.size();
        keys_.resize(rows, none_);
        zones_.resize((rows + zone_rows - 1) / zone_rows);
        for (auto at = before / zone_rows; at < zones_.size(); ++at) measure(at);
    }
    void measure(std::size_t at) {
        auto const from = at * zone_rows, end = std::min(keys_.size(), from + zone_rows);
        auto const* const keys = keys_.data();
        Zone zone{ranked(keys[from]), ranked(keys[from])};
        // Rows that there are, but not in this column, have none.
        if (end < from + zone_rows)
            zone = {std::min(zone.least, ranked(none_)), std::max(zone.greatest, ranked(none_))};
        for (auto row = from + 1; row < end; ++row) {
            zone.least = std::min(zone.least, ranked(keys[row]));
            zone.greatest = std::max(zone.greatest, ranked(keys[row]));
        }
        zones_[at] = zone;
    }

    std::vector<Key> keys_;
    std::vector<Zone> zones_;
    Key none_;
};

}  // namespace patron::index
