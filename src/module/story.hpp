// An event told in words: "Jane Peacock changed the phone number". Names are looked up when it is read, so they are
// today's names.
#pragma once
#include "module/module.hpp"

#include <map>

namespace patron {

struct StoryPart {
    std::string text;
    bool strong = false;
};
DESCRIBE(StoryPart, text, strong);

struct StoryChange {
    std::string field, label;
    Json from, to;
    std::string from_text, to_text;
};
DESCRIBE(StoryChange, field, label, from, to, from_text, to_text);

struct StoryActor {
    std::string kind;
    std::optional<std::string> id;
    std::string name;
};
DESCRIBE(StoryActor, kind, id, name);

struct Story {
    StoryActor actor;
    std::string headline;
    std::vector<StoryPart> parts;
    std::vector<StoryChange> changes;
    JsonObject facts;
};

// Tells events of one business; remembers the names it looked up, so make one for each request.
class Storyteller {
  public:
    explicit Storyteller(Reading& reading) : reading_(reading) {}
    Story tell(Event const& event);
    std::string name_of(std::string const& id_text);  // "" when it has none

  private:
    std::string label_of(std::string const& field);
    std::string option_label(std::string const& field, std::string const& value);
    std::string words_of(std::string const& field, Json const& value);
    bool is_hidden(std::string const& field);
    std::string ask(std::string_view prefix, db::Value key);
    Reading& reading_;
    std::map<std::string, std::string> names_;
};

}  // namespace patron
