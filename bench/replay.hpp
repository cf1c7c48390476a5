// What the server wrote for a number of creations, written again by the bare database: the same rows, in groups of the
// same size, each group as durable.
#pragma once
#include "raw.hpp"

namespace patron::bench {

class Written {
  public:
    int units = 0;  // creations

    void begin(Raw& raw);  // what is there now does not count
    void end(int units, int group);

    // Takes the rows out of the tables and writes them again; answers how many creations a second, in the best of so many
    // rounds.
    double again(Raw& raw, int rounds) const;

  private:
    std::int64_t customer_ = 0, position_ = 0, audit_ = 0;
    int group_ = 1;
};

}  // namespace patron::bench
