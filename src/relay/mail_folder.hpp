// Mail until a mail server is set: each message is a file (RFC 5322) in a folder, for whoever looks after the server.
#pragma once
#include "base/mail.hpp"

#include <filesystem>
#include <string>

namespace patron::relay {

// The message as it travels. `host` names this installation in its sender and its Message-ID.
std::string message_text(Mail const& mail, std::string const& host);

class MailFolder {
  public:
    explicit MailFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
    // Readable by the server's user alone. Throws std::system_error when it cannot be written; then nothing is left.
    void put(Mail const& mail, std::string const& host) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace patron::relay
