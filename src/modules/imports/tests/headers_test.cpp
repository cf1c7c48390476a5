#include "modules/imports/headers.hpp"

#include <gtest/gtest.h>

namespace patron::imports {
namespace {

std::string field(std::string_view header, ImportKind kind = ImportKind::customers) {
    return by_header(header, kind, {}).field;
}

TEST(Headers, OfManyProgramsAreUnderstood) {
    struct {
        std::string_view header, field;
    } const cases[] = {
        // Chinook
        {"CustomerId", "key"},
        {"FirstName", "given_name"},
        {"LastName", "family_name"},
        {"Company", "company_name"},
        {"Address", "address.line1"},
        {"City", "address.city"},
        {"State", "address.region"},
        {"Country", "address.country"},
        {"PostalCode", "address.postal_code"},
        {"Phone", "phone"},
        {"Fax", "phone.fax"},
        {"Email", "email"},
        {"SupportRepId", ""},
        // Any case
        {"E-MAIL ADDRESS", "email"},
        {"first_name", "given_name"},
        {"ID", "key"},
        {"customer id", "key"},
        {" Postal  Code ", "address.postal_code"},
        // Google Contacts
        {"Given Name", "given_name"},
        {"Additional Name", "middle_name"},
        {"E-mail 1 - Value", "email"},
        {"E-mail 1 - Label", "email_label"},
        {"Phone 2 - Type", "phone_label"},
        {"Phone 2 - Value", "phone"},
        {"Address 1 - Street", "address.line1"},
        {"Address 2 - City", "address.shipping.city"},
        {"Organization 1 - Name", "company_name"},
        {"Organization Name", "company_name"},
        {"Group Membership", "tag"},
        {"Labels", "tag"},
        {"Notes", "note"},
        {"File As", "display_name"},
        // Outlook
        {"E-mail Address", "email"},
        {"E-mail 2 Address", "email"},
        {"Business Phone", "phone.work"},
        {"Mobile Phone", "phone.mobile"},
        {"Home Street", "address.home.line1"},
        {"Business Country/Region", "address.work.country"},
        {"Categories", "tag"},
        // German, French, Spanish, Italian, Portuguese, Dutch
        {"Vorname", "given_name"},
        {"PLZ", "address.postal_code"},
        {"Straße", "address.line1"},
        {"Handynummer", "phone.mobile"},
        {"Kundennummer", "key"},
        {"Prénom", "given_name"},
        {"Code postal", "address.postal_code"},
        {"Téléphone", "phone"},
        {"Ville", "address.city"},
        {"Apellidos", "family_name"},
        {"Correo electrónico", "email"},
        {"Dirección", "address.line1"},
        {"Cognome", "family_name"},
        {"Città", "address.city"},
        {"Indirizzo", "address.line1"},
        {"Sobrenome", "family_name"},
        {"Endereço", "address.line1"},
        {"Telefone", "phone"},
        {"Achternaam", "family_name"},
        {"Straat", "address.line1"},
        {"Woonplaats", "address.city"},
        // Our own
        {"address.shipping.city", "address.shipping.city"},
        {"email 2", "email"},
        {"email_label 2", "email_label"},
        {"import_keys", "import_keys"},
        {"display_name", "display_name"},
        {"shoe size", ""},
        {"", ""},
    };
    for (auto const& one : cases) EXPECT_EQ(field(one.header), one.field) << one.header;
}

TEST(Headers, OfStaff) {
    for (auto const& [header, want] : {std::pair{"EmployeeId", "key"},
                                       {"FirstName", "given_name"},
                                       {"Title", "title"},
                                       {"ReportsTo", ""},
                                       {"Phone", "phone"},
                                       {"Email", "email"}})
        EXPECT_EQ(field(header, ImportKind::staff), want) << header;
}

TEST(Headers, NameOwnFields) {
    std::vector<Field> fields(1);
    fields[0].key = "shoe_size";
    fields[0].label = "Schuhgröße";
    EXPECT_EQ(by_header("SCHUHGRÖSSE", ImportKind::customers, fields).field, "custom.shoe_size");
    EXPECT_EQ(by_header("Shoe size", ImportKind::customers, fields).field, "custom.shoe_size");
    EXPECT_EQ(by_header("custom.shoe_size", ImportKind::customers, fields).field, "custom.shoe_size");
    EXPECT_EQ(by_header("custom.hat_size", ImportKind::customers, fields).field, "");
}

TEST(Suggestions, LookIntoColumnsWithoutAKnownName) {
    auto const all = suggest({{"aaa", {"Peter Pan"}},
                              {"bbb", {"peter@example.com", "wendy@example.com"}},
                              {"ccc", {"+49 711 2842222"}},
                              {"Password", {"p@example.com"}}},
                             ImportKind::customers, {}, "DE");
    EXPECT_EQ(all[0].field, "");
    EXPECT_EQ(all[1].field, "email");
    EXPECT_EQ(all[2].field, "phone");
    EXPECT_EQ(all[3].field, "");
}

TEST(Suggestions, GiveASingleTargetOnce) {
    auto const all =
        suggest({{"First name", {}}, {"Vorname", {}}, {"Last name", {}}, {"Name", {}}, {"Phone", {}}, {"Telefon", {}}},
                ImportKind::customers, {}, "DE");
    EXPECT_EQ(all[0].field, "given_name");
    EXPECT_EQ(all[1].field, "");
    EXPECT_EQ(all[3].field, "");  // its parts say it already
    EXPECT_EQ(all[4].field, "phone");
    EXPECT_EQ(all[5].field, "phone");
}

TEST(Targets, AreTakenApart) {
    auto const target = read_target("address.shipping.city", ImportKind::customers);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->label, "shipping");
    EXPECT_EQ(target->part, "city");
    EXPECT_EQ(read_target("company", ImportKind::customers)->base, "company_name");
    for (auto const text :
         {"-", "", "shoe_size", "address", "address.moon.city", "address.shipping.size", "custom.", "email.", "tag.x"})
        EXPECT_FALSE(read_target(text, ImportKind::customers)) << text;
    EXPECT_FALSE(read_target("tag", ImportKind::staff));
}

}  // namespace
}  // namespace patron::imports
