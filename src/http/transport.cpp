#include "http/transport.hpp"

#include <fcntl.h>
#include <openssl/err.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace patron::http {
namespace {

// One call moves at most so much of a file: the other connections of the thread want their turn.
constexpr std::size_t file_portion = 256 * 1024;
constexpr std::size_t tls_portion = 16 * 1024;

Transport::Moved system_result(ssize_t result, Transport::Next wait) {
    if (result > 0) return {static_cast<std::size_t>(result), Transport::Next::done};
    bool const later = result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    return {0, later ? wait : Transport::Next::end};
}

std::string tls_reason() {
    char text[256];
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    return text;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

int Descriptor::release() { return std::exchange(number_, -1); }

std::optional<ServedFile> open_file(std::filesystem::path const& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat facts {};
    if (!file || ::fstat(file.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
    return ServedFile{std::move(file), static_cast<std::uint64_t>(facts.st_size)};
}

TlsContext make_tls_context(std::filesystem::path const& certificate, std::filesystem::path const& key) {
    TlsContext context(SSL_CTX_new(TLS_server_method()), [](SSL_CTX* it) { SSL_CTX_free(it); });
    if (!context) throw std::runtime_error("TLS cannot be set up: " + tls_reason() + ".");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(),
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Idle connections give their 32 kB of buffers back.
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
        throw std::runtime_error("The certificate " + certificate.string() + " cannot be read: " + tls_reason() + ".");
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("The key " + key.string() + " cannot be used: " + tls_reason() + ".");
    return context;
}

Transport::Transport(int socket, TlsContext const& tls) : socket_(socket) {
    if (!tls) return;
    tls_.reset(SSL_new(tls.get()));
    if (!tls_ || SSL_set_fd(tls_.get(), socket) != 1) throw std::runtime_error("A TLS connection cannot be set up.");
    SSL_set_accept_state(tls_.get());
}

Transport::Moved Transport::tls_result(int result) const {
    if (result > 0) return {static_cast<std::size_t>(result), Next::done};
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ: return {0, Next::readable};
        case SSL_ERROR_WANT_WRITE: return {0, Next::writable};
    }
    return {0, Next::end};
}

Transport::Next Transport::shake_hands() {
    if (!tls_) return Next::done;
    ERR_clear_error();
    return tls_result(SSL_do_handshake(tls_.get())).next;
}

Transport::Moved Transport::read(char* into, std::size_t size) {
    if (tls_) {
        ERR_clear_error();
        return tls_result(SSL_read(tls_.get(), into, static_cast<int>(size)));
    }
    return system_result(::recv(socket_, into, size, 0), Next::readable);
}

Transport::Moved Transport::write(std::string_view first, std::string_view second) {
    if (tls_) {
        auto const piece = first.empty() ? second : first;
        auto const size = std::min<std::size_t>(piece.size(), 1 << 30);
        ERR_clear_error();
        return tls_result(SSL_write(tls_.get(), piece.data(), static_cast<int>(size)));
    }
    if (second.empty()) return system_result(::send(socket_, first.data(), first.size(), MSG_NOSIGNAL), Next::writable);
    iovec pieces[2] = {{const_cast<char*>(first.data()), first.size()},
                       {const_cast<char*>(second.data()), second.size()}};
    msghdr message{};
    message.msg_iov = pieces;
    message.msg_iovlen = 2;
    return system_result(::sendmsg(socket_, &message, MSG_NOSIGNAL), Next::writable);
}

Transport::Moved Transport::send_file(int file, std::uint64_t offset, std::uint64_t size) {
    auto position = static_cast<off_t>(offset);
    if (!tls_)
        return system_result(::sendfile(socket_, file, &position, std::min<std::uint64_t>(size, file_portion)),
                             Next::writable);
    char portion[tls_portion];
    auto const got = ::pread(file, portion, std::min<std::uint64_t>(size, sizeof portion), position);
    if (got <= 0) return {0, Next::end};
    return write({portion, static_cast<std::size_t>(got)}, {});
}

void Transport::finish() {
    if (tls_) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
    }
    ::shutdown(socket_, SHUT_WR);
}

}  // namespace patron::http
