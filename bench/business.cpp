#include "business.hpp"

#include "history.hpp"

namespace patron::bench {

Made make_business(HouseSettings const& settings, std::uint32_t customers) {
    auto office = found_office(settings, story_begins);
    auto const location = first_business(settings);
    Made made{customers, 0};
    {
        auto const rows = Bulk::open(location);
        made.events = History(office, *rows, customers).write();
        rows->finish();
    }
    auto const database = db::Database::open(location);
    database->write_and_wait([&](db::Tx& tx) {
        db::Value const position[] = {made.events};
        tx.execute("UPDATE spine_head SET position=$1 WHERE one=1", position);
    });
    database->close();
    return made;
}

}  // namespace patron::bench
