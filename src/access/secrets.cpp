#include "access/access.hpp"

#include "access/sealing.hpp"

#include <sodium.h>

#include <array>
#include <semaphore>

namespace patron {
namespace {

void start_sodium() {
    static bool const started = [] { return sodium_init() >= 0; }();
    if (!started) throw std::runtime_error("libsodium could not be started");
}

constexpr unsigned long long passes = 2;
constexpr std::size_t memory = 19 * 1024 * 1024;
std::counting_semaphore<2> hashing{2};
struct Place {
    Place() { hashing.acquire(); }
    ~Place() { hashing.release(); }
};

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t business_length = 4;

using Mark = std::array<unsigned char, crypto_shorthash_siphashx24_BYTES>;
constexpr std::size_t longest_known = 100;

Mark mark_of(std::string_view token) {
    static std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES> const key = [] {
        std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES> random{};
        randombytes_buf(random.data(), random.size());
        return random;
    }();
    Mark mark;
    crypto_shorthash_siphashx24(mark.data(), reinterpret_cast<unsigned char const*>(token.data()), token.size(),
                                key.data());
    return mark;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    auto const hash = sha256(bytes);
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<unsigned char const*>(hash.data()), hash.size());
    hex.pop_back();
    return hex;
}

std::string make_token(std::string_view kind, std::int64_t business) {
    start_sodium();
    std::array<unsigned char, 52> random;  // 52 × 5 bits
    randombytes_buf(random.data(), random.size());
    std::string token(kind);
    token += '_';
    for (std::size_t i = 0; i < business_length; ++i)
        token += alphabet[(business >> (5 * (business_length - 1 - i))) & 31];
    for (auto const byte : random) token += alphabet[byte & 31];
    return token;
}

std::optional<std::int64_t> business_of_token(std::string_view token) {
    auto const cut = token.find('_');
    if (cut == std::string_view::npos || token.size() != cut + 1 + business_length + 52) return {};
    std::int64_t number = 0;
    for (char const c : token.substr(cut + 1, business_length)) {
        auto const at = alphabet.find(c);
        if (at == std::string_view::npos) return {};
        number = number * 32 + static_cast<std::int64_t>(at);
    }
    return number;
}

std::string token_hash(std::string_view token) {
    start_sodium();
    if (token.size() > longest_known) return sha256_hex(token);
    // Whoever asks asks again with the same token. It is found by a short keyed mark (SipHash, 128 bits, a key of this
    // process) at a tenth of the cost; the token itself is not kept.
    auto const mark = mark_of(token);
    thread_local std::array<std::pair<Mark, std::string>, 64> known;
    auto& [seen, hash] = known[mark[0] & 63];
    if (hash.empty() || seen != mark) {
        seen = mark;
        hash = sha256_hex(token);
    }
    return hash;
}

std::string hash_password(std::string_view password) {
    start_sodium();
    Place const place;
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes, memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Problem(503, "busy", "There is no memory left to check passwords; try again.");
    hash.resize(hash.find('\0'));
    return hash;
}

bool password_fits(std::string_view hash, std::string_view password) {
    start_sodium();
    Place const place;
    std::string const text(hash);
    return crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

}  // namespace patron
