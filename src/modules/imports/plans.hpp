// How an import's file is to be read: its columns' targets, and what the business says about dates, countries, staff.
#pragma once
#include "modules/imports/drafts.hpp"
#include "modules/imports/store.hpp"

#include "base/csv.hpp"

namespace patron::imports {

// `orders` as store::Work keeps them.
Plan make_plan(Reading& reading, Import const& import, std::string const& orders);

CsvFormat format_of(Import const& import);

// Goes through the file once before anything is done: how many rows there are, and in which order dates stand.
struct Survey {
    std::int64_t rows = 0;
    std::string orders;
};
Survey survey(std::filesystem::path const& file, Import const& import, store::Work const& work, Plan const& plan,
              std::function<bool()> const& stopped);

}  // namespace patron::imports
