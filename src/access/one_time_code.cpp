#include "access/one_time_code.hpp"

#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

namespace patron {
namespace {

constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view recovery_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's, as ids have it
constexpr std::size_t recovery_length = 16;

EVP_MD const* digest_of(CodeHash hash) {
    return hash == CodeHash::sha1 ? EVP_sha1() : hash == CodeHash::sha256 ? EVP_sha256() : EVP_sha512();
}

std::string percent(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string escaped;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (plain.find(c) != std::string_view::npos) escaped += c;
        else ((escaped += '%') += hex[byte >> 4]) += hex[byte & 15];
    }
    return escaped;
}

std::string random_bytes(std::size_t size) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not be started");
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

std::string one_time_code(std::string_view seed, std::int64_t step, int digits, CodeHash hash) {
    std::array<unsigned char, 8> counter;
    for (int i = 0; i < 8; ++i) counter[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step >> (56 - 8 * i));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (!HMAC(digest_of(hash), seed.data(), static_cast<int>(seed.size()), counter.data(), counter.size(), mac.data(),
              &size))
        throw std::runtime_error("OpenSSL could not work out a code");
    // RFC 4226 §5.3: four bytes from where the last four bits say.
    std::size_t const at = mac[size - 1] & 15U;
    std::uint32_t const number = (mac[at] & 0x7FU) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
    std::uint32_t power = 1;
    for (int i = 0; i < digits; ++i) power *= 10;
    auto const text = std::to_string(number % power);
    return std::string(static_cast<std::size_t>(digits) - text.size(), '0') + text;
}

std::optional<std::int64_t> step_of_code(std::string_view seed, std::string_view code, Time now, std::int64_t used) {
    std::string digits;
    for (char const c : code)
        if (c != ' ') digits += c;
    std::optional<std::int64_t> found;
    auto const step = code_step(now);
    for (auto one = step - 1; one <= step + 1; ++one) {
        auto const right = one_time_code(seed, one);
        bool const same =
            digits.size() == right.size() && sodium_memcmp(digits.data(), right.data(), right.size()) == 0;
        if (same && one > used && !found) found = one;
    }
    return found;
}

std::string make_seed() { return random_bytes(20); }

std::string to_base32(std::string_view bytes) {
    std::string text;
    unsigned bits = 0, held = 0;
    for (char const c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (held += 8; held >= 5; held -= 5) text += base32[bits >> (held - 5) & 31U];
    }
    if (held) text += base32[bits << (5 - held) & 31U];
    return text;
}

std::string code_uri(std::string_view seed, std::string_view issuer, std::string_view account) {
    return "otpauth://totp/" + percent(issuer) + ':' + percent(account) + "?secret=" + to_base32(seed) +
           "&issuer=" + percent(issuer) + "&algorithm=SHA1&digits=6&period=30";
}

std::string make_recovery_code() {
    std::string code;
    for (char const byte : random_bytes(recovery_length)) {
        if (code.size() % 5 == 4) code += '-';
        code += recovery_alphabet[static_cast<unsigned char>(byte) & 31U];
    }
    return code;
}

std::string read_recovery_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (c == 'o') c = '0';
        if (c == 'i' || c == 'l') c = '1';
        if (recovery_alphabet.find(c) != std::string_view::npos) code += c;
    }
    return code;
}

}  // namespace patron
