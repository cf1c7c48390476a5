// How customers of the studio fare: from the first enquiry to the last visit.
#pragma once
#include "modules/demo/people.hpp"
#include "modules/demo/plan.hpp"

#include <map>

namespace patron::demo {

struct Arrival {
    int minute = 0;
    int firm = -1;  // which of the firms it is or works for; -1: a private person
    bool employee = false;
};

// A moment of that day within working hours; today it lies in the past.
int moment(Dice& dice, int day);
int day_at(int minute);

class Lives {
  public:
    Lives(Plan& plan, Dice& dice) : plan_(plan), dice_(dice), people_(dice) {}

    // One customer's whole life goes into the plan.
    void live(Arrival const& arrival);

  private:
    Plan& plan_;
    Dice& dice_;
    People people_;
    std::map<int, int> firm_customers_;  // by firm
    std::vector<int> known_;             // private persons who never go into the bin
    int customer_ = 0, minute_ = 0, worker_ = 0, visits_ = 0;
    bool over_ = false, has_note_ = false, is_firm_ = false, is_wedding_ = false;

    Customer draft(Arrival const& arrival, std::vector<Deed>& deeds);
    void befriend(Customer& draft, std::vector<Deed>& deeds);
    void arrive(Arrival const& arrival);
    void wait(int least_days, int most_days);  // over_ when that lies ahead
    void act(int colleague, std::vector<Deed> deeds);
    int anybody();
    Deed note(Theme theme);
    void lead();
    void win();
    void come_regularly();
    void come();
    void change_something();
    void wedding();
    void end();
    void become_quiet();
    void be_tidied_up();
    std::string_view standing();
};

}  // namespace patron::demo
