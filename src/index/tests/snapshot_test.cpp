// A snapshot gives back the same index; a damaged one is refused and harms nothing.
#include "index/posting.hpp"
#include "index/tests/model.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <sstream>
#include <zlib.h>

namespace patron::index::tests {
namespace {

Index filled(std::uint64_t seed, std::int64_t size) {
    Index index;
    Chance chance(seed);
    for (std::int64_t step = 0; step < size * 2; ++step) {
        auto const id = static_cast<std::int64_t>(chance.below(static_cast<std::size_t>(size))) + 1;
        if (chance.one_in(5)) index.drop(id);
        else index.put(chance.entry(id));
    }
    return index;
}

std::string saved(Index const& index) {
    std::ostringstream into;
    index.save(into);
    return into.str();
}

void load(Index& index, std::string const& bytes) {
    std::istringstream from(bytes);
    index.load(from);
}

// The same questions to both.
void expect_equal(Index const& one, Index const& other) {
    auto const same = [&](auto question) { EXPECT_EQ(ids_of(one, question(one)), ids_of(other, question(other))); };
    same([](Index const& index) { return index.live(); });
    same([](Index const& index) { return index.binned(); });
    for (std::int64_t value = 0; value < 12; ++value)
        same([&](Index const& index) { return index.marked(tag, value); });
    for (auto const* const part : {"", "ber", "m12", "jos"}) {
        same([&](Index const& index) { return index.text_contains(city, part); });
        same([&](Index const& index) { return index.text_contains(email, part); });
    }
    same([](Index const& index) { return index.number_between(created, Bound{100}, Bound{700}); });
    for (Sort const& sort : {Sort{}, Sort{Sort::By::number, amount}, Sort{Sort::By::text, city, true}})
        EXPECT_EQ(one.page(one.live(), sort, {}, 9999).places, other.page(other.live(), sort, {}, 9999).places);
    for (auto const* const text :
         {"anna", "an", "berlin", "mria", "crzu maria", "\xe6\x9d\xb1", "obrien", "1234", "491"}) {
        auto query = query_of(text, created);
        if (text[0] <= '9') query.digits = text;
        auto const left = one.search(query, one.live(), 5000), right = other.search(query, other.live(), 5000);
        ASSERT_EQ(left.hits.size(), right.hits.size());
        for (std::size_t at = 0; at < left.hits.size(); ++at) {
            EXPECT_EQ(left.hits[at].id, right.hits[at].id);
            EXPECT_EQ(left.hits[at].rank, right.hits[at].rank);
        }
    }
}

TEST(Snapshots, give_back_the_same_index) {
    auto const index = filled(1, 2000);
    Index again;
    again.put({77'777});  // is gone afterwards
    load(again, saved(index));
    expect_equal(index, again);
    auto changed = filled(1, 2000);
    Chance one(3), other(3);
    for (std::int64_t id = 1; id < 500; ++id) changed.put(one.entry(id)), again.put(other.entry(id));
    expect_equal(changed, again);
}

TEST(Snapshots, of_an_empty_index_are_empty) {
    Index again = filled(2, 50);
    load(again, saved(Index()));
    EXPECT_EQ(again.size(), 0u);
    EXPECT_TRUE(again.page(again.live(), {}, {}, 10).places.empty());
}

TEST(Snapshots, hold_texts_of_any_length) {
    Index index, again;
    for (std::int64_t id = 1; id < 40; ++id)
        index.put({id, true, {}, {{city, std::string(static_cast<std::size_t>(id) * 40'000, 'a') + "end"}}});
    load(again, saved(index));
    EXPECT_EQ(again.text_contains(city, "aend").count(), 39u);
    EXPECT_EQ(again.text_is(city, std::string(80'000, 'a') + "end").count(), 1u);
}

TEST(Snapshots, cut_short_or_of_another_version_are_refused) {
    auto const good = saved(filled(4, 300));
    auto index = filled(5, 100);
    auto const before = saved(index);
    for (std::size_t size = 0; size < good.size(); size += 1 + size / 50)
        EXPECT_THROW(load(index, good.substr(0, size)), BadSnapshot);
    for (auto const version : {'\1', '\3'}) {
        auto other = good;
        other[7] = version;
        EXPECT_THROW(load(index, other), BadSnapshot);
    }
    EXPECT_EQ(saved(index), before);
}

// Makes the checksums right again, so that the damage gets behind them.
std::string with_right_sums(std::string bytes) {
    for (std::size_t at = 8; at + 8 <= bytes.size();) {
        std::uint32_t size = 0;
        std::memcpy(&size, bytes.data() + at, 4);
        if (size > bytes.size() - at - 8) break;
        auto const sum = static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<Bytef const*>(bytes.data() + at + 8), static_cast<uInt>(size)));
        std::memcpy(bytes.data() + at + 4, &sum, 4);
        at += 8 + size;
    }
    return bytes;
}

// Sets of rows that are bitmaps, with right sums around the damage.
TEST(Snapshots, damaged_bitmaps_do_no_harm) {
    auto const good = saved(filled(9, 3000));
    Chance chance(10);
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        auto bad = good;
        for (auto left = 1 + chance.below(6); left > 0; --left)
            bad[8 + chance.below(bad.size() / 2)] = static_cast<char>(chance.below(256));
        Index index;
        try {
            load(index, with_right_sums(bad));
        } catch (BadSnapshot const&) {
            ++refused;
            continue;
        }
        index.search(query_of("anna bergg", created), index.live(), 10);
        index.tally_marks(tag, index.live());
        for (std::int64_t id = 1; id < 3000; ++id) index.drop(id);
    }
    EXPECT_GT(refused, 50);
}

TEST(Bitmaps, are_read_only_when_they_are_right) {
    std::vector<Row> rows;
    for (Row row = 0; row < 200'000; ++row)
        if (row % 65536 < 5000 || row % 97 == 0) rows.push_back(row);
    auto const good = Posting::portable(rows);
    auto const read = Posting::of_portable(good, 200'000);
    ASSERT_TRUE(read);
    std::vector<Row> again;
    read->each([&](Row row) { again.push_back(row); });
    EXPECT_EQ(again, rows);
    EXPECT_FALSE(Posting::of_portable(good, rows.back()));
    EXPECT_FALSE(Posting::of_portable(good + '\0', 200'000));
    for (std::size_t size = 0; size < good.size(); size += 1 + size / 9)
        EXPECT_FALSE(Posting::of_portable(good.substr(0, size), 200'000));
    Chance chance(11);
    for (int round = 0; round < 3000; ++round) {
        auto bad = good;
        auto const place = chance.one_in(2) ? chance.below(64) : chance.below(bad.size());
        bad[place] = static_cast<char>(bad[place] ^ (1 << chance.below(8)));
        auto const posting = Posting::of_portable(bad, 200'000);
        if (!posting) continue;
        std::int64_t last = -1;
        posting->each([&](Row row) {
            EXPECT_GT(static_cast<std::int64_t>(row), last);
            EXPECT_LT(row, 200'000u);
            last = row;
        });
    }
}

TEST(Snapshots, two_thousand_damaged_ones_do_no_harm) {
    auto const good = saved(filled(6, 60));
    Chance chance(7);
    int refused = 0;
    for (int round = 0; round < 2000; ++round) {
        auto bad = good;
        for (auto left = 1 + chance.below(4); left > 0; --left) {
            auto const at = chance.below(bad.size());
            switch (chance.below(4)) {
                case 0: bad[at] = static_cast<char>(chance.below(256)); break;
                case 1: bad[at] ^= static_cast<char>(1u << chance.below(8)); break;
                case 2: bad.erase(at, 1 + chance.below(20)); break;
                default: bad.insert(at, 1 + chance.below(9), static_cast<char>(chance.below(2) ? 255 : 0)); break;
            }
        }
        Index index;
        // Without new sums every damage is seen.
        if (bad == good) continue;
        EXPECT_THROW(load(index, bad), BadSnapshot);
        try {
            load(index, with_right_sums(bad));
        } catch (BadSnapshot const&) {
            ++refused;
            continue;
        }
        // It was readable: then it is a whole index, which answers and changes.
        Chance entries(8);
        for (std::int64_t id = 1; id < 90; ++id) index.put(entries.entry(id));
        EXPECT_GE(index.size(), 89u);
        index.search(query_of("anna bergg", created), index.live(), 10);
        index.page(index.live(), {Sort::By::text, city}, {}, 10);
    }
    EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace patron::index::tests
