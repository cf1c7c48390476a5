#include "people.hpp"

#include "base/fold.hpp"
#include "modules/demo/names.hpp"

namespace patron::bench {

struct City {
    std::string_view name, postal_code;  // # stands for any digit
};

struct Country {
    std::string_view code, zone;
    int weight;
    std::string_view mobile;  // after the country's 0: # any digit; typed in groups
    std::string_view calling, trunk, street;
    std::vector<City> cities;  // the first are the largest
};

namespace {

enum Question : std::uint32_t { about_home = 1, about_name, about_company, about_phone = 100, about_address = 1'000 };

std::vector<Country> const& countries() {
    static std::vector<Country> const all{
        {"DE",
         "Europe/Berlin",
         56,
         "151 #### ####",
         "+49",
         "0",
         "{street} {number}",
         {{"Berlin", "10###"},
          {"Hamburg", "20###"},
          {"München", "80###"},
          {"Köln", "50###"},
          {"Frankfurt am Main", "60###"},
          {"Stuttgart", "70###"},
          {"Düsseldorf", "40###"},
          {"Leipzig", "04###"},
          {"Dortmund", "44###"},
          {"Essen", "45###"},
          {"Bremen", "28###"},
          {"Dresden", "01###"},
          {"Hannover", "30###"},
          {"Nürnberg", "90###"},
          {"Duisburg", "47###"},
          {"Bochum", "44###"},
          {"Wuppertal", "42###"},
          {"Bielefeld", "33###"},
          {"Bonn", "53###"},
          {"Münster", "48###"},
          {"Karlsruhe", "76###"},
          {"Mannheim", "68###"},
          {"Augsburg", "86###"},
          {"Kiel", "24###"},
          {"Aachen", "52###"},
          {"Freiburg im Breisgau", "79###"},
          {"Lübeck", "23###"},
          {"Erfurt", "99###"},
          {"Rostock", "18###"},
          {"Görlitz", "02###"}}},
        {"AT",
         "Europe/Vienna",
         10,
         "664 #######",
         "+43",
         "0",
         "{street} {number}",
         {{"Wien", "1##0"}, {"Graz", "80##"}, {"Linz", "40##"}, {"Salzburg", "50##"}, {"Innsbruck", "60##"}}},
        {"CH",
         "Europe/Zurich",
         8,
         "79 ### ## ##",
         "+41",
         "0",
         "{street} {number}",
         {{"Zürich", "80##"}, {"Genève", "12##"}, {"Basel", "40##"}, {"Bern", "30##"}, {"Lausanne", "10##"}}},
        {"FR",
         "Europe/Paris",
         6,
         "61 ## ## ## #",
         "+33",
         "0",
         "{number} {street}",
         {{"Paris", "750##"},
          {"Lyon", "690##"},
          {"Marseille", "130##"},
          {"Strasbourg", "67###"},
          {"Orléans", "45###"}}},
        {"NL",
         "Europe/Amsterdam",
         5,
         "6 1### ####",
         "+31",
         "0",
         "{street} {number}",
         {{"Amsterdam", "10## AB"}, {"Rotterdam", "30## CD"}, {"Utrecht", "35## EF"}, {"Groningen", "97## GH"}}},
        {"PL",
         "Europe/Warsaw",
         4,
         "512 ### ###",
         "+48",
         "",
         "{street} {number}",
         {{"Warszawa", "00-###"},
          {"Kraków", "30-###"},
          {"Łódź", "90-###"},
          {"Wrocław", "50-###"},
          {"Szczecin", "70-###"}}},
        {"IT",
         "Europe/Rome",
         4,
         "33# ### ####",
         "+39",
         "",
         "{street}, {number}",
         {{"Milano", "201##"}, {"Roma", "001##"}, {"Torino", "101##"}, {"Bologna", "401##"}}},
        {"ES",
         "Europe/Madrid",
         3,
         "61# ### ###",
         "+34",
         "",
         "{street}, {number}",
         {{"Madrid", "280##"}, {"Barcelona", "080##"}, {"Málaga", "290##"}}},
        {"GB",
         "Europe/London",
         3,
         "7400 ######",
         "+44",
         "0",
         "{number} {street}",
         {{"London", "E8 #AA"}, {"Manchester", "M1 #BB"}, {"Bristol", "BS1 #CC"}}},
        {"US",
         "America/New_York",
         1,
         "212 5## ####",
         "+1",
         "",
         "{number} {street}",
         {{"New York", "100##"}, {"Brooklyn", "112##"}}},
    };
    return all;
}

constexpr std::string_view streets =
    "Hauptstraße;Bahnhofstraße;Gartenweg;Lindenallee;Schillerstraße;Goethestraße;Am Markt;Kirchgasse;Ringstraße;"
    "Mühlenweg;Bergstraße;Rosenweg;Schulstraße;Waldstraße;Uferpromenade;Kastanienallee;Rue Oberkampf;Nowy Świat;"
    "Keizersgracht;Via Brera;Carrer de Verdi;Mare Street;Bedford Avenue;Torstraße;Weserstraße";
constexpr std::string_view roots =
    "Stein;Hollen;Brück;Linden;Eichen;Königs;Wester;Ober;Nieder;Hohen;Roten;Birken;Falken;Adler;Wolfs;Bären;Hirsch;"
    "Silber;"
    "Gold;Eisen;Kupfer;Sommer;Winter;Frühlings;Sonnen;Mond;Stern;Wasser;Feuer;Wind;Berg;Tal;Feld;Wald;Wiesen;See;Fluss;"
    "Bach;Mühl;Markt;Burg;Schloss;Kirchen;Kloster;Grafen;Herren;Ritter;Bauern;Schäfer;Fischer";
constexpr std::string_view endings =
    "bach;berg;feld;kamp;mann;meier;heim;hausen;dorf;stein;wald;brand;hof;land;burg;born;beck;brink;thal;müller;horst;"
    "reuter;moser;huber;egger;bauer;gruber;wirth;schmidt;lehner";
constexpr std::string_view trades =
    "Logistik;Elektrotechnik;Immobilien;Metallbau;Gartenbau;Software;Beratung;Catering;Architekten;Druck;Möbel;Textil;"
    "Medizintechnik;Fahrschule;Steuerberatung;Bäckerei;Reisen;Solar;Sanitär;Medien;Pharma;Maschinenbau;Yoga;Weinhandel;"
    "Physiotherapie;Kanzlei;Optik;Zahntechnik;Eventagentur;Sicherheit";
constexpr std::string_view forms = "GmbH;GmbH & Co. KG;AG;e.K.;UG;KG;SE;OHG";
constexpr std::string_view mail_domains =
    "post.example;mail.example;web.example;posteo.example;inbox.example;briefkasten.example;example.com;example.net;"
    "example.org;funk.example;nordnet.example;bluewin.example;aon.example;laposte.example;xs.example;wp.example;"
    "libero.example;tele.example;mail.example.co.uk;aol.example";
constexpr std::string_view sentences =
    "Called back, all questions answered.;Wants an offer by the end of the week.;Prefers to be called in the morning.;"
    "Asked for the invoice of last month again.;Very happy with the last delivery.;Not reachable, left a message.;"
    "Sent the documents by e-mail.;Appointment moved to next week.;Interested in the yearly plan.;"
    "Complained about the waiting time; apologised and gave a voucher.;Recommended us to a colleague.;"
    "Needs the contract in English.;Budget is tight this quarter.;New contact person from next month.;"
    "Talked about the renewal; decision in two weeks.;Technician was there, everything works again.;"
    "Paid in cash, receipt sent.;Asked whether we deliver to the second address.;Allergic to nuts, note for catering.;"
    "Wants no more advertising by post.;Trial went well, wants to go on.;Spoke to the assistant, the boss is "
    "travelling.;"
    "Sent a reminder, friendly answer.;**Important:** only call after 17:00.;Brought the device in for repair.;"
    "Price list for next year sent.;Moves house in spring.;Asked for a discount for several seats.;"
    "Met at the fair, follow up with samples.;Project finished, final meeting done.;Missing parts were sent after.;"
    "Cancelled at short notice, no fee this time.;Satisfied with the training, ten people took part.;"
    "Looking for a larger office, stays in touch.;Data protection form signed.;Discussed the roadmap and the open "
    "points:\n\n"
    "1. delivery dates\n2. who is responsible\n3. acceptance;Second reminder sent.;Warranty case, exchanged the "
    "device.;"
    "Has a dog, ring twice.;Photos for the reference are approved.";

std::vector<Country const*> const& by_weight() {
    static std::vector<Country const*> const list = [] {
        std::vector<Country const*> all;
        for (auto const& country : countries())
            all.insert(all.end(), static_cast<std::size_t>(country.weight), &country);
        return all;
    }();
    return list;
}

Country const& country_of(std::uint32_t number) {
    auto dice = dice_for(number, about_home);
    return *dice.pick(by_weight());
}

std::string with_digits(Dice& dice, std::string_view form) {
    std::string text(form);
    for (char& c : text)
        if (c == '#') c = static_cast<char>('0' + dice.below(10));
    return text;
}

std::string letters(std::string_view name) {
    std::string plain;
    for (char const c : fold(name))
        if (c >= 'a' && c <= 'z') plain += c;
    return plain;
}

std::string replaced(std::string text, std::string_view slot, std::string_view value) {
    if (auto const at = text.find(slot); at != std::string::npos) text.replace(at, slot.size(), value);
    return text;
}

}  // namespace

People::People() : domains_(parts_of(mail_domains)) {
    // "Олена/olena" is shown as the first and written as the second in addresses.
    auto const names_of = [](std::string const& list) {
        std::vector<Name> names;
        for (auto const& entry : parts_of(list)) {
            auto const mark = std::min(entry.find('/'), entry.size());
            names.push_back({entry.substr(0, mark), letters(entry.substr(mark == entry.size() ? 0 : mark + 1))});
        }
        return names;
    };
    for (auto const& culture : demo::cultures()) {
        Names names{Uneven(names_of(std::string(culture.women) + ';' + std::string(culture.men))),
                    Uneven(names_of(std::string(culture.families))), std::string(culture.language),
                    culture.family_first};
        cultures_.insert(cultures_.end(), static_cast<std::size_t>(culture.weight), names);
    }
    std::vector<std::string> whole;
    for (auto const& part : parts_of(sentences)) {
        // A semicolon within a sentence is followed by a space.
        if (part.starts_with(' ')) (whole.back() += ';') += part;
        else whole.push_back(part);
    }
    sentences_ = Uneven(std::move(whole));
}

City const& People::home(std::uint32_t number) const {
    static std::vector<Uneven<City const*>> const cities = [] {
        std::vector<Uneven<City const*>> all;
        for (auto const& country : countries()) {
            std::vector<City const*> list;
            for (auto const& city : country.cities) list.push_back(&city);
            all.emplace_back(std::move(list));
        }
        return all;
    }();
    auto dice = dice_for(number, about_home + 10);
    auto const& country = country_of(number);
    return *cities[static_cast<std::size_t>(&country - countries().data())].pick(dice);
}

// Half of the family names are among the few that everybody knows, the others are made of two or three parts.
People::Name People::family(Dice& dice, Names const& names) const {
    static auto const first = parts_of(roots), last = parts_of(endings);
    if (names.language != "de" || dice.chance(45)) return names.family.pick(dice);
    std::string name;
    if (dice.chance(30)) name = dice.pick(first);
    auto part = dice.pick(first);
    if (!name.empty()) part = fold(part);
    name += part + dice.pick(last);
    return {name, letters(name)};
}

void People::name(Customer& customer, std::uint32_t number) const {
    auto dice = dice_for(number, about_name);
    auto const& names = dice.pick(cultures_);
    auto const given = names.given.pick(dice);
    auto const surname = family(dice, names);
    customer.given_name = Personal<Text<0, 200>>(given.shown);
    customer.family_name = Personal<Text<0, 200>>(surname.shown);
    customer.display_name = Personal<Text<0, 200>>(names.family_first ? surname.shown + ' ' + given.shown
                                                                      : given.shown + ' ' + surname.shown);
    customer.language = LanguageTag(names.language);
    auto local = given.latin + (dice.chance(70) ? "." : "") + surname.latin;
    if (dice.chance(55)) local += std::to_string(dice.between(1, 9'999));
    customer.emails.push_back({.address = EmailText(local + '@' + domains_.pick(dice)), .primary = true});
    if (dice.chance(50)) customer.emails.back().label = Text<0, 40>("private");
}

// Some 10 % as many companies as customers, a few of them with many people.
std::string People::company(std::uint32_t number) const {
    static auto const first = parts_of(roots), last = parts_of(endings), what = parts_of(trades),
                      form = parts_of(forms);
    auto dice = dice_for(number / 8, about_company);
    return dice.pick(first) + dice.pick(last) + ' ' + dice.pick(what) + ' ' + dice.pick(form);
}

Customer People::person(std::uint32_t number) const {
    Customer customer;
    auto dice = dice_for(number, about_company + 10);
    auto const kind = dice.below(100);
    if (kind < 15) {
        customer.kind = CustomerKind::company;
        customer.company_name = Personal<Text<0, 200>>(company(number));
        customer.display_name = customer.company_name;
        customer.language = LanguageTag("de");
        auto const name = static_cast<std::string const&>(*customer.company_name);
        customer.emails.push_back({.address = EmailText("info@" + letters(name.substr(0, name.find(' '))) + ".example"),
                                   .label = Text<0, 40>("office"),
                                   .primary = true});
    } else {
        name(customer, number);
        if (kind < 40) customer.company_name = Personal<Text<0, 200>>(company(number));
    }
    customer.phones = phones(number, 0);
    customer.addresses = addresses(number, 0);
    if (!customer.phones.empty() && dice.chance(8)) customer.emails.clear();
    customer.time_zone = ZoneName(country_of(number).zone);
    return customer;
}

std::vector<PhoneNumber> People::phones(std::uint32_t number, int changed) const {
    auto dice = dice_for(number, about_phone + static_cast<std::uint32_t>(changed));
    auto const& country = country_of(number);
    std::vector<PhoneNumber> list;
    if (changed == 0 && dice.chance(12)) return list;
    auto const national = with_digits(dice, country.mobile);
    auto const typed =
        dice.chance(60) ? std::string(country.trunk) + national : std::string(country.calling) + ' ' + national;
    list.push_back({.number = Text<1, 60>(typed),
                    .e164 = Personal<std::string>(std::string(country.calling) + digits(national)),
                    .label = Text<0, 40>("mobile"),
                    .primary = true,
                    .country = CountryCode(country.code)});
    return list;
}

std::vector<Address> People::addresses(std::uint32_t number, int changed) const {
    static Uneven<std::string> const names{parts_of(streets)};
    auto dice = dice_for(number, about_address + static_cast<std::uint32_t>(changed));
    std::vector<Address> list;
    if (changed == 0 && dice.chance(15)) return list;
    auto const& country = country_of(number);
    auto const& city = home(number);
    Address address;
    address.line1 = Personal<Text<0, 200>>(replaced(replaced(std::string(country.street), "{street}", names.pick(dice)),
                                                    "{number}", std::to_string(dice.between(1, 160))));
    address.city = Personal<Text<0, 200>>(city.name);
    address.postal_code = Personal<Text<0, 40>>(with_digits(dice, city.postal_code));
    address.country = CountryCode(country.code);
    address.primary = true;
    list.push_back(std::move(address));
    return list;
}

std::string People::note(Dice& dice) const {
    auto text = sentences_.pick(dice);
    for (int more = dice.below(4); more > 0; --more) (text += ' ') += sentences_.pick(dice);
    return text;
}

}  // namespace patron::bench
