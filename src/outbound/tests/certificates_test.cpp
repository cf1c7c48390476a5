// Whom a call believes to be who it says: certificates and versions of TLS that are not to be trusted. Each is served by
// a server whose good certificate is taken, so that it is the fault alone that is refused.
#include "outbound/outbound.hpp"

#include "outbound/tests/loopback.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

namespace patron::outbound {
namespace {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }
Key weak_key() { return {EVP_RSA_gen(1024), EVP_PKEY_free}; }

constexpr long day = 24 * 3600;

struct Wanted {
    std::string name = "provider.test", host = "DNS:provider.test";
    long from = -day, until = 30 * day;  // seconds from now
    bool authority = false;
    EVP_MD const* digest = EVP_sha256();
};

void extend(X509* certificate, int what, std::string const& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> const extension(
        X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()), X509_EXTENSION_free);
    ASSERT_TRUE(extension && X509_add_ext(certificate, extension.get(), -1));
}

Certificate certify(Wanted const& wanted, Key const& key, Certificate const& issuer, Key const& by) {
    static long serial = 1;
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wanted.from);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wanted.until);
    X509_set_pubkey(certificate.get(), key.get());
    auto* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(wanted.name.c_str()),
                               -1, -1, 0);
    X509_set_issuer_name(certificate.get(), issuer ? X509_get_subject_name(issuer.get()) : name);
    extend(certificate.get(), NID_basic_constraints, wanted.authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wanted.authority) extend(certificate.get(), NID_subject_alt_name, wanted.host);
    EXPECT_GT(X509_sign(certificate.get(), by.get(), wanted.digest), 0);
    return certificate;
}

// An authority that calls can be told to trust.
struct Authority {
    Key key = new_key();
    Certificate certificate = certify({.name = "Authority of a test", .authority = true}, key, nullptr, key);
    std::filesystem::path file = std::filesystem::temp_directory_path() /
                                 ("authority-" + std::to_string(::getpid()) + '-' + std::to_string(made++) + ".pem");
    static inline int made = 0;
    Authority() {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> const out(std::fopen(file.c_str(), "w"), std::fclose);
        PEM_write_X509(out.get(), certificate.get());
    }
    ~Authority() { std::filesystem::remove(file); }
};

class Server {
  public:
    Server(Key const& key, Certificate const& certificate, int newest = TLS1_3_VERSION)
        : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
        // What the server would do is no hindrance: it is the caller who refuses.
        SSL_CTX_set_security_level(context_.get(), 0);
        SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), newest);
        if (SSL_CTX_use_certificate(context_.get(), certificate.get()) != 1 ||
            SSL_CTX_use_PrivateKey(context_.get(), key.get()) != 1)
            throw std::runtime_error("no certificate");
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() {
        over_ = true;
        thread_.join();
    }
    std::string port() const { return std::to_string(loopback_.port()); }
    int asked() const { return asked_; }  // requests that came through

  private:
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    tests::Loopback loopback_;
    std::atomic<bool> over_{false};
    std::atomic<int> asked_{0};
    std::thread thread_;

    void serve() {
        while (!over_) {
            pollfd waiting{loopback_.socket(), POLLIN, 0};
            if (::poll(&waiting, 1, 10) != 1) continue;
            int const client = ::accept(loopback_.socket(), nullptr, nullptr);
            if (client < 0) continue;
            std::unique_ptr<SSL, void (*)(SSL*)> const tls(SSL_new(context_.get()), SSL_free);
            SSL_set_fd(tls.get(), client);
            char request[4096];
            if (SSL_accept(tls.get()) == 1 && SSL_read(tls.get(), request, sizeof request) > 0) {
                ++asked_;
                std::string const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
                SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
                SSL_shutdown(tls.get());
            }
            ::close(client);
        }
    }
};

class Certificates : public ::testing::Test {
  protected:
    Authority authority;
    Key key = new_key();

    void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }

    Certificate good() const { return certify({}, key, authority.certificate, authority.key); }

    // What comes of a call to the name that the good certificate is for.
    static std::optional<Fault> call(Server const& server, std::string const& trusted) {
        Caller const caller(
            {"127.0.0.1:" + server.port()}, [](std::string const&) { return std::vector{*read_address("127.0.0.1")}; },
            trusted);
        try {
            EXPECT_EQ(caller.call({.url = "https://provider.test:" + server.port() + "/"}).body, "hi");
            return {};
        } catch (Failed const& failed) { return failed.fault; }
    }
    void is_refused(Key const& its, Certificate const& certificate) const {
        Server const server(its, certificate);
        EXPECT_EQ(call(server, authority.file), Fault::certificate);
        EXPECT_EQ(server.asked(), 0) << "nothing was sent, no secret above all";
    }
};

TEST_F(Certificates, OfATrustedAuthorityIsTaken) {
    Server const server(key, good());
    EXPECT_EQ(call(server, authority.file), std::nullopt);
    EXPECT_EQ(server.asked(), 1);
}

TEST_F(Certificates, OfAnAuthorityThatTheSystemDoesNotKnowIsRefused) {
    Server const server(key, good());
    EXPECT_EQ(call(server, {}), Fault::certificate);
    EXPECT_EQ(server.asked(), 0);
    Authority const other;
    is_refused(key, certify({}, key, other.certificate, other.key));
}

TEST_F(Certificates, ThatHasExpiredOrIsNotYetValidIsRefused) {
    is_refused(key, certify({.from = -30 * day, .until = -day}, key, authority.certificate, authority.key));
    is_refused(key, certify({.from = day}, key, authority.certificate, authority.key));
}

TEST_F(Certificates, OfAnotherHostIsRefused) {
    is_refused(key, certify({.host = "DNS:other.test"}, key, authority.certificate, authority.key));
    is_refused(key, certify({.host = "DNS:*.provider.test"}, key, authority.certificate, authority.key));
    is_refused(key, certify({.host = "IP:127.0.0.1"}, key, authority.certificate, authority.key));
}

TEST_F(Certificates, ThatSignedItselfIsRefused) { is_refused(key, certify({}, key, nullptr, key)); }

TEST_F(Certificates, OfAWeakKeyOrSignatureIsRefused) {
    auto const weak = weak_key();
    is_refused(weak, certify({}, weak, authority.certificate, authority.key));
    is_refused(key, certify({.digest = EVP_sha1()}, key, authority.certificate, authority.key));
}

TEST_F(Certificates, BehindTlsThatIsTooOldAreRefused) {
    for (int const version : {TLS1_VERSION, TLS1_1_VERSION}) {
        Server const server(key, good(), version);
        EXPECT_EQ(call(server, authority.file), Fault::certificate);
        EXPECT_EQ(server.asked(), 0);
    }
    Server const server(key, good(), TLS1_2_VERSION);
    EXPECT_EQ(call(server, authority.file), std::nullopt);
}

}  // namespace
}  // namespace patron::outbound
