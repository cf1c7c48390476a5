#include "modules/imports/headers.hpp"

#include "base/fold.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace patron::imports {
namespace {

struct Synonyms {
    std::string_view field, names;
};

// Keys as header_key makes them, parted by spaces: English, German, French, Spanish, Italian, Portuguese, Dutch, and the
// names that Google Contacts and Outlook export.
constexpr Synonyms customer_names[] = {
    {"key",
     "key id customerid customerno customernumber customernr customerkey custid clientid clientno clientnumber "
     "contactid externalid importkey recordid uuid guid "
     "kundennummer kundennr kundenid kdnr idclient numeroclient numclient codeclient idcliente numerocliente "
     "codigocliente codicecliente "
     "klantnummer klantid klantnr nr accountid accountnumber membernumber memberid mitgliedsnummer"},
    {"given_name", "givenname firstname first forename vorname prenom nombre nombredepila nome primeironome voornaam"},
    {"middle_name", "middlename additionalname zweitername deuxiemeprenom segundonombre secondonome tussenvoegsel"},
    {"family_name",
     "familyname lastname last surname nachname familienname nomdefamille nom apellido apellidos cognome sobrenome "
     "apelido achternaam"},
    {"name",
     "name fullname contactname customername clientname kundenname vollername nomcomplet nomeprenom nombrecompleto "
     "nombreyapellidos nomecompleto "
     "nomecognome nomeecognome naam volledigenaam contact contactperson ansprechpartner customer client kunde cliente "
     "klant"},
    {"display_name", "displayname fileas nickname anzeigename shownname"},
    {"company_name",
     "companyname company organization organisation organizationname organisationname organization1name business "
     "businessname employer firma firmenname unternehmen "
     "entreprise societe raisonsociale empresa azienda societa ragionesociale bedrijf bedrijfsnaam organisatie account "
     "accountname"},
    {"kind", "kind customertype personorcompany"},
    {"email",
     "email emailaddress mail emailvalue mailaddress emailadresse mailadresse courriel adresseemail adressemail "
     "adressedemessagerie correo correoelectronico "
     "direcciondecorreoelectronico posta postaelettronica indirizzoemail enderecodeemail emailadres epost"},
    {"email.work", "workemail businessemail emailwork emailgeschaeftlich emailgeschaftlich"},
    {"email.home", "homeemail personalemail privateemail emailhome emailprivat"},
    {"email_label", "emailtype emaillabel"},
    {"phone",
     "phone phonenumber phonevalue telephone telephonenumber tel telefon telefonnummer rufnummer telefono telefone "
     "numerodetelefono numeroditelefono telefoon telefoonnummer "
     "numerodetelephone primaryphone otherphone phonenumber contactnumber"},
    {"phone.work",
     "workphone businessphone companymainphone officephone phonework telefongeschaeftlich telefongeschaftlich "
     "telefonarbeit diensttelefon telephoneprofessionnel "
     "telefonotrabajo telefonoufficio telefonetrabalho telefoonwerk"},
    {"phone.home",
     "homephone phonehome privatephone telefonprivat telephonedomicile telefonocasa telefonecasa telefoonthuis"},
    {"phone.mobile",
     "mobile mobilephone mobilenumber cell cellphone cellular phonemobile handy handynummer mobil mobiltelefon "
     "mobilnummer portable mobilephonenumber telephoneportable "
     "telephonemobile movil telefonomovil celular cellulare telefonocellulare telemovel telemobil mobiel mobielnummer "
     "gsm"},
    {"phone.fax", "fax faxnumber businessfax homefax otherfax faxnummer telefax telefaxnummer faxgeschaeftlich"},
    {"phone.pager", "pager"},
    {"phone_label", "phonetype phonelabel"},
    {"address.line1",
     "address address1 addressline addressline1 street streetaddress street1 addressstreet strasse straße str "
     "strassehausnummer adresse anschrift rue adresse1 direccion calle domicilio "
     "indirizzo via endereco rua morada adres straat mailingstreet mailingaddress"},
    {"address.line2",
     "address2 addressline2 street2 addressextendedaddress adresszusatz adresse2 complement complementdadresse "
     "direccion2 indirizzo2 complemento adres2 suite apartment"},
    {"address.city",
     "city town addresscity locality ort stadt wohnort ville ciudad localidad poblacion citta comune cidade localidade "
     "plaats woonplaats stad mailingcity"},
    {"address.region",
     "state region province county stateprovince stateregion addressregion bundesland kanton departement provincia "
     "regione estado comunidad distrito provincie mailingstate"},
    {"address.postal_code",
     "postalcode postcode zip zipcode zippostalcode addresspostalcode plz postleitzahl codepostal cp codigopostal cap "
     "codicepostale cep mailingzip"},
    {"address.country", "country countryregion countrycode addresscountry land pays pais paese nazione mailingcountry"},
    {"address.work.line1", "businessstreet businessaddress workaddress workstreet"},
    {"address.work.line2", "businessstreet2"},
    {"address.work.city", "businesscity workcity"},
    {"address.work.region", "businessstate"},
    {"address.work.postal_code", "businesspostalcode workpostalcode"},
    {"address.work.country", "businesscountryregion businesscountry workcountry"},
    {"address.home.line1", "homestreet homeaddress"},
    {"address.home.line2", "homestreet2"},
    {"address.home.city", "homecity"},
    {"address.home.region", "homestate"},
    {"address.home.postal_code", "homepostalcode"},
    {"address.home.country", "homecountryregion homecountry"},
    {"address.other.line1", "otherstreet otheraddress"},
    {"address.other.line2", "otherstreet2"},
    {"address.other.city", "othercity"},
    {"address.other.region", "otherstate"},
    {"address.other.postal_code", "otherpostalcode"},
    {"address.other.country", "othercountryregion othercountry"},
    {"address.billing.line1", "billingaddress billingstreet billingaddressline1 rechnungsadresse billingaddress1"},
    {"address.billing.line2", "billingaddress2 billingaddressline2"},
    {"address.billing.city", "billingcity"},
    {"address.billing.region", "billingstate billingregion"},
    {"address.billing.postal_code", "billingpostalcode billingzip billingpostcode"},
    {"address.billing.country", "billingcountry"},
    {"address.shipping.line1", "shippingaddress shippingstreet shippingaddressline1 lieferadresse shippingaddress1"},
    {"address.shipping.line2", "shippingaddress2 shippingaddressline2"},
    {"address.shipping.city", "shippingcity"},
    {"address.shipping.region", "shippingstate shippingregion"},
    {"address.shipping.postal_code", "shippingpostalcode shippingzip shippingpostcode"},
    {"address.shipping.country", "shippingcountry"},
    {"tag",
     "tag tags labels label groupmembership categories category groups group schlagworte schlagwort kategorien "
     "kategorie etiquettes categorie categories etiquetas categorias "
     "etichette categoria categorieen trefwoorden"},
    {"note",
     "note notes comment comments remark remarks memo description notiz notizen bemerkung bemerkungen kommentar "
     "remarque remarques commentaire commentaires nota notas comentario "
     "comentarios observaciones observacoes osservazioni annotazioni opmerking opmerkingen notities"},
    {"worker",
     "worker owner accountmanager assignedto responsible salesrep salesperson betreuer zustandig zustaendig "
     "kundenbetreuer sachbearbeiter responsable commercial responsabile "
     "referente vendedor accountbeheerder"},
    {"source", "source leadsource origin referredby herkunft quelle provenance origen origem fonte bron"},
    {"customer_since",
     "customersince clientsince membersince kundeseit clientdepuis clientedesde clientedal klantsinds"},
    {"created_at",
     "createdat created createdon creationdate datecreated createddate erstelltam angelegtam datecreation "
     "datedecreation fechadecreacion datacreazione datadecriacao "
     "aangemaaktop registrationdate"},
    {"folder", "folder folders pipeline ordner dossier carpeta cartella pasta map"},
    {"status", "status stage stadium statut estado stato"},
    {"newsletter",
     "newsletter subscribed optin marketingoptin emailoptin marketing acceptsmarketing infolettre boletin nieuwsbrief"},
    {"language", "language locale sprache langue idioma lingua taal preferredlanguage"},
    {"time_zone", "timezone zeitzone fuseauhoraire zonahoraria fusoorario fusohorario tijdzone"},
    {"preferred_contact", "preferredcontact preferredcontactmethod contactpreference"},
    {"do_not_contact", "donotcontact"},
};
constexpr Synonyms staff_names[] = {
    {"key",
     "key id employeeid employeeno employeenumber staffid userid importkey mitarbeiterid mitarbeiternummer "
     "personalnummer idemploye idempleado iddipendente medewerkerid"},
    {"given_name", "givenname firstname first forename vorname prenom nombre nome voornaam"},
    {"family_name",
     "familyname lastname last surname nachname familienname nom nomdefamille apellido apellidos cognome sobrenome "
     "apelido achternaam"},
    {"name", "name fullname employeename mitarbeiter naam nombrecompleto nomecompleto nomcomplet displayname"},
    {"title", "title jobtitle position role titel funktion poste fonction cargo puesto ruolo functie"},
    {"email", "email emailaddress mail emailvalue emailadresse courriel correo correoelectronico emailadres workemail"},
    {"phone",
     "phone phonenumber telephone tel telefon telefonnummer telefono telefone telefoon mobile businessphone workphone"},
};

std::map<std::string, std::string, std::less<>> table_of(std::span<Synonyms const> all) {
    std::map<std::string, std::string, std::less<>> table;
    for (auto const& [field, names] : all)
        for (std::size_t at = 0; at < names.size();) {
            auto const end = std::min(names.find(' ', at), names.size());
            table.emplace(header_key(names.substr(at, end - at)), field);
            at = end + 1;
        }
    return table;
}

std::string const* find(std::map<std::string, std::string, std::less<>> const& table, std::string_view key) {
    auto const found = table.find(key);
    return found == table.end() ? nullptr : &found->second;
}

// "email2value" → "emailvalue" and 2; the first run of digits counts.
std::string without_number(std::string const& key, int& number) {
    std::string plain;
    number = 0;
    for (char const c : key) {
        if (c < '0' || c > '9') plain += c;
        else number = std::min(number * 10 + (c - '0'), 99);
    }
    return plain;
}

// Several addresses of one row are told apart by their kind.
std::string numbered(std::string field, int number) {
    if (field.starts_with("address.") && field.find('.', 8) == std::string::npos && number > 1)
        field.insert(8, number == 2 ? "shipping." : "service.");
    return field;
}

bool has_share(std::vector<std::string> const& samples, auto const& fits) {
    auto const count = static_cast<std::size_t>(std::count_if(samples.begin(), samples.end(), fits));
    return !samples.empty() && count * 5 >= samples.size() * 4;
}

}  // namespace

std::string header_key(std::string_view header) {
    std::string key;
    for (char const c : fold(header))
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) key += c;
    return key;
}

Suggestion by_header(std::string_view header, ImportKind kind, std::vector<Field> const& fields) {
    static auto const customer_table = table_of(customer_names), staff_table = table_of(staff_names);
    auto const& table = kind == ImportKind::staff ? staff_table : customer_table;
    // What our own exports write stands as it is.
    if (auto const target = read_target(header, kind);
        target && (target->base != "custom" ||
                   std::any_of(fields.begin(), fields.end(), [&](Field const& f) { return f.key == target->part; })))
        return {std::string(header), 1};
    auto const key = header_key(header);
    if (key.empty()) return {};
    if (auto const* field = find(table, key)) return {*field, 1};
    if (kind == ImportKind::customers)
        for (auto const& field : fields)
            if (header_key(field.key) == key || header_key(field.label) == key) return {"custom." + field.key, 0.9};
    int number = 0;
    if (auto const* field = find(table, without_number(key, number)); field && number > 0)
        return {numbered(*field, number), 0.9};
    return {};
}

Suggestion by_samples(std::vector<std::string> const& samples, std::string_view country) {
    if (has_share(samples, [](std::string const& text) { return normal_email(tidy(text)).has_value(); }))
        return {"email", 0.7};
    if (has_share(samples, [&](std::string const& text) {
            return digits(text).size() >= 7 && read_phone(text, country).has_value() && !read_date(text);
        }))
        return {"phone", 0.6};
    if (has_share(samples, [](std::string const& text) { return text.size() > 3 && country_code(text).has_value(); }))
        return {"address.country", 0.6};
    return {};
}

std::vector<Suggestion> suggest(std::vector<Column> const& columns, ImportKind kind, std::vector<Field> const& fields,
                                std::string_view country) {
    std::vector<Suggestion> all;
    std::set<std::string> taken;
    auto const take = [&](Suggestion suggestion) {
        auto const target = read_target(suggestion.field, kind);
        if (!target || (!takes_many(*target) && !taken.insert(suggestion.field).second)) return Suggestion{};
        return suggestion;
    };
    for (auto const& column : columns)
        all.push_back(is_secret_header(column.name) ? Suggestion{} : take(by_header(column.name, kind, fields)));
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (all[i].field.empty() && !is_secret_header(columns[i].name)) {
            auto guess = by_samples(columns[i].samples, country);
            // A second column of addresses or numbers is rather something else with an at sign or digits in it.
            if (!guess.field.empty() && std::none_of(all.begin(), all.end(), [&](Suggestion const& one) {
                    return one.field.starts_with(guess.field);
                }))
                all[i] = take(guess);
        }
    // A whole name beside its parts says nothing more.
    bool const parts = taken.contains("given_name") && taken.contains("family_name");
    if (parts && kind == ImportKind::customers)
        for (auto& one : all)
            if (one.field == "name") one = {};
    return all;
}

bool is_secret_header(std::string_view header) {
    static std::set<std::string, std::less<>> const secret{
        "password",   "passwd", "pwd",        "pass",       "passwort",    "kennwort", "motdepasse",
        "contrasena", "senha",  "wachtwoord", "passphrase", "pin",         "pincode",  "cvv",
        "cvc",        "cvv2",   "cvc2",       "secret",     "passwordhash"};
    return secret.contains(header_key(header));
}

}  // namespace patron::imports
