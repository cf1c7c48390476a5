#include "modules/demo/load.hpp"

#include "module/edge.hpp"
#include "modules/notes/notes.hpp"
#include "modules/relations/relations.hpp"

#include <algorithm>

namespace patron::demo {
namespace {

class Loader {
  public:
    Loader(Plan const& plan, Studio const& studio, Time reference)
        : plan_(plan),
          studio_(studio),
          reference_(reference),
          ids_(plan.customers.size()),
          notes_(plan.customers.size()) {}

    void happen(Unit& unit, Visit const& visit);

  private:
    Plan const& plan_;
    Studio const& studio_;
    Time const reference_;
    std::vector<Id<Customer>> ids_;
    std::vector<Id<Note>> notes_;  // the last one of each customer

    Id<User> user(int colleague) const { return studio_.staff[static_cast<std::size_t>(colleague)].user_id; }
    void create(Unit& unit, std::size_t customer);
    void alter(Customer& customer, Deed const& deed) const;
    void alter_contact(Customer& customer, Deed const& deed) const;
    void act(Unit& unit, std::size_t customer, Deed const& deed);
    void write_note(Unit& unit, std::size_t customer, Deed const& deed);
    std::string with_mentions(std::string text, int colleague) const;
};

void Loader::create(Unit& unit, std::size_t customer) {
    auto draft = plan_.customers[customer];
    draft.folder_id = studio_.folders.at("New leads");
    ids_[customer] = customers::create(unit, std::move(draft)).id;
}

std::string Loader::with_mentions(std::string text, int colleague) const {
    constexpr std::string_view slot = "{colleague}";
    auto const& who = studio_.staff[static_cast<std::size_t>(colleague)];
    if (auto const at = text.find(slot); at != std::string::npos)
        text.replace(at, slot.size(), "@[" + who.name + "](" + who.user_id.text() + ")");
    return text;
}

void Loader::write_note(Unit& unit, std::size_t customer, Deed const& deed) {
    Note note;
    note.customer_id = ids_[customer];
    note.body = Text<1, 20000>(with_mentions(deed.text, deed.number));
    note.pinned = deed.pinned;
    note.public_ = deed.public_;
    note.alert = deed.alert;
    notes_[customer] = notes::write(unit, std::move(note)).id;
}

void Loader::alter_contact(Customer& customer, Deed const& deed) const {
    if (deed.step == Step::email) customer.emails.front().address = EmailText(deed.text);
    else if (deed.step == Step::phone) {
        if (customer.phones.empty()) customer.phones.emplace_back().primary = true;
        customer.phones.front().number = Text<1, 60>(deed.text);
        customer.phones.front().country = CountryCode("DE");
    } else if (deed.step == Step::street) {
        Address address{.line1 = Text<0, 200>(deed.text),
                        .city = Text<0, 200>("Berlin"),
                        .postal_code = Text<0, 40>("10437"),
                        .country = CountryCode("DE"),
                        .primary = true};
        customer.addresses = {std::move(address)};
    } else if (deed.step == Step::newsletter) customer.newsletter = !customer.newsletter;
    else if (deed.step == Step::silence) customer.do_not_contact = {Channel::sms, Channel::call};
}

void Loader::alter(Customer& customer, Deed const& deed) const {
    auto const tag = [&] { return studio_.tags.at(deed.text); };
    switch (deed.step) {
        case Step::move: customer.folder_id = studio_.folders.at(deed.text); break;
        case Step::status: customer.status_id = studio_.statuses.at(deed.text); break;
        case Step::tag: customer.tag_ids.push_back(tag()); break;
        case Step::untag: std::erase(customer.tag_ids, tag()); break;
        case Step::assign: customer.workers = {{user(deed.number), true}}; break;
        case Step::custom: customer.custom[deed.text] = parse_own_json(deed.value); break;
        case Step::follow_up:
            customer.custom["follow_up"] = boost::json::string(to_text(Time{reference_.ms + deed.number * minute_ms}));
            break;
        default: alter_contact(customer, deed);
    }
}

void Loader::act(Unit& unit, std::size_t customer, Deed const& deed) {
    if (deed.step == Step::note) write_note(unit, customer, deed);
    else if (deed.step == Step::bin) customers::bin(unit, customers::find(unit, ids_[customer]));
    else if (deed.step == Step::pin) {
        auto const before = unit.find(notes_[customer]);
        auto after = before;
        after.pinned = true;
        notes::change(unit, before, after);
    } else if (deed.step == Step::relate) {
        RelationKind kind{};
        read_enum(deed.text, kind);
        relations::create(
            unit, {.from_id = ids_[static_cast<std::size_t>(deed.number)], .to_id = ids_[customer], .kind = kind});
    }
}

// First the record, then all that stands beside it.
void Loader::happen(Unit& unit, Visit const& visit) {
    auto const customer = static_cast<std::size_t>(visit.customer);
    if (visit.deeds.front().step == Step::create) create(unit, customer);
    auto const before = customers::find(unit, ids_[customer]);
    auto after = before;
    for (auto const& deed : visit.deeds) alter(after, deed);
    customers::change(unit, before, after);
    for (auto const& deed : visit.deeds) act(unit, customer, deed);
}

void mark_all_seen(Business& business, Call const& call, Studio const& studio) {
    run_unit(business, call, [&](Unit& unit) {
        for (auto const& colleague : studio.staff) customers::mark_all_seen(unit, colleague.user_id);
        return http::Response(201);
    });
}

}  // namespace

void load(Business& business, Call const& call, Plan const& plan, Studio const& studio, Time reference) {
    constexpr std::size_t visits_together = 100;  // the disk is waited for once for so many
    Loader loader(plan, studio, reference);
    std::vector<UnitWork> works;
    auto const flush = [&] {
        if (!works.empty()) run_units(business, works);
        works.clear();
    };
    bool news = false;
    for (auto const& visit : plan.visits) {
        auto then = call;
        then.now = {reference.ms + visit.minute * minute_ms};
        then.who = studio.staff[static_cast<std::size_t>(visit.colleague)];
        if (!news && visit.minute >= plan.newest) {
            flush();
            mark_all_seen(business, then, studio);
            news = true;
        }
        works.push_back({std::move(then), [&loader, &visit](Unit& unit) { loader.happen(unit, visit); }});
        if (works.size() == visits_together) flush();
    }
    flush();
}

}  // namespace patron::demo
