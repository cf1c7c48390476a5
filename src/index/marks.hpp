// What records are marked with – ids, choices, flags – and who carries each mark.
#pragma once
#include "index/posting.hpp"
#include "index/slots.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace patron::index {

class Marks {
  public:
    struct Mark {
        std::int64_t attribute, value;
        Posting rows;
    };

    std::uint32_t number_of(std::int64_t attribute, std::int64_t value) {
        auto const hash = hash_of(attribute, value);
        auto const known = find(hash, attribute, value);
        if (known != Slots::none) return known;
        auto const number = static_cast<std::uint32_t>(all_.size());
        all_.push_back({attribute, value, {}});
        of_attribute_[attribute].push_back(number);
        slots_.add(hash, number);
        return number;
    }
    Mark& operator[](std::uint32_t number) { return all_[number]; }
    Mark const& operator[](std::uint32_t number) const { return all_[number]; }
    std::size_t size() const { return all_.size(); }

    Posting const* rows(std::int64_t attribute, std::int64_t value) const {
        auto const number = find(hash_of(attribute, value), attribute, value);
        return number == Slots::none ? nullptr : &all_[number].rows;
    }
    template <class Visit>
    void each(std::int64_t attribute, Visit visit) const {
        auto const found = of_attribute_.find(attribute);
        if (found == of_attribute_.end()) return;
        for (auto const number : found->second) visit(all_[number]);
    }
    std::size_t bytes() const {
        auto sum = all_.capacity() * sizeof(Mark) + slots_.bytes();
        for (auto const& mark : all_) sum += mark.rows.bytes();
        for (auto const& [attribute, numbers] : of_attribute_) sum += 64 + numbers.capacity() * sizeof(std::uint32_t);
        return sum;
    }

  private:
    static std::uint64_t hash_of(std::int64_t attribute, std::int64_t value) {
        return mixed(static_cast<std::uint64_t>(value) ^ mixed(static_cast<std::uint64_t>(attribute)));
    }
    std::uint32_t find(std::uint64_t hash, std::int64_t attribute, std::int64_t value) const {
        return slots_.find(hash, [&](std::uint32_t number) {
            return all_[number].attribute == attribute && all_[number].value == value;
        });
    }

    std::vector<Mark> all_;
    Slots slots_;
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> of_attribute_;
};

}  // namespace patron::index
