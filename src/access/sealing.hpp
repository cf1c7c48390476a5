// What must be kept but is not to be read from a copy of the database: sealed with a key that lies beside it.
#pragma once
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace patron {

class SealKey {
  public:
    // The key in base64 (32 bytes), or else the file that holds it so; the file is made when something is sealed first,
    // readable by the server's user alone. All servers on one database need the same key.
    // Throws std::runtime_error with a sentence when the given key is none.
    SealKey(std::filesystem::path file, std::string const& key);

    // XChaCha20-Poly1305 (libsodium), base64. What it is about is sealed in with it: it opens nowhere else.
    std::string seal(std::string_view plain, std::string_view about);
    // Nothing when it was sealed with another key, is about something else, or was tampered with.
    std::optional<std::string> open(std::string_view sealed, std::string_view about);

    // Ed25519 (RFC 8032), base64, by a pair of keys that follows from this one.
    std::string sign(std::string_view text);
    std::string public_key();

  private:
    std::filesystem::path file_;
    std::mutex mutex_;
    std::optional<std::string> key_;

    std::optional<std::string> const& key();
    void make_key();
    struct Pair;
    Pair pair();
};

// Did whoever has the other half of that key (base64) sign the text?
bool is_signed(std::string_view text, std::string_view signature, std::string_view public_key);

std::string sha256(std::string_view bytes);                     // 32 bytes
std::string to_base64(std::string_view bytes);                  // without padding, for URLs (RFC 4648 §5)
std::optional<std::string> from_base64(std::string_view text);  // the same

}  // namespace patron
