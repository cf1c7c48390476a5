// Calendar days as a time zone counts them.
#pragma once
#include "base/time.hpp"

#include <memory>

namespace patron {

// A zone of the IANA database by its name; UTC when there is none of the name.
class Zone {
  public:
    explicit Zone(std::string_view name);
    ~Zone();
    Zone(Zone&&) noexcept;
    Zone& operator=(Zone&&) noexcept;

    // The day that this moment falls on there.
    Date day_of(Time) const;
    // The first moment of the day there.
    Time start_of(Date) const;

  private:
    struct Rules;
    std::unique_ptr<Rules> rules_;
};

}  // namespace patron
