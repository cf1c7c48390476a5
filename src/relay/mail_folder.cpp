#include "relay/mail_folder.hpp"

#include "base/time.hpp"

#include <gmime/gmime.h>

#include <fcntl.h>
#include <memory>
#include <random>
#include <system_error>
#include <unistd.h>

namespace patron::relay {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Held = std::unique_ptr<T, Unref>;

[[noreturn]] void fail(char const* what) { throw std::system_error(errno, std::generic_category(), what); }

// Names the file alone; nothing secret hangs on it.
std::string some_digits() {
    std::random_device random;
    return std::to_string(random() % 900'000'000 + 100'000'000);
}

// So that the message outlives a loss of power, as what is told of it does.
void sync_folder(std::filesystem::path const& folder) {
    int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool const done = descriptor >= 0 && ::fsync(descriptor) == 0;
    auto const error = errno;
    if (descriptor >= 0) ::close(descriptor);
    errno = error;
    if (!done) fail("a mail could not be written");
}

}  // namespace

std::string message_text(Mail const& mail, std::string const& host) {
    static bool const started = (g_mime_init(), true);
    (void)started;
    Held<GMimeMessage> const message(g_mime_message_new(TRUE));
    auto const sender = "no-reply@" + host;
    g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, mail.from_name.c_str(), sender.c_str());
    g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to_name.c_str(), mail.to.c_str());
    g_mime_message_set_subject(message.get(), mail.subject.c_str(), "utf-8");
    std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> const now(g_date_time_new_now_utc(), g_date_time_unref);
    g_mime_message_set_date(message.get(), now.get());
    std::unique_ptr<char, decltype(&g_free)> const id(g_mime_utils_generate_message_id(host.c_str()), g_free);
    g_mime_message_set_message_id(message.get(), id.get());
    // No machine should answer it (RFC 3834).
    g_mime_object_set_header(GMIME_OBJECT(message.get()), "Auto-Submitted", "auto-generated", nullptr);
    Held<GMimePart> const part(g_mime_part_new_with_type("text", "plain"));
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    // Not by g_mime_text_part_set_text, which takes a smaller character set where it can.
    Held<GMimeStream> const stream(g_mime_stream_mem_new_with_buffer(mail.text.data(), mail.text.size()));
    Held<GMimeDataWrapper> const content(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(part.get()));
    std::unique_ptr<char, decltype(&g_free)> const text(g_mime_object_to_string(GMIME_OBJECT(message.get()), nullptr),
                                                        g_free);
    return text.get();
}

void MailFolder::put(Mail const& mail, std::string const& host) const {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    auto const name = std::to_string(now_by_clock().ms) + "-" + some_digits();
    // Under another name first: whoever collects the folder never sees half a message.
    auto const writing = folder_ / (name + ".part");
    auto const text = message_text(mail, host);
    int const file = ::open(writing.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail("a mail could not be written");
    bool const whole =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    auto const error = errno;
    ::close(file);
    if (!whole) {
        ::unlink(writing.c_str());
        errno = error;
        fail("a mail could not be written");
    }
    std::filesystem::rename(writing, folder_ / (name + ".eml"));
    sync_folder(folder_);
}

}  // namespace patron::relay
