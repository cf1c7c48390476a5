// Where an audit log ends, as a signed line for the server's log: kept elsewhere, it shows later that the chain still
// holds that row, and that nobody made the line up who has only the database, or only the log.
#pragma once
#include "access/sealing.hpp"
#include "base/time.hpp"
#include "module/audit.hpp"

namespace patron {

// "audit log of harbour: row 4711 9f2c… at 2026-11-22T10:00:00.000Z signed Q3x…"; signed is all before " signed ".
std::string audit_line(SealKey& key, std::string_view slug, AuditHead const& head, Time now);

// The row that such a line tells of; nothing, with the reason in `fault`, where the line is of another business, was not
// signed by the key, or is none. What stands before it in a log (time, level) is passed over.
std::optional<AuditHead> read_audit_line(std::string_view line, std::string_view slug, std::string_view public_key,
                                         std::string& fault);

}  // namespace patron
