#include "access/access.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <semaphore>
#include <unordered_set>

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

// The passwords that guessing begins with; the longer list comes with the lock-out rules. Only those of twelve and more
// characters matter here, for shorter ones are refused anyway.
std::unordered_set<std::string_view> const& well_known() {
    static std::unordered_set<std::string_view> const words{
        "123456789012",   "1234567890123",  "12345678901234",   "123456789012345",  "1234567890123456",
        "1q2w3e4r5t6y",   "1qaz2wsx3edc",   "qwertyuiop12",     "qwertyuiop123",    "qwertyuiopasdf",
        "password1234",   "password12345",  "passwordpassword", "password123!",     "administrator",
        "letmeinletmein", "iloveyou1234",   "qwerty123456",     "qwertyqwerty",     "abcdefghijkl",
        "abcdefghijklm",  "abc123abc123",   "111111111111",     "000000000000",     "aaaaaaaaaaaa",
        "changeme1234",   "welcome12345",   "welcomewelcome",   "unbelievable",     "qazwsxedcrfv",
        "zxcvbnm12345",   "asdfghjkl123",   "1234qwerasdf",     "trustno1trustno1", "superman1234",
        "monkey123456",   "dragon123456",   "football1234",     "baseball1234",     "princess1234",
        "sunshine1234",   "masterpassword", "adminadminadmin",  "p@ssw0rd1234",     "correcthorsebatterystaple",
        "123123123123",   "121212121212",   "987654321098",     "0987654321098",    "qwe123qwe123"};
    return words;
}

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

std::string sha256(std::string_view token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
    crypto_hash_sha256(hash.data(), reinterpret_cast<unsigned char const*>(token.data()), token.size());
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

}  // namespace

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
    if (token.size() > longest_known) return sha256(token);
    // Whoever asks asks again with the same token. It is found by a short keyed mark (SipHash, 128 bits, a key of this
    // process) at a tenth of the cost; the token itself is not kept.
    auto const mark = mark_of(token);
    thread_local std::array<std::pair<Mark, std::string>, 64> known;
    auto& [seen, hash] = known[mark[0] & 63];
    if (hash.empty() || seen != mark) {
        seen = mark;
        hash = sha256(token);
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

std::optional<FieldError> password_weakness(std::string_view password, std::string_view pointer, std::string_view email,
                                            std::string_view name) {
    auto const weak = [&](std::string_view code, std::string message) {
        return FieldError{std::string(pointer), std::string(code), std::move(message)};
    };
    auto const length = code_points(password);
    if (length < 12)
        return weak("too_short",
                    "The password must have at least 12 characters; a few words in a row are easy to remember.");
    if (length > 128) return weak("too_long", "The password may have at most 128 characters.");
    auto const lower = lower_ascii(password);
    if (well_known().contains(lower))
        return weak("well_known", "This password is among the first that are guessed; choose another.");
    if (lower == lower_ascii(email) || lower == lower_ascii(name) ||
        lower.find_first_not_of(lower[0]) == std::string::npos)
        return weak("too_easy", "This password is too easy to guess; choose another.");
    return {};
}

}  // namespace patron
