// The public keys of passkeys and what they come in: CBOR (RFC 8949), COSE (RFC 9052), OpenSSL behind it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace patron::webauthn {

// How many bytes the first data item takes; 0 when it is none.
std::size_t cbor_size(std::string_view bytes);
// The member authData of an attestation object. What it attests of its maker is not looked at: any may come.
std::optional<std::string> authenticator_data_in(std::string_view attestation);

class PublicKey {
  public:
    // Throws Refused when it is no COSE_Key of ES256 (P-256), EdDSA (Ed25519) or RS256 (2048 to 4096 bits).
    explicit PublicKey(std::string_view cose);
    ~PublicKey();
    PublicKey(PublicKey const&) = delete;
    std::int64_t algorithm() const { return algorithm_; }
    bool fits(std::string_view message, std::string_view signature) const;

  private:
    std::int64_t algorithm_ = 0;
    struct Key;
    std::unique_ptr<Key> key_;
};

}  // namespace patron::webauthn
