// The columns of an export, named as imports name them, and a customer as their cells.
#pragma once
#include "modules/fields/fields.hpp"
#include "modules/customers/customers.hpp"

#include <map>

namespace patron::exports {

class Columns {
  public:
    // Sensitive fields stay out unless they are asked for, and may be read.
    Columns(Reading& reading, bool sensitive);
    std::string header() const;
    std::string line(Customer const& customer) const;

  private:
    std::vector<Field> fields_;
    std::map<std::int64_t, std::string> folders_, statuses_, tags_, workers_;  // how each is written
    std::vector<std::string> names() const;
};

}  // namespace patron::exports
