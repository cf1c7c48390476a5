// Moves bytes over one non-blocking socket, plain or TLS: every call does what is possible at once and says what to wait
// for. Waiting itself is the connection's business.
#pragma once
#include <openssl/ssl.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace patron::http {

// A file descriptor with one owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int number() const { return number_; }
    int release();
    explicit operator bool() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

struct ServedFile {
    Descriptor descriptor;
    std::uint64_t size = 0;
};
// Nothing when there is no such regular file.
std::optional<ServedFile> open_file(std::filesystem::path const& path);

using TlsContext = std::shared_ptr<SSL_CTX>;
// TLS 1.2 and 1.3 only. Throws std::runtime_error with a sentence when certificate or key cannot be used.
TlsContext make_tls_context(std::filesystem::path const& certificate, std::filesystem::path const& key);

class Transport {
  public:
    enum class Next { done, readable, writable, end };
    struct Moved {
        std::size_t bytes = 0;
        Next next = Next::done;  // what to wait for when bytes is 0; end: the connection is over
    };

    // `socket` stays the caller's. TLS when there is a context.
    Transport(int socket, TlsContext const& tls);
    bool secure() const { return tls_ != nullptr; }
    Next shake_hands();
    Moved read(char* into, std::size_t size);
    // Two pieces that follow each other, so that a head and a shared body need no copy.
    Moved write(std::string_view first, std::string_view second);
    Moved send_file(int file, std::uint64_t offset, std::uint64_t size);
    // Tells the other end that nothing more comes; it may still send.
    void finish();

  private:
    struct FreeTls {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    Moved tls_result(int result) const;
    int socket_;
    std::unique_ptr<SSL, FreeTls> tls_;
};

}  // namespace patron::http
