// What a preview has foreseen so far: the customers that the rows before would have made or changed, on disk, found by
// their signs. So a preview tells of doubles inside the file without writing a thing and without holding it in memory.
#pragma once
#include "modules/imports/rows.hpp"

#include <cstdio>
#include <memory>

namespace patron::imports {

struct Foresight {
    Customer customer;
    bool is_new = false;            // no customer of the business yet
    std::vector<std::string> tags;  // by name: a tag that the row would make is not there either
    std::vector<std::string> notes;
};

class Foreseen {
  public:
    Foreseen();

    // Keeps it under its number, or a new one (-1), to be found by these signs. Answers the number.
    std::int64_t keep(std::int64_t number, Foresight const& what, std::vector<std::string> const& signs);
    // The numbers that a sign may mean; some may be wrong.
    std::vector<std::int64_t> numbers(std::string const& sign) const;
    Foresight look(std::int64_t number) const;

  private:
    // Eight bytes a sign: 40 bits of its hash, 24 of the number; open addressing.
    static constexpr std::uint64_t number_bits = 24;
    void insert(std::uint64_t slot);
    void grow();
    std::vector<std::uint64_t> slots_;
    std::size_t used_ = 0;
    struct Place {
        std::uint64_t offset;
        std::uint32_t size;
    };
    std::vector<Place> places_;
    std::uint64_t end_ = 0;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace patron::imports
