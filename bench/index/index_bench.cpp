// Times the index with a million made-up records (or as many as the first argument says): changes, questions, keystrokes of
// searches, snapshots, memory. Prints median, 99th percentile and worst of each.
#include "index/index.hpp"
#include "index/tests/people.hpp"

#include <cstdio>
#include <ctime>
#include <sstream>

namespace {

using namespace patron::index;
using namespace patron::index::tests;

// The thread's own time in milliseconds: what others do on the machine does not count.
double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Times {
    char const* what;
    std::vector<double> all{};
    template <class Work>
    auto time(Work work) {
        auto const start = now();
        auto result = work();
        all.push_back(now() - start);
        return result;
    }
    ~Times() {
        std::sort(all.begin(), all.end());
        if (all.empty()) return;
        std::printf("%-44s %7zu times  p50 %8.3f  p99 %8.3f  worst %8.3f ms\n", what, all.size(), all[all.size() / 2],
                    all[all.size() * 99 / 100], all.back());
    }
};

Bits random_filter(Index const& index, Town& town) {
    auto const some = [&](std::size_t end) { return static_cast<std::int64_t>(town.below(end)); };
    auto bits = index.live();
    for (auto left = 1 + town.below(3); left > 0; --left) {
        switch (town.below(10)) {
            case 0: bits &= index.marked(in_folder, some(4)); break;
            case 1: bits &= index.marked(has_status, some(10)) | index.marked(has_status, some(60)); break;
            case 2: bits &= index.marked(has_tag, some(20)); break;
            case 3: bits -= index.marked(flag, some(4)); break;
            case 4: bits &= index.marked(worker, some(50)) | (index.live() - index.any_mark(worker)); break;
            case 5: bits &= index.number_between(created_at, Bound{1.76e12 - town.unit() * 6e10}, {}); break;
            case 6: bits &= index.number_between(revenue, Bound{town.unit() * 1e5}, Bound{1e6, false}); break;
            case 7: bits &= index.text_is(source, "source " + std::to_string(town.below(40))); break;
            case 8:
                bits &= index.text_contains(town.below(2) ? email_text : city_text, town.below(2) ? "an" : "gmail");
                break;
            default: bits -= index.any_number(birthday); break;
        }
    }
    return bits;
}

void questions(Index const& index, Town& town) {
    Sort const sorts[] = {{Sort::By::name, 0},         {Sort::By::number, created_at}, {Sort::By::number, last_seen_at},
                          {Sort::By::number, balance}, {Sort::By::text, city_text},    {Sort::By::text, email_text}};
    for (auto const& sort : {sorts[4], sorts[5]}) {
        Times first{"first page ever by a text"};
        first.time([&] { return index.page(index.live(), sort, {}, 50).places.size(); });
    }
    Times filters{"filter + sort + page of 50 + count"}, all{"everything, sorted + count"}, later{"a later page"};
    Times badges{"tallies of folder, status, tag, worker"}, containing{"e-mail contains + count"};
    std::size_t sink = 0;
    for (int step = 0; step < 1000; ++step) {
        auto sort = sorts[town.below(6)];
        sort.descending = town.below(2);
        sink += filters.time([&] {
            auto const rows = random_filter(index, town);
            return index.page(rows, sort, {}, 50).places.size() + rows.count();
        });
        if (step % 10 != 0) continue;
        auto const page = all.time([&] {
            auto const rows = index.live();
            sink += rows.count();
            return index.page(rows, sort, {}, 50);
        });
        auto behind = page.places.back();
        if (sort.by == Sort::By::number && sort.attribute == created_at) behind.number = 1.76e12 - town.unit() * 5e10;
        if (sort.by != Sort::By::number) behind.text = std::string(1, static_cast<char>('a' + town.below(26)));
        sink += later.time([&] { return index.page(index.live(), sort, behind, 50).places.size(); });
        sink += badges.time([&] {
            auto const rows = index.live();
            return index.tally_marks(in_folder, rows).size() + index.tally_marks(has_status, rows).size() +
                   index.tally_marks(has_tag, rows).size() + index.tally_marks(worker, rows).size();
        });
        sink += containing.time([&] { return index.text_contains(email_text, step % 20 ? "@gmail" : "ang").count(); });
    }
    if (sink == 0) std::puts("nothing was found");
}

struct Recall {
    char const* what;
    std::size_t asked = 0, first_three = 0;
    void note(Found const& found, std::int64_t id) {
        ++asked;
        for (std::size_t at = 0; at < std::min<std::size_t>(3, found.hits.size()); ++at)
            first_three += found.hits[at].id == id ? 1 : 0;
    }
    ~Recall() {
        std::printf("%-44s %7zu asked  in the first three %.2f %%\n", what, asked,
                    100.0 * static_cast<double>(first_three) / static_cast<double>(asked));
    }
};

// Whose name is theirs alone, or nearly: of others none can be the wanted one.
bool told_by_name(Index const& index, std::string const& name) {
    auto const found = index.search(query_of(name, updated_at), index.live(), 4);
    return std::count_if(found.hits.begin(), found.hits.end(),
                         [](auto const& hit) { return hit.rank <= Rank::start; }) <= 3;
}

void searches(Index const& index, Town& town, std::vector<Person> const& sample) {
    Times keystroke{"a keystroke, all"}, one{"… one letter"}, two{"… two letters"}, three{"… three letters"},
        more{"… four or more"}, slip{"… of a name with a slip"}, number{"… of a phone number"};
    Recall names{"name"}, slips{"name with a slip"}, pieces{"piece of the name"}, phones{"phone, another shape"},
        last_six{"last seven digits"}, emails{"e-mail with a slip"};
    auto const live = index.live();
    auto const type = [&](std::string const& text, Times& times, bool digits = false) {
        auto query = query_of(text, updated_at);
        if (digits) query.digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
        if (query.digits.size() < 3) query.digits.clear();
        auto found = times.time([&] { return index.search(query, live, 20); });
        keystroke.all.push_back(times.all.back());
        return found;
    };
    for (auto const& person : sample) {
        if (!person.entry.live) continue;
        auto const id = person.entry.id;
        auto const name = patron::fold(person.name);
        for (std::size_t length = 1; length < name.size(); ++length)
            type(name.substr(0, length), length == 1 ? one : length == 2 ? two : length == 3 ? three : more);
        auto const alone = told_by_name(index, name);
        if (alone) names.note(type(name, more), id);
        auto const space = name.find(' ');
        if (name.size() - space > 5) {
            auto const typed = town.slipped(name, space + 1, name.size());
            for (auto length = space + 4; length < typed.size(); ++length) type(typed.substr(0, length), slip);
            auto const found = type(typed, slip);
            if (alone) slips.note(found, id);
        }
        auto const length = name.size() * 2 / 3;
        auto const piece = name.substr(town.below(name.size() - length + 1), length);
        if (alone && length > 7) pieces.note(type(piece, more), id);
        if (!person.phone.empty()) {
            auto const national = "0" + person.phone.substr(2);
            for (std::size_t digits = 1; digits < national.size(); ++digits)
                type(national.substr(0, digits), number, true);
            phones.note(type(town.below(2) ? national : "00" + person.phone, number, true), id);
            last_six.note(type(person.phone.substr(person.phone.size() - 7), number, true), id);
        }
        auto const dot = person.email.find('.');
        if (person.email.find('@') - dot > 6)
            emails.note(type(town.slipped(person.email, dot + 1, person.email.find('@')), slip), id);
    }
}

}  // namespace

int main(int count, char** arguments) {
    auto const people = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
    Town town(20260101, people);
    Index index;
    std::vector<Person> sample;
    double filling = 0;
    for (std::size_t done = 0; done < people;) {
        std::vector<Person> some;
        for (; some.size() < 10'000 && done < people; ++done)
            some.push_back(town.person(static_cast<std::int64_t>(done) + 1));
        auto const start = now();
        for (auto const& person : some) index.put(person.entry);
        filling += now() - start;
        for (std::size_t at = 0; at < some.size(); at += std::max<std::size_t>(1, people / 600))
            sample.push_back(some[at]);
    }
    std::printf("%zu records taken in, %.2f us each; %.0f bytes each\n", index.size(),
                filling * 1000 / static_cast<double>(people),
                static_cast<double>(index.bytes()) / static_cast<double>(people));
    if (count > 2) return 0;
    questions(index, town);
    searches(index, town, sample);
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
    std::stringstream snapshot;
    Times{"snapshot written"}.time([&] { return index.save(snapshot), 0; });
    std::printf("snapshot of %.0f MB\n", static_cast<double>(snapshot.str().size()) / 1e6);
    Index again;
    Times{"snapshot read"}.time([&] { return again.load(snapshot), 0; });
    std::printf("as read %.0f bytes each\n", static_cast<double>(again.bytes()) / static_cast<double>(people));
}
