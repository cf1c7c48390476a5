// Random choices of the law tests, the same for the same seed.
#pragma once
#include <iterator>
#include <random>

namespace patron {

class Chance {
  public:
    explicit Chance(unsigned seed) : random_(seed) {}
    int below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
    bool one_in(int n) { return below(n) == 0; }
    template <class List>
    auto const& of(List const& list) {
        return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
    }

  private:
    std::mt19937 random_;
};

}  // namespace patron
