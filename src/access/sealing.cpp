#include "access/sealing.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace patron {
namespace {

constexpr auto nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr auto tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr auto key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void start_sodium() {
    static bool const started = [] { return sodium_init() >= 0; }();
    if (!started) throw std::runtime_error("libsodium could not be started");
}

// Both alphabets of base64 are read: `openssl rand -base64 32` makes a key as well as Patron does.
std::string key_out_of(std::string text, std::string const& where) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == '=')) text.pop_back();
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    auto key = from_base64(text);
    if (!key || key->size() != key_size) throw std::runtime_error(where + " holds no key: 32 bytes in base64");
    return *key;
}

[[noreturn]] void fail(int error) {
    throw std::system_error(error, std::generic_category(), "the secrets key could not be written");
}

void sync(std::filesystem::path const& path, int flags) {
    int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    bool const done = descriptor >= 0 && ::fsync(descriptor) == 0;
    auto const error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!done) fail(error);
}

void write_durably(std::string const& path, std::string const& text) {
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(errno);
    bool const whole =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    auto const error = errno;
    ::close(file);
    if (whole) return;
    ::unlink(path.c_str());
    fail(error);
}

}  // namespace

std::string sha256(std::string_view bytes) {
    // OpenSSL's uses the processor's own instructions for it; looking the algorithm up costs as much as a short hash.
    static EVP_MD const* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    if (EVP_Digest(bytes.data(), bytes.size(), bytes_of(hash), nullptr, algorithm, nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    return hash;
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return {};
    bytes.resize(size);
    return bytes;
}

SealKey::SealKey(std::filesystem::path file, std::string const& key) : file_(std::move(file)) {
    start_sodium();
    if (!key.empty()) key_ = key_out_of(key, "PATRON_SECRETS_KEY");
}

std::optional<std::string> const& SealKey::key() {
    if (key_) return key_;
    if (std::ifstream file(file_); file) {
        std::string text;
        std::getline(file, text);
        key_ = key_out_of(text, file_.string());
    }
    return key_;
}

// It is on the disk, whole, before anything is sealed with it.
void SealKey::make_key() {
    std::string fresh(key_size, '\0');
    randombytes_buf(fresh.data(), fresh.size());
    auto const writing = file_.string() + '.' + std::to_string(::getpid());
    ::unlink(writing.c_str());
    write_durably(writing, to_base64(fresh) + '\n');
    // Never over one that another server has made at this moment: then that one is ours as well.
    bool const placed = ::link(writing.c_str(), file_.c_str()) == 0 || errno == EEXIST;
    auto const error = errno;
    ::unlink(writing.c_str());
    if (!placed) fail(error);
    sync(file_.has_parent_path() ? file_.parent_path() : ".", O_RDONLY | O_DIRECTORY);
    if (!key()) fail(ENOENT);
}

std::string SealKey::seal(std::string_view plain, std::string_view about) {
    std::lock_guard const lock(mutex_);
    if (!key()) make_key();
    std::string nonce(nonce_size, '\0'), sealed(plain.size() + tag_size, '\0');
    randombytes_buf(nonce.data(), nonce.size());
    unsigned long long size = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed), &size, bytes_of(plain), plain.size(), bytes_of(about),
                                               about.size(), nullptr, bytes_of(nonce), bytes_of(*key_));
    return to_base64(nonce + sealed);
}

std::optional<std::string> SealKey::open(std::string_view sealed, std::string_view about) {
    std::lock_guard const lock(mutex_);
    auto const bytes = from_base64(sealed);
    if (!key() || !bytes || bytes->size() < nonce_size + tag_size) return {};
    auto const body = std::string_view(*bytes).substr(nonce_size);
    std::string plain(body.size() - tag_size, '\0');
    unsigned long long size = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), &size, nullptr, bytes_of(body), body.size(),
                                                   bytes_of(about), about.size(), bytes_of(*bytes),
                                                   bytes_of(*key_)) != 0)
        return {};
    return plain;
}

struct SealKey::Pair {
    std::string open = std::string(crypto_sign_PUBLICKEYBYTES, '\0'),
                secret = std::string(crypto_sign_SECRETKEYBYTES, '\0');
};

// What is sealed is opened with the key itself, so signatures get one of their own.
SealKey::Pair SealKey::pair() {
    std::lock_guard const lock(mutex_);
    if (!key()) make_key();
    constexpr std::string_view purpose = "patron: signatures";
    std::string seed(crypto_sign_SEEDBYTES, '\0');
    crypto_generichash(bytes_of(seed), seed.size(), bytes_of(purpose), purpose.size(), bytes_of(*key_), key_->size());
    Pair pair;
    crypto_sign_seed_keypair(bytes_of(pair.open), bytes_of(pair.secret), bytes_of(seed));
    return pair;
}

std::string SealKey::sign(std::string_view text) {
    auto const secret = pair().secret;
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytes_of(signature), nullptr, bytes_of(text), text.size(), bytes_of(secret));
    return to_base64(signature);
}

std::string SealKey::public_key() { return to_base64(pair().open); }

bool is_signed(std::string_view text, std::string_view signature, std::string_view public_key) {
    auto const bytes = from_base64(signature), key = from_base64(public_key);
    return bytes && key && bytes->size() == crypto_sign_BYTES && key->size() == crypto_sign_PUBLICKEYBYTES &&
           crypto_sign_verify_detached(bytes_of(*bytes), bytes_of(text), text.size(), bytes_of(*key)) == 0;
}

}  // namespace patron
