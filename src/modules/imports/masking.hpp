// Makes card numbers, bank accounts and passwords in an uploaded file unreadable before it is kept. The file keeps its
// length and lines.
#pragma once
#include "base/csv.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace patron::imports {

enum class ColumnGuard {
    numbers,  // card numbers and bank accounts are masked
    none,     // phone numbers, which can look like cards
    all       // everything is masked
};

// Rows behind the header, which ends at `offset`. Answers how many cells were masked.
std::size_t mask_in_place(std::filesystem::path const& file, CsvFormat const& format, std::uint64_t offset,
                          std::uint64_t line, std::vector<ColumnGuard> const& columns);

// The text with the middle of every card number and bank account as X.
std::string masked(std::string_view text);

enum class Secret { none, card_number, bank_account };
// What the text holds, masked or not.
Secret secret_in(std::string_view text);

}  // namespace patron::imports
