// The checked words that records are made of: e-mail addresses, countries, languages, zones, currencies, links.
#pragma once
#include "base/fold.hpp"
#include "base/types.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace patron {

struct EmailRule {  // as typed; the normal form is made where it is compared (RFC 5321, RFC 6531)
    static constexpr std::string_view name = "email", code = "not_an_email",
                                      message = "is no e-mail address; write it like name@example.com";
    static std::optional<std::string> read(std::string_view text) {
        return normal_email(text) ? std::optional<std::string>(text) : std::nullopt;
    }
};
struct CountryRule {  // ISO 3166-1 alpha-2
    static constexpr std::string_view name = "country", code = "not_a_country",
                                      message = "is no country code; use two letters of ISO 3166-1 such as DE";
    static std::optional<std::string> read(std::string_view text) {
        return is_country(text) ? std::optional<std::string>(text) : std::nullopt;
    }
};
struct LanguageRule {  // BCP 47
    static constexpr std::string_view name = "language", code = "not_a_language",
                                      message = "is no language tag; write it like en or pt-BR (BCP 47)";
    static std::optional<std::string> read(std::string_view text) { return language_tag(text); }
};
struct ZoneRule {  // IANA time zone
    static constexpr std::string_view name = "time-zone", code = "not_a_time_zone",
                                      message = "is no time zone; write it like Europe/Berlin";
    static std::optional<std::string> read(std::string_view text) {
        return is_time_zone(text) ? std::optional<std::string>(text) : std::nullopt;
    }
};
struct CurrencyRule {  // ISO 4217
    static constexpr std::string_view name = "currency", code = "not_a_currency",
                                      message = "is no currency code; use three letters of ISO 4217 such as EUR";
    static std::optional<std::string> read(std::string_view text) {
        return is_currency(text) ? std::optional<std::string>(text) : std::nullopt;
    }
};

using EmailText = Word<EmailRule>;
using CountryCode = Word<CountryRule>;
using LanguageTag = Word<LanguageRule>;
using ZoneName = Word<ZoneRule>;
using CurrencyCode = Word<CurrencyRule>;

}  // namespace patron
