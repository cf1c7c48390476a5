#include "modules/views/rules.hpp"
#include "modules/views/store.hpp"

#include "module/story.hpp"
#include "modules/customers/filter.hpp"

namespace patron::views {
namespace {

constexpr Kind view_created{"view.created", 1, "{actor} made a view", ""};
constexpr Kind view_updated{"view.updated", 1, "{actor} changed {changes} of a view", ""};
constexpr Kind view_deleted{"view.deleted", 1, "{actor} deleted a view", ""};

bool has_names(Reading& reading, std::string_view prefix) {
    for (auto const& module : reading.business.modules())
        for (auto const& namer : module.namers)
            if (namer.prefix == prefix) return true;
    return false;
}

// What a filter names by an id must be there: a tag, a folder, a segment.
void check_named(Reading& reading, Storyteller& teller, customers::Filter const& filter) {
    for (auto const& part : filter.parts) check_named(reading, teller, part);
    if (filter.kind != customers::Filter::Kind::is || !has_names(reading, filter.field->prefix)) return;
    for (auto const& value : filter.values) {
        auto const* number = std::get_if<std::int64_t>(&value);
        if (number && teller.name_of(id_text(filter.field->prefix, *number)).empty())
            throw invalid("/filter", "unknown_reference",
                          "The filter names a " + filter.field->label + " that is not there.");
    }
}

// Throws Problem with pointers when the filter or the sort names what is not there.
void check(Reading& reading, View const& view) {
    Storyteller teller(reading);
    check_named(reading, teller, customers::read_filter(reading, Json(view.filter), "/filter"));
    if (!view.sort) return;
    auto const by = rules::sorted_by(*view.sort);
    if (by == "display_name") return;
    auto const field = customers::filter_field(reading, by);
    if (!field || !field->ordered)
        throw invalid("/sort", "unknown_sort", "Customers can't be sorted by " + *view.sort + ".");
}

// A view outlives the fields and tags that it names: then it says so.
View shown(Reading& reading, View view) {
    try {
        check(reading, view);
    } catch (Problem const& problem) {
        view.broken = true;
        view.problem = problem.detail;
    }
    return view;
}

View find_visible(Reading& reading, Id<View> id) {
    auto view = reading.find(id);
    if (!rules::may_see(view, reading.who)) throw not_found();
    return view;
}

View find_changeable(Unit& unit, Id<View> id) {
    auto view = find_visible(unit, id);
    unit.check_match(view);
    if (!rules::may_change(view, unit.who))
        throw Problem(403, "not_yours", "This view belongs to somebody else; only they or a manager change it.");
    return view;
}

Page<View> list_views(Reading& reading) {
    auto page = store::visible(reading);
    for (auto& view : page.data) view = shown(reading, std::move(view));
    return page;
}

View get_view(Reading& reading, Id<View> id) { return shown(reading, find_visible(reading, id)); }

View create_view(Unit& unit, Body<View> const& draft) {
    auto view = draft.value;
    if (view.filter.empty()) view.filter = JsonObject{{"all", JsonArray{}}};
    if (!unit.call.body.get_object().contains("rank")) view.rank = store::last_rank(unit);
    view.owner_id = unit.who.user_id;
    check(unit, view);
    unit.keep(view, {.kind = &view_created});
    return view;
}

View change_view(Unit& unit, Id<View> id, Patch<View> const& patch) {
    auto const before = find_changeable(unit, id);
    auto after = before;
    patch.apply_to(after);
    if (after.filter.empty()) after.filter = JsonObject{{"all", JsonArray{}}};
    // A broken one can still be renamed, shared and moved.
    if (patch.has("filter") || patch.has("sort")) check(unit, after);
    unit.change(before, after, {.kind = &view_updated});
    return shown(unit, std::move(after));
}

void delete_view(Unit& unit, Id<View> id) { unit.drop(find_changeable(unit, id), {.kind = &view_deleted}); }

}  // namespace

Module module() {
    Module module{.name = "views", .needs = {"customers"}};
    module.areas = {{.name = "views", .label = "Views"}};
    module.migrations = store::migrations();
    module.kinds = {&view_created, &view_updated, &view_deleted};
    module.routes = {
        get<list_views>("/views", Permission("views.view"), "list_views", "My views and those that others share",
                        list_params({{"shared", "true: those for all"}, {"owner_id", "of this member of staff"}})),
        post<create_view>("/views", Permission("views.create"), "create_view", "Keep a view"),
        get<get_view>("/views/{id}", Permission("views.view"), "get_view", "One view"),
        patch<change_view>("/views/{id}", Permission("views.edit"), "change_view", "Change a view"),
        remove<delete_view>("/views/{id}", Permission("views.delete"), "delete_view", "Delete a view"),
    };
    module.namers = {{Id<View>::prefix(), "SELECT name FROM views WHERE id=$1"}};
    return module;
}

}  // namespace patron::views
