// The gate: what the one module that keeps customers answers about who sees which, for everything that hangs on them.
#pragma once
#include "access/access.hpp"

#include <functional>
#include <map>

namespace patron {
struct Folder;
class Reading;
class Question;

// Keys of the sensitive custom fields: all are hidden from somebody, or none.
struct SensitiveFields {
    std::vector<std::string> hidden, shown;
};

struct Gate {
    // Of whoever asks, with what their role shows: of customers, or of what hangs on them in an area.
    std::function<std::shared_ptr<Sight const>(Reading&, Visibility)> sight;
    std::function<bool(Reading&, Sight const&, Id<Customer>)> sees, works;
    // The condition under which the column of an SQL question names a customer who is seen; "" when all are.
    std::function<std::string(Reading&, Sight const&, Question&, std::string const& column)> condition;
    // How many of the customers who are seen are in each record of the prefix; nothing when all are seen.
    std::function<std::optional<std::map<std::int64_t, std::int64_t>>(Reading&, std::string_view prefix)> counts;
    // Of whoever asks.
    std::function<SensitiveFields(Reading&)> sensitive_fields;
};

}  // namespace patron
