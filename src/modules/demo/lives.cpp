#include "modules/demo/lives.hpp"

#include <algorithm>

namespace patron::demo {
namespace {

constexpr std::string_view sources[] = {"Website",        "Website", "Instagram",    "Instagram", "Walk-in",
                                        "Recommendation", "Google",  "Wedding fair", "Flyer"};
constexpr std::string_view hair_types[] = {"fine", "wavy", "wavy", "curly", "coily", "straight"};
constexpr std::string_view interests[] = {R"(["cut","colour"])", R"(["colour"])",
                                          R"(["cut"])",          R"(["make_up","styling"])",
                                          R"(["portrait"])",     R"(["cut","styling","portrait"])"};
constexpr std::string_view formulas[] = {"7/1 + 8/13, 6 %, 35 min", "6/4 + 6/34 1:1, 4 %", "9/16 gloss, 1.9 %, 15 min",
                                         "Bleach 1:2, 3 %, foils; toner 10/81", "5/0 + 5/07, 6 %, 40 min"};
constexpr int budgets[] = {60, 85, 120, 165, 240, 390};
constexpr std::string_view visit_tags[] = {
    "VIP",          "Regular",        "Curls",   "Colour client", "Newsletter reader",
    "Evening only", "Speaks English", "Voucher", "Patch test due"};

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string birthday(Dice& dice) {
    auto const two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    auto const year = dice.between(1951, 2006);
    auto const month = dice.between(1, 12);
    return in_quotes(std::to_string(year) + '-' + two(month) + '-' + two(dice.between(1, 28)));
}

std::string euros(int amount) { return R"({"amount":)" + std::to_string(amount * 100) + R"(,"currency":"EUR"})"; }

}  // namespace

int Lives::anybody() { return dice_.below(who_write); }

Deed Lives::note(Theme theme) {
    Deed deed{.step = Step::note,
              .text = demo::tell(dice_, theme),
              .public_ = theme == Theme::aftercare,
              .alert = theme == Theme::alert};
    deed.pinned = theme == Theme::alert || (theme == Theme::consultation && dice_.chance(15));
    deed.number = (worker_ + dice_.between(1, who_write - 1)) % who_write;  // whom it mentions
    has_note_ = true;
    return deed;
}

void Lives::act(int colleague, std::vector<Deed> deeds) {
    if (!over_ && !deeds.empty()) plan_.visits.push_back({minute_, colleague, customer_, std::move(deeds)});
}

void Lives::wait(int least_days, int most_days) {
    auto const day = day_at(minute_) + dice_.between(least_days, most_days);
    if (day > 0) over_ = true;
    else minute_ = moment(dice_, day);
}

void Lives::befriend(Customer& draft, std::vector<Deed>& deeds) {
    if (known_.empty()) return;
    auto const other = dice_.pick(known_);
    if (dice_.chance(6)) {
        draft = people_.relative(plan_.customers[static_cast<std::size_t>(other)]);
        deeds.push_back({.step = Step::relate, .text = dice_.chance(60) ? "family" : "partner_of", .number = other});
    } else if (dice_.chance(9)) {
        draft.source = Text<0, 100>("Recommendation");
        deeds.push_back({.step = Step::relate, .text = "referred", .number = other});
    }
}

Customer Lives::draft(Arrival const& arrival, std::vector<Deed>& deeds) {
    if (arrival.employee) {
        auto const firm = firm_customers_.at(arrival.firm);
        deeds.push_back({.step = Step::relate, .text = "employer_of", .number = firm});
        return people_.employee(plan_.customers[static_cast<std::size_t>(firm)]);
    }
    if (arrival.firm >= 0) return people_.firm(static_cast<std::size_t>(arrival.firm));
    auto person = people_.person();
    person.source = Text<0, 100>(dice_.pick(sources));
    befriend(person, deeds);
    return person;
}

void Lives::arrive(Arrival const& arrival) {
    customer_ = static_cast<int>(plan_.customers.size());
    minute_ = arrival.minute;
    worker_ = anybody();
    visits_ = 0;
    over_ = has_note_ = false;
    is_firm_ = arrival.firm >= 0 && !arrival.employee;
    is_wedding_ = arrival.firm < 0 && dice_.chance(16);
    std::vector<Deed> deeds{{.step = Step::create}};
    auto customer = draft(arrival, deeds);
    if (dice_.chance(22)) customer.newsletter = true;
    if (dice_.chance(30))
        customer.preferred_contact = dice_.chance(55) ? ContactMethod::email : ContactMethod::whatsapp;
    plan_.customers.push_back(std::move(customer));
    if (is_firm_) firm_customers_[arrival.firm] = customer_;
    if (is_wedding_) deeds.push_back({.step = Step::tag, .text = "Bride"});
    if (is_firm_) deeds.push_back({.step = Step::tag, .text = "Business"});
    if (dice_.chance(60)) deeds.push_back(note(is_firm_ ? Theme::firm : Theme::enquiry));
    act(anybody(), std::move(deeds));
}

void Lives::live(Arrival const& arrival) {
    arrive(arrival);
    lead();
    if (arrival.firm < 0 && !over_ && dice_.chance(5)) return be_tidied_up();
    if (arrival.firm < 0) known_.push_back(customer_);
    if (over_) return;
    if (!is_firm_ && dice_.chance(14)) return become_quiet();
    win();
    if (is_wedding_) wedding();
    come_regularly();
}

void Lives::lead() {
    if (dice_.chance(7)) {
        wait(1, 4);
        act(worker_, {{.step = Step::move, .text = "Waiting list"}, note(Theme::follow_up)});
        wait(10, 40);
        act(worker_, {{.step = Step::status, .text = "Date offered"}});
        wait(2, 6);
        act(worker_, {{.step = Step::move, .text = "New leads"}});
    }
    wait(1, 5);
    std::vector<Deed> deeds{{.step = Step::status, .text = "Contacted"}, {.step = Step::assign, .number = worker_}};
    if (dice_.chance(25)) deeds.push_back(note(Theme::follow_up));
    if (dice_.chance(20))
        deeds.push_back({.step = Step::follow_up, .number = minute_ + dice_.between(2, 9) * minutes_of_day});
    act(worker_, std::move(deeds));
}

// What lies in the bin must have come there within its thirty days.
void Lives::be_tidied_up() {
    auto const day = std::max(day_at(minute_) + 1, -dice_.between(1, 27));
    if (day > 0) return;
    minute_ = moment(dice_, day);
    act(0, {{.step = Step::bin}});
}

void Lives::become_quiet() {
    wait(6, 25);
    act(worker_, {{.step = Step::status, .text = "Not reachable"}});
    wait(20, 60);
    act(worker_, {{.step = Step::move, .text = "Closed"}, {.step = Step::status, .text = "Lost"}, note(Theme::lost)});
}

void Lives::win() {
    wait(2, 12);
    std::vector<Deed> deeds{{.step = Step::status, .text = "Qualified"},
                            note(is_firm_ ? Theme::firm : Theme::consultation)};
    if (!is_firm_) {
        deeds.push_back({.step = Step::custom, .text = "hair_type", .value = in_quotes(dice_.pick(hair_types))});
        deeds.push_back({.step = Step::custom, .text = "interests", .value = std::string(dice_.pick(interests))});
        if (dice_.chance(65)) deeds.push_back({.step = Step::custom, .text = "birthday", .value = birthday(dice_)});
    }
    deeds.push_back(
        {.step = Step::custom, .text = "usual_budget", .value = euros(dice_.pick(budgets) * (is_firm_ ? 8 : 1))});
    act(worker_, std::move(deeds));
    wait(2, 14);
    deeds = {{.step = Step::move,
              .text = is_wedding_ ? "Weddings & events"
                      : is_firm_  ? "Corporate accounts"
                                  : "Active clients"}};
    if (is_firm_)
        deeds.push_back({.step = Step::custom,
                         .text = "cost_centre",
                         .value = in_quotes("LS-" + std::to_string(dice_.between(1000, 9999)))});
    act(anybody(), std::move(deeds));
}

void Lives::wedding() {
    wait(5, 20);
    act(worker_, {{.step = Step::status, .text = "Trial styling"}, note(Theme::wedding)});
    wait(10, 40);
    act(worker_, {{.step = Step::status, .text = "Date confirmed"},
                  note(Theme::wedding),
                  {.step = Step::follow_up, .number = minute_ + dice_.between(14, 60) * minutes_of_day}});
    wait(30, 120);
    act(worker_, {{.step = Step::status, .text = "Celebrated"},
                  note(Theme::wedding),
                  note(Theme::aftercare),
                  {.step = Step::tag, .text = "Gallery online"}});
    wait(15, 40);
    bool const stays = dice_.chance(60);
    act(worker_, {{.step = Step::move, .text = stays ? "Active clients" : "Closed"}});
    over_ = over_ || !stays;
}

void Lives::come_regularly() {
    auto const most = dice_.between(2, 10);
    while (!over_ && visits_ < most) {
        wait(25, is_firm_ ? 110 : 85);
        come();
        if (dice_.chance(32)) change_something();
    }
    if (dice_.chance(is_wedding_ ? 60 : 35)) end();
}

// The status of who came: one of the folder that regular customers are in.
std::string_view Lives::standing() {
    if (is_firm_) return dice_.chance(12) ? "Negotiating" : "Framework signed";
    if (visits_ == 1 && dice_.chance(40)) return "In trial";
    return dice_.chance(10) ? "Renewal due" : "Active";
}

void Lives::come() {
    ++visits_;
    std::vector<Deed> deeds{{.step = Step::status, .text = std::string(standing())}};
    if (dice_.chance(62)) deeds.push_back(note(is_firm_ ? Theme::firm : Theme::visit));
    if (dice_.chance(10)) deeds.push_back(note(Theme::aftercare));
    if (dice_.chance(5)) deeds.push_back(note(dice_.chance(50) ? Theme::complaint : Theme::praise));
    if (!is_firm_) deeds.push_back({.step = Step::custom, .text = "stamps", .value = std::to_string(visits_)});
    if (!is_firm_ && visits_ == 1 && dice_.chance(9)) {
        deeds.push_back(note(Theme::alert));
        deeds.push_back(
            {.step = Step::custom, .text = "health", .value = in_quotes("See the alert; asked on the first visit.")});
    }
    if (dice_.chance(25))
        deeds.push_back({.step = Step::custom, .text = "colour_formula", .value = in_quotes(dice_.pick(formulas))});
    if (visits_ > 1 && dice_.chance(22))
        deeds.push_back({.step = Step::tag, .text = std::string(dice_.pick(visit_tags))});
    act(dice_.chance(80) ? worker_ : anybody(), std::move(deeds));
}

void Lives::change_something() {
    wait(1, 9);
    auto const& customer = plan_.customers[static_cast<std::size_t>(customer_)];
    auto const what = dice_.below(9);
    if (what == 0) act(anybody(), {{.step = Step::phone, .text = people_.mobile_number()}});
    if (what == 1 && !customer.emails.empty())
        act(anybody(), {{.step = Step::email, .text = people_.mail_address(customer)}});
    if (what == 2) act(anybody(), {{.step = Step::street, .text = people_.address_line()}, note(Theme::follow_up)});
    if (what == 3) act(0, {{.step = Step::assign, .number = worker_ = (worker_ + 1) % who_write}});
    if (what == 4) act(anybody(), {{.step = Step::newsletter}});
    if (what == 5) act(anybody(), {{.step = Step::silence}});
    if (what == 6)
        act(worker_, {{.step = Step::custom, .text = "may_show_photos", .value = dice_.chance(80) ? "true" : "false"}});
    if (what == 7 && has_note_) act(worker_, {{.step = Step::pin}});
    if (what == 8)
        act(worker_, {{.step = Step::follow_up, .number = minute_ + dice_.between(5, 40) * minutes_of_day},
                      {.step = Step::untag, .text = "Regular"}});
}

void Lives::end() {
    wait(30, 90);
    act(worker_, {{.step = Step::status, .text = is_firm_ ? "Paused" : "At risk"}, note(Theme::follow_up)});
    wait(20, 60);
    act(worker_, {{.step = Step::move, .text = "Closed"},
                  {.step = Step::status, .text = dice_.chance(30) ? "Lost" : "Closed"},
                  note(Theme::farewell)});
}

}  // namespace patron::demo
