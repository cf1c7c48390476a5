// Codes that a phone shows for half a minute each (TOTP, RFC 6238 over HOTP, RFC 4226).
#pragma once
#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace patron {

enum class CodeHash { sha1, sha256, sha512 };

inline constexpr std::int64_t code_step_ms = 30'000;  // RFC 6238 §5.2
inline std::int64_t code_step(Time now) { return now.ms / code_step_ms; }

// The code of a step: that many digits.
std::string one_time_code(std::string_view seed, std::int64_t step, int digits = 6, CodeHash hash = CodeHash::sha1);

// Whose step a code is, of the one before, the current one and the next, as clocks differ; none up to `used`, so that no
// code is taken twice. Blanks between its digits are passed over.
std::optional<std::int64_t> step_of_code(std::string_view seed, std::string_view code, Time now, std::int64_t used);

std::string make_seed();                        // 160 random bits, as RFC 4226 §4 asks
std::string to_base32(std::string_view bytes);  // RFC 4648 §6, without padding, as such programs read it
// What the phone reads: "otpauth://totp/…".
std::string code_uri(std::string_view seed, std::string_view issuer, std::string_view account);

// A code for the day the phone is lost: 80 random bits, "7k2m-…" in four groups of four.
std::string make_recovery_code();
// As it was shown: without blanks and dashes, in lower case, letters that are easily mistaken set right.
std::string read_recovery_code(std::string_view typed);

}  // namespace patron
