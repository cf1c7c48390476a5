// The parts that jobs share: reading a chunk of the file, acting as the import, writing where a job stands.
#pragma once
#include "module/keeping.hpp"
#include "modules/imports/jobs.hpp"
#include "modules/imports/plans.hpp"

namespace patron::imports {

struct ReadRow {
    std::int64_t line = 0;
    std::string problem;
    std::vector<std::string> cells;
    Draft draft;
};
struct Chunk {
    std::vector<ReadRow> rows;
    std::int64_t offset = 0, line = 1;  // behind it
    bool is_last = false;
};

class ChunkReader {
  public:
    ChunkReader(std::filesystem::path const& file, Import const& import, Plan const& plan, std::int64_t offset,
                std::int64_t line)
        : plan_(plan),
          reader_(file, format_of(import), static_cast<std::uint64_t>(offset), static_cast<std::uint64_t>(line)),
          offset_(offset),
          line_(line) {}
    Chunk next(std::int64_t most_rows);

  private:
    Plan const& plan_;
    CsvReader reader_;
    std::int64_t offset_, line_;
};

// A call that acts as the import, with the rights that whoever began it has now. Throws Withdrawn.
Call call_as(Job const& job);
// One that only says how the import ended.
Call house_call(Job const& job);

// Whoever began the import may not import any more, or is disabled.
struct Withdrawn {};

// What became of a row, and what the list of rows keeps of it.
store::DoneRow carry_out_row(Unit& unit, Names& names, Import const& import, Plan const& plan, ReadRow const& row);
void count(ImportCounts& counts, RowOutcome outcome);

// Thrown out of a write when the import is no longer what the job thinks: stopped by a person, or taken up elsewhere.
struct Overtaken {};
Import still_mine(Reading& reading, Job const& job, ImportJob kind);

// Writes the record without an event: where a job stands is no change of a person's. Who looks on is told.
void store_progress(Unit& unit, Import const& before, Import after);

// Before the first row: how many there are and how dates stand; counts begin anew. False when the server stops.
bool prepare(Job const& job, Call const& call, ImportJob kind);

// The import and where it stands, with its plan.
struct Standing {
    Import import;
    store::Work work;
    Plan plan;
    std::filesystem::path file;
};
Standing look(Job const& job, Call const& call, ImportJob kind);

// How many rows the next chunk may have.
std::int64_t rows_left(Import const& import);

}  // namespace patron::imports
