#include "office.hpp"

#include "chance.hpp"
#include "modules/staff/staff.hpp"

#include <stdexcept>

namespace patron::bench {
namespace {

constexpr std::string_view colleagues =
    "Ada Winter;Bruno Keller;Carla Rossi;Deniz Aydın;Emil Novák;Fatima Khalil;Greta Lindqvist;Hugo Moreau;Ines "
    "Carvalho;"
    "Jan de Vries;Katja Sommer;Levi Cohen";
constexpr std::string_view tag_names =
    "Newsletter;Regular;VIP;Wholesale;Trial;Referral;Slow payer;Contract;Reseller;Press;Event 2023;Event 2024;Event "
    "2025;"
    "Student;Non-profit;Partner;Prospect;Do not call;Gift card;Early adopter;Invoice by post;Framework;Public sector;"
    "Second site;Warranty;Maintenance;Training;Feedback given;Reference;Speaks English;Speaks French;Speaks Polish;"
    "Evening only;Key account;Lost bid;Tender;Old system;Duplicate?;Check address;Birthday card";

struct NewFolder {
    std::string_view name, parent;
    Stage stage;
    std::string_view statuses;
};
constexpr NewFolder new_folders[] = {
    {"Webshop", "Active clients", Stage::active, "First order;Regular;Dormant"},
    {"Key accounts", "Active clients", Stage::active, "Onboarding;Running;Renewal;At risk"},
    {"Maintenance contracts", "Active clients", Stage::active, "Running;Terminated"},
    {"Trade fair", "New leads", Stage::lead, "Card collected;Called;Offer sent"},
};

std::vector<Field> new_fields() {
    return {{.key = "loyalty_number", .label = "Loyalty number", .type = FieldType::id_number},
            {.key = "birthday", .label = "Birthday", .type = FieldType::date},
            {.key = "class",
             .label = "Class",
             .type = FieldType::choice,
             .options = {{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}}},
            {.key = "interests",
             .label = "Interested in",
             .type = FieldType::choices,
             .options = {{"service"}, {"parts"}, {"training"}, {"rental"}, {"consulting"}}},
            {.key = "invited", .label = "Invited to the summer party", .type = FieldType::checkbox},
            {.key = "visits", .label = "Visits", .type = FieldType::number}};
}

void hire(Unit& unit, Office& office, std::string const& hash) {
    int number = 0;
    for (auto const& name : parts_of(colleagues)) {
        User draft;
        draft.name = Text<1, 200>(name);
        draft.email = EmailText("staff" + std::to_string(++number) + "@bench.example");
        draft.role_id = staff::role_of_key(unit, number <= 2 ? "manager" : "staff").id;
        auto const user = staff::create_user(unit, std::move(draft), hash);
        office.staff.push_back(principal_of_user(unit.tx, user.id, unit.business.areas()));
    }
}

Id<Folder> folder_named(Unit& unit, std::string_view name) {
    for (auto const& folder : folders::all(unit))
        if (folder.name == name) return folder.id;
    throw std::logic_error("a new business has no folder called " + std::string(name));
}

void make_folder(Unit& unit, NewFolder const& wish) {
    auto const folder =
        folders::create(unit, {.name = wish.name, .parent_id = folder_named(unit, wish.parent), .stage = wish.stage});
    auto after = folder;
    for (auto const& name : parts_of(wish.statuses)) {
        auto const status = folders::create_status(unit, {.folder_id = folder.id, .name = Text<1, 100>(name)});
        if (!after.default_status_id) after.default_status_id = status.id;
    }
    folders::change(unit, folder, after);
}

void furnish(Unit& unit, Office& office, std::string const& hash) {
    hire(unit, office, hash);
    for (auto const& folder : new_folders) make_folder(unit, folder);
    for (auto const& folder : folders::all(unit)) {
        Office::Place place{folder.id, {}};
        for (auto const& status : folders::statuses(unit, folder.id)) place.statuses.push_back(status.id);
        office.folders.push_back(std::move(place));
    }
    for (auto const& name : parts_of(tag_names)) office.tags.push_back(tags::create(unit, name).id);
    for (auto const& field : new_fields()) fields::create(unit, field);
    office.fields = fields::all(unit);
}

Principal found(Business& business, Call const& call, std::string const& hash) {
    Principal owner;
    run_unit(business, call, [&](Unit& unit) {
        business.spine().note_kinds(unit.tx, unit.now);
        auto const user = staff::found(unit, {"Bench & Sons", business.slug(), "EUR", "DE", "Europe/Berlin", "de",
                                              "Olga Owner", std::string(owner_email), hash});
        owner = principal_of_user(unit.tx, user.id, business.areas());
        return http::Response(201);
    });
    return owner;
}

}  // namespace

db::Location first_business(HouseSettings const& settings) {
    if (settings.database.empty()) return {.engine = db::Engine::sqlite, .file = settings.data / "businesses" / "1.db"};
    return {.engine = db::Engine::postgres, .url = settings.database, .schema = "patron_1", .role = "patron_1"};
}

Kind const& Office::kind(std::string_view name) const {
    for (auto const* kind : kinds)
        if (kind->name == name) return *kind;
    throw std::logic_error("no module tells of " + std::string(name));
}

Office found_office(HouseSettings const& settings, Time at) {
    House house(settings);
    auto const business = house.business("");
    business->ids() = IdMaker();  // those of the story's time, not of today
    Call call;
    call.business = business.get();
    call.now = at;
    auto const hash = hash_password("a long password for the bench");
    Office office;
    call.who = found(*business, call, hash);
    office.staff.push_back(call.who);
    run_unit(*business, call, [&](Unit& unit) {
        office.staff.resize(1);
        furnish(unit, office, hash);
        return http::Response(201);
    });
    office.kinds = business->spine().kinds();
    office.locale = business->settings()->locale;
    office.ids = IdMaker(0, business->ids().high_water());
    office.position = business->spine().last_position();
    return office;
}

}  // namespace patron::bench
