#include "modules/segments/rules.hpp"

#include <gtest/gtest.h>

namespace patron::segments::rules {
namespace {

customers::Filter on_field(std::string name) {
    customers::FilterField field;
    field.name = std::move(name);
    return {.kind = customers::Filter::Kind::empty, .field = std::make_shared<customers::FilterField const>(field)};
}

customers::Filter on_event(std::string kind) {
    customers::Filter filter{.kind = customers::Filter::Kind::happened};
    filter.event.kinds = {std::move(kind)};
    return filter;
}

customers::Filter of(customers::Filter::Kind kind, std::vector<customers::Filter> parts) {
    return {.kind = kind, .parts = std::move(parts)};
}
customers::Filter either(customers::Filter one, customers::Filter other) {
    return of(customers::Filter::Kind::any, {std::move(one), std::move(other)});
}
customers::Filter both(customers::Filter one, customers::Filter other) {
    return of(customers::Filter::Kind::all, {std::move(one), std::move(other)});
}
customers::Filter without(customers::Filter one) { return of(customers::Filter::Kind::none, {std::move(one)}); }
customers::Filter at_least(std::int64_t count, customers::Filter filter) {
    filter.event.at_least = count;
    return filter;
}

Event event(std::string kind, bool of_customer = true, std::string changes = "[]") {
    Event event;
    event.kind = std::move(kind);
    if (of_customer) event.customer_id = {7};
    event.actor.kind = ActorKind::user;
    event.changes = std::move(changes);
    return event;
}

TEST(SegmentRules, AnEventReachesThoseWhoseFilterNamesWhatItChanged) {
    struct Row {
        char const* what;
        customers::Filter filter;
        Event event;
        Reach reach;
    };
    std::string const tags = R"([{"field":"tag_ids","from":[],"to":[]}])";
    std::string const source = R"([{"field":"source","from":null,"to":"fair"}])";
    auto personal = event("customer.updated");
    personal.personal = R"({"changes":[{"field":"emails","from":[],"to":[]}],"facts":{}})";
    auto within = on_field("folder_id");
    within.tree = true;
    Row const rows[] = {
        {"a created customer is new to all", on_field("tag_id"), event("customer.created"), Reach::customer},
        {"but where something must have happened", on_event("booking.completed"), event("customer.created"),
         Reach::nobody},
        {"to which that counts", on_event("customer.created"), event("customer.created"), Reach::customer},
        {"brought back", on_event("booking.completed"), event("customer.restored"), Reach::customer},
        {"one of both must have happened", either(on_event("booking.completed"), on_event("payment.received")),
         event("customer.created"), Reach::nobody},
        {"one is enough, and the other was not needed", either(on_event("booking.completed"), on_field("tag_id")),
         event("customer.created"), Reach::customer},
        {"both are needed", both(on_event("booking.completed"), on_field("tag_id")), event("customer.created"),
         Reach::nobody},
        {"must not have happened", without(on_event("booking.completed")), event("customer.created"), Reach::customer},
        {"none at all is enough", at_least(0, on_event("booking.completed")), event("customer.created"),
         Reach::customer},
        {"tags", on_field("tag_id"), event("customer.tagged", true, tags), Reach::customer},
        {"another field", on_field("city"), event("customer.tagged", true, tags), Reach::nobody},
        {"source", on_field("source"), event("customer.updated", true, source), Reach::customer},
        {"what is personal", on_field("email"), personal, Reach::customer},
        {"what is personal, another field", on_field("phone"), personal, Reach::nobody},
        {"counted", on_event("booking.completed"), event("booking.completed"), Reach::customer},
        {"not counted", on_event("booking.completed"), event("booking.moved"), Reach::nobody},
        {"activity", on_field("activity_at"), event("note.written"), Reach::customer},
        {"no activity", on_field("created_at"), event("note.written"), Reach::nobody},
        {"folders moved", within, event("folder.updated", false), Reach::everybody},
        {"folders moved, without those below", on_field("folder_id"), event("folder.updated", false), Reach::nobody},
        {"a field is gone", on_field("custom.size"), event("field.deleted", false), Reach::everybody},
        {"entering another segment", on_field("tag_id"), event("segment.entered"), Reach::nobody},
    };
    for (auto const& row : rows) EXPECT_EQ(concern_of(row.filter).reach(row.event), row.reach) << row.what;
}

TEST(SegmentRules, OnlyTheCreationIsSaidByTheCreation) {
    EXPECT_TRUE(concern_of(on_field("created_at")).only_creation());
    EXPECT_FALSE(concern_of(on_field("updated_at")).only_creation());
    EXPECT_FALSE(concern_of(both(on_field("created_at"), on_event("booking.completed"))).only_creation());
}

TEST(SegmentRules, ConditionsOnTheHighestTakeTheirPlaces) {
    auto three = of(customers::Filter::Kind::any,
                    {on_event("payment.received"), on_event("booking.completed"), on_event("payment.received")});
    three.parts[0].event.top = 500;
    three.parts[2].event.top = 100;
    EXPECT_EQ(concern_of(three).tops.size(), 2u);
    auto const kept = with_least(three, {10, 20});
    EXPECT_EQ(kept.parts[0].event.at_least, 10);
    EXPECT_EQ(kept.parts[1].event.at_least, 1);
    EXPECT_EQ(kept.parts[2].event.at_least, 20);
    EXPECT_EQ(kept.parts[2].event.top, 0);
}

TEST(SegmentRules, ACircleIsFoundAndNamedFromItsBeginning) {
    Named const named{{1, {2}}, {2, {3, 4}}, {3, {}}, {4, {1}}, {5, {5}}, {6, {1}}};
    EXPECT_EQ(circle(named, 1), (std::vector<std::int64_t>{1, 2, 4, 1}));
    EXPECT_EQ(circle(named, 5), (std::vector<std::int64_t>{5, 5}));
    EXPECT_TRUE(circle(named, 6).empty()) << "it names a circle, and is none";
    EXPECT_TRUE(circle(named, 3).empty());
}

TEST(SegmentRules, NamedSegmentsAreFoundAtAnyDepth) {
    auto const a = Id<Segment>{11}.text(), b = Id<Segment>{12}.text();
    auto const expression = parse_json(R"({"not": {"all": [{"field": "segment_id", "is": [")" + a +
                                       R"("]}, {"any": [{"field": "segment_id", "is_not": ")" + b +
                                       R"("}, {"field": "source", "is": ")" + a + R"("}]}]}})");
    EXPECT_EQ(named_in(expression), (std::set<std::int64_t>{11, 12}));
}

}  // namespace
}  // namespace patron::segments::rules
