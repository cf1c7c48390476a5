// Values on their way to PostgreSQL and back: parameters in binary, results as text.
#pragma once
#include "db/engines/postgres_connection.hpp"

#include <array>

namespace patron::db::postgres {

inline constexpr Oid unknown_type = 0;
Oid type_of(Value const& value);  // int8, float8, text, bytea; unknown for null

// Parameters as libpq wants them; the values must outlive it. Binary, so that lengths are explicit and no text is
// copied or escaped.
class Bound {
  public:
    explicit Bound(Params params);
    int count() const { return static_cast<int>(values_.size()); }
    char const* const* values() const { return values_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() const { return formats_.data(); }

  private:
    void add(char const* value, std::size_t length);
    char const* big_endian(std::uint64_t bits);

    std::vector<char const*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::array<char, 8>> numbers_;  // reserved once: their addresses stay
};

Cursor rows_of(Result result);

}  // namespace patron::db::postgres
