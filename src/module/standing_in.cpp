// Looking at the workspace as somebody else sees it (C97).
#include "module/keeping.hpp"
#include "module/rereading.hpp"
#include "module/visit.hpp"

namespace patron {

// Whom the header names is asked about, but whoever looks stays who acts: nothing can be changed, the audit log tells of
// it, and each customer that is opened meanwhile is opened by the owner.
void Edge::stand_in(Visit& visit) {
    auto const asked = visit.request->header("patron-view-as");
    if (!asked) return;
    auto& call = visit.call;
    if (!visit.by_cookie || call.who.role_key != "owner")
        throw Problem(403, "not_allowed", "Only owners, signed in themselves, may look as somebody else.");
    if (visit.route.changes() || visit.route.place == Place::answering)
        throw Problem(403, "only_looking", "You are looking as somebody else: nothing can be changed.");
    // Devices, passkeys and what else belongs to one's own sign-in are nobody else's business.
    if (visit.route.permission.name == signed_in.name && call.route != "GET /api/v1/session")
        throw Problem(403, "only_looking", "This is shown to whoever signs in with it alone.");
    auto const whom = Id<User>::read(*asked);
    if (!whom) throw Problem(400, "not_an_id", "The header Patron-View-As must be the id of a user.");
    std::optional<Principal> other;
    read_patiently(visit.business->database(),
                   [&](db::Tx& tx) { other = principal_of_user(tx, *whom, visit.business->areas()); });
    note_look(*visit.business, call, "user.viewed_as", AnyId(*whom));
    other->actor = call.who.actor;
    other->session_id = call.who.session_id;
    call.who = std::move(*other);
}

}  // namespace patron
