#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <unicode/idna.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

namespace patron {

namespace {

// atext of RFC 5322 §3.2.3, and beyond ASCII (RFC 6531 §3.3) whatever can be seen.
bool is_atom_text(UChar32 point) {
    if (point < 0x80)
        return u_isalnum(point) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~").find(static_cast<char>(point)) != std::string_view::npos;
    auto const unseen = U_GC_C_MASK | U_GC_Z_MASK;
    return (U_GET_GC_MASK(point) & unseen) == 0 && !u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// Dot-string of RFC 5321 §4.1.2. In principle case counts before the @; no mail house of today lets two people differ by it.
std::optional<std::string> normal_local_part(std::string_view typed) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    auto const text = nfc->normalize(utf16(typed).toLower(icu::Locale::getRoot()), status);
    auto const local = utf8(text);
    if (U_FAILURE(status) || local.empty() || local.size() > 64) return std::nullopt;
    char16_t before = '.';
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        auto const point = text.char32At(at);
        if (point == '.' ? before == '.' : !is_atom_text(point)) return std::nullopt;
        before = text[at];
    }
    return before == '.' ? std::nullopt : std::optional(local);
}

icu::IDNA const* domain_names() {
    static icu::IDNA const* const made = [] {
        UErrorCode status = U_ZERO_ERROR;
        return icu::IDNA::createUTS46Instance(
            UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, status);
    }();
    return made;
}

std::optional<std::string> normal_domain(std::string_view typed) {
    if (typed.empty() || typed.back() == '.') return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    icu::IDNAInfo info;
    std::string domain;
    icu::StringByteSink<std::string> sink(&domain);
    domain_names()->nameToASCII_UTF8(icu::StringPiece(typed.data(), static_cast<int32_t>(typed.size())), sink, info,
                                     status);
    if (U_FAILURE(status) || info.hasErrors() || domain.empty() || domain.back() == '.') return std::nullopt;
    if (domain == "localhost") return domain;
    auto const dot = domain.rfind('.');
    if (dot == domain.npos) return std::nullopt;
    auto const last = std::string_view(domain).substr(dot + 1);
    if (digits(last).size() == last.size()) return std::nullopt;  // an IP address without its brackets
    return domain;
}

}  // namespace

std::optional<std::string> normal_email(std::string_view typed) {
    constexpr std::size_t most = 1024;  // A-labels can be shorter than what was typed, yet not by so much
    auto const address = tidy(typed);
    auto const at = address.rfind('@');
    if (address.size() > most || at == address.npos || !is_utf8(address)) return std::nullopt;
    auto const local = normal_local_part(std::string_view(address).substr(0, at));
    auto const domain = normal_domain(std::string_view(address).substr(at + 1));
    if (!local || !domain || local->size() + 1 + domain->size() > 254)
        return std::nullopt;  // RFC 5321 §4.5.3.1.3, without < >
    return *local + '@' + *domain;
}

}  // namespace patron
