// The same server behind TLS: versions, uploads, files and pipelining.
#include "http/tests/playing.hpp"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <fstream>

namespace patron::http::tests {
namespace {

void write_certificate(std::filesystem::path const& certificate, std::filesystem::path const& key) {
    EVP_PKEY* const pair = EVP_EC_gen("P-256");
    X509* const own = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(own), 1);
    X509_gmtime_adj(X509_getm_notBefore(own), 0);
    X509_gmtime_adj(X509_getm_notAfter(own), 3600);
    X509_set_pubkey(own, pair);
    X509_sign(own, pair, EVP_sha256());
    std::FILE* file = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(file, own);
    std::fclose(file);
    file = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(own);
    EVP_PKEY_free(pair);
}

class TlsClient {
  public:
    TlsClient(std::string const& address, int newest = TLS1_3_VERSION) : wire_(address) {
        context_ = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_security_level(context_, 0);
        SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_, newest);
        tls_ = SSL_new(context_);
        SSL_set_fd(tls_, wire_.number());
        connected = SSL_connect(tls_) == 1;
    }
    ~TlsClient() {
        SSL_free(tls_);
        SSL_CTX_free(context_);
    }
    void send(std::string_view bytes) {
        EXPECT_EQ(SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())), static_cast<int>(bytes.size()));
    }
    std::string read_to_end() {
        std::string text;
        char buffer[16 * 1024];
        for (int got = 0; (got = SSL_read(tls_, buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(got));
        return text;
    }
    bool connected = false;

  private:
    Client wire_;
    SSL_CTX* context_ = nullptr;
    SSL* tls_ = nullptr;
};

struct Tls : testing::Test {
    Tls() {
        playing.settings.tls_certificate = certificates.path / "certificate.pem";
        playing.settings.tls_key = certificates.path / "key.pem";
        write_certificate(playing.settings.tls_certificate, playing.settings.tls_key);
    }
    Folder certificates;
    Playing playing;
};

TEST_F(Tls, serves_as_without_it) {
    std::string const content(1'000'000, 'f');
    auto const file = playing.folder.path / "page";
    std::ofstream(file) << content;
    playing.routes.body_plan.limit = 4 << 20;
    playing.routes.at["/secure"] = [](std::shared_ptr<Request const> request, Reply reply) {
        EXPECT_TRUE(request->secure);
        Response response;
        response.body = std::to_string(request->body_size);
        reply(std::move(response));
    };
    playing.routes.at["/file"] = [&](auto, Reply reply) {
        Response response;
        response.file = file;
        reply(std::move(response));
    };
    playing.start();
    EXPECT_TRUE(playing.server->address().starts_with("https://127.0.0.1:"));
    TlsClient client(playing.server->address());
    ASSERT_TRUE(client.connected);
    client.send("POST /secure HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + std::string(2'000'000, 'x') +
                "GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    auto const answers = client.read_to_end();
    EXPECT_NE(answers.find("\r\n\r\n2000000HTTP/1.1 200 OK"), answers.npos);
    EXPECT_TRUE(answers.ends_with("\r\n\r\n" + content));
}

TEST_F(Tls, old_versions_and_plain_text_are_refused) {
    playing.start();
    EXPECT_FALSE(TlsClient(playing.server->address(), TLS1_1_VERSION).connected);
    EXPECT_TRUE(TlsClient(playing.server->address(), TLS1_2_VERSION).connected);
    Client plain(playing.server->address());
    plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(plain.read_to_end().find("HTTP/1.1"), std::string::npos);
}

}  // namespace
}  // namespace patron::http::tests
