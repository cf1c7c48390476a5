#include "modules/demo/stories.hpp"

#include <span>

namespace patron::demo {
namespace {

constexpr std::string_view enquiries[] = {
    "Wrote through the website: {wish}. Would like an appointment {when}.",
    "Came in from the street, looked at the price list, asked about {service}. Left a card; I promised to call {when}.",
    "Saw our pictures on Instagram and wants **{service}**, but has never coloured before. Needs a patch test first.",
    "Called {when}: {wish}. Prefers evenings after 18:00.",
    "Asked what {service} costs. Told {price}, including the consultation. Thinks about it.",
    "Recommended by a friend. {wish}. Very friendly on the phone.",
    "Met at the {fair}. Interested in {service}; took our flyer.",
    "Asked by e-mail whether we have a step-free entrance. We do, through the courtyard. Wants {service}."};
constexpr std::string_view consultations[] = {
    "Consultation, 30 minutes. {hair}. Wish: {wish}. Agreed on **{service}**, about {price}.",
    "Patch test done on the left forearm, no reaction after 48 hours. Can book {service}.",
    "Looked at photos together:\n\n- likes soft, natural tones\n- nothing that needs styling every morning\n- budget "
    "around {price}\n\n{hair}.",
    "{hair}. Suggested {service} in two sessions so that the hair can rest. Agreed.",
    "Long talk about the last salon, where it went orange. Wants to go slowly. {hair}.",
    "Video consultation, because of the distance. Sent three moodboards; the second one it is. {service}, {price}."};
constexpr std::string_view visits[] = {
    "{service}, {minutes} minutes. {hair}. Bought the {product}.",
    "Regular visit: {service}. Same formula as last time, {minutes} minutes. Very happy with the fringe.",
    "{service}. Took two centimetres off, kept the length in front. Talked about {talk}.",
    "Came ten minutes late, still managed {service}. Next time plan {minutes} minutes.",
    "{service} for {talk}. Photos taken, two of them may go on the website.",
    "Today only {service}. Scalp a little dry, recommended the {product}.",
    "Tried something new: {service}, a shade warmer. Loved it. {price} on the card.",
    "{service} and portrait for the new profile picture. {minutes} minutes, five pictures chosen.",
    "Brought the little daughter along, who got a braid. {service} as always.",
    "Wanted a change after {talk}: {service}. {hair}.",
    "{service}. Left the {product} at the counter, we keep it in the drawer.",
    "Drinks oat-milk cappuccino, no sugar. {service}, {minutes} minutes, quiet appointment wished."};
constexpr std::string_view follow_ups[] = {
    "{colleague} please call back about {service}, best reached {when}.",
    "Sent the offer for {service} ({price}). {colleague}, can you follow up if there is no answer by then?",
    "Left a message on the mailbox. Try again {when}.",
    "Birthday voucher sent by post. {colleague} knows which one.",
    "Moved the appointment because of {talk}. {colleague} has the new time.",
    "Asked for the invoice with the company's name on it. {colleague} please send it again."};
constexpr std::string_view complaints[] = {
    "Not happy with the colour: too dark at the roots. Offered a free correction {when}, accepted.",
    "Waited 25 minutes because we were running late. Apologised, gave the {product} as a present. {colleague} for your "
    "information.",
    "Says the {product} dries the hair out. Exchanged it.",
    "Felt rushed last time. Please plan {minutes} minutes for {service} from now on."};
constexpr std::string_view praises[] = {"Left five stars: “best {service} in town”.",
                                        "Brought flowers for the whole team after {talk}!",
                                        "Recommended us to two colleagues. Thank-you voucher over {price} handed over.",
                                        "Wrote a lovely card. It hangs in the kitchen."};
constexpr std::string_view weddings[] = {
    "Wedding at the {venue}, ceremony at 15:00. Bride plus {guests}; we start at 08:30 on site.",
    "Trial styling done: low bun with loose strands, small pearls. Veil comes off after dinner. {minutes} minutes on "
    "the day.",
    "Deposit of {price} received. **Travel to the {venue} is included**, parking for two cars.",
    "Timetable sent:\n\n1. 08:30 arrival\n2. 09:00 bridesmaids\n3. 11:00 bride\n4. 13:30 first pictures",
    "Mother of the bride joins in: {service}. Total now {price}. {colleague} please adjust the offer.",
    "What a day. Everything on time, sunshine, happy tears. Gallery goes out in two weeks.",
    "Changed the place: now the {venue}. Travel time 50 minutes, {colleague} drives."};
constexpr std::string_view firm_notes[] = {
    "Wants portraits for {guests}, two half days at their office. Offer over {price} sent.",
    "Talked to the assistant about the framework: quarterly invoices, 30 days, 8 % off. {colleague} checks the "
    "wording.",
    "Shooting day: {guests} photographed, make-up on site. Selection gallery online until next week.",
    "New contact person from next month. Old one says thanks for everything.",
    "Asked about gift vouchers for the staff party, {price} altogether.",
    "Production moved by a week. Kept the slot for make-up free; {colleague} informed.",
    "Yearly talk. They stay, and would like {service} for the front-of-house team too."};
constexpr std::string_view aftercares[] = {
    "Your care plan after {service}: wash with lukewarm water, wait 48 hours before the first shampoo, use the "
    "{product} once a week.",
    "Thank you for your visit! Your shade is noted with us. We recommend a refresh in six to eight weeks.",
    "For your appointment: please come with dry, unwashed hair and without make-up. It takes about {minutes} minutes.",
    "Deine Pflege für zu Hause: {product}, zweimal in der Woche, zehn Minuten einwirken lassen.",
    "Your gallery is ready. You can choose five pictures; we retouch them within a week."};
constexpr std::string_view alerts[] = {
    "**Allergic to PPD** – no permanent colour, semi-permanent only after a patch test.",
    "Nut allergy: no almond or argan oil.",
    "Latex allergy – use nitrile gloves.",
    "Pregnant: no bleach near the scalp, offer the chair by the window.",
    "Uses a wheelchair: book station 2 and leave the courtyard door open.",
    "Hard of hearing – write instead of calling, and face the mirror when you talk.",
    "Afraid of dogs. Keep Pixel in the office."};
constexpr std::string_view losses[] = {
    "Chose a salon nearer to home. No hard feelings.", "Too expensive, as it turned out. Perhaps later.",
    "No answer after three calls and two e-mails. Closing.", "The date is taken and theirs can't move. Pity."};
constexpr std::string_view farewells[] = {
    "Moves to another city at the end of the month. Gave the last formula along for the next hairdresser.",
    "Project finished, everything paid. Friendly goodbye.",
    "Takes a long break, grows the hair out. Will write when it is time again.",
    "Company closes its Berlin office; contact ends here."};

struct Slot {
    std::string_view name, values;
};
constexpr Slot slots[] = {
    {"{service}",
     "balayage;a bob with fringe;root colour;highlights;a gloss treatment;a dry cut for curls;bridal styling;evening "
     "make-up;a keratin treatment;a beard trim and cut;a portrait session;a pixie cut;colour correction;an updo"},
    {"{wish}",
     "wants to get rid of the box colour;would like to go from black to copper;looks for make-up and hair for a civil "
     "wedding;needs portraits for the website;wants shorter hair for the first time in ten years;has curls and nobody "
     "who can cut them;would like grey blending instead of covering;needs a styling for the premiere"},
    {"{hair}",
     "Fine hair, much of it;Thick and wavy, grows fast;3b curls, dry at the ends;Straight, coloured twice at "
     "home;Natural level 6, about 30 % grey;Long bleached, porous from the middle down;Short, two cowlicks at the "
     "back"},
    {"{when}",
     "on Thursday afternoon;next week;before noon;at the end of the month;on Saturday morning;after the "
     "holidays;tomorrow around 10"},
    {"{product}", "repair mask;curl cream;silver shampoo;heat protection spray;scalp serum;travel set;sea-salt spray"},
    {"{price}", "85 €;120 €;165 €;240 €;390 €;520 €;1,250 €"},
    {"{minutes}", "45;60;75;90;120;150"},
    {"{talk}",
     "the move to Pankow;the new job;a trip to Lisbon;the marathon;her sister’s wedding;the allotment garden;the "
     "exhibition at the Gropius Bau;night shifts;the school enrolment"},
    {"{fair}", "wedding fair at the Arena;street festival;design market;open studio weekend"},
    {"{venue}",
     "Gut Havelaue;Spreeblick;boathouse in Köpenick;Villa am Wannsee;old brewery in Neukölln;orangery in Potsdam"},
    {"{guests}", "three bridesmaids;four people;six people;eleven people;two witnesses;nineteen people"},
};

std::span<std::string_view const> templates(Theme theme) {
    switch (theme) {
        case Theme::enquiry: return enquiries;
        case Theme::consultation: return consultations;
        case Theme::visit: return visits;
        case Theme::follow_up: return follow_ups;
        case Theme::complaint: return complaints;
        case Theme::praise: return praises;
        case Theme::wedding: return weddings;
        case Theme::firm: return firm_notes;
        case Theme::aftercare: return aftercares;
        case Theme::alert: return alerts;
        case Theme::lost: return losses;
        case Theme::farewell: break;
    }
    return farewells;
}

// The first letter, behind asterisks of emphasis.
void capitalise(std::string& text) {
    bool begins = true;
    for (char& c : text) {
        if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        begins = begins && c == '*';
    }
}

}  // namespace

std::string tell(Dice& dice, Theme theme) {
    std::string text(dice.pick(templates(theme)));
    for (auto const& slot : slots)
        for (std::size_t at = 0; (at = text.find(slot.name, at)) != std::string::npos;) {
            auto value = std::string(pick_part(dice, slot.values));
            bool const begins_sentence = at >= 2 && text.compare(at - 2, 2, ". ") == 0;
            if (begins_sentence) capitalise(value);
            text.replace(at, slot.name.size(), value);
            at += value.size();
        }
    capitalise(text);
    return text;
}

}  // namespace patron::demo
