#include "modules/imports/cleaning.hpp"

#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <unicode/uchar.h>

namespace patron::imports {
namespace {

bool is_one_of(std::string_view text, std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
        auto const end = std::min(list.find(' ', at), list.size());
        if (list.substr(at, end - at) == text) return true;
        at = end + 1;
    }
    return false;
}

bool says_nothing(std::string_view text) {
    return text == "-" || text == "--" || text == "\xe2\x80\x93" || text == "\\N" ||
           is_one_of(fold(text), "n/a n.a. null nil #n/a none");
}

std::vector<std::string> cut_at_spaces(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::string join(std::vector<std::string> const& words, std::size_t from, std::size_t to) {
    std::string text;
    for (auto i = from; i < to; ++i) (text += text.empty() ? "" : " ") += words[i];
    return text;
}

bool is_company_word(std::string_view word) {
    std::string plain;
    for (char const c : fold(word))
        if (c != '.' && c != ',' && c != '(' && c != ')') plain += c;
    return is_one_of(plain,
                     "gmbh ag kg ohg ug ev ltd limited llc llp inc incorporated corp corporation plc sarl sas sa sl "
                     "srl spa sro bv nv oy ab as aps ltda pty kft zoo eu");
}
// Words that belong to the family name behind them.
bool is_particle(std::string_view word) {
    return is_one_of(
        fold(word),
        "van von vom zu zum zur de da do dos das del della di du des der den la le ten ter af al el bin ibn");
}
bool is_address_of_courtesy(std::string_view word) {
    return is_one_of(fold(word),
                     "mr mr. mrs mrs. ms ms. miss herr frau m. mme mme. mlle monsieur madame sr sr. sra sra. senor "
                     "senora sig sig. sig.ra dhr dhr. mevr mevr.");
}

struct Numbers {
    int values[3] = {};
    std::size_t widths[3] = {};
    char separator = 0;
    std::string_view rest;
};

// Three numbers parted twice by the same one of . / - at the beginning of the text.
std::optional<Numbers> read_numbers(std::string_view text) {
    Numbers numbers;
    for (int i = 0; i < 3; ++i) {
        std::size_t width = 0;
        while (width < text.size() && is_ascii_digit(text[width])) ++width;
        if (width == 0 || width > 4) return {};
        std::from_chars(text.data(), text.data() + width, numbers.values[i]);
        numbers.widths[i] = width;
        text.remove_prefix(width);
        if (i == 2) break;
        auto const separator = text.empty() ? '\0' : text.front();
        if (separator != '.' && separator != '/' && separator != '-') return {};
        if (i == 1 && separator != numbers.separator) return {};
        numbers.separator = separator;
        text.remove_prefix(1);
        while (separator == '.' && text.starts_with(' ')) text.remove_prefix(1);
    }
    if (!text.empty() && text.front() != ' ' && text.front() != 'T' && text.front() != ',') return {};
    numbers.rest = text;
    return numbers;
}

// "26" is within the hundred years that end in ten years.
int whole_year(int year, std::size_t width, Date today) {
    if (width > 2) return year;
    int const now = std::stoi(to_text(today).substr(0, 4));
    int whole = now / 100 * 100 + year;
    if (whole > now + 10) whole -= 100;
    return whole;
}

std::optional<Date> date_of(int year, int month, int day) {
    char text[16];
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return read_date(text);
}

int month_named(std::string_view word) {
    static constexpr std::string_view names[12] = {
        "jan january januar janvier enero gennaio gen janeiro januari janv ene",
        "feb february februar fevrier febrero febbraio fevereiro februari fev fevr",
        "mar march marz maerz mars marzo marco maart mrz mrt",
        "apr april avril abril aprile avr abr",
        "may mai mayo maggio maio mei mag",
        "jun june juni juin junio giugno junho giu",
        "jul july juli juillet julio luglio julho lug juil",
        "aug august aout agosto augustus ago",
        "sep sept september septembre septiembre settembre setembro set",
        "oct october oktober octobre octubre ottobre outubro okt ott out",
        "nov november novembre noviembre novembro",
        "dec december dezember decembre diciembre dicembre dezembro dez dic"};
    auto plain = fold(word);
    while (plain.ends_with('.') || plain.ends_with(',')) plain.pop_back();
    for (int i = 0; i < 12; ++i)
        if (is_one_of(plain, names[i])) return i + 1;
    return 0;
}

// "21 Nov 2026", "Nov 21, 2026", "21. November 2026".
std::optional<Date> read_worded_date(std::string_view text, Date today) {
    int month = 0, day = 0, year = -1;
    std::size_t used = 0;
    for (auto const& word : cut_at_spaces(text)) {
        if (++used > 5 || (month && day && year >= 0)) break;
        int number = 0;
        auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        auto const rest = std::string_view(end, static_cast<std::size_t>(word.data() + word.size() - end));
        if (error == std::errc{}) {
            if (!is_one_of(fold(rest), ". , st nd rd th st, nd, rd, th, er") && !rest.empty()) return {};
            auto const width = word.size() - rest.size();
            if (!day && number <= 31 && width <= 2) day = number;
            else year = whole_year(number, width, today);
        } else if (auto const named = month_named(word); named && !month) month = named;
        else if (!is_one_of(fold(word), "de of del")) return {};
    }
    return month && day && year >= 0 ? date_of(year, month, day) : std::nullopt;
}

}  // namespace

std::string clean_text(std::string_view cell) {
    auto text = tidy(cell);
    return says_nothing(text) ? std::string() : text;
}

std::string clean_line(std::string_view cell) {
    std::string line;
    bool space = false;
    for (auto const text = clean_text(cell); char const c : text) {
        bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (blank && !line.empty()) space = true;
        if (blank) continue;
        if (space) line += ' ';
        space = false;
        line += c;
    }
    return line;
}

std::string calm_capitals(std::string_view text) {
    auto wide = utf16(text);
    int letters = 0;
    for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        auto const point = wide.char32At(i);
        if (u_islower(point)) return std::string(text);
        letters += u_isupper(point) ? 1 : 0;
    }
    if (letters <= 2) return std::string(text);
    // Word by word, so that "III" and "JR." keep what they are; a letter begins a word behind - and ' too.
    std::string calm;
    for (auto const& word : cut_at_spaces(text)) {
        if (!calm.empty()) calm += ' ';
        if (is_one_of(word, "II III IV VI VII VIII")) {
            calm += word;
            continue;
        }
        auto part = utf16(word);
        icu::UnicodeString out;
        bool begins = true;
        for (int32_t i = 0; i < part.length(); i = part.moveIndex32(i, 1)) {
            auto const point = part.char32At(i);
            out.append(begins ? point : u_tolower(point));
            begins = point == '-' || point == '\'' || point == 0x2019 || point == '.' || point == '/';
        }
        calm += utf8(out);
    }
    return calm;
}

WholeName split_name(std::string_view text) {
    auto words = cut_at_spaces(clean_line(text));
    if (words.size() > 1 &&
        std::any_of(words.begin() + 1, words.end(), [](std::string const& word) { return is_company_word(word); }))
        return {"", "", join(words, 0, words.size())};
    while (words.size() > 1 && is_address_of_courtesy(words.front())) words.erase(words.begin());
    if (words.empty()) return {};
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (words[i].ends_with(',')) {  // "Last, First"
            auto family = join(words, 0, i + 1);
            family.pop_back();
            return {calm_capitals(join(words, i + 1, words.size())), calm_capitals(family), ""};
        }
    if (words.size() == 1) return {calm_capitals(words[0]), "", ""};
    auto begin = words.size() - 1;
    if (begin > 1 && is_one_of(fold(words.back()), "jr jr. sr sr. ii iii iv")) --begin;
    while (begin > 1 && is_particle(words[begin - 1])) --begin;
    return {calm_capitals(join(words, 0, begin)), calm_capitals(join(words, begin, words.size())), ""};
}

std::optional<DateOrder> order_shown_by(std::string_view text) {
    auto const numbers = read_numbers(clean_line(text));
    if (!numbers || numbers->widths[0] == 4) return {};
    if (numbers->separator == '.') return DateOrder::day_first;
    if (numbers->values[0] > 12 && numbers->values[1] <= 12) return DateOrder::day_first;
    if (numbers->values[1] > 12 && numbers->values[0] <= 12) return DateOrder::month_first;
    return {};
}

DateOrder order_of_country(std::string_view country) {
    return is_one_of(country, "US PH PW FM MH GU PR VI AS MP") ? DateOrder::month_first : DateOrder::day_first;
}

std::optional<Date> read_any_date(std::string_view text, DateOrder order, Date today) {
    auto const clean = clean_line(text);
    auto const numbers = read_numbers(clean);
    if (!numbers) {
        if (clean.size() == 8 && std::all_of(clean.begin(), clean.end(), is_ascii_digit))  // ISO 8601, basic format
            return date_of(std::stoi(clean.substr(0, 4)), std::stoi(clean.substr(4, 2)), std::stoi(clean.substr(6)));
        return read_worded_date(clean, today);
    }
    auto const& v = numbers->values;
    if (numbers->widths[0] == 4) return date_of(v[0], v[1], v[2]);
    if (numbers->widths[2] != 4 && numbers->widths[2] != 2) return {};
    auto const year = whole_year(v[2], numbers->widths[2], today);
    bool const day_first = numbers->separator == '.' || (order == DateOrder::day_first ? v[1] <= 12 : v[0] > 12);
    return day_first ? date_of(year, v[1], v[0]) : date_of(year, v[0], v[1]);
}

std::optional<Time> read_any_time(std::string_view text, DateOrder order, Date today) {
    auto const clean = clean_line(text);
    if (auto const time = read_time(clean)) return time;
    auto const date = read_any_date(clean, order, today);
    if (!date) return {};
    auto const gap = clean.find_first_of(" T");
    auto const colon = clean.find(':');
    if (gap == std::string::npos || colon == std::string::npos || colon < 2) return start_of(*date);
    auto clock = clean.substr(clean.find_last_of(" T", colon) + 1);
    bool const afternoon = fold(clean).ends_with("pm"), morning = fold(clean).ends_with("am");
    if (auto const end = clock.find_first_not_of("0123456789:."); end != std::string::npos) clock.resize(end);
    if (clock.find(':') == 1) clock.insert(0, 1, '0');
    if (clock.size() == 5) clock += ":00";
    auto time = read_time(to_text(*date) + 'T' + clock + 'Z');
    if (!time) return start_of(*date);
    auto const hour = std::stoi(clock.substr(0, 2));
    if (afternoon && hour < 12) time->ms += 12 * 3600'000;
    if (morning && hour == 12) time->ms -= 12 * 3600'000;
    return time;
}

std::optional<bool> read_yes_no(std::string_view text) {
    auto const word = fold(clean_line(text));
    if (is_one_of(word,
                  "yes y true 1 x on ja j oui o si s sim vrai wahr verdadero vero subscribed active \xe2\x9c\x93"))
        return true;
    if (is_one_of(word, "no n false 0 off nein non nao nee faux falsch falso unsubscribed inactive")) return false;
    return {};
}

std::vector<std::string> split_values(std::string_view cell) {
    std::vector<std::string> values;
    for (std::size_t at = 0; at <= cell.size();) {
        auto const end = std::min(cell.find(":::", at), cell.size());
        if (auto value = clean_line(cell.substr(at, end - at)); !value.empty()) values.push_back(std::move(value));
        at = end + 3;
    }
    return values;
}

std::vector<std::string> split_list(std::string_view cell) {
    std::vector<std::string> list;
    std::set<std::string> seen;
    // With ":::" in it, commas belong to the names.
    std::string_view const cuts = cell.find(":::") == std::string_view::npos ? ",;|\n" : "\n";
    for (auto const& value : split_values(cell))
        for (std::size_t at = 0; at <= value.size();) {
            auto const end = std::min(value.find_first_of(cuts, at), value.size());
            auto one = clean_line(std::string_view(value).substr(at, end - at));
            at = end + 1;
            if (one.starts_with("* ")) {
                one.erase(0, 2);
                if (is_one_of(fold(one), "mycontacts starred")) continue;
            }
            if (!one.empty() && seen.insert(fold(one)).second) list.push_back(std::move(one));
        }
    return list;
}

std::optional<std::string> read_language(std::string_view text) {
    static constexpr std::pair<std::string_view, std::string_view> named[] = {
        {"en", "english englisch anglais ingles inglese engels"},
        {"de", "german deutsch allemand aleman tedesco alemao duits"},
        {"fr", "french franzosisch francais frances francese frans"},
        {"es", "spanish spanisch espagnol espanol spagnolo espanhol spaans"},
        {"it", "italian italienisch italien italiano italiaans"},
        {"pt", "portuguese portugiesisch portugais portugues portoghese portugees"},
        {"nl", "dutch niederlandisch neerlandais neerlandes olandese holandes nederlands"},
        {"pl", "polish polski polnisch"},
        {"cs", "czech cestina tschechisch"},
        {"da", "danish dansk"},
        {"sv", "swedish svenska"},
        {"nb", "norwegian norsk"},
        {"fi", "finnish suomi"},
        {"tr", "turkish turkce"},
        {"ru", "russian"},
        {"ja", "japanese"},
        {"zh", "chinese"}};
    auto const word = fold(clean_line(text));
    for (auto const& [tag, names] : named)
        if (is_one_of(word, names)) return std::string(tag);
    auto tag = clean_line(text);
    std::replace(tag.begin(), tag.end(), '_', '-');
    return language_tag(tag);
}

}  // namespace patron::imports
