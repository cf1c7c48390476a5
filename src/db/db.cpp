#include "db/db.hpp"

#include "db/engines/engines.hpp"
#include "db/writer.hpp"

#include <future>

namespace patron::db {

std::unique_ptr<Database> Database::open(Location const& location) {
    return location.engine == Engine::sqlite ? open_sqlite(location) : open_postgres(location);
}

void Database::write_and_wait(Work work) {
    if (Writer::on_writer_thread()) throw std::logic_error("write_and_wait on the writer thread would wait for itself");
    std::promise<void> written;
    auto outcome = written.get_future();
    write(std::move(work), [&written](std::exception_ptr error) {
        if (error) written.set_exception(std::move(error));
        else written.set_value();
    });
    outcome.get();
}

}  // namespace patron::db
