#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace patron {

namespace {

// Ranges of issuer identification numbers (ISO/IEC 7812-1) and the lengths of their cards, as the schemes publish them.
// Maestro's whole 50, 56–58 would take every tenth number of a ledger for a card: its well-known ones only.
constexpr struct {
    int low, high, digits, shortest, longest;
} issuers[] = {
    {4, 4, 1, 13, 13},       {4, 4, 1, 16, 16},       {4, 4, 1, 19, 19},  // Visa
    {51, 55, 2, 16, 16},     {2221, 2720, 4, 16, 16},                     // Mastercard
    {34, 34, 2, 15, 15},     {37, 37, 2, 15, 15},                         // American Express
    {300, 305, 3, 14, 19},   {3095, 3095, 4, 14, 19}, {36, 36, 2, 14, 19},
    {38, 39, 2, 14, 19},                                                    // Diners Club
    {6011, 6011, 4, 16, 19}, {644, 649, 3, 16, 19},   {65, 65, 2, 16, 19},  // Discover
    {3528, 3589, 4, 16, 19}, {62, 62, 2, 16, 19},                           // JCB, UnionPay
    {5018, 5018, 4, 13, 19}, {5020, 5020, 4, 13, 19}, {5038, 5038, 4, 13, 19},
    {5893, 5893, 4, 13, 19},  // Maestro
    {6304, 6304, 4, 13, 19}, {6759, 6759, 4, 13, 19}, {6761, 6763, 4, 13, 19},
    {2200, 2204, 4, 16, 19}, {60, 60, 2, 16, 16},     {81, 82, 2, 16, 16},
    {508, 508, 3, 16, 16},  // Mir, RuPay
    {5019, 5019, 4, 16, 16}, {5066, 5067, 4, 16, 16}, {9792, 9792, 4, 16, 16},
    {636, 639, 3, 16, 19},  // Dankort, Elo, Troy, InterPayment
};

bool is_issued(std::string_view number) {
    auto const length = static_cast<int>(number.size());
    return std::any_of(std::begin(issuers), std::end(issuers), [&](auto const& issuer) {
        int prefix = 0;
        for (int i = 0; i < issuer.digits; ++i) prefix = prefix * 10 + (number[static_cast<std::size_t>(i)] - '0');
        return prefix >= issuer.low && prefix <= issuer.high && length >= issuer.shortest && length <= issuer.longest;
    });
}

// ISO/IEC 7812-1 annex B.
bool has_luhn_digit(std::string_view number) {
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {
        int const digit = number[number.size() - 1 - i] - '0';
        sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
    }
    return sum % 10 == 0;
}

// GTIN-13 (GS1 General Specifications §7.9): goods from Germany are numbered 400–440, which reads as an old Visa card.
bool is_barcode(std::string_view number) {
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) sum += (number[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return number.size() == 13 && sum % 10 == 0;
}

struct Letter {
    UChar32 point = U_SENTINEL;
    std::size_t begin = 0, end = 0;
    bool in_word() const {
        if (point < 0x80)
            return point >= 0 && (is_ascii_letter(static_cast<char>(point)) || digit() >= 0 || point == '_');
        return u_isalnum(point);
    }
    int digit() const {
        if (point < 0x80) return point >= '0' && point <= '9' ? point - '0' : -1;
        return u_charDigitValue(point);
    }
    // '.', '-', ' ' or 0 when it parts no groups
    char separator() const {
        switch (point) {
            case ' ':
            case 0xA0:
            case 0x2007:
            case 0x2009:
            case 0x202F: return ' ';
            case '-':
            case 0x2010:
            case 0x2011:
            case 0x2012:
            case 0x2013: return '-';
            case '.': return '.';
            default: return 0;
        }
    }
};

Letter letter_at(std::string_view text, std::size_t at) {
    Letter letter{U_SENTINEL, at, at};
    if (at >= text.size()) return letter;
    auto next = static_cast<int32_t>(at);
    U8_NEXT(reinterpret_cast<unsigned char const*>(text.data()), next, static_cast<int32_t>(text.size()), letter.point);
    letter.end = static_cast<std::size_t>(next);
    return letter;
}

Letter letter_before(std::string_view text, std::size_t at) {
    Letter letter{U_SENTINEL, at, at};
    if (at == 0) return letter;
    auto before = static_cast<int32_t>(at);
    U8_PREV(reinterpret_cast<unsigned char const*>(text.data()), 0, before, letter.point);
    letter.begin = static_cast<std::size_t>(before);
    return letter;
}

// Digits in groups, one to three separators between two groups.
struct Group {
    std::size_t first, count;  // in Run::digits
    std::size_t begin, end;    // in the text
    std::string gap;           // the separators before it
};
struct Run {
    std::string digits;
    std::vector<Group> groups;
    bool joined_before = false, joined_behind = false;  // to a letter, or to the + of a telephone number
    std::size_t end = 0;
};

Group read_group(std::string_view text, std::size_t at, std::string& digits) {
    Group group{digits.size(), 0, at, at, {}};
    for (auto letter = letter_at(text, at); letter.digit() >= 0; letter = letter_at(text, letter.end)) {
        digits += static_cast<char>('0' + letter.digit());
        ++group.count;
        group.end = letter.end;
    }
    return group;
}

Run read_run(std::string_view text, std::size_t at) {
    Run run;
    auto const before = letter_before(text, at);
    run.joined_before = before.in_word() || before.point == '+';
    std::string gap;
    for (;;) {
        auto group = read_group(text, at, run.digits);
        group.gap = std::move(gap);
        run.end = group.end;
        run.groups.push_back(std::move(group));
        gap.clear();
        auto letter = letter_at(text, run.end);
        run.joined_behind = letter.in_word();
        for (; letter.separator() && gap.size() < 3; letter = letter_at(text, letter.end)) gap += letter.separator();
        if (gap.empty() || letter.digit() < 0) return run;
        at = letter.begin;
    }
}

// As printed on cards: fours, and the patterns of American Express, Diners Club, Visa's old and UnionPay's long ones.
bool is_card_grouping(std::span<Group const> groups) {
    std::string pattern;
    for (auto const& group : groups) pattern += static_cast<char>('A' + std::min<std::size_t>(group.count, 20));
    auto const fours = pattern.find_first_not_of('E');
    if (fours == pattern.npos || (fours + 1 == pattern.size() && pattern.back() < 'E')) return true;
    constexpr std::array<std::string_view, 6> others = {"EGF", "EGE", "EDDD",
                                                        "EEF", "II",  "GN"};  // 4-6-5 4-6-4 4-3-3-3 4-4-5 8-8 6-13
    return std::find(others.begin(), others.end(), pattern) != others.end();
}

bool is_one_separator(std::span<Group const> groups) {
    return std::all_of(groups.begin() + 1, groups.end(),
                       [&](Group const& group) { return group.gap == groups[1].gap; });
}

// Are these groups of the run a card? Odd groups ("41111 111 …") only where nothing else stands in the run: a table of
// figures has many windows. Thirteen digits in odd groups are a telephone number without its plus.
bool is_card(Run const& run, std::size_t first, std::size_t last) {
    auto const groups = std::span(run.groups).subspan(first, last - first + 1);
    auto const length = groups.back().first + groups.back().count - groups.front().first;
    if (length < 13 || length > 19) return false;
    bool const at_begin = first == 0, at_end = last + 1 == run.groups.size();
    if (at_begin ? run.joined_before : groups.front().gap.find(' ') == std::string::npos) return false;
    if (at_end ? run.joined_behind : run.groups[last + 1].gap.find(' ') == std::string::npos) return false;
    auto const number = std::string_view(run.digits).substr(groups.front().first, length);
    if (!is_issued(number) || !has_luhn_digit(number)) return false;
    if (groups.size() == 1) return !is_barcode(number);
    return is_card_grouping(groups) || (at_begin && at_end && length > 13 && is_one_separator(groups));
}

void add_cards(Run const& run, std::vector<SecretSpan>& found) {
    for (std::size_t first = 0; first < run.groups.size(); ++first) {
        auto last = first;
        while (last + 1 < run.groups.size() &&
               run.groups[last + 1].first + run.groups[last + 1].count - run.groups[first].first <= 19)
            ++last;
        while (last > first && !is_card(run, first, last)) --last;
        if (!is_card(run, first, last)) continue;
        found.push_back({run.groups[first].begin, run.groups[last].end, SecretSpan::Kind::card});
        first = last;
    }
}

// Country and length of the whole: the IBAN registry of SWIFT (ISO 13616), release 97.
constexpr std::string_view iban_lengths =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE"
    "22"
    "GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT"
    "31"
    "MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG"
    "24"
    "XK20YE30";

std::size_t iban_length(char first, char second) {
    for (std::size_t i = 0; i + 4 <= iban_lengths.size(); i += 4)
        if (iban_lengths[i] == first && iban_lengths[i + 1] == second)
            return static_cast<std::size_t>((iban_lengths[i + 2] - '0') * 10 + iban_lengths[i + 3] - '0');
    return 0;
}

// ISO 7064 MOD 97-10 with the first four behind the rest.
bool has_iban_check(std::string const& iban) {
    int rest = 0;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        char const letter = iban[(i + 4) % iban.size()];
        rest = is_ascii_digit(letter) ? (rest * 10 + letter - '0') % 97 : (rest * 100 + letter - 'A' + 10) % 97;
    }
    return rest == 1;
}

// The end of the IBAN that begins here, else nothing.
std::optional<std::size_t> iban_end(std::string_view text, std::size_t at) {
    if (at + 15 > text.size() || !is_ascii_letter(text[at]) || !is_ascii_letter(text[at + 1])) return std::nullopt;
    if (!is_ascii_digit(text[at + 2]) || !is_ascii_digit(text[at + 3])) return std::nullopt;
    auto const length = iban_length(ascii_upper(text[at]), ascii_upper(text[at + 1]));
    std::string iban;
    auto letter = letter_at(text, at);
    for (bool parted = true; iban.size() < length; letter = letter_at(text, letter.end)) {
        bool const counts = letter.point >= 0 && letter.point < 0x80 && u_isalnum(letter.point);
        if (!counts && (parted || !letter.separator())) return std::nullopt;
        if (counts) iban += ascii_upper(static_cast<char>(letter.point));
        parted = !counts;
    }
    return length > 0 && !letter.in_word() && has_iban_check(iban) ? std::optional(letter.begin) : std::nullopt;
}

// The end of the UUID that begins here (RFC 9562 §4), else nothing. Parts of one pass for an IBAN now and then. All digits
// it may be anything.
std::optional<std::size_t> uuid_end(std::string_view text, std::size_t at) {
    constexpr std::size_t length = 36;
    auto const uuid = text.substr(at, length);
    if (uuid.size() < length || (at + length < text.size() && letter_at(text, at + length).in_word())) return {};
    bool letters = false;
    for (std::size_t i = 0; i < length; ++i) {
        bool const hyphen = i == 8 || i == 13 || i == 18 || i == 23, digit = is_ascii_digit(uuid[i]);
        bool const letter = ascii_upper(uuid[i]) >= 'A' && ascii_upper(uuid[i]) <= 'F';
        if (hyphen ? uuid[i] != '-' : !digit && !letter) return {};
        letters = letters || letter;
    }
    return letters ? std::optional(at + length) : std::nullopt;
}

// Most texts have too few digits for any card or IBAN, and are asked on every write.
bool may_hold_secrets(std::string_view text) {
    constexpr std::ptrdiff_t fewest = 8;
    return ascii_prefix(text) != text.size() || std::count_if(text.begin(), text.end(), is_ascii_digit) >= fewest;
}

}  // namespace

std::vector<SecretSpan> find_secrets(std::string_view text) {
    std::vector<SecretSpan> found;
    if (!may_hold_secrets(text)) return found;
    bool in_word = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const letter = letter_at(text, at);
        if (auto const uuid = in_word ? std::nullopt : uuid_end(text, at)) {
            at = *uuid;
            in_word = true;
            continue;
        }
        auto const iban = in_word ? std::nullopt : iban_end(text, at);
        if (iban) {
            found.push_back({at, *iban, SecretSpan::Kind::iban});
            at = *iban;
        } else if (letter.digit() >= 0) {
            auto const run = read_run(text, at);
            add_cards(run, found);
            at = run.end;
        } else {
            at = letter.end;
        }
        in_word = letter.in_word();  // the last of an IBAN or a run is of a word as its first is
    }
    return found;
}

}  // namespace patron
