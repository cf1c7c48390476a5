// Text as people type it, made comparable: folding for search, sort keys, e-mail and phone normal forms.
// No I/O beyond ICU's and libphonenumber's own tables; all functions are pure and thread safe.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patron {

// Is it well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms)?
bool is_utf8(std::string_view text);

// Code points in well-formed UTF-8.
std::size_t code_points(std::string_view text);

// NFC, trimmed at both ends (Unicode white space). CR LF and CR become LF. For input that is valid UTF-8.
std::string tidy(std::string_view text);

// Has a control character (C0, DEL, C1) other than tab and newline, or U+2028/2029, or a bidi override/isolate control?
bool has_forbidden_control(std::string_view text);

// For search: NFKD, marks dropped, case folded, ß→ss ø→o ł→l đ→d æ→ae œ→oe, dashes and quotes unified,
// runs of white space one space. fold("Bjørn  HANSEN") == "bjorn hansen".
std::string fold(std::string_view text);

// The words of fold(text): runs of letters and digits (ICU word break for scripts without spaces).
std::vector<std::string> words(std::string_view text);

// ICU sort key of the text in the locale (BCP 47), compared by bytes; numeric ordering on, strength tertiary.
std::string sort_key(std::string_view text, std::string_view locale);

// An e-mail address: shape after RFC 5321/6531 (local part ≤ 64 octets, whole ≤ 254, a domain with labels by IDNA,
// at least one dot unless "localhost"); quoted local parts and comments are refused. The normal form has the domain in
// lower case A-labels (UTS 46) and the local part NFC, lower-cased. Nothing when it is none.
std::optional<std::string> normal_email(std::string_view typed);

struct PhoneForm {
    std::string e164;           // "+551239235555"
    std::string international;  // "+55 12 3923-5555"
    std::string country;        // "BR", or empty
};
// A typed number read in the country (ISO 3166-1 alpha-2, may be empty); a leading + or 00 wins over it, and forms such
// as "+49 0711 2842222" or "+43 01 5134505" (trunk zero after the country code) are understood. Nothing when it is no
// possible and valid number.
std::optional<PhoneForm> read_phone(std::string_view typed, std::string_view country);

// Its number in E.164 alone, which costs half as much.
std::optional<std::string> read_e164(std::string_view typed, std::string_view country);

// The digits of a text, in ASCII (other decimal digits are converted).
std::string digits(std::string_view text);

// A country named in any of: ISO alpha-2, alpha-3, English name and common synonyms ("USA", "Czech Republic", "UK",
// "Holland", "Deutschland" – CLDR names in de, fr, es, it, pt, nl, sv, da, nb, fi, pl, cs, tr, ru, el, ja, zh too).
// Answers alpha-2, or nothing.
std::optional<std::string> country_code(std::string_view named);
bool is_country(std::string_view alpha2);

// BCP 47 language tag, well-formed with a known language; answers it in canonical case ("pt-br" → "pt-BR").
std::optional<std::string> language_tag(std::string_view typed);
bool is_time_zone(std::string_view name);    // an IANA zone ICU knows
bool is_currency(std::string_view code);     // ISO 4217, alphabetic, in use
int currency_digits(std::string_view code);  // minor unit digits: EUR 2, JPY 0, KWD 3

// Payment card numbers in running text (13–19 digits, Luhn, a known issuer range, separators space/dash/dot) and IBANs
// (ISO 13616 mod 97): where they stand, in bytes. Phone fields are never asked.
struct SecretSpan {
    std::size_t begin, end;
    enum class Kind { card, iban } kind;
};
std::vector<SecretSpan> find_secrets(std::string_view text);

}  // namespace patron
