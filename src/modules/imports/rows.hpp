// Carries out one row within a write: finds whom it means, makes or changes the record, says what became of it.
#pragma once
#include "modules/imports/drafts.hpp"

namespace patron::imports {

struct Outcome {
    RowOutcome outcome = RowOutcome::failed;
    std::string reason;
    std::vector<ImportReason> reasons;
    AnyId subject;  // the customer or user
    std::string name;
    std::vector<Change> changes;     // of what was updated, for undo
    std::vector<std::string> notes;  // written
};

// The names that rows use, looked up once in a write; new tags are made.
class Names {
  public:
    explicit Names(Unit& unit) : unit_(unit) {}
    std::optional<Id<Folder>> folder(std::string const& name);  // "Leads", or "Clients / VIP" from the top
    std::optional<Id<Status>> status(std::string const& name, std::optional<Id<Folder>> folder);
    Id<Tag> tag(std::string const& name);
    std::string tag_name(Id<Tag> id);

  private:
    void read_folders();
    Unit& unit_;
    bool has_folders_ = false;
    std::vector<Folder> folders_;
    std::vector<Status> statuses_;
    std::map<std::string, Id<Tag>> tags_;
};

// A row of customers. `unit` is the row's own; its events count only when the row does not fail.
Outcome carry_out(Unit& unit, Names& names, Import const& import, Plan const& plan, Draft draft);
Outcome carry_out_staff(Unit& unit, Import const& import, Plan const& plan, Draft draft);

// By which signs a row or customer is known, in the order in which they are tried: "key …", "email …", "phone …".
std::vector<std::string> signs_of(Customer const& customer, Plan const& plan,
                                  std::optional<Text<0, 60>> const& match_on);

// A note of an import, written once however often the file comes: false when it was there. Throws Problem.
bool write_note_once(Unit& unit, Id<Import> import, Id<Customer> customer, std::string const& body);

}  // namespace patron::imports
