// Laws of the segments: kept step by step, whoever is in them is who a full look finds; also when the keeper ends in between
// and the clock moves. And the ready-made ones mean what they say.
#include "house/tests/chance.hpp"
#include "house/tests/open_business.hpp"
#include "modules/customers/finder.hpp"
#include "modules/segments/keeper.hpp"
#include "modules/segments/reasons.hpp"

#include <gtest/gtest.h>

namespace patron::segments {
namespace {

constexpr std::int64_t hour = 3'600'000, day = 24 * hour;

constexpr Kind test_kinds[] = {{"booking.requested"},   {"booking.confirmed"},    {"booking.moved"},
                               {"booking.completed"},   {"booking.cancelled"},    {"booking.no_show"},
                               {"payment.received"},    {"payment.refunded"},     {"subscription.started"},
                               {"subscription.paused"}, {"subscription.resumed"}, {"subscription.cancelled"}};

Kind const* kind(std::string_view name) {
    for (auto const& one : test_kinds)
        if (one.name == name) return &one;
    throw std::logic_error("no such kind");
}

bool long_run() {
    auto const* wish = std::getenv("PATRON_TEST_LONG");
    return wish && std::string_view(wish) == "yes";
}

// A business with a clock of its own and a keeper that is driven by hand.
class Segments : public ::testing::TestWithParam<db::Engine> {
  protected:
    OpenBusiness open{GetParam()};
    Time now{1'790'000'000'000};
    std::unique_ptr<Keeper> keeper;

    void SetUp() override {
        open.business().clock = [this] { return now; };
        keeper = std::make_unique<Keeper>(open.business());
        settle();
    }
    void TearDown() override { keeper.reset(); }

    Call call() {
        auto call = open.call();
        call.now = now;
        return call;
    }
    void write(std::function<void(Unit&)> const& work) {
        run_unit(open.business(), call(), [&](Unit& unit) {
            work(unit);
            return http::Response(200);
        });
    }
    void read(std::function<void(Reading&)> const& work) {
        auto const call = this->call();
        open.business().database().read([&](db::Tx& tx) {
            Reading reading(tx, call);
            work(reading);
        });
    }
    void settle() {
        for (int steps = 0; keeper->step() != Keeper::Step::idle; ++steps)
            ASSERT_LT(steps, 5'000) << "the keeper comes to no end";
    }
    void restart() {
        keeper.reset();
        keeper = std::make_unique<Keeper>(open.business());
    }

    void load_index() {
        auto& finder = open.business().part<customers::Finder>();
        finder.begin({});
        for (int i = 0; i < 2'000 && finder.state() != customers::Finder::State::ready; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ASSERT_EQ(finder.state(), customers::Finder::State::ready);
    }

    Id<Customer> customer(std::string const& name) {
        Id<Customer> id;
        write([&](Unit& unit) {
            Customer draft;
            draft.display_name = Personal<Text<0, 200>>(Text<0, 200>(name));
            id = customers::create(unit, std::move(draft)).id;
        });
        return id;
    }
    void say(std::string_view name, Id<Customer> customer, std::int64_t subject, Time at = {}, JsonObject facts = {}) {
        write([&](Unit& unit) {
            Happening what{.kind = kind(name), .subject = {"bok", subject}, .customer_id = customer};
            what.facts = facts;
            what.happened_at = at;
            unit.say(std::move(what));
        });
    }
    Segment segment(std::string const& name, Json filter) {
        Segment made;
        write([&](Unit& unit) {
            Segment draft;
            draft.name = name;
            draft.filter = filter.get_object();
            made = create(unit, std::move(draft));
        });
        return made;
    }
    std::vector<Segment> all() {
        std::vector<Segment> segments;
        read([&](Reading& reading) { segments = store::all(reading); });
        return segments;
    }
    Segment ready(ReadyMade key) {
        for (auto& one : all())
            if (one.key == key) return one;
        throw std::logic_error("no such segment");
    }
    bool is_in(Id<Segment> segment, Id<Customer> customer) {
        bool in = false;
        read([&](Reading& reading) { in = store::is_member(reading, segment, customer); });
        return in;
    }
    bool is_in(ReadyMade key, Id<Customer> customer) {
        settle();
        return is_in(ready(key).id, customer);
    }
    std::string reason(Id<Segment> id, Id<Customer> customer) {
        std::string words;
        read([&](Reading& reading) {
            Storyteller teller(reading);
            auto const filter = customers::read_filter(reading, Json(reading.find(id).filter), "");
            words = reason_of(reading, teller, filter, as_kept(reading, id, filter), customer);
        });
        return words;
    }
    std::vector<std::string> told(Id<Customer> customer) {
        std::vector<std::string> kinds;
        read([&](Reading& reading) {
            db::Value const values[] = {customer.value};
            auto rows = reading.tx.query(
                "SELECT kind FROM spine WHERE subject_prefix='seg' AND (customer_id=$1 OR position IN (SELECT position "
                "FROM spine_many WHERE customer_id=$1)) ORDER BY position",
                values);
            while (rows.next()) kinds.emplace_back(rows.text(0));
        });
        return kinds;
    }

    std::vector<std::string> events_of(Id<Segment> segment) {
        std::vector<std::string> events;
        read([&](Reading& reading) {
            db::Value const values[] = {segment.value};
            auto rows = reading.tx.query(
                "SELECT kind,(SELECT count(*) FROM spine_many m WHERE m.position=s.position) FROM spine s WHERE "
                "subject_prefix='seg' AND subject_id=$1 AND kind IN ('segment.entered','segment.left') ORDER BY "
                "position",
                values);
            while (rows.next())
                events.push_back(std::string(rows.text(0)) + " of " +
                                 std::to_string(std::max<std::int64_t>(rows.integer(1), 1)));
        });
        return events;
    }

    // Everything that is kept is what a full look finds; and the story adds up to it.
    void expect_right(std::string const& when) {
        read([&](Reading& reading) {
            std::map<std::int64_t, std::set<std::int64_t>> by_story;
            auto events = reading.tx.query(
                "SELECT s.subject_id,s.kind,coalesce(s.customer_id,m.customer_id) FROM spine s LEFT JOIN spine_many m "
                "ON m.position=s.position WHERE s.subject_prefix='seg' AND s.kind IN "
                "('segment.entered','segment.left') "
                "ORDER BY s.position");
            while (events.next()) {
                auto& in = by_story[events.integer(0)];
                bool const told_anew = events.text(1) == "segment.entered" ? in.insert(events.integer(2)).second
                                                                           : in.erase(events.integer(2)) == 1;
                EXPECT_TRUE(told_anew) << events.text(1) << " is told twice" << when;
            }
            for (auto const& rule : read_rules(reading)) {
                auto const members = store::members(reading, rule.segment.id);
                auto const found =
                    rule.filter ? customers::matching_by_sql(reading, *rule.filter) : std::vector<Id<Customer>>{};
                EXPECT_EQ(members, found) << rule.segment.name << " " << to_json(rule.segment.filter) << when;
                std::set<std::int64_t> told;
                for (auto const id : members) told.insert(id.value);
                EXPECT_EQ(by_story[rule.segment.id.value], told) << rule.segment.name << " by the story" << when;
                customers::Filter in{.kind = customers::Filter::Kind::is,
                                     .field = customers::filter_field(reading, "segment_id")};
                in.values.emplace_back(rule.segment.id.value);
                EXPECT_EQ(customers::matching(reading, in), members) << rule.segment.name << " by the index" << when;
            }
        });
    }
};

Json expression(std::string_view text) { return parse_json(text); }

TEST_P(Segments, VipIsTheTopOfPaymentsLessRefundsOrWhoComesOften) {
    std::vector<Id<Customer>> payers;
    for (int i = 0; i < 40; ++i) {
        payers.push_back(customer("Payer " + std::to_string(i)));
        say("payment.received", payers.back(), 100 + i, {}, {{"amount", {{"amount", 1'000 + i}, {"currency", "EUR"}}}});
    }
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[39]));
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[38]));
    EXPECT_FALSE(is_in(ReadyMade::vip, payers[37]));
    // Another's refund lets the next one in: the threshold is worked out from the sums of all.
    say("payment.refunded", payers[39], 200, {}, {{"amount", 500}});
    EXPECT_FALSE(is_in(ReadyMade::vip, payers[39]));
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[37]));
    EXPECT_NE(reason(ready(ReadyMade::vip).id, payers[37]).find("10.37 EUR"), std::string::npos)
        << reason(ready(ReadyMade::vip).id, payers[37]);
    write([&](Unit& unit) { customers::bin(unit, customers::find(unit, payers[38])); });
    EXPECT_FALSE(is_in(ReadyMade::vip, payers[38]));
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[36]));

    auto const regular = customer("Regular");
    for (int i = 0; i < 10; ++i) {
        EXPECT_FALSE(is_in(ReadyMade::vip, regular));
        say("booking.completed", regular, 300 + i, Time{now.ms - i * 20 * day});
    }
    EXPECT_TRUE(is_in(ReadyMade::vip, regular));
    EXPECT_EQ(reason(ready(ReadyMade::vip).id, regular), "10 bookings in 365 days");
    now.ms += (365 - 180) * day + 1;
    EXPECT_FALSE(is_in(ReadyMade::vip, regular));
    expect_right(" at the end");
}

TEST_P(Segments, AtRiskIsWhoCameAndComesNoMoreOrPaused) {
    auto const never = customer("Never booked"), came = customer("Came"), paused = customer("Paused");
    say("booking.completed", came, 1, Time{now.ms - 44 * day});
    EXPECT_FALSE(is_in(ReadyMade::at_risk, came));
    EXPECT_FALSE(is_in(ReadyMade::at_risk, never));
    now.ms += day + 1;
    EXPECT_TRUE(is_in(ReadyMade::at_risk, came)) << "at its moment";
    EXPECT_EQ(reason(ready(ReadyMade::at_risk).id, came),
              "1 booking completed, no bookings completed in 45 days, no bookings to come");
    auto const starts = [&](std::int64_t at) {
        return JsonObject{{"starts_at", boost::json::string(to_text(Time{at}))}};
    };
    say("booking.requested", came, 2, {}, starts(now.ms + 3 * day));
    EXPECT_FALSE(is_in(ReadyMade::at_risk, came)) << "one is upcoming";
    say("booking.moved", came, 2, {}, starts(now.ms + 6 * day));
    now.ms += 4 * day;
    EXPECT_FALSE(is_in(ReadyMade::at_risk, came)) << "it was moved to later";
    now.ms += 2 * day;
    EXPECT_TRUE(is_in(ReadyMade::at_risk, came)) << "its time passed, and nobody said that it took place";
    say("booking.requested", came, 3, {}, starts(now.ms + 3 * day));
    EXPECT_FALSE(is_in(ReadyMade::at_risk, came));
    say("booking.cancelled", came, 3);
    EXPECT_TRUE(is_in(ReadyMade::at_risk, came));
    say("booking.completed", came, 4);
    EXPECT_FALSE(is_in(ReadyMade::at_risk, came));
    say("subscription.paused", paused, 9);
    EXPECT_TRUE(is_in(ReadyMade::at_risk, paused));
    say("subscription.resumed", paused, 9);
    EXPECT_FALSE(is_in(ReadyMade::at_risk, paused));
    EXPECT_EQ(told(paused),
              (std::vector<std::string>{"segment.entered", "segment.entered", "segment.left", "segment.entered"}))
        << "new, at risk, no longer at risk, recurring";
    expect_right(" at the end");
}

TEST_P(Segments, NewRecurringAndOneTimeMeanWhatTheySay) {
    auto const one = customer("One");
    EXPECT_TRUE(is_in(ReadyMade::new_, one));
    EXPECT_EQ(reason(ready(ReadyMade::new_).id, one), "created today");
    now.ms += 2 * day;
    EXPECT_EQ(reason(ready(ReadyMade::new_).id, one), "created 2 days ago");
    now.ms += 28 * day;
    EXPECT_TRUE(is_in(ReadyMade::new_, one));
    now.ms += 1;
    EXPECT_FALSE(is_in(ReadyMade::new_, one));

    EXPECT_FALSE(is_in(ReadyMade::one_time, one));
    say("booking.requested", one, 1);
    say("booking.confirmed", one, 1);
    EXPECT_TRUE(is_in(ReadyMade::one_time, one));
    say("booking.requested", one, 2);
    EXPECT_FALSE(is_in(ReadyMade::one_time, one));
    say("booking.cancelled", one, 2);
    EXPECT_TRUE(is_in(ReadyMade::one_time, one));
    say("subscription.started", one, 3);
    EXPECT_FALSE(is_in(ReadyMade::one_time, one));
    EXPECT_TRUE(is_in(ReadyMade::recurring, one));
    say("subscription.paused", one, 3);
    EXPECT_FALSE(is_in(ReadyMade::recurring, one));
    say("subscription.resumed", one, 3);
    EXPECT_TRUE(is_in(ReadyMade::recurring, one));
    say("subscription.cancelled", one, 3);
    EXPECT_FALSE(is_in(ReadyMade::recurring, one));
    expect_right(" at the end");
}

TEST_P(Segments, ManyAtOnceAreOneEventAndFewAreTheirOwn) {
    load_index();
    for (int i = 0; i < 60; ++i) customer("Somebody " + std::to_string(i));
    auto const last = customer("Last");
    settle();
    auto const many = segment("All", expression(R"({"field": "created_at", "gte": {"days_ago": 9}, "empty": false})"));
    auto const few = segment("Last only", expression(R"({"search": "last"})"));
    settle();
    EXPECT_TRUE(is_in(many.id, last));
    EXPECT_EQ(told(last), (std::vector<std::string>{"segment.entered", "segment.entered", "segment.entered"}))
        << "new, with all, alone";
    EXPECT_EQ(events_of(many.id), (std::vector<std::string>{"segment.entered of 61"}));
    EXPECT_EQ(events_of(few.id), (std::vector<std::string>{"segment.entered of 1"}));
    expect_right(" when they entered");
    auto const later = customer("Later");
    settle();
    now.ms += 10 * day;
    settle();
    EXPECT_FALSE(is_in(many.id, last));
    EXPECT_EQ(events_of(many.id),
              (std::vector<std::string>{"segment.entered of 61", "segment.entered of 1", "segment.left of 62"}));
    EXPECT_EQ(told(later).back(), "segment.left");
    expect_right(" when the clock took them out");
    write([&](Unit& unit) { remove(unit, unit.find(few.id)); });
    settle();
    read([&](Reading& reading) { EXPECT_TRUE(store::members(reading, few.id).empty()); });
}

TEST_P(Segments, WhoIsErasedIsInNoneAndCountsForNoneOfTheHighest) {
    std::vector<Id<Customer>> payers;
    for (int i = 0; i < 21; ++i) {
        payers.push_back(customer("Payer " + std::to_string(i)));
        say("payment.received", payers.back(), 100 + i, {}, {{"amount", 1'000 + i}});
    }
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[20]));
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[19])) << "5 % of 21, rounded up";
    write([&](Unit& unit) { customers::erase(unit, unit.find(payers[20])); });
    read([&](Reading& reading) {
        EXPECT_FALSE(store::is_member(reading, ready(ReadyMade::vip).id, payers[20])) << "at once";
    });
    EXPECT_FALSE(is_in(ReadyMade::vip, payers[20]));
    EXPECT_TRUE(is_in(ReadyMade::vip, payers[19]));
    EXPECT_FALSE(is_in(ReadyMade::vip, payers[18])) << "5 % of 20";
    read([&](Reading& reading) {
        EXPECT_EQ(store::total_of(reading, ready(ReadyMade::vip).id, 0, payers[20]), 0);
        auto const top = store::top_of(reading, ready(ReadyMade::vip).id, 0);
        EXPECT_EQ(top, (store::Top{1'019, 0, 1, 20}));
    });
}

TEST_P(Segments, ABusinessFromBeforeThemBeginsWithTheReadyMade) {
    keeper.reset();
    auto const one = customer("One");
    open.business().database().write_and_wait([](db::Tx& tx) {
        for (auto const* sql : {"DELETE FROM segments", "DELETE FROM segment_work", "DELETE FROM segment_members",
                                "UPDATE segment_reader SET position=0"})
            tx.execute(sql);
    });
    restart();
    settle();
    EXPECT_EQ(all().size(), 5u);
    EXPECT_TRUE(is_in(ReadyMade::new_, one));
    write([&](Unit& unit) {
        for (auto const& segment : store::all(unit)) remove(unit, segment);
    });
    settle();
    restart();
    settle();
    EXPECT_TRUE(all().empty()) << "whoever takes them away does not get them back";
}

TEST_P(Segments, DaysAreCountedWhereTheBusinessIs) {
    write([&](Unit& unit) {
        Field field;
        field.key = Text<0, 40>("birthday");
        field.label = Text<1, 100>("Birthday");
        field.type = FieldType::date;
        fields::create(unit, field);
    });
    auto const today = segment("Today", expression(R"({"field": "custom.birthday", "is": {"days_ago": 0}})"));
    Id<Customer> id;
    write([&](Unit& unit) {
        Customer draft;
        draft.display_name = Personal<Text<0, 200>>(Text<0, 200>("Born"));
        static_cast<JsonObject&>(draft.custom)["birthday"] = "2026-12-24";
        id = customers::create(unit, std::move(draft)).id;
    });
    // Berlin is an hour ahead of UTC in winter.
    now = *read_time("2026-12-23T22:59:59.999Z");
    settle();
    EXPECT_FALSE(is_in(today.id, id));
    now.ms += 1;
    settle();
    EXPECT_TRUE(is_in(today.id, id));
    now = *read_time("2026-12-24T22:59:59.999Z");
    settle();
    EXPECT_TRUE(is_in(today.id, id));
    now.ms += 1;
    settle();
    EXPECT_FALSE(is_in(today.id, id));
}

TEST_P(Segments, ASegmentThatWouldContainItselfIsRefusedAndTheCircleNamed) {
    auto const inner = segment("Inner", expression(R"({"field": "source", "is": "fair"})"));
    auto const naming = [](Segment const& other) {
        return Json(JsonObject{{"field", "segment_id"}, {"is", boost::json::string(other.id.text())}});
    };
    auto const middle = segment("Middle", naming(inner));
    auto const outer = segment("Outer", JsonObject{{"not", naming(middle)}});
    try {
        write([&](Unit& unit) {
            auto const before = unit.find(inner.id);
            auto after = before;
            after.filter = JsonObject{{"any", JsonArray{naming(outer)}}};
            change(unit, before, after);
        });
        FAIL() << "it was kept";
    } catch (Problem const& problem) {
        EXPECT_EQ(problem.status, 422);
        EXPECT_EQ(problem.errors.front().code, "circle");
        EXPECT_NE(problem.detail.find("Inner → Outer → Middle → Inner"), std::string::npos) << problem.detail;
    }
    // Who enters one enters those that name it.
    Id<Customer> id;
    write([&](Unit& unit) {
        Customer draft;
        draft.display_name = Personal<Text<0, 200>>(Text<0, 200>("Fair"));
        draft.source = Text<0, 100>("fair");
        id = customers::create(unit, std::move(draft)).id;
    });
    settle();
    EXPECT_TRUE(is_in(inner.id, id));
    EXPECT_TRUE(is_in(middle.id, id));
    EXPECT_FALSE(is_in(outer.id, id));
    EXPECT_THROW(write([&](Unit& unit) { remove(unit, unit.find(inner.id)); }), Problem);
    expect_right(" at the end");
}

class SegmentsLaw : public Segments {
  protected:
    Chance chance{4711};
    std::vector<Id<Customer>> people;
    std::vector<Id<Tag>> tags;
    std::vector<Id<Segment>> own;

    void furnish() {
        write([&](Unit& unit) {
            for (auto const* name : {"Gold", "Silver"}) tags.push_back(tags::create(unit, name).id);
            for (auto const& [key, type] : {std::pair<char const*, FieldType>{"birthday", FieldType::date},
                                            {"next", FieldType::date_time},
                                            {"visits", FieldType::number}}) {
                Field field;
                field.key = Text<0, 40>(key);
                field.label = Text<1, 100>(key);
                field.type = type;
                fields::create(unit, field);
            }
        });
        for (int i = 0; i < 25; ++i) people.push_back(customer("Person " + std::to_string(i)));
    }

    Json leaf() {
        auto const days = [&](int most) {
            return JsonObject{{chance.one_in(2) ? "days_ago" : "days_ahead", chance.below(most)}};
        };
        auto const count = [&] { return JsonObject{{chance.one_in(2) ? "gte" : "lt", 1 + chance.below(3)}}; };
        auto const any_kind = [&] { return Json(boost::json::string(chance.of(test_kinds).name)); };
        switch (chance.below(15)) {
            case 0: return JsonObject{{"event", any_kind()}, {"in_days", 1 + chance.below(20)}, {"count", count()}};
            case 1: return JsonObject{{"event", any_kind()}, {"count", count()}};
            case 2:
                return JsonObject{{"event", "payment.received"},
                                  {"sum", "amount"},
                                  {"in_days", 1 + chance.below(30)},
                                  {"gte", 1 + chance.below(4'000)},
                                  {"less", "payment.refunded"}};
            case 3:
                return JsonObject{{"event", "payment.received"},
                                  {"less", JsonArray{"payment.refunded"}},
                                  {"sum", "amount"},
                                  {"top_percent", chance.one_in(2) ? 10 : 40}};
            case 4:
                return expression(
                    R"({"event": ["booking.requested", "booking.confirmed", "booking.moved"], "until": ["booking.completed", "booking.cancelled", "booking.no_show"], "upcoming": true})");
            case 5:
                return expression(
                    R"({"event": ["booking.requested", "booking.completed"], "until": "booking.cancelled", "in_days": 15, "count": {"gte": 1, "lte": 2}})");
            case 6:
                return expression(
                    R"({"event": "subscription.started", "until": ["subscription.paused", "subscription.cancelled"]})");
            case 7:
                return JsonObject{{"field", "created_at"},
                                  {chance.one_in(2) ? "gte" : "lt", JsonObject{{"days_ago", chance.below(20)}}}};
            case 8:
                return JsonObject{{"field", "activity_at"},
                                  {chance.one_in(2) ? "gt" : "lte", JsonObject{{"days_ago", chance.below(10)}}}};
            case 9:
                return JsonObject{{"field", "custom.birthday"},
                                  {"gte", days(5)},
                                  {"lt", JsonObject{{"days_ahead", 5 + chance.below(9)}}}};
            case 10: return JsonObject{{"field", "custom.next"}, {chance.one_in(2) ? "lt" : "gte", days(9)}};
            case 11: return JsonObject{{"field", "tag_id"}, {"is", boost::json::string(chance.of(tags).text())}};
            case 12: return JsonObject{{"field", "custom.visits"}, {"gt", chance.below(5)}};
            case 13: return JsonObject{{"field", "source"}, {"empty", chance.one_in(2)}};
            default:
                if (own.empty()) return JsonObject{{"search", "person 1"}};
                return JsonObject{{"field", "segment_id"},
                                  {chance.one_in(3) ? "is_not" : "is", boost::json::string(chance.of(own).text())}};
        }
    }
    Json rule(int depth = 0) {
        if (depth == 2 || chance.one_in(2)) return leaf();
        if (chance.one_in(4)) return JsonObject{{"not", rule(depth + 1)}};
        JsonArray parts;
        for (int i = 0; i < 2; ++i) parts.push_back(rule(depth + 1));
        return JsonObject{{chance.one_in(2) ? "all" : "any", std::move(parts)}};
    }

    void something_happens() {
        auto const who = chance.of(people);
        auto const& what = chance.of(test_kinds);
        auto const at = chance.one_in(3) ? Time{now.ms - chance.below(40) * day - chance.below(1'000'000)} : Time{};
        JsonObject facts;
        if (what.name.starts_with("payment."))
            facts["amount"] = JsonObject{{"amount", 10 + chance.below(3'000)}, {"currency", "EUR"}};
        if (what.name.starts_with("booking."))
            facts["starts_at"] =
                boost::json::string(to_text(Time{now.ms + (chance.below(12) - 3) * day + chance.below(1'000'000)}));
        say(what.name, who, who.value % 1'000'000 * 10 + chance.below(3), at, facts);
    }

    void customer_changes() {
        write([&](Unit& unit) {
            auto const before = customers::find(unit, chance.of(people));
            auto after = before;
            auto& custom = static_cast<JsonObject&>(after.custom);
            switch (chance.below(5)) {
                case 0: after.tag_ids = chance.one_in(2) ? std::vector<Id<Tag>>{} : std::vector{chance.of(tags)}; break;
                case 1: after.source = chance.one_in(2) ? std::nullopt : std::optional(Text<0, 100>("fair")); break;
                case 2:
                    custom["birthday"] = boost::json::string(to_text(Date{day_of(now).days + chance.below(20) - 3}));
                    break;
                case 3: custom["next"] = boost::json::string(to_text(Time{now.ms + chance.below(15) * day})); break;
                default: custom["visits"] = chance.below(6);
            }
            customers::change(unit, before, after);
        });
    }

    void segment_changes() {
        try {
            write([&](Unit& unit) {
                auto const before = unit.find(chance.of(own));
                auto after = before;
                if (chance.one_in(3)) after.enabled = !after.enabled;
                else after.filter = rule().get_object();
                change(unit, before, after);
            });
        } catch (Problem const& problem) {
            // A circle; it stays as it was.
            EXPECT_EQ(problem.errors.front().code, "circle");
        }
    }

    void one_event() {
        auto const what = chance.below(100);
        if (what < 64) something_happens();
        else if (what < 80) customer_changes();
        else if (what < 84) people.push_back(customer("Person " + std::to_string(people.size())));
        else if (what < 86 && people.size() > 10) {
            auto const gone = chance.of(people);
            write([&](Unit& unit) { customers::bin(unit, customers::find(unit, gone)); });
            std::erase(people, gone);
        } else if (what < 88) segment_changes();
        else now.ms += chance.one_in(3) ? chance.below(4) * day + chance.below(1'000'000) : chance.below(10'000'000);
    }
};

TEST_P(SegmentsLaw, StepByStepTheyAreWhatAFullLookFinds) {
    furnish();
    load_index();
    for (int i = 0; i < 14; ++i) own.push_back(segment("Segment " + std::to_string(i), rule()).id);
    int const events = long_run() ? 100'000 : 2'000;
    int moves = 0;
    for (int i = 1; i <= events && !HasFailure(); ++i) {
        one_event();
        // The keeper goes some way, or none; now and then it ends wherever it stands and another goes on.
        if (chance.one_in(3))
            for (int steps = chance.below(4); steps > 0; --steps) keeper->step();
        if (chance.one_in(40)) restart();
        if (i % 50 != 0) continue;
        settle();
        expect_right(" after " + std::to_string(i) + " events");
    }
    read([&](Reading& reading) {
        auto row = reading.tx.query("SELECT count(*) FROM spine WHERE kind IN ('segment.entered','segment.left')");
        if (row.next()) moves = static_cast<int>(row.integer(0));
    });
    EXPECT_GT(moves, events / 10) << "too little happened to prove anything";
    std::printf("%d events, %d moves\n", events, moves);
}

INSTANTIATE_TEST_SUITE_P(OnBoth, Segments, ::testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& about) { return db::engine_name(about.param); });
INSTANTIATE_TEST_SUITE_P(OnBoth, SegmentsLaw, ::testing::Values(db::Engine::sqlite, db::Engine::postgres),
                         [](auto const& about) { return db::engine_name(about.param); });

}  // namespace
}  // namespace patron::segments
