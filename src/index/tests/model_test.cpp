// The index against the plain model: thousands of random changes and questions must agree.
#include "index/tests/model.hpp"

#include <gtest/gtest.h>

namespace patron::index::tests {
namespace {

class Compared : public testing::Test {
  protected:
    void put(Entry const& entry) { index.put(entry), model.put(entry); }
    void drop(std::int64_t id) { index.drop(id), model.drop(id); }
    void mark() {
        std::vector<std::int64_t> ids;
        for (int many = static_cast<int>(chance.below(60)); many > 0; --many)
            ids.push_back(static_cast<std::int64_t>(chance.below(1600)) + 1);
        auto const value = static_cast<std::int64_t>(chance.below(13));
        bool const on = chance.one_in(2);
        index.mark(tag, value, ids, on), model.mark(tag, value, ids, on);
    }
    void change() {
        if (chance.one_in(10)) return mark();
        auto const id = static_cast<std::int64_t>(chance.below(1500)) + 1;
        if (chance.one_in(4)) drop(id);
        else put(chance.entry(id));
    }

    void ask_marks() {
        auto const value = static_cast<std::int64_t>(chance.below(13));
        EXPECT_EQ(ids_of(index, index.marked(tag, value)), model.marked(tag, value));
        EXPECT_EQ(ids_of(index, index.any_mark(folder)), model.marked(folder, {}));
        EXPECT_TRUE(index.any_mark(never_used).none());
        EXPECT_EQ(ids_of(index, index.live()), model.where([](Entry const& entry) { return entry.live; }));
        EXPECT_EQ(ids_of(index, index.binned()), model.where([](Entry const& entry) { return !entry.live; }));
    }
    // The same few again and again, so that they are kept while records change; now and then another one.
    void ask_kept() {
        Kept what{.everybody = chance.one_in(3), .carrying = {}, .lacking = {}};
        auto const pick = chance.one_in(10) ? chance.below(1000) : chance.below(6);
        for (std::int64_t value = 0; value < 13; ++value) {
            if ((pick + static_cast<std::size_t>(value)) % 5 == 0) what.lacking.emplace_back(folder, value);
            else if ((pick * 7 + static_cast<std::size_t>(value)) % 3 == 0) what.carrying.emplace_back(folder, value);
            if ((pick * 3 + static_cast<std::size_t>(value)) % 4 == 0) what.carrying.emplace_back(tag, value);
        }
        if (what.everybody) what.carrying.clear();
        std::sort(what.carrying.begin(), what.carrying.end());
        auto const any = [](Entry const& entry, auto const& marks) {
            return std::any_of(marks.begin(), marks.end(), [&](auto const& mark) {
                return std::find(entry.marks.begin(), entry.marks.end(), mark) != entry.marks.end();
            });
        };
        auto rows = index.live() | index.binned();
        index.narrow(rows, what);
        EXPECT_EQ(ids_of(index, rows), model.where([&](Entry const& entry) {
            return (what.everybody || any(entry, what.carrying)) && !any(entry, what.lacking);
        }));
    }
    void ask_texts() {
        std::string const parts[] = {"", "a", "ber", "berlin", "n jo", "m1", "@example.com", "roma", "zz"};
        auto const part = chance.of(parts), above = chance.of(parts);
        auto const attribute = chance.one_in(2) ? city : email;
        auto const contains = [&](std::string const& text) { return text.find(part) != std::string::npos; };
        EXPECT_EQ(ids_of(index, index.text_contains(attribute, part)), model.where_text(attribute, contains));
        EXPECT_EQ(ids_of(index, index.text_where(attribute, [&](auto text) { return contains(std::string(text)); })),
                  model.where_text(attribute, contains));
        EXPECT_EQ(ids_of(index, index.text_is(attribute, part)),
                  model.where_text(attribute, [&](std::string const& text) { return text == part; }));
        auto const inclusive = chance.one_in(2);
        auto const between = index.text_between(attribute, TextBound{part, inclusive}, TextBound{above, !inclusive});
        EXPECT_EQ(ids_of(index, between), model.where_text(attribute, [&](std::string const& text) {
            return (inclusive ? text >= part : text > part) && (inclusive ? text < above : text <= above);
        }));
        EXPECT_EQ(ids_of(index, index.any_text(city)), model.where_text(city, [](auto const&) { return true; }));
    }
    void ask_numbers() {
        auto const low = static_cast<double>(chance.below(1000)), high = low + static_cast<double>(chance.below(500));
        auto const inclusive = chance.one_in(2);
        EXPECT_EQ(ids_of(index, index.number_between(created, Bound{low, inclusive}, Bound{high, !inclusive})),
                  model.where([&](Entry const& entry) {
                      auto const number = Model::number(entry, created);
                      return number && (inclusive ? *number >= low : *number > low) &&
                             (inclusive ? *number < high : *number <= high);
                  }));
        EXPECT_EQ(ids_of(index, index.any_number(amount)),
                  model.where([](Entry const& entry) { return Model::number(entry, amount).has_value(); }));
        EXPECT_TRUE(index.any_number(never_used).none());
    }
    Bits random_set() {
        switch (chance.below(4)) {
            case 0: return index.live();
            case 1: return index.live() - index.marked(tag, static_cast<std::int64_t>(chance.below(12)));
            case 2: return index.marked(tag, 3) | index.text_contains(city, "ber");
            default: return index.any_number(amount) & index.any_mark(folder);
        }
    }
    void ask_tallies() {
        auto const among = random_set();
        std::map<std::int64_t, std::size_t> marks;
        std::map<std::string, std::size_t> texts;
        std::size_t count = 0;
        double sum = 0;
        for (auto const id : ids_of(index, among)) {
            auto const& entry = model.entries().at(id);
            std::set<std::int64_t> own_marks;
            for (auto const& [of, mark] : entry.marks)
                if (of == tag && own_marks.insert(mark).second) ++marks[mark];
            std::set<std::string> own_texts;
            for (auto const& [of, text] : entry.texts)
                if (of == city && own_texts.insert(text).second) ++texts[text];
            if (auto const number = Model::number(entry, amount)) ++count, sum += *number;
        }
        std::map<std::int64_t, std::size_t> told_marks;
        for (auto const& [value, times] : index.tally_marks(tag, among)) told_marks[value] = times;
        std::map<std::string, std::size_t> told_texts;
        for (auto const& [value, times] : index.tally_texts(city, among, 100)) told_texts[value] = times;
        EXPECT_EQ(told_marks, marks);
        EXPECT_EQ(told_texts, texts);
        EXPECT_EQ(index.sum(amount, among).count, count);
        EXPECT_DOUBLE_EQ(index.sum(amount, among).sum, sum);
    }
    void ask_pages() {
        auto const among = random_set();
        Sort const sorts[] = {{Sort::By::name, 0},           {Sort::By::number, created}, {Sort::By::number, amount},
                              {Sort::By::text, city},        {Sort::By::text, email},     {Sort::By::text, never_used},
                              {Sort::By::number, never_used}};
        auto sort = chance.of(sorts);
        sort.descending = chance.one_in(2);
        auto const all = model.sorted(ids_of(index, among), sort);
        std::vector<Place> read;
        std::optional<Place> behind;
        for (auto more = true; more;) {
            auto page = index.page(among, sort, behind, 1 + chance.below(300));
            more = page.more;
            read.insert(read.end(), page.places.begin(), page.places.end());
            if (!page.places.empty()) behind = page.places.back();
        }
        EXPECT_EQ(read, all);
    }

    Index index;
    Model model;
    Chance chance{20260101};
};

TEST_F(Compared, ten_thousand_changes_and_questions_agree) {
    for (int step = 0; step < 10'000 && !HasFailure(); ++step) {
        change();
        if (step % 25 != 0) continue;
        ask_marks();
        ask_kept();
        ask_texts();
        ask_numbers();
        ask_tallies();
        ask_pages();
    }
    EXPECT_EQ(index.size(), model.entries().size());
    for (std::int64_t id = 1; id <= 1500; ++id) drop(id);
    EXPECT_EQ(index.size(), 0u);
    EXPECT_TRUE((index.live() | index.binned() | index.any_mark(tag) | index.any_text(city) | index.any_number(created))
                    .none());
}

// So many that most of them are passed over unseen; ids that do not grow with the rows.
TEST_F(Compared, small_pages_of_many_records_agree) {
    for (std::int64_t step = 0; step < 12'000; ++step) put(chance.entry(step * 7919 % 12'007 + 1));
    for (int step = 0; step < 2000; ++step) drop(static_cast<std::int64_t>(chance.below(12'007)) + 1);
    for (int step = 0; step < 1000; ++step) put(chance.entry(static_cast<std::int64_t>(chance.below(12'007)) + 1));
    for (auto sort : {Sort{Sort::By::name, 0}, Sort{Sort::By::number, created}, Sort{Sort::By::number, amount},
                      Sort{Sort::By::text, city}, Sort{Sort::By::text, email}, Sort{Sort::By::number, never_used}})
        for (auto const descending : {false, true}) {
            sort.descending = descending;
            auto const among = random_set();
            auto const all = model.sorted(ids_of(index, among), sort);
            for (std::size_t at = 0; at + 7 < all.size(); at += 1 + chance.below(all.size() / 12)) {
                auto const behind = at == 0 ? std::nullopt : std::optional(all[at - 1]);
                auto const first = all.begin() + static_cast<std::ptrdiff_t>(at);
                EXPECT_EQ(index.page(among, sort, behind, 7).places, std::vector<Place>(first, first + 7));
            }
        }
}

TEST_F(Compared, pages_go_on_while_records_change) {
    for (std::int64_t id = 1; id <= 500; ++id) put(chance.entry(id));
    Sort const sort{Sort::By::number, created, true};
    auto const first = index.page(index.live(), sort, {}, 50);
    auto const last = first.places.back();
    drop(last.id);  // the place outlives its record
    auto const all = model.sorted(ids_of(index, index.live()), sort);
    auto const page = index.page(index.live(), sort, last, 1000);
    EXPECT_EQ(page.places, std::vector<Place>(all.begin() + 49, all.end()));
    EXPECT_FALSE(page.more);
}

TEST(Rows, are_found_by_id_and_used_again) {
    Index index;
    for (std::int64_t id = 1; id <= 3; ++id) index.put({id});
    auto const row = index.row_of(2);
    ASSERT_TRUE(row);
    index.drop(2);
    index.drop(7);
    EXPECT_FALSE(index.row_of(2));
    index.put({9, true, {{folder, 4}}});
    EXPECT_EQ(index.row_of(9), row);
    EXPECT_EQ(index.id_of(*row), 9);
    std::int64_t const ids[] = {9, 2, 1};
    EXPECT_EQ(ids_of(index, index.of_ids(ids)), (std::set<std::int64_t>{1, 9}));
    EXPECT_EQ(index.size(), 3u);
}

TEST(Rows, too_large_are_refused_and_leave_the_old) {
    Index index;
    index.put({1, true, {{folder, 4}}});
    Entry large{1};
    for (std::int64_t mark = 0; mark < 1'100'000; ++mark) large.marks.emplace_back(tag, mark * 1000);
    EXPECT_THROW(index.put(large), std::length_error);
    EXPECT_EQ(index.marked(folder, 4).count(), 1u);
    EXPECT_TRUE(index.any_mark(tag).none());
}

TEST(Postings, of_every_size_keep_what_they_are_told) {
    Index index;
    std::size_t kept = 0;
    for (std::int64_t id = 0; id < 70'000; ++id)
        index.put({id + 1, true, {{folder, 1}, {tag, id % 5}, {city, id / 300}}});
    for (std::int64_t id = 0; id < 70'000; ++id)
        if (id % 7 != 0 && id % 5 == 2) index.drop(id + 1);
        else ++kept;
    EXPECT_EQ(index.marked(folder, 1).count(), kept);
    EXPECT_EQ(index.marked(tag, 2).count(), 2000u);
    EXPECT_EQ(index.marked(tag, 3).count(), 14'000u);
    EXPECT_EQ(index.tally_marks(tag, index.marked(city, 3)).size(), 5u);
    EXPECT_EQ(index.marked(city, 0).count(), 249u);  // 60 − 9 of those with id % 5 == 2 are gone
}

}  // namespace
}  // namespace patron::index::tests
