// Notes: what the office wants to remember of a customer, in Markdown, in an order of its own, some of them alerts or public.
#pragma once
#include "modules/customers/customers.hpp"

namespace patron {
struct Note;
}  // namespace patron
ID_PREFIX(patron::Note, "not");

namespace patron {

struct Note {
    static constexpr std::string_view table = "notes", noun = "note", area = "notes";
    static constexpr std::string_view fixed[] = {"id",   "version",    "author_id",  "rank",     "mentions",
                                                 "html", "created_at", "updated_at", "bin_until"};
    static constexpr std::string_view computed[] = {"html", "after"};
    static constexpr std::string_view left_out_when_null[] = {"after", "bin_until"};
    Id<Note> id;
    std::int64_t version = 0;
    Id<Customer> customer_id;           // stays what it was
    std::optional<Id<User>> author_id;  // nobody, when it was imported or written by Patron
    Personal<Text<1, 20000>> body;      // Markdown; a mention is written @[Jane Peacock](usr_…)
    bool public_ = false;               // shown in the portal
    bool pinned = false;                // stands before those that are not
    bool alert = false;                 // shown in the customer's header
    std::string rank;                   // sorts by bytes; the newest is first
    std::vector<Id<User>> mentions;
    Personal<std::string> html;     // the body rendered and made safe
    std::optional<Id<Note>> after;  // only in a body: stands behind that note from now on; null: before all others
    Time created_at, updated_at;
    std::optional<Time> bin_until;
};
DESCRIBE(Note, id, version, customer_id, author_id, body, public_, pinned, alert, rank, mentions, html, after,
         created_at, updated_at, bin_until);

namespace notes {

// Writes a note, as its author wrote it at `created_at` (0: now). Throws Problem with pointers into the draft.
Note write(Unit& unit, Note draft, Time created_at = {});

// Brings a note from `before` to `after` and tells each thing that changed. False when nothing differs.
bool change(Unit& unit, Note const& before, Note& after);

// Puts a note into the bin.
void bin(Unit& unit, Note const& note);

Module module();

}  // namespace notes
}  // namespace patron
