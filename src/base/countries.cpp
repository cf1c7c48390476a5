#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <memory>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unordered_map>

namespace patron {

namespace {

// What CLDR doesn't call them, yet people, other programs and ISO 3166-1's official names do.
constexpr struct {
    char const *code, *names;
} synonyms[] = {
    {"AE", "UAE|Emirates|VAE"},
    {"BA", "BiH"},
    {"BO", "Plurinational State of Bolivia"},
    {"BN", "Brunei Darussalam"},
    {"CD", "DR Congo|DRC|Democratic Republic of the Congo|Congo, Democratic Republic of the|Congo Kinshasa|Zaire"},
    {"CG", "Congo|Republic of the Congo|Congo Brazzaville"},
    {"CI", "Ivory Coast|Cote d Ivoire"},
    {"CN", "PRC|Peoples Republic of China|Mainland China"},
    {"CV", "Cape Verde|Cabo Verde"},
    {"CZ", "Czech Republic|Czechia|Česká republika|Tschechische Republik|Tschechei"},
    {"DE", "Federal Republic of Germany|BRD|Bundesrepublik Deutschland|Allemagne|GER"},
    {"DO", "Dominican Rep"},
    {"FK", "Falkland Islands (Malvinas)"},
    {"FM", "Federated States of Micronesia"},
    {"GB",
     "UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Grande-Bretagne|Gran Bretaña|"
     "Gran Bretagna|Grã-Bretanha|"
     "Inghilterra|Angleterre|Inglaterra|Schottland|Groot-Brittannië|Storbritannia|"
     "United Kingdom of Great Britain and Northern Ireland"},
    {"GM", "The Gambia"},
    {"GR", "Hellas|Hellenic Republic"},
    {"HK", "Hong Kong"},
    {"IE", "Republic of Ireland|Eire|Éire"},
    {"IR", "Islamic Republic of Iran|Iran, Islamic Republic of|Persia"},
    {"KP", "Democratic Peoples Republic of Korea|DPRK"},
    {"KR", "Korea|Republic of Korea|Korea, Republic of|Korea, South|Korea (South)|한국|대한민국"},
    {"LA", "Lao Peoples Democratic Republic|Lao PDR"},
    {"MD", "Republic of Moldova|Moldova, Republic of"},
    {"MK", "Macedonia|FYROM|Republic of Macedonia|North Macedonia"},
    {"MM", "Burma"},
    {"MO", "Macau|Macao"},
    {"NL", "Holland|The Netherlands|Niederlande|Pays Bas|Hollande|Olanda|Holanda"},
    {"PS", "State of Palestine|Palestine"},
    {"RU", "Russian Federation|Russische Föderation|Российская Федерация|РФ"},
    {"SK", "Slovak Republic|Slovenská republika"},
    {"SY", "Syrian Arab Republic"},
    {"SZ", "Swaziland"},
    {"TL", "East Timor"},
    {"TR", "Turkey|Türkiye|Turkiye"},
    {"TW", "Taiwan, Province of China|Republic of China"},
    {"TZ", "United Republic of Tanzania|Tanzania, United Republic of"},
    {"US",
     "USA|United States of America|America|The States|"
     "Vereinigte Staaten von Amerika|États-Unis d'Amérique|Estados Unidos de América|Estados Unidos da América|"
     "Stati Uniti d'America|EUA|EEUU|EE. UU.|Amerika|ABD|США|Соединенные Штаты Америки"},
    {"VA", "Holy See|Vatican|Vatican City State"},
    {"VE", "Bolivarian Republic of Venezuela"},
    {"VN", "Viet Nam"},
    {"XK", "Republic of Kosovo"},
    {"ZA", "RSA|Republic of South Africa|Südafrika"},
};

constexpr char const* languages[] = {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da",     "nb",
                                     "fi", "pl", "cs", "tr", "ru", "el", "ja", "zh", "zh_Hant"};

// What of a name is compared: letters and digits, folded, without a "the" before it; "&" is "and".
std::string key_of(std::string_view name) {
    auto folded = fold(name);
    if (folded.starts_with("the ")) folded.erase(0, 4);
    auto const text = utf16(folded);
    icu::UnicodeString kept;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        auto const point = text.char32At(at);
        if (point == '&') kept.append(icu::UnicodeString(u"and"));
        else if (u_isalnum(point) || (U_GET_GC_MASK(point) & U_GC_M_MASK)) kept.append(point);
    }
    return utf8(kept);
}

class Countries {
  public:
    Countries() {
        // ICU also lists reserved codes of parts of countries; XK is the one in use that ISO leaves to users.
        for (auto const* const* code = icu::Locale::getISOCountries(); *code; ++code)
            if (std::string_view(*code) != "DG" && std::string_view(*code) != "EA" && std::string_view(*code) != "IC")
                codes_.emplace_back(*code);
        std::sort(codes_.begin(), codes_.end());
        for (auto const& code : codes_) {
            add(code, code);
            add(icu::Locale("", code.c_str()).getISO3Country(), code);
        }
        for (auto const& [code, names] : synonyms) add_listed(names, code);
        for (auto const* language : languages)
            for (auto const length : {UDISPCTX_LENGTH_FULL, UDISPCTX_LENGTH_SHORT}) add_names(language, length);
    }
    bool has(std::string_view code) const { return std::binary_search(codes_.begin(), codes_.end(), code); }
    std::optional<std::string> find(std::string_view name) const {
        auto const known = by_key_.find(key_of(name));
        return known == by_key_.end() ? std::nullopt : std::optional(known->second);
    }

  private:
    // The first to claim a name keeps it: codes before synonyms before English before the rest.
    void add(std::string_view name, std::string const& code) {
        if (auto key = key_of(name); !key.empty()) by_key_.emplace(std::move(key), code);
    }
    void add_listed(std::string_view names, std::string const& code) {
        for (std::size_t begin = 0, end; begin < names.size(); begin = end + 1) {
            end = std::min(names.find('|', begin), names.size());
            add(names.substr(begin, end - begin), code);
        }
    }
    void add_names(char const* language, UDisplayContext length) {
        UDisplayContext contexts[] = {length};
        std::unique_ptr<icu::LocaleDisplayNames> const names(
            icu::LocaleDisplayNames::createInstance(icu::Locale(language), contexts, 1));
        for (auto const& code : codes_) {
            icu::UnicodeString displayed;
            auto const name = utf8(names->regionDisplayName(code.c_str(), displayed));
            add(name, code);
            if (auto const bracket = name.find(" ("); bracket != name.npos)
                add(name.substr(0, bracket), code);  // "Myanmar (Burma)"
            if (name.starts_with("St. ")) add("Saint " + name.substr(4), code);
        }
    }
    std::vector<std::string> codes_;  // sorted
    std::unordered_map<std::string, std::string> by_key_;
};

Countries const& countries() {
    static Countries const made;
    return made;
}

}  // namespace

std::optional<std::string> country_code(std::string_view named) {
    constexpr std::size_t most = 200;
    return named.size() <= most ? countries().find(named) : std::nullopt;
}

bool is_country(std::string_view alpha2) { return countries().has(alpha2); }

}  // namespace patron
