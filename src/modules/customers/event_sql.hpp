// Conditions on events as SQL: counted, summed up, the highest, what is still to come. The same words on both engines but
// for reading facts.
#pragma once
#include "modules/customers/filter.hpp"

namespace patron::customers {

// At least none of them: nobody needs to be asked.
inline bool everybody_has(Happened const& event) { return event.sum.empty() && event.at_least <= 0; }

class EventSql {
  public:
    EventSql(Question& question, db::Engine engine) : question_(question), engine_(engine) {}

    // The condition over customers c. Of everybody the events of the kinds are looked up once; of one customer only its own.
    std::string of_everybody(Happened const& event);
    std::string of_one(Happened const& event);

    // Those who have as much as is asked for, live or not: customer_id. Not for what everybody has.
    std::string who(Happened const& event);
    // Live customers and what each has of the event, where it is more than nothing: customer_id, total.
    std::string all_measured(Happened const& event);
    std::string one_measured(Happened const& event, Id<Customer> id);

    // The event whose end of days changes the answer first: customer_id, moment. `among`: places of ids, or "" for everybody.
    std::string ends_of(Happened const& event, std::string const& among);
    // When the next one begins, as a text: customer_id, text.
    std::string next_start(Happened const& event, std::string const& among);

  private:
    Question& question_;
    db::Engine engine_;

    std::string starts_at() const;
    std::string number_of(std::string const& fact) const;
    std::string kinds(std::vector<std::string> const& names);
    std::string kinds(std::vector<std::string> names, std::vector<std::string> const& more);
    std::string counting(Happened const& event);
    std::string measured(Happened const& event);
    std::string least_of_top(Happened const& event);
    std::string least(Happened const& event);
    std::string by_customer(std::string const& moment, Happened const& event, std::string const& among);
};

}  // namespace patron::customers
