// What a note may hold, whom it names, where it stands among others, and how its Markdown is shown.
#pragma once
#include "modules/notes/notes.hpp"

namespace patron::notes::rules {

// A mistake at /body when it holds numbers of cards or bank accounts.
void check_body(std::string_view body, Mistakes& mistakes);

// The users named as @[Jane Peacock](usr_…), each once, in order, at most 50. Whether they exist is asked of the store.
std::vector<Id<User>> mentions_of(std::string_view body);

// What the search finds a note by: its text without the ids of mentions and the addresses of links.
std::string plain_text(std::string_view body);

// Ranks sort by bytes: 8 digits of base 62 and, where others were put between, more behind them.
std::string first_rank();
// Before a rank that is the first so far.
std::string rank_before(std::string_view first);
// Behind `before` and before `behind`; an empty `behind` means that nothing follows.
std::string rank_between(std::string_view before, std::string_view behind);

// GitHub's Markdown (spec 0.29) as HTML that is safe to show: no HTML of the writer's own, no images, links only to http,
// https and mailto. Mentions become <span class="mention" data-user="usr_…">.
std::string html_of(std::string const& body);

}  // namespace patron::notes::rules
