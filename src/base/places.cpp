#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <unicode/locid.h>
#include <unicode/timezone.h>

namespace patron {

namespace {

// ISO 4217, list one as of 2025, by minor unit; without metals, drawing rights, test and no-currency codes.
constexpr std::string_view two_digits =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW "
    "CNY "
    "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS "
    "INR "
    "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN "
    "NAD "
    "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ";
constexpr std::string_view no_digits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
constexpr std::string_view three_digits = "BHD IQD JOD KWD LYD OMR TND ";
constexpr std::string_view four_digits = "CLF UYW ";

bool lists(std::string_view list, std::string_view code) {
    auto const at = list.find(code);
    return code.size() == 3 && at != list.npos && at % 4 == 0;
}

bool is_known_language(std::string_view code) {
    if (code == "und" || code == "mul" || code == "zxx") return false;  // undetermined, several, none
    auto const* const* known = icu::Locale::getISOLanguages();
    while (*known && code != *known) ++known;
    return *known != nullptr;
}

// Names of three letters that ICU keeps from Java's early days ("PST", "IST") are no IANA zones; these are.
constexpr std::string_view short_zones = "CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET ";

}  // namespace

std::optional<std::string> language_tag(std::string_view typed) {
    constexpr std::size_t most = 100;
    if (typed.empty() || typed.size() > most) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    auto const locale =
        icu::Locale::forLanguageTag(icu::StringPiece(typed.data(), static_cast<int32_t>(typed.size())), status);
    if (U_FAILURE(status) || locale.isBogus() || !is_known_language(locale.getLanguage())) return std::nullopt;
    auto const tag = locale.toLanguageTag<std::string>(status);
    return U_FAILURE(status) ? std::nullopt : std::optional(tag);
}

bool is_time_zone(std::string_view name) {
    if (name.empty() || name.size() > 64 || ascii_prefix(name) != name.size()) return false;
    if (name.size() == 3 && !lists(short_zones, name)) return false;
    if (name == "Etc/Unknown" || name.starts_with("SystemV/")) return false;
    UErrorCode status = U_ZERO_ERROR;
    UBool is_system = false;  // false for "GMT+03:30", which ICU understands too
    icu::UnicodeString canonical;
    icu::TimeZone::getCanonicalID(utf16(name), canonical, is_system, status);
    return U_SUCCESS(status) && is_system;
}

bool is_currency(std::string_view code) {
    return lists(two_digits, code) || lists(no_digits, code) || lists(three_digits, code) || lists(four_digits, code);
}

int currency_digits(std::string_view code) {
    if (lists(no_digits, code)) return 0;
    if (lists(three_digits, code)) return 3;
    return lists(four_digits, code) ? 4 : 2;
}

}  // namespace patron
