#include "relay/mail_folder.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace patron::relay {
namespace {

Mail const mail{"Müller & Söhne", "Jürgen Groß", "juergen@example.com", "Ein neues Paßwort",
                "Hello Jürgen,\nhttps://crm.example.com/join#token=pl_" + std::string(80, 'x') + "\n"};

TEST(MailFolder, WritesMessagesThatProgramsRead) {
    auto const text = '\n' + message_text(mail, "crm.example.com");
    for (auto const* part : {"From: ", "<no-reply@crm.example.com>", "juergen@example.com", "\nSubject: Ein neues =?",
                             "\nDate: ", "\nMessage-Id: <", "@crm.example.com>\n", "\nMIME-Version: 1.0",
                             "Content-Type: text/plain; charset=utf-8", "Auto-Submitted: auto-generated",
                             "Content-Transfer-Encoding: quoted-printable"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    // Travels everywhere: nothing but ASCII, and no line is longer than RFC 5322 §2.1.1 asks for.
    std::size_t line = 0;
    for (char const c : text) {
        EXPECT_GE(c, 0);
        line = c == '\n' ? 0 : line + 1;
        EXPECT_LE(line, 78U);
    }
}

TEST(MailFolder, KeepsLineBreaksInNamesOutOfTheHead) {
    auto sly = mail;
    sly.subject = "Hello\r\nBcc: all@example.com";
    sly.to_name = "A\nBcc: all@example.com";
    EXPECT_EQ(message_text(sly, "localhost").find("\nBcc:"), std::string::npos);
}

TEST(MailFolder, IsForTheServersUserAlone) {
    auto const folder = std::filesystem::temp_directory_path() / ("patron-mail-" + std::to_string(::getpid()));
    MailFolder(folder).put(mail, "localhost");
    int files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        struct stat status = {};
        ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777, 0600U);
        EXPECT_EQ(entry.path().extension(), ".eml");
        ++files;
    }
    EXPECT_EQ(files, 1);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace patron::relay
