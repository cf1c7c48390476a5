// Search as it is typed: sets of rows per word and goodness, joined, and the best of them in order.
#include "index/page.hpp"
#include "index/parts.hpp"

#include <array>

namespace patron::index {

namespace {

constexpr std::size_t enough_without_letters_within = 2000;  // then worse hits are not looked for
constexpr std::size_t few = 30;                              // fewer hits let slips in
constexpr std::size_t few_names = 500, most_names_read = 40'000, most_numbers_ranked = 20'000;

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

std::string_view significant(std::string_view digits) {
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::size_t letters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

}  // namespace

std::vector<std::string> words_of(std::string_view folded) {
    std::vector<std::string> words;
    each_word(folded, [&](std::string_view word) { words.emplace_back(word); });
    return words;
}

Query query_of(std::string_view folded, Attribute recency) {
    Query query;
    query.text = folded;
    query.recency = recency;
    for (auto& word : words_of(folded)) query.words.push_back({std::move(word), {}});
    return query;
}

struct Index::Search {
    Parts const& parts;
    Query const& query;
    Bits const& among;
    std::vector<std::pair<Rank, Bits>> tiers{};  // best first, none twice
    Bits found{};
    // Of each word: where it is found, however well, so far; where it is a word; where it begins one of the name.
    std::vector<Bits> matches{}, wholes{}, name_beginnings{};
    std::vector<std::optional<std::vector<std::uint32_t>>> words_holding{};  // of each word, once asked for

    Bits empty() const { return Bits(parts.rows()); }
    void add(Rank rank, Bits rows) {
        rows -= found;
        found |= rows;
        tiers.emplace_back(rank, std::move(rows));
    }

    void by_words();
    void by_letters_within();
    void across_gaps();
    std::vector<std::uint32_t> const& holding(std::size_t at);  // numbers of words that hold that one
    void by_slips();
    void by_gaps();
    std::array<Bits, 3> phones(std::string_view digits) const;
    std::pair<Bits, Bits> names(Bits const& starts) const;
    Bits addresses(Bits const& rows) const;
    Found best(std::size_t limit, std::size_t offset) const;
};

// Rows with such a number, with one that ends so, with one that holds it.
std::array<Bits, 3> Index::Search::phones(std::string_view digits) const {
    std::array<Bits, 3> sets{empty(), empty(), parts.digits.holding(digits, parts.rows())};
    sets[2] &= among;
    if (digits.size() <= 4 && sets[2].count() > most_numbers_ranked) return sets;
    auto candidates = empty();
    std::swap(candidates, sets[2]);
    parts.each_view(candidates, [&](Row row, RowView const& view) {
        auto numbers = view.digits;
        if (numbers.find(digits) == std::string_view::npos) return;
        auto best = sets.size();
        while (!numbers.empty()) {
            auto number = numbers.substr(0, numbers.find(' '));
            numbers.remove_prefix(std::min(numbers.size(), number.size() + 1));
            auto const holds = number.find(digits) != std::string_view::npos;
            auto const ends = number.ends_with(digits);
            number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
            if (holds) best = std::min<std::size_t>(best, number == digits ? 0 : ends ? 1 : 2);
        }
        if (best < sets.size()) sets[best].set(row);
    });
    return sets;
}

// Of rows whose name has words that start as typed: those whose name is what was typed, and those whose starts with it.
std::pair<Bits, Bits> Index::Search::names(Bits const& starts) const {
    auto whole = empty(), start = empty();
    auto const length = std::min<std::size_t>(query.text.size(), 8);
    if (length == 0) return {whole, start};
    auto const wanted = head_of(query.text);
    auto const mask = ~std::uint64_t{0} << (64 - 8 * length);
    auto const* const heads = parts.name_heads.data();
    auto candidates = empty();
    starts.each([&](Row row) {
        if ((heads[row] & mask) != wanted) return;
        (query.text.size() >= 8 ? candidates : heads[row] == wanted ? whole : start).set(row);
    });
    parts.each_view(candidates, [&](Row row, RowView const& view) {
        if (view.name.starts_with(query.text)) (view.name.size() == query.text.size() ? whole : start).set(row);
    });
    return {std::move(whole), std::move(start)};
}

void Index::Search::by_words() {
    auto name_words = among, name_starts = among, words = among, elsewhere = among;
    if (query.words.empty()) name_words = name_starts = words = elsewhere = empty();
    auto numbers = query.digits.size() >= 3 && all_digits(query.digits) ? phones(query.digits)
                                                                        : std::array{empty(), empty(), empty()};
    for (auto const& word : query.words) {
        auto match = empty(), whole = empty();
        if (auto const number = parts.words.find(word.text); number != Slots::none) {
            parts.words.rows(number, Field::name).into(whole);
            name_words &= whole;
            parts.words.rows(number, Field::other).into(whole);
        } else {
            name_words = empty();
        }
        auto starts = empty();
        parts.words.starting(word.text, starts, match);
        name_starts &= starts;
        match |= starts;
        match |= word.also;
        whole |= word.also;
        if (auto const digits = significant(word.text); digits == query.digits && !digits.empty())
            for (auto const& rows : numbers) match |= rows;
        else if (digits.size() >= 3 && all_digits(digits))
            for (auto const& rows : phones(digits)) match |= rows;
        words &= &word == &query.words.back() ? match : whole;
        elsewhere &= match;
        matches.push_back(std::move(match));
        wholes.push_back(std::move(whole));
        name_beginnings.push_back(std::move(starts));
    }
    auto [same, start] = names(name_starts);
    add(Rank::whole, std::move(same |= numbers[0]));
    add(Rank::start, std::move(start));
    add(Rank::name_words, std::move(name_words));
    add(Rank::name_starts, std::move(name_starts |= numbers[1]));
    if (found.count() < few) across_gaps();
    add(Rank::words, std::move(words));
    add(Rank::elsewhere, std::move(elsewhere |= numbers[2]));
}

void Index::Search::by_letters_within() {
    auto within = query.words.empty() ? empty() : among;
    for (std::size_t at = 0; at < query.words.size(); ++at) {
        parts.words.rows_of(holding(at), matches[at], matches[at]);
        within &= matches[at];
    }
    add(Rank::within, std::move(within));
}

std::vector<std::uint32_t> const& Index::Search::holding(std::size_t at) {
    words_holding.resize(query.words.size());
    if (!words_holding[at]) words_holding[at] = parts.words.holding(query.words[at].text);
    return *words_holding[at];
}

// "na ber" of "anna berg": the first word ends one of the name, all others begin one.
void Index::Search::across_gaps() {
    if (query.words.size() < 2) return;
    auto candidates = among;
    for (std::size_t at = 1; at < query.words.size(); ++at) candidates &= name_beginnings[at];
    // Reading a name takes some time: where many would be read, those are left out where the first word ends none.
    if (auto const& first = query.words[0].text; first.size() >= 3 && candidates.count() > few_names) {
        auto ending = holding(0);
        std::erase_if(ending, [&](std::uint32_t number) { return !parts.words.text(number).ends_with(first); });
        auto in_name = empty(), elsewhere = empty();
        parts.words.rows_of(ending, in_name, elsewhere);
        candidates &= in_name;
    }
    auto across = empty();
    std::size_t read = 0;
    parts.each_view(candidates, [&](Row row, RowView const& view) {
        if (read++ < most_names_read && view.name.find(query.text) != std::string_view::npos) across.set(row);
    });
    add(Rank::across, std::move(across));
}

// Of these rows, where an e-mail address was typed, those with a text that is the whole of it but for one slip.
Bits Index::Search::addresses(Bits const& rows) const {
    auto same = empty();
    if (query.text.find('@') == std::string::npos || rows.count() > few_names) return same;
    parts.each_view(rows, [&](Row row, RowView const& view) {
        for (auto const code : unpacked(view.codes))
            if (kind_of(code) == Kind::value && within_a_slip(parts.values.text(number_in(code)), query.text))
                return same.set(row);
    });
    return same;
}

// First whose address it is, then those where every word, however misspelt, is a whole one of the name, then a whole one anywhere: of "f.hubert@" and
// "frank.hubert@" one is meant.
void Index::Search::by_slips() {
    auto called = among, entire = among, name = among, start = among, anywhere = among;
    if (query.words.empty()) called = entire = name = start = anywhere = empty();
    auto const several = query.words.size() > 1;
    for (std::size_t at = 0; at < query.words.size(); ++at) {
        auto const& word = query.words[at].text;
        auto const letters = letters_of(word);
        Words::Slips slips;
        if (letters >= (several ? 3 : 4) && !all_digits(word)) slips = parts.words.slips(word);
        if (letters < 5) slips.starting.clear();  // too short to guess what it becomes
        auto match = matches[at], in_name = empty(), elsewhere = empty();
        parts.words.rows_of(slips.whole, in_name, elsewhere);
        match |= in_name;
        name &= match;
        entire &= (wholes[at] | in_name) |= elsewhere;
        if (auto const number = parts.words.find(word); number != Slots::none)
            parts.words.rows(number, Field::name).into(in_name);
        called &= in_name;
        parts.words.rows_of(slips.starting, match, elsewhere);
        start &= match;
        anywhere &= match |= elsewhere;
    }
    add(Rank::slip, addresses(anywhere));
    add(Rank::slip_name, std::move(called));
    add(Rank::slip_name, name & entire);
    add(Rank::slip_name, std::move(name));
    add(Rank::slip_start, std::move(start));
    add(Rank::slip, anywhere & entire);
    add(Rank::slip, std::move(anywhere));
}

// "annaberg" of "anna berg", and "anna lena" of "annalena".
void Index::Search::by_gaps() {
    auto const starting = [&](std::string_view beginning) {
        auto rows = empty();
        parts.words.starting(beginning, rows, rows);
        return rows;
    };
    auto const with_others = [&](Bits rows, std::size_t from, std::size_t to) {
        rows &= among;
        for (std::size_t at = 0; at < matches.size(); ++at)
            if (at < from || at >= to) rows &= matches[at];
        return rows;
    };
    auto gaps = empty();
    for (std::size_t at = 0; at < query.words.size(); ++at) {
        auto const& word = query.words[at].text;
        for (std::size_t cut = 0; cut < word.size(); cut += code_point_bytes(word[cut])) {
            auto const left = std::string_view(word).substr(0, cut), right = std::string_view(word).substr(cut);
            if (left.size() < 2 || right.size() < 2 || all_digits(word)) continue;
            auto const number = parts.words.find(left);
            if (number == Slots::none) continue;
            auto rows = empty();
            parts.words.rows(number, Field::name).into(rows);
            parts.words.rows(number, Field::other).into(rows);
            gaps |= with_others(std::move(rows &= starting(right)), at, at + 1);
        }
        if (at + 1 < query.words.size()) gaps |= with_others(starting(word + query.words[at + 1].text), at, at + 2);
    }
    add(Rank::slip, std::move(gaps));
}

Found Index::Search::best(std::size_t limit, std::size_t offset) const {
    Order const newest(parts.numbers(query.recency), KeySaysAll{}, parts.ids, true);
    std::optional<Behind<double, KeySaysAll>> const from_the_start;
    Found answer;
    for (auto const& [rank, rows] : tiers) {
        auto const count = rows.count();
        auto const wanted = limit - answer.hits.size();
        if (wanted != 0 && offset < count) {
            auto const first = first_rows(rows, std::min(count, offset + wanted), newest, from_the_start);
            for (std::size_t at = offset; at < first.size(); ++at) answer.hits.push_back({parts.ids[first[at]], rank});
        }
        offset -= std::min(offset, count);
        answer.total += count;
    }
    return answer;
}

Found Index::search(Query const& query, Bits const& among, std::size_t limit, std::size_t offset) const {
    Search search{*parts_, query, among};
    search.found = none();
    auto exact = true;
    if (query.words.empty() && query.digits.empty()) {
        search.add(Rank::elsewhere, among);
    } else {
        search.by_words();
        exact = query.all || search.found.count() < enough_without_letters_within;
        if (exact) search.by_letters_within();
        if (exact && search.found.count() < few) {
            search.by_slips();
            search.by_gaps();
        }
    }
    auto answer = search.best(limit, offset);
    answer.rows = std::move(search.found);
    answer.exact = exact;
    return answer;
}

}  // namespace patron::index
