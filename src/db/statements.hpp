// Cuts a text of several SQL statements into single ones.
#pragma once
#include <string_view>
#include <vector>

namespace patron::db {

// Where a quoted text, quoted name or comment that begins at `from` ends (one past it); `from` itself when none begins.
std::size_t skip_quoted(std::string_view sql, std::size_t from);

// The statements between semicolons (outside quotes and comments), without empty ones.
std::vector<std::string_view> split_statements(std::string_view sql);

}  // namespace patron::db
