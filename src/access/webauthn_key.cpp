#include "access/webauthn_key.hpp"

#include "access/webauthn.hpp"

#include <cbor.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <map>

namespace patron::webauthn {
namespace {

struct Drop {
    void operator()(cbor_item_t* item) const { cbor_decref(&item); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* params) const { OSSL_PARAM_free(params); }
    void operator()(BIGNUM* number) const { BN_free(number); }
};
template <class T>
using Held = std::unique_ptr<T, Drop>;

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

// Does an item stand there that asks for no more room than its bytes are worth? libcbor makes room for as many members as
// a list says it has, before it has seen one. Canonical CBOR of CTAP2 (§8) knows no indefinite lengths and no tags.
bool is_worth_reading(std::string_view bytes) {
    enum Major { text_bytes = 2, text = 3, list = 4, map = 5, tag = 6 };
    std::size_t at = 0;
    for (std::uint64_t wanted = 1; wanted > 0;) {
        if (at == bytes.size()) return false;
        auto const head = static_cast<unsigned char>(bytes[at++]);
        auto const major = head >> 5, more = head & 31;
        if (more > 27 || major == tag) return false;
        std::uint64_t value = static_cast<std::uint64_t>(more);
        if (more >= 24) {
            auto const length = std::size_t{1} << (more - 24);
            if (bytes.size() - at < length) return false;
            value = 0;
            for (std::size_t i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at++]);
        }
        auto const left = bytes.size() - at;
        bool const counts = major == text_bytes || major == text || major == list || major == map;
        if (counts && value > left) return false;
        if (major == text_bytes || major == text) at += value;
        --wanted;
        if (major == list) wanted += value;
        if (major == map) wanted += 2 * value;
        if (wanted > bytes.size() - at) return false;
    }
    return true;
}

Held<cbor_item_t> load(std::string_view bytes, std::size_t* read = nullptr) {
    if (!is_worth_reading(bytes)) return {};
    cbor_load_result result{};
    Held<cbor_item_t> item(cbor_load(bytes_of(bytes), bytes.size(), &result));
    if (result.error.code != CBOR_ERR_NONE) return {};
    if (read) *read = result.read;
    return item;
}

std::string bytes_in(cbor_item_t* item) {
    if (!cbor_isa_bytestring(item) || !cbor_bytestring_is_definite(item)) throw Refused("no bytes where they belong");
    return {reinterpret_cast<char const*>(cbor_bytestring_handle(item)), cbor_bytestring_length(item)};
}

std::int64_t integer_in(cbor_item_t* item) {
    if (!cbor_is_int(item) || cbor_get_int(item) > INT64_MAX) throw Refused("no number where it belongs");
    auto const value = static_cast<std::int64_t>(cbor_get_int(item));
    return cbor_isa_negint(item) ? -1 - value : value;
}

// The members of a COSE_Key by their labels.
class CoseKey {
  public:
    explicit CoseKey(std::string_view bytes) {
        std::size_t read = 0;
        map_ = load(bytes, &read);
        if (!map_ || read != bytes.size() || !cbor_isa_map(map_.get())) throw Refused("the public key is no COSE_Key");
        auto const* pairs = cbor_map_handle(map_.get());
        for (std::size_t i = 0; i < cbor_map_size(map_.get()); ++i) {
            if (!cbor_is_int(pairs[i].key)) continue;
            if (!members_.emplace(integer_in(pairs[i].key), pairs[i].value).second)
                throw Refused("a member of the public key stands twice");
        }
    }
    std::int64_t integer(std::int64_t label) const { return integer_in(at(label)); }
    std::string bytes(std::int64_t label) const { return bytes_in(at(label)); }

  private:
    Held<cbor_item_t> map_;
    std::map<std::int64_t, cbor_item_t*> members_;
    cbor_item_t* at(std::int64_t label) const {
        auto const found = members_.find(label);
        if (found == members_.end()) throw Refused("a member of the public key is missing");
        return found->second;
    }
};

Held<EVP_PKEY> built(char const* type, OSSL_PARAM_BLD* builder) {
    Held<OSSL_PARAM> const params(OSSL_PARAM_BLD_to_param(builder));
    Held<EVP_PKEY_CTX> const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        throw Refused("the public key is none");
    Held<EVP_PKEY> held(key);
    Held<EVP_PKEY_CTX> const check(EVP_PKEY_CTX_new(key, nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1) throw Refused("the public key lies beside its curve");
    return held;
}

// RFC 9053 §7.1.1: two coordinates on P-256.
Held<EVP_PKEY> elliptic(CoseKey const& cose) {
    auto const x = cose.bytes(-2), y = cose.bytes(-3);
    if (cose.integer(1) != 2 || cose.integer(-1) != 1 || x.size() != 32 || y.size() != 32)
        throw Refused("no key on P-256");
    auto const point = '\x04' + x + y;
    Held<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return built("EC", builder.get());
}

// RFC 8230 §4.
Held<EVP_PKEY> rsa(CoseKey const& cose) {
    auto const modulus = cose.bytes(-1), exponent = cose.bytes(-2);
    if (cose.integer(1) != 3 || modulus.size() < 256 || modulus.size() > 512 || exponent.empty() || exponent.size() > 8)
        throw Refused("no RSA key of 2048 to 4096 bits");
    Held<BIGNUM> const n(BN_bin2bn(bytes_of(modulus), static_cast<int>(modulus.size()), nullptr)),
        e(BN_bin2bn(bytes_of(exponent), static_cast<int>(exponent.size()), nullptr));
    if (BN_num_bits(n.get()) < 2048) throw Refused("an RSA key that is filled up with noughts");
    if (!BN_is_odd(e.get()) || BN_is_one(e.get())) throw Refused("no exponent of an RSA key");
    Held<OSSL_PARAM_BLD> const builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return built("RSA", builder.get());
}

// RFC 9053 §7.2.
Held<EVP_PKEY> edwards(CoseKey const& cose) {
    auto const x = cose.bytes(-2);
    if (cose.integer(1) != 1 || cose.integer(-1) != 6 || x.size() != 32) throw Refused("no key on Ed25519");
    Held<EVP_PKEY> key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size()));
    if (!key) throw Refused("the public key is none");
    return key;
}

}  // namespace

struct PublicKey::Key {
    Held<EVP_PKEY> key;
};

std::size_t cbor_size(std::string_view bytes) {
    std::size_t read = 0;
    return load(bytes, &read) ? read : 0;
}

std::optional<std::string> authenticator_data_in(std::string_view attestation) {
    std::size_t read = 0;
    auto const map = load(attestation, &read);
    if (!map || read != attestation.size() || !cbor_isa_map(map.get())) return {};
    std::optional<std::string> data;
    bool named = false;
    auto const* pairs = cbor_map_handle(map.get());
    for (std::size_t i = 0; i < cbor_map_size(map.get()); ++i) {
        auto* const key = pairs[i].key;
        if (!cbor_isa_string(key) || !cbor_string_is_definite(key)) return {};
        std::string_view const name(reinterpret_cast<char const*>(cbor_string_handle(key)), cbor_string_length(key));
        auto* const value = pairs[i].value;
        if (name == "authData") {
            if (data) return {};
            data = bytes_in(value);
        } else if (name == "fmt")
            named = cbor_isa_string(value) && cbor_string_is_definite(value) && cbor_string_length(value) > 0;
    }
    return named ? data : std::nullopt;
}

PublicKey::PublicKey(std::string_view cose) : key_(std::make_unique<Key>()) {
    CoseKey const members(cose);
    algorithm_ = members.integer(3);
    if (algorithm_ == es256) key_->key = elliptic(members);
    else if (algorithm_ == rs256) key_->key = rsa(members);
    else if (algorithm_ == eddsa) key_->key = edwards(members);
    else throw Refused("an algorithm that is not taken");
}
PublicKey::~PublicKey() = default;

bool PublicKey::fits(std::string_view message, std::string_view signature) const {
    Held<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    auto const* digest = algorithm_ == eddsa ? nullptr : EVP_sha256();
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) ==
               1;
}

}  // namespace patron::webauthn
