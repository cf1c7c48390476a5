// What the index knows of a customer, by number. Custom fields go by the numbers of their ids, far above these.
#pragma once
#include <cstdint>

namespace patron::customers::attribute {

inline constexpr std::int64_t name = 1, folder = 2, status = 3, tag = 4, worker = 5, responsible = 6, kind = 7,
                              source = 8, email = 9, phone = 10, city = 11, country = 12, language = 13,
                              newsletter = 14, preferred = 15, since = 16, activity = 17, created = 18, updated = 19,
                              import_source = 20, sets = 100;

}  // namespace patron::customers::attribute
