// Views: lists of customers worth keeping – a filter and a sort under a name, for oneself or for all.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron {
struct View;
}  // namespace patron
ID_PREFIX(patron::View, "viw");

namespace patron {

struct View {
    static constexpr std::string_view table = "views", noun = "view";
    static constexpr std::string_view fixed[] = {"id",      "version",    "owner_id",  "broken",
                                                 "problem", "created_at", "updated_at"};
    static constexpr std::string_view computed[] = {"broken", "problem"};
    Id<View> id;
    std::int64_t version = 0;
    Text<1, 100> name;
    Personal<JsonObject> filter;       // modules/customers/filter.hpp; all customers when left out
    std::optional<Text<1, 100>> sort;  // as in ?sort= of the list; the list's own order when left out
    bool shared = false;               // seen by all, else by the owner alone
    Id<User> owner_id;
    int rank = 0;                        // place among the views; behind the last when left out
    bool broken = false;                 // what it names is no longer there
    std::optional<std::string> problem;  // says what
    Time created_at, updated_at;
};
DESCRIBE(View, id, version, name, filter, sort, shared, owner_id, rank, broken, problem, created_at, updated_at);

namespace views {

Module module();

}  // namespace views
}  // namespace patron
