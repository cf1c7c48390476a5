#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <map>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace patron {

namespace {

std::string fold_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char const letter : text) {
        bool const white = letter == ' ' || (letter >= '\t' && letter <= '\r');
        if (!white) out += letter == '`' ? '\'' : ascii_lower(letter);
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// What one types for another without noticing: quotes (before normalizing, which would make a space and a mark of U+00B4)
// and dashes.
UChar32 unified(UChar32 point) {
    switch (point) {
        case '`':
        case 0xB4:
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2032:
        case 0x2035:
        case 0x2039:
        case 0x203A:
        case 0x2BC:
        case 0x2B9:
        case 0x374:
        case 0xFF07:
        case 0xFF40: return '\'';
        case 0xAB:
        case 0xBB:
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x2033:
        case 0x2036:
        case 0xFF02: return '"';
        default:
            return point >= 0x58A && u_hasBinaryProperty(point, UCHAR_DASH) ? '-' : point;  // the first beyond ASCII
    }
}

// Letters of their own that Unicode doesn't decompose, as people without them on the keyboard write them.
char const* latin(UChar32 point) {
    switch (point) {
        case 0xF8: return "o";
        case 0x142: return "l";
        case 0x111:
        case 0xF0: return "d";
        case 0xE6: return "ae";
        case 0x153: return "oe";
        case 0x131: return "i";
        case 0xFE: return "th";
        case 0x127: return "h";
        case 0x167: return "t";
        default: return nullptr;
    }
}

// Accents are dropped where a word stays readable without them. In Indic and South-East Asian scripts marks are vowels,
// in kana they tell other consonants (ハ ば ぱ): those stay.
bool is_dropped_mark(UChar32 point) {
    if (point < 0x300) return false;
    auto const kind = u_charType(point);
    if (kind != U_NON_SPACING_MARK && kind != U_ENCLOSING_MARK) return false;
    if (point == 0x3099 || point == 0x309A) return false;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(point, &status)) {
        case USCRIPT_INHERITED:
        case USCRIPT_COMMON:
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_HEBREW:
        case USCRIPT_ARABIC:
        case USCRIPT_SYRIAC: return true;
        default: return false;
    }
}

icu::UnicodeString normalized(icu::UnicodeString const& text) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);  // also drops default ignorables
    auto const* decompose = icu::Normalizer2::getNFKDInstance(status);
    auto out = decompose->normalize(casefold->normalize(text, status), status);
    return U_FAILURE(status) ? text : out;
}

icu::UnicodeString fold_any(std::string_view text) {
    auto const typed = utf16(text);
    icu::UnicodeString plain, out;
    for (int32_t at = 0; at < typed.length(); at = typed.moveIndex32(at, 1)) plain.append(unified(typed.char32At(at)));
    auto const folded = normalized(plain);
    for (int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
        auto const point = unified(folded.char32At(at));
        if (is_dropped_mark(point)) continue;
        if (u_isUWhiteSpace(point)) {
            if (!out.isEmpty() && out[out.length() - 1] != ' ') out.append(u' ');
        } else if (auto const* letters = latin(point)) {
            out.append(icu::UnicodeString(letters, -1, US_INV));
        } else {
            out.append(point);
        }
    }
    if (!out.isEmpty() && out[out.length() - 1] == ' ') out.truncate(out.length() - 1);
    return out;
}

bool is_of_word(UChar32 point) {
    if (u_isalnum(point)) return true;
    auto const kinds = U_GET_GC_MASK(point);
    return (kinds & (U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

// Scripts whose words stand without spaces between them; ICU finds them by dictionary.
bool runs_on(UChar32 point) {
    if (point < 0xE00) return false;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(point, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR: return true;
        default: return false;
    }
}

void add_broken(icu::UnicodeString const& run, std::vector<std::string>& found) {
    thread_local std::unique_ptr<icu::BreakIterator> const breaks = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::BreakIterator>(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    }();
    if (!breaks) return found.push_back(utf8(run));
    breaks->setText(run);
    int32_t begin = breaks->first();
    for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next())
        found.push_back(utf8(run.tempSubStringBetween(begin, end)));
}

std::vector<std::string> words_of_ascii(std::string_view folded) {
    std::vector<std::string> found;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= folded.size(); ++at) {
        if (at < folded.size() && (is_ascii_digit(folded[at]) || is_ascii_letter(folded[at]))) continue;
        if (at > begin) found.emplace_back(folded.substr(begin, at - begin));
        begin = at + 1;
    }
    return found;
}

// One a locale and thread: making one costs about a millisecond, and the locales in use are those of the businesses.
icu::Collator* collator(std::string_view locale) {
    constexpr std::size_t most = 64;
    thread_local std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>> made;
    if (auto const known = made.find(locale); known != made.end()) return known->second.get();
    UErrorCode status = U_ZERO_ERROR;
    auto const place =
        icu::Locale::forLanguageTag(icu::StringPiece(locale.data(), static_cast<int32_t>(locale.size())), status);
    status = U_ZERO_ERROR;  // a tag that is none gives the root order
    std::unique_ptr<icu::Collator> fresh(
        icu::Collator::createInstance(place.isBogus() ? icu::Locale::getRoot() : place, status));
    if (U_FAILURE(status)) return nullptr;
    fresh->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
    fresh->setAttribute(UCOL_STRENGTH, UCOL_TERTIARY, status);
    if (made.size() >= most) made.clear();
    return (made[std::string(locale)] = std::move(fresh)).get();
}

}  // namespace

std::string fold(std::string_view text) {
    return ascii_prefix(text) == text.size() ? fold_ascii(text) : utf8(fold_any(text));
}

std::vector<std::string> words(std::string_view text) {
    if (ascii_prefix(text) == text.size()) return words_of_ascii(fold_ascii(text));
    auto const folded = fold_any(text);
    std::vector<std::string> found;
    int32_t begin = 0;
    bool running_on = false;
    for (int32_t at = 0; at <= folded.length(); at = folded.moveIndex32(at, 1)) {
        if (at < folded.length() && is_of_word(folded.char32At(at))) {
            running_on = running_on || runs_on(folded.char32At(at));
            continue;
        }
        auto const run = folded.tempSubStringBetween(begin, at);
        if (running_on) add_broken(run, found);
        else if (!run.isEmpty()) found.push_back(utf8(run));
        if (at == folded.length()) break;
        begin = folded.moveIndex32(at, 1);
        running_on = false;
    }
    return found;
}

std::string sort_key(std::string_view text, std::string_view locale) {
    auto const* order = collator(locale);
    if (!order) return std::string(text);
    auto const typed = utf16(text);
    std::string key(static_cast<std::size_t>(typed.length()) * 3 + 16, '\0');
    for (;;) {
        auto const needed = static_cast<std::size_t>(
            order->getSortKey(typed, reinterpret_cast<uint8_t*>(key.data()), static_cast<int32_t>(key.size())));
        bool const fits = needed <= key.size();
        key.resize(needed);
        if (fits) break;
    }
    if (!key.empty()) key.pop_back();  // ICU closes the key with a NUL, which orders nothing
    return key;
}

}  // namespace patron
