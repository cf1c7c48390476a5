// Sets that are asked for over and over: put together once, and kept up as rows gain and lose marks.
#pragma once
#include "index/index.hpp"

#include <mutex>

namespace patron::index {

class KeptSets {
  public:
    using Mark = std::pair<Attribute, std::int64_t>;
    static constexpr std::size_t most = 64;  // beyond them the one that was asked for longest ago goes

    // The rows of `carrying`, less those of `lacking`; of a set of everybody only the ones of `lacking`. Several may ask
    // at once. `into(mark, bits)` adds those who carry the mark.
    template <class Into>
    std::shared_ptr<Bits const> rows(Kept const& what, std::size_t size, Into const& into) {
        if (auto known = find(what)) return known;
        Bits lacking(size), carrying(size);
        for (auto const& mark : what.lacking) into(mark, lacking);
        if (what.everybody) return add(what, std::move(lacking));
        for (auto const& mark : what.carrying) into(mark, carrying);
        return add(what, carrying -= lacking);
    }

    // Does any set depend on marks of the attribute?
    bool concerns(Attribute attribute) const {
        return std::find(attributes_.begin(), attributes_.end(), attribute) != attributes_.end();
    }
    // These are the marks of the row from now on, as far as they are of such attributes. Nobody may ask meanwhile.
    void set_marks(Row row, std::span<Mark const> marks);
    std::size_t bytes() const;

  private:
    struct One {
        Kept what;
        std::shared_ptr<Bits> rows;
        std::uint64_t asked = 0;
    };
    mutable std::mutex mutex_;
    std::vector<One> all_;
    std::vector<Attribute> attributes_;
    std::uint64_t asked_ = 0;

    std::shared_ptr<Bits const> find(Kept const& what);
    std::shared_ptr<Bits const> add(Kept const& what, Bits rows);
};

}  // namespace patron::index
