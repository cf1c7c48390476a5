#include "office.hpp"

#include "chance.hpp"
#include "modules/staff/staff.hpp"
#include "rights.hpp"

#include <stdexcept>

namespace patron::bench {
namespace {

constexpr std::string_view given_names = "Ada;Bruno;Carla;Deniz;Emil;Fatima;Greta;Hugo;Ines;Jan;Katja;Levi";
constexpr std::string_view family_names =
    "Winter;Keller;Rossi;Aydın;Novák;Khalil;Lindqvist;Moreau;Carvalho;de Vries;Sommer;Cohen";
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
    {"Old cases", "Closed", Stage::closed, ""},
};

// With what came with Patron and the ones above, 200 folders: districts with lines of business in them.
constexpr int districts = 24;
constexpr std::string_view lines = "Heating;Plumbing;Electrics;Windows;Roofs;Gardens;Cleaning";

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
    auto const given = parts_of(given_names), family = parts_of(family_names);
    for (std::size_t number = 1; number < staff_count; ++number) {
        User draft;
        draft.name =
            Text<1, 200>(given[number % given.size()] + ' ' + family[(number + number / given.size()) % family.size()]);
        draft.email = EmailText(email_of(static_cast<int>(number)));
        draft.role_id = staff::role_of_key(unit, role_key_of(static_cast<int>(number))).id;
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
        if (name.empty()) continue;
        auto const status = folders::create_status(unit, {.folder_id = folder.id, .name = Text<1, 100>(name)});
        if (!after.default_status_id) after.default_status_id = status.id;
    }
    folders::change(unit, folder, after);
}

void make_folders(Unit& unit) {
    for (auto const& folder : new_folders) make_folder(unit, folder);
    for (int number = 1; number <= districts; ++number) {
        auto const district = "District " + std::to_string(number);
        make_folder(unit, {district, "Active clients", Stage::active, "First talk;Customer;Dormant"});
        for (auto const& line : parts_of(lines)) make_folder(unit, {line, district, Stage::active, ""});
    }
}

// Its own, or those of the nearest folder above that has some.
std::vector<Id<Status>> statuses_in(Unit& unit, std::vector<Folder> const& all, Folder const& folder) {
    std::vector<Id<Status>> ids;
    for (auto const& status : folders::statuses(unit, folder.id)) ids.push_back(status.id);
    for (auto const& above : all)
        if (ids.empty() && folder.parent_id == above.id) return statuses_in(unit, all, above);
    return ids;
}

void furnish(Unit& unit, Office& office, std::string const& hash) {
    make_roles(unit, office);
    hire(unit, office, hash);
    make_folders(unit);
    auto const all = folders::all(unit);
    for (auto const& folder : all) office.folders.push_back({folder.id, statuses_in(unit, all, folder)});
    make_teams_and_rules(unit, office);
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
    office.kinds = business->spine().kinds();
    run_unit(*business, call, [&](Unit& unit) {
        office.staff.resize(1);
        furnish(unit, office, hash);
        return http::Response(201);
    });
    office.locale = business->settings()->locale;
    office.ids = IdMaker(0, business->ids().high_water());
    office.position = business->spine().last_position();
    return office;
}

}  // namespace patron::bench
