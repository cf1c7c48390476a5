// Laws of the finder: whatever is asked, index and database answer the same, while others write; an index made anew, or
// loaded from its snapshot, answers as the one that followed.
#include "house/tests/chance.hpp"
#include "house/tests/open_business.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/searching.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace patron::customers {
namespace {

std::vector<std::string> const names{"Luís Gonçalves", "Anna Müller", "Björn Hansen", "Zoë O'Brien", "李小龙",
                                     "Αλέξης Παππάς",  "Smith",       "Smithson",     "Åsa Öst",     "anna muller"};
std::vector<std::string> const cities{"Berlin", "São Paulo", "Kraków", "Köln"};
std::vector<std::string> const sources{"fair", "web", "friend"};

struct World {
    std::vector<Id<Folder>> folders;
    std::vector<Id<Status>> statuses;
    std::vector<Id<Tag>> tags;
    Id<User> owner;
};

Field field(std::string const& key, FieldType type) {
    Field field;
    field.key = Text<0, 40>(key);
    field.label = Text<1, 100>(key);
    field.type = type;
    if (type == FieldType::choice || type == FieldType::choices)
        for (auto const* value : {"small", "large"}) {
            FieldOption option;
            option.value = Text<1, 100>(std::string(value));
            field.options.push_back(std::move(option));
        }
    return field;
}

World furnish(OpenBusiness& open) {
    World world;
    open.write([&](Unit& unit) {
        world = {};
        world.owner = unit.who.user_id;
        for (auto const* name : {"VIP", "Berlin friends", "New"}) world.tags.push_back(tags::create(unit, name).id);
        for (auto const& [key, type] : {std::pair<char const*, FieldType>{"size", FieldType::choice},
                                        {"colours", FieldType::choices},
                                        {"budget", FieldType::money},
                                        {"visits", FieldType::number},
                                        {"birthday", FieldType::date},
                                        {"next", FieldType::date_time},
                                        {"loyal", FieldType::checkbox},
                                        {"nick", FieldType::text}})
            fields::create(unit, field(key, type));
    });
    open.read([&](Reading& reading) {
        world.owner = reading.who.user_id;
        for (auto const& folder : folders::all(reading)) {
            world.folders.push_back(folder.id);
            for (auto const& status : folders::statuses(reading, folder.id)) world.statuses.push_back(status.id);
        }
    });
    return world;
}

Json custom_value(std::string_view key, Chance& chance) {
    if (key == "size") return Json(chance.one_in(2) ? "small" : "large");
    if (key == "colours") return Json(JsonArray{"small", "large"});
    if (key == "budget")
        return Json(JsonObject{{"amount", chance.below(5) * 100}, {"currency", chance.one_in(3) ? "USD" : "EUR"}});
    if (key == "visits") return Json(chance.below(7));
    if (key == "birthday") return Json("19" + std::to_string(60 + chance.below(30)) + "-05-17");
    if (key == "next") return Json("2026-0" + std::to_string(1 + chance.below(9)) + "-01T10:00:00.000Z");
    if (key == "loyal") return Json(chance.one_in(2));
    return Json(chance.one_in(2) ? "Bärli" : "bear");
}
std::vector<std::string> const custom_keys{"size", "colours", "budget", "visits", "birthday", "next", "loyal", "nick"};

void alter(Customer& draft, World const& world, Chance& chance) {
    switch (chance.below(9)) {
        case 0: draft.display_name = Personal<Text<0, 200>>(Text<0, 200>(chance.of(names))); break;
        case 1: draft.folder_id = chance.of(world.folders); break;
        case 2:
            draft.tag_ids.clear();
            for (auto const tag : world.tags)
                if (chance.one_in(2)) draft.tag_ids.push_back(tag);
            break;
        case 3: draft.source = chance.one_in(3) ? std::nullopt : std::optional(Text<0, 100>(chance.of(sources))); break;
        case 4: {
            Address address;
            address.city = Personal<Text<0, 200>>(Text<0, 200>(chance.of(cities)));
            draft.addresses = {address};
            break;
        }
        case 5: draft.newsletter = chance.one_in(2); break;
        case 6:
            draft.workers.clear();
            if (chance.one_in(2)) draft.workers.push_back({world.owner, chance.one_in(2)});
            break;
        case 7: draft.customer_since = read_date("2026-0" + std::to_string(1 + chance.below(9)) + "-11"); break;
        default: {
            auto const& key = chance.of(custom_keys);
            static_cast<JsonObject&>(draft.custom)[key] = custom_value(key, chance);
        }
    }
}

// One random change by one writer; refusals (somebody else was first) are part of life.
void change_something(OpenBusiness& open, World const& world, std::vector<Id<Customer>>& mine, Chance& chance) {
    try {
        open.write([&](Unit& unit) {
            if (mine.size() < 12 || chance.one_in(10)) {
                Customer draft;
                draft.display_name = Personal<Text<0, 200>>(Text<0, 200>(chance.of(names)));
                for (int i = 0; i < 3; ++i) alter(draft, world, chance);
                draft.status_id.reset();
                mine.push_back(create(unit, std::move(draft)).id);
                return;
            }
            auto const id = chance.of(mine);
            auto const before = find(unit, id);
            if (chance.one_in(25)) {
                bin(unit, before);
                std::erase(mine, id);
                return;
            }
            auto after = before;
            alter(after, world, chance);
            change(unit, before, after);
        });
    } catch (Problem const&) {
        // A whole piece of work that is refused leaves nothing behind.
    }
}

Json random_leaf(World const& world, Chance& chance) {
    auto const ids = [&](auto const& list) { return Json(chance.of(list).text()); };
    switch (chance.below(20)) {
        case 0: return JsonObject{{"field", "folder_id"}, {"is", ids(world.folders)}};
        case 1: return JsonObject{{"field", "folder_id"}, {"within", ids(world.folders)}};
        case 2: return JsonObject{{"field", "status_id"}, {"is", JsonArray{ids(world.statuses), ids(world.statuses)}}};
        case 3: return JsonObject{{"field", "tag_id"}, {"is", ids(world.tags)}};
        case 4: return JsonObject{{"field", "tag_id"}, {"is_not", ids(world.tags)}};
        case 5: return JsonObject{{"field", "source"}, {"is", chance.of(sources)}};
        case 6: return JsonObject{{"field", "source"}, {"empty", chance.one_in(2)}};
        case 7: return JsonObject{{"field", "city"}, {"contains", "o"}};
        case 8: return JsonObject{{"field", "worker_id"}, {"is", "me"}};
        case 9: return JsonObject{{"field", "responsible_id"}, {"empty", chance.one_in(2)}};
        case 10: return JsonObject{{"field", "newsletter"}, {"is", chance.one_in(2)}};
        case 11: return JsonObject{{"field", "customer_since"}, {chance.one_in(2) ? "gte" : "lt", "2026-05-01"}};
        case 12: return JsonObject{{"field", "custom.visits"}, {"gt", chance.below(7)}, {"lte", chance.below(7)}};
        case 13: return JsonObject{{"field", "custom.size"}, {"is", chance.one_in(2) ? "small" : "large"}};
        case 14: return JsonObject{{"field", "custom.budget"}, {"gte", chance.below(5) * 100}};
        case 15: return JsonObject{{"field", "custom.birthday"}, {chance.one_in(2) ? "lt" : "gte", "1975-01-01"}};
        case 16: return JsonObject{{"field", "custom.loyal"}, {"is", chance.one_in(2)}};
        case 17: return JsonObject{{"field", "name"}, {"contains", chance.one_in(2) ? "smith" : "ann"}};
        case 18: return JsonObject{{"event", "customer.tagged"}, {"count", JsonObject{{"gte", 1 + chance.below(3)}}}};
        default: return JsonObject{{"field", "custom." + chance.of(custom_keys)}, {"empty", chance.one_in(2)}};
    }
}

Json random_expression(World const& world, Chance& chance, int depth = 0) {
    if (depth == 3 || chance.one_in(3)) return random_leaf(world, chance);
    if (chance.one_in(4)) return JsonObject{{"not", random_expression(world, chance, depth + 1)}};
    JsonArray parts;
    for (int i = 0, count = 1 + chance.below(3); i < count; ++i)
        parts.push_back(random_expression(world, chance, depth + 1));
    return JsonObject{{chance.one_in(2) ? "all" : "any", std::move(parts)}};
}

std::vector<std::string> const sorts{"activity_at",   "-activity_at",   "display_name",   "-display_name",
                                     "created_at",    "-updated_at",    "customer_since", "-customer_since",
                                     "custom.visits", "-custom.visits", "custom.nick",    "custom.size",
                                     "-custom.budget"};

std::vector<std::string> ids_of(Page<Customer> const& page) {
    std::vector<std::string> ids;
    for (auto const& one : page.data) ids.push_back(one.id.text());
    return ids;
}

// Waits for a moment when the reading's snapshot is just as far as the index, and compares. False: no such moment.
bool compare(Reading& reading, std::string const& what) {
    auto& finder = reading.business.part<Finder>();
    std::int64_t head = 0;
    {
        auto row = reading.tx.query("SELECT position FROM spine_head");
        if (row.next()) head = row.integer(0);
    }
    // Before and after: the finder's own thread may catch up in between.
    if (!finder.ask([](index::Index const&) {}) || finder.position() != head) return false;
    auto const asked = asked_of(reading);
    auto const by_index = page_from_index(reading, asked, 7);
    if (!by_index || finder.position() != head) return false;
    auto const by_sql = page_by_sql(reading, asked, 7, true);
    EXPECT_EQ(ids_of(by_sql), ids_of(*by_index)) << what;
    EXPECT_EQ(by_sql.total, by_index->total) << what;
    EXPECT_EQ(by_sql.next, by_index->next) << what;
    return true;
}

class Finding : public ::testing::TestWithParam<db::Engine> {};

void wait_until_ready(Finder& finder) {
    for (int i = 0; i < 2'000 && finder.state() != Finder::State::ready; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_EQ(finder.state(), Finder::State::ready);
}

TEST_P(Finding, AnswersAsTheDatabaseDoesWhileEightWrite) {
    OpenBusiness open(GetParam());
    auto const world = furnish(open);
    auto& finder = open.business().part<Finder>();
    finder.begin({});
    wait_until_ready(finder);
    std::atomic<bool> done{false};
    std::vector<std::thread> writers;
    for (unsigned writer = 0; writer < 8; ++writer)
        writers.emplace_back([&, writer] {
            Chance chance(writer + 1);
            std::vector<Id<Customer>> mine;
            while (!done) {
                change_something(open, world, mine, chance);
                std::this_thread::sleep_for(std::chrono::milliseconds(chance.below(40)));
            }
        });
    Chance chance(4711);
    int const wanted =
        std::getenv("PATRON_TEST_LONG") && std::string_view(std::getenv("PATRON_TEST_LONG")) == "yes" ? 10'000 : 1'500;
    int compared = 0;
    std::string cursor, expression, sort;
    for (int tries = 0; compared < wanted && tries < wanted * 50 && !HasFailure(); ++tries) {
        if (cursor.empty()) {
            expression = json_text(random_expression(world, chance));
            sort = chance.of(sorts);
        }
        std::vector<std::pair<std::string, std::string>> query{{"filter", expression}, {"sort", sort}};
        if (!cursor.empty()) query.emplace_back("cursor", cursor);
        open.read(
            [&](Reading& reading) {
                if (!compare(reading, expression + " by " + sort)) return;
                ++compared;
                auto const page = page_from_index(reading, asked_of(reading), 7);
                cursor = page && page->next && chance.one_in(2) ? *page->next : "";
            },
            query);
    }
    done = true;
    for (auto& writer : writers) writer.join();
    EXPECT_EQ(compared, wanted);
    std::printf("%d questions compared, %zu customers\n", compared, finder.size());
}

// A rule of the folder for the owner's person, or none.
void rule_folder(OpenBusiness& open, World const& world, Chance& chance) {
    open.write([&](Unit& unit) {
        auto const before = folders::find(unit, chance.of(world.folders));
        auto after = before;
        after.access.clear();
        FolderLevel const levels[] = {FolderLevel::none, FolderLevel::see, FolderLevel::work};
        if (!chance.one_in(3)) after.access.push_back({world.owner.text(), levels[chance.below(3)]});
        folders::change(unit, before, after);
    });
}

// The sets of those who are seen are kept while customers are moved, handed over and binned, and rights change.
TEST_P(Finding, AnswersWhoeverSeesLessAsTheDatabaseDoes) {
    OpenBusiness open(GetParam());
    auto const world = furnish(open);
    auto& finder = open.business().part<Finder>();
    finder.begin({});
    wait_until_ready(finder);
    Chance chance(2026);
    std::vector<Id<Customer>> mine;
    Visibility const visibilities[] = {Visibility::none, Visibility::own, Visibility::all};
    int compared = 0;
    bool some = false, fewer = false;
    for (int step = 0; step < 600 && !HasFailure(); ++step) {
        change_something(open, world, mine, chance);
        if (chance.one_in(15)) rule_folder(open, world, chance);
        auto call = open.call();
        auto const which = chance.below(3);
        call.who.role_key = "staff";
        call.who.role_id = {1000 + which};
        call.who.visibility = visibilities[which];
        call.query = {{"sort", chance.of(sorts)}};
        if (chance.one_in(2)) call.query.emplace_back("filter", json_text(random_expression(world, chance)));
        open.business().database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            if (!compare(reading, "by sight " + std::to_string(which))) return;
            ++compared;
            auto const seen = matching(reading, {});
            EXPECT_EQ(seen, matching_by_sql(reading, within_sight(reading, {})));
            EXPECT_EQ(count_matching(reading, {}), std::ssize(seen));
            some = some || !seen.empty();
            fewer = fewer || seen.size() + 3 < finder.size();
        });
    }
    EXPECT_GT(compared, 300);
    EXPECT_TRUE(some && fewer);
}

TEST_P(Finding, AnIndexMadeAnewOrFromItsSnapshotAnswersAsTheOneThatFollowed) {
    OpenBusiness open(GetParam());
    auto const world = furnish(open);
    auto const place = std::filesystem::temp_directory_path() / ("patron_snapshot_" + std::to_string(::getpid()));
    FinderSettings const settings{.snapshot = [&](Business const&) { return place; },
                                  .notice = [](std::string const&) {}};
    std::vector<std::vector<std::int64_t>> followed, anew, loaded;
    std::vector<Json> questions;
    Chance chance(7);
    for (int i = 0; i < 200; ++i) questions.push_back(random_expression(world, chance));
    auto const answers = [&](Finder& finder) {
        std::vector<std::vector<std::int64_t>> all;
        open.read([&](Reading& reading) {
            for (auto const& question : questions) {
                auto const filter = read_filter(reading, question, "");
                Evaluator const evaluator(reading, filter);
                std::vector<std::int64_t> ids;
                EXPECT_TRUE(finder.ask([&](index::Index const& index) { ids = index.ids(evaluator.evaluate(index)); }));
                std::sort(ids.begin(), ids.end());
                all.push_back(std::move(ids));
            }
        });
        return all;
    };
    {
        Finder finder(open.business());
        finder.begin(settings);
        wait_until_ready(finder);
        std::vector<Id<Customer>> mine;
        for (int i = 0; i < 300; ++i) change_something(open, world, mine, chance);
        followed = answers(finder);
    }
    ASSERT_TRUE(std::filesystem::exists(place));
    {
        Finder finder(open.business());
        finder.begin(settings);
        wait_until_ready(finder);
        loaded = answers(finder);
    }
    std::filesystem::resize_file(place, std::filesystem::file_size(place) / 2);
    {
        Finder finder(open.business());
        finder.begin(settings);
        wait_until_ready(finder);
        anew = answers(finder);
    }
    std::filesystem::remove(place);
    EXPECT_EQ(followed, loaded);
    EXPECT_EQ(followed, anew);
    EXPECT_TRUE(std::any_of(followed.begin(), followed.end(), [](auto const& ids) { return !ids.empty(); }));
}

TEST_P(Finding, WithoutRoomTheDatabaseAnswersAndItIsSaid) {
    OpenBusiness open(GetParam());
    auto const world = furnish(open);
    Chance chance(9);
    std::vector<Id<Customer>> mine;
    for (int i = 0; i < 20; ++i) change_something(open, world, mine, chance);
    std::string said;
    Finder finder(open.business());
    finder.begin({.most_bytes = 100, .snapshot = {}, .notice = [&](std::string const& text) { said = text; }});
    for (int i = 0; i < 2'000 && finder.state() != Finder::State::no_room; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(finder.state(), Finder::State::no_room);
    EXPECT_FALSE(finder.ask([](index::Index const&) {}));
    EXPECT_NE(said.find("--index-memory"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(OnBoth, Finding, ::testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& about) { return db::engine_name(about.param); });

}  // namespace
}  // namespace patron::customers
