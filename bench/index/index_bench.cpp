// Times the index with a million made-up records (or as many as the first argument says): questions, keystrokes of searches,
// changes, snapshots, memory; further arguments choose among them. Prints median, 99th percentile and worst of each with
// what the slowest were asked, and in how many searches for one customer that one was among the first three.
#include "crowd.hpp"
#include "index/index.hpp"
#include "index/tests/people.hpp"
#include "times.hpp"

#include <cstdio>
#include <set>
#include <sstream>

namespace {

using namespace patron::index;
using namespace patron::index::bench;
using namespace patron::index::tests;

// A filter as people put together, and what it says.
struct Filter {
    Bits rows;
    std::string said;
};

Filter random_filter(Index const& index, Town& town) {
    auto const some = [&](std::size_t end) { return static_cast<std::int64_t>(town.below(end)); };
    Filter filter{index.live(), ""};
    auto& bits = filter.rows;
    for (auto left = 1 + town.below(3); left > 0; --left) {
        auto const condition = town.below(10);
        static char const* const said[] = {
            "folder",        "status or status", "tag",    "no flag",      "worker or none",
            "created since", "revenue between",  "source", "… contains …", "no birthday"};
        filter.said += (filter.said.empty() ? "" : ", ") + std::string(said[condition]);
        switch (condition) {
            case 0: bits &= index.marked(in_folder, some(4)); break;
            case 1: bits &= index.marked(has_status, some(10)) | index.marked(has_status, some(60)); break;
            case 2: bits &= index.marked(has_tag, some(20)); break;
            case 3: bits -= index.marked(flag, some(4)); break;
            case 4: bits &= index.marked(worker, some(50)) | (index.live() - index.any_mark(worker)); break;
            case 5: bits &= index.number_between(created_at, Bound{1.76e12 - town.unit() * 6e10}, {}); break;
            case 6: bits &= index.number_between(revenue, Bound{town.unit() * 1e5}, Bound{1e6, false}); break;
            case 7: bits &= index.text_is(source, "source " + std::to_string(town.below(40))); break;
            case 8: {
                auto const of_email = town.below(2) != 0, two = town.below(2) != 0;
                bits &= index.text_contains(of_email ? email_text : city_text, two ? "an" : "gmail");
                filter.said += std::string(of_email ? " e-mail " : " city ") + (two ? "an" : "gmail");
                break;
            }
            default: bits -= index.any_number(birthday); break;
        }
    }
    return filter;
}

void questions(Index const& index, Town& town) {
    Sort const sorts[] = {{Sort::By::name, 0},         {Sort::By::number, created_at}, {Sort::By::number, last_seen_at},
                          {Sort::By::number, balance}, {Sort::By::text, city_text},    {Sort::By::text, email_text}};
    static char const* const sorted[] = {"name", "created", "last seen", "balance", "city", "e-mail"};
    for (auto const& sort : {sorts[4], sorts[5]}) {
        Times first{"first page ever by a text"};
        first.time([&] { return index.page(index.live(), sort, {}, 50).places.size(); });
    }
    Times filters{"filter + sort + page of 50 + count"}, all{"everything, sorted + count"}, later{"a later page"};
    Times badges{"tallies of folder, status, tag, worker"}, containing{"e-mail contains + count"};
    std::size_t sink = 0;
    for (int step = 0; step < 1000; ++step) {
        auto const by = town.below(6);
        auto sort = sorts[by];
        sort.descending = town.below(2);
        auto const order = std::string(" by ") + sorted[by] + (sort.descending ? " downwards" : "");
        std::string said;
        std::size_t count = 0;
        sink += filters.time([&] {
            auto const filter = random_filter(index, town);
            said = filter.said;
            count = filter.rows.count();
            return index.page(filter.rows, sort, {}, 50).places.size() + count;
        });
        filters.of_the_last(std::to_string(count) + " of: " + said + order);
        if (step % 10 != 0) continue;
        auto const page = all.time(
            [&] {
                auto const rows = index.live();
                sink += rows.count();
                return index.page(rows, sort, {}, 50);
            },
            order);
        auto behind = page.places.back();
        if (sort.by == Sort::By::number && sort.attribute == created_at) behind.number = 1.76e12 - town.unit() * 5e10;
        if (sort.by != Sort::By::number) behind.text = std::string(1, static_cast<char>('a' + town.below(26)));
        sink += later.time([&] { return index.page(index.live(), sort, behind, 50).places.size(); }, order);
        sink += badges.time([&] {
            auto const rows = index.live();
            return index.tally_marks(in_folder, rows).size() + index.tally_marks(has_status, rows).size() +
                   index.tally_marks(has_tag, rows).size() + index.tally_marks(worker, rows).size();
        });
        auto const* const part = step % 20 ? "@gmail" : "ang";
        sink += containing.time([&] { return index.text_contains(email_text, part).count(); }, part);
    }
    if (sink == 0) std::puts("nothing was found");
}

struct Recall {
    char const* what;
    bool judged;
    std::size_t asked = 0, first_three = 0, unclear = 0;
    std::string missed{};
    // `clear`: fits at most three customers as well as the wanted one.
    void note(bool clear, Found const& found, std::int64_t id, std::string const& typed) {
        if (!judged) return;
        if (!clear) return void(++unclear);
        ++asked;
        for (std::size_t at = 0; at < std::min<std::size_t>(3, found.hits.size()); ++at)
            if (found.hits[at].id == id) return void(++first_three);
        if (asked - first_three <= 6) missed += "      missed: " + typed + "\n";
    }
    ~Recall() {
        if (asked == 0) return;
        std::printf("%-40s %7zu asked  in the first three %.2f %%  (not asked, as it fits more than three: %zu)\n%s",
                    what, asked, 100.0 * static_cast<double>(first_three) / static_cast<double>(asked), unclear,
                    missed.c_str());
    }
};

void searches(Index const& index, Crowd const& crowd, Town& town, std::vector<Person> const& sample) {
    Times keystroke{"a keystroke, all"}, one{"… one letter"}, two{"… two letters"}, three{"… three letters"},
        more{"… four or more"}, slip{"… of a name with a slip"}, number{"… of a phone number"};
    auto const judged = !crowd.empty();
    Recall names{"name", judged}, slips{"name with a slip", judged}, pieces{"piece of the name", judged},
        phones{"phone, another shape", judged}, last_seven{"last seven digits", judged},
        emails{"e-mail with a slip", judged};
    auto const live = index.live();
    auto const type = [&](std::string const& text, Times& times, bool digits = false) {
        auto query = query_of(text, updated_at);
        if (digits) query.digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
        if (query.digits.size() < 3) query.digits.clear();
        auto found = times.time([&] { return index.search(query, live, 20); }, text);
        times.also(keystroke);
        return found;
    };
    for (auto const& person : sample) {
        if (!person.entry.live) continue;
        auto const id = person.entry.id;
        auto const name = patron::fold(person.name);
        for (std::size_t length = 1; length < name.size(); ++length)
            type(name.substr(0, length), length == 1 ? one : length == 2 ? two : length == 3 ? three : more);
        names.note(crowd.few_are_called(name), type(name, more), id, name);
        auto const space = name.find(' ');
        if (name.size() - space > 5) {
            auto const typed = town.slipped(name, space + 1, name.size());
            for (auto length = space + 4; length < typed.size(); ++length) type(typed.substr(0, length), slip);
            slips.note(crowd.few_are_within_a_slip(typed), type(typed, slip), id, typed + " for " + name);
        }
        auto const length = name.size() * 2 / 3;
        auto const piece = name.substr(town.below(name.size() - length + 1), length);
        if (length > 4) pieces.note(crowd.few_hold(piece), type(piece, more), id, piece + " for " + name);
        if (!person.phone.empty()) {
            auto const national = "0" + person.phone.substr(2);
            for (std::size_t digits = 1; digits < national.size(); ++digits)
                type(national.substr(0, digits), number, true);
            auto const shape = town.below(2) ? national : "00" + person.phone;
            phones.note(crowd.few_have_number(person.phone.substr(2)), type(shape, number, true), id, shape);
            auto const last = person.phone.substr(person.phone.size() - 7);
            auto const least = std::min(last.find_first_not_of('0'), last.size());
            last_seven.note(crowd.few_have_number(last.substr(least)), type(last, number, true), id, last);
        }
        auto const dot = person.email.find('.');
        if (person.email.find('@') - dot > 6) {
            auto const typed = town.slipped(person.email, dot + 1, person.email.find('@'));
            emails.note(crowd.few_are_within_a_slip(typed), type(typed, slip), id, typed + " for " + person.email);
        }
    }
}

void changes(Index& index, Town& town, std::size_t people) {
    {
        Times change{"a change of a tag and a time"}, rename{"a change of everything"};
        for (int step = 0; step < 20'000; ++step) {
            auto person = town.person(static_cast<std::int64_t>(town.below(people)) + 1);
            rename.time([&] { return index.put(person.entry), 0; });
            person.entry.marks.emplace_back(has_tag, static_cast<std::int64_t>(town.below(200)));
            person.entry.numbers[1].second += 1;
            change.time([&] { return index.put(person.entry), 0; });
        }
    }
    std::printf("after the changes %.0f bytes each\n",
                static_cast<double>(index.bytes()) / static_cast<double>(people));
}

void snapshot(Index const& index, std::size_t people) {
    std::stringstream kept;
    Times{"snapshot written"}.time([&] { return index.save(kept), 0; });
    std::printf("snapshot of %.0f MB\n", static_cast<double>(kept.view().size()) / 1e6);
    Index again;
    Times{"snapshot read"}.time([&] { return again.load(kept), 0; });
    std::printf("as read %.0f bytes each\n", static_cast<double>(again.bytes()) / static_cast<double>(people));
}

}  // namespace

int main(int count, char** arguments) {
    auto const people = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
    std::set<std::string> const chosen(arguments + std::min(2, count), arguments + count);
    auto const wanted = [&](char const* section) { return chosen.empty() || chosen.contains(section); };
    Town town(20260101, people);
    Index index;
    Crowd crowd;
    std::vector<Person> sample;
    double filling = 0;
    for (std::size_t done = 0; done < people;) {
        std::vector<Person> some;
        for (; some.size() < 10'000 && done < people; ++done)
            some.push_back(town.person(static_cast<std::int64_t>(done) + 1));
        auto const start = milliseconds(CLOCK_THREAD_CPUTIME_ID);
        for (auto const& person : some) index.put(person.entry);
        filling += milliseconds(CLOCK_THREAD_CPUTIME_ID) - start;
        if (wanted("recall"))
            for (auto const& person : some) crowd.add(person.entry, person.email);
        for (std::size_t at = 0; at < some.size(); at += std::max<std::size_t>(1, people / 600))
            sample.push_back(some[at]);
    }
    std::printf("%zu records taken in, %.2f us each; %.0f bytes each\n", index.size(),
                filling * 1000 / static_cast<double>(people),
                static_cast<double>(index.bytes()) / static_cast<double>(people));
    Times preparing{"some of what is prepared"};
    for (bool more = true; more;) preparing.time([&] { return more = index.prepare_some(), 0; });
    if (wanted("questions")) questions(index, town);
    if (wanted("keystrokes") || wanted("recall")) searches(index, crowd, town, sample);
    if (wanted("changes")) changes(index, town, people);
    if (wanted("snapshot")) snapshot(index, people);
}
