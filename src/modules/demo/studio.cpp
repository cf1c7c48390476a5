#include "modules/demo/studio.hpp"

#include "module/edge.hpp"
#include "modules/fields/fields.hpp"
#include "modules/segments/segments.hpp"
#include "modules/staff/staff.hpp"

namespace patron::demo {
namespace {

struct NewFolder {
    std::string_view name, parent;
    Stage stage;
    Tone tone;
    std::vector<std::pair<std::string_view, Tone>> statuses;  // the first is the default
};

struct NewTag {
    std::string_view name;
    Tone tone;
};

constexpr NewTag new_tags[] = {{"VIP", Tone::violet},
                               {"Regular", Tone::ok},
                               {"Bride", Tone::violet},
                               {"Business", Tone::info},
                               {"Curls", Tone::info},
                               {"Colour client", Tone::warn},
                               {"Newsletter reader", Tone::mute},
                               {"Evening only", Tone::mute},
                               {"Speaks English", Tone::mute},
                               {"Gallery online", Tone::ok},
                               {"Voucher", Tone::warn},
                               {"Patch test due", Tone::bad}};

std::vector<NewFolder> new_folders() {
    return {
        {"Waiting list", "New leads", Stage::lead, Tone::warn, {{"Waiting", Tone::warn}, {"Date offered", Tone::info}}},
        {"Weddings & events",
         "Active clients",
         Stage::active,
         Tone::violet,
         {{"Consultation", Tone::info},
          {"Trial styling", Tone::violet},
          {"Date confirmed", Tone::ok},
          {"Celebrated", Tone::mute}}},
        {"Corporate accounts",
         "Active clients",
         Stage::active,
         Tone::info,
         {{"Framework signed", Tone::ok}, {"Negotiating", Tone::warn}, {"Paused", Tone::mute}}}};
}

std::vector<Field> new_fields(Studio const& studio) {
    auto const business = studio.folders.at("Corporate accounts");
    return {{.key = "follow_up",
             .label = "Follow up",
             .type = FieldType::date_time,
             .follow_up = true,
             .help = Text<0, 500>("When we should get in touch again")},
            {.key = "birthday", .label = "Birthday", .type = FieldType::date},
            {.key = "hair_type",
             .label = "Hair type",
             .type = FieldType::choice,
             .options = {{"straight", "Straight"},
                         {"fine", "Fine"},
                         {"wavy", "Wavy", Tone::info},
                         {"curly", "Curly", Tone::violet},
                         {"coily", "Coily", Tone::violet}}},
            {.key = "interests",
             .label = "Interested in",
             .type = FieldType::choices,
             .options = {{"cut", "Cut"},
                         {"colour", "Colour", Tone::warn},
                         {"styling", "Styling"},
                         {"make_up", "Make-up", Tone::violet},
                         {"portrait", "Portraits", Tone::info}}},
            {.key = "colour_formula", .label = "Colour formula", .type = FieldType::text},
            {.key = "usual_budget", .label = "Usual budget", .type = FieldType::money},
            {.key = "stamps",
             .label = "Loyalty stamps",
             .type = FieldType::number,
             .help = Text<0, 500>("The tenth visit is on the house")},
            {.key = "may_show_photos", .label = "May show photos", .type = FieldType::checkbox},
            {.key = "health", .label = "Allergies and health", .type = FieldType::long_text, .sensitive = true},
            {.key = "cost_centre", .label = "Cost centre", .type = FieldType::id_number, .folder_ids = {business}}};
}

void know_folders(Unit& unit, Studio& studio) {
    for (auto const& folder : folders::all(unit)) {
        studio.folders[folder.name] = folder.id;
        for (auto const& status : folders::statuses(unit, folder.id)) studio.statuses[status.name] = status.id;
    }
}

void make_folder(Unit& unit, Studio& studio, NewFolder const& wish) {
    auto const folder = folders::create(unit, {.name = wish.name,
                                               .parent_id = studio.folders.at(std::string(wish.parent)),
                                               .stage = wish.stage,
                                               .tone = wish.tone});
    studio.folders[std::string(wish.name)] = folder.id;
    auto after = folder;
    for (auto const& [name, tone] : wish.statuses) {
        auto const status = folders::create_status(unit, {.folder_id = folder.id, .name = name, .tone = tone});
        studio.statuses[std::string(name)] = status.id;
        if (!after.default_status_id) after.default_status_id = status.id;
    }
    folders::change(unit, folder, after);
}

// Their story is told in their names, whatever they may do and see.
Principal telling(Unit& unit, User const& user) {
    auto who = principal_of_user(unit.tx, user.id, unit.business.areas());
    who.house = true;
    return who;
}

void hire(Unit& unit, Studio& studio, std::string const& hash) {
    for (auto const& colleague : colleagues) {
        if (colleague.role == "owner") continue;
        User draft;
        draft.name = Text<1, 200>(colleague.name);
        draft.email = EmailText(colleague.email);
        draft.role_id = staff::role_of_key(unit, colleague.role).id;
        auto const user = staff::create_user(unit, std::move(draft), hash);
        studio.staff.push_back(telling(unit, user));
    }
}

void make_segment(Unit& unit, char const* name, Tone tone, char const* follow_up, JsonArray conditions) {
    Segment segment;
    segment.name = name;
    segment.tone = tone;
    segment.follow_up = Text<0, 200>(follow_up);
    segment.filter = {{"all", std::move(conditions)}};
    segments::create(unit, std::move(segment));
}

void make_segments(Unit& unit, Studio const& studio) {
    auto const is = [](char const* field, auto const& id) {
        return JsonObject{{"field", field}, {"is", boost::json::string(id.text())}};
    };
    make_segment(unit, "Colour clients gone quiet", Tone::warn, "Call and offer a fresh date",
                 {is("tag_id", studio.tags.at("Colour client")),
                  JsonObject{{"field", "activity_at"}, {"lt", JsonObject{{"days_ago", 60}}}}});
    make_segment(unit, "Weddings to come", Tone::violet, "Ask for the timetable of the day",
                 {is("folder_id", studio.folders.at("Weddings & events")),
                  JsonObject{{"not", is("status_id", studio.statuses.at("Celebrated"))}}});
    make_segment(unit, "Nearly ten stamps", Tone::ok, "Remind them of the visit on the house",
                 {JsonObject{{"field", "custom.stamps"}, {"gte", 8}}});
}

void furnish(Unit& unit, Studio& studio, std::string const& hash) {
    studio.staff.resize(1);
    hire(unit, studio, hash);
    know_folders(unit, studio);
    for (auto const& folder : new_folders()) make_folder(unit, studio, folder);
    for (auto const& [name, tone] : new_tags)
        studio.tags[std::string(name)] = tags::create(unit, {.name = name, .tone = tone}).id;
    for (auto const& field : new_fields(studio)) fields::create(unit, field);
    make_segments(unit, studio);
}

}  // namespace

Studio found_studio(Business& business, Call const& call) {
    auto const hash = hash_password(password);
    staff::NewBusiness const what{"Lumen Studio",
                                  business.slug(),
                                  "EUR",
                                  "DE",
                                  "Europe/Berlin",
                                  "en",
                                  std::string(colleagues[0].name),
                                  std::string(colleagues[0].email),
                                  hash};
    Studio studio;
    run_unit(business, call, [&](Unit& unit) {
        business.spine().note_kinds(unit.tx, unit.now);
        auto const owner = staff::found(unit, what);
        studio.staff = {telling(unit, owner)};
        return http::Response(201);
    });
    auto by_owner = call;
    by_owner.who = studio.staff.front();
    run_unit(business, by_owner, [&](Unit& unit) {
        furnish(unit, studio, hash);
        return http::Response(201);
    });
    return studio;
}

}  // namespace patron::demo
