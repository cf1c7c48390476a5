#include "http/peer.hpp"

#include "http/ascii.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace patron::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_mapped(Address const& address) {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        auto const end = text.find(']');
        return end == text.npos ? text : text.substr(1, end - 1);
    }
    auto const colon = text.find(':');
    bool const one_colon = colon != text.npos && text.find(':', colon + 1) == text.npos;
    return one_colon ? text.substr(0, colon) : text;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    std::string const plain(without_port(text));
    Address address;
    if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) == 1) return address;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, plain.c_str(), address.bytes.data() + 12) == 1) return address;
    return {};
}

std::string Address::text() const {
    char buffer[INET6_ADDRSTRLEN];
    if (is_mapped(*this)) return inet_ntop(AF_INET, bytes.data() + 12, buffer, sizeof buffer);
    return inet_ntop(AF_INET6, bytes.data(), buffer, sizeof buffer);
}

TrustedProxies::TrustedProxies(std::vector<std::string> const& entries) {
    for (auto const& entry : entries) {
        auto const slash = entry.find('/');
        auto const base = Address::parse(entry.substr(0, slash));
        int bits = 128;
        bool well_formed = base.has_value();
        if (well_formed && slash != entry.npos) {
            int const offset = is_mapped(*base) ? 96 : 0;
            auto const end = entry.data() + entry.size();
            auto const [stop, error] = std::from_chars(entry.data() + slash + 1, end, bits);
            well_formed = error == std::errc{} && stop == end && bits >= 0 && bits + offset <= 128;
            bits += offset;
        }
        if (!well_formed)
            throw std::runtime_error("The trusted proxy \"" + entry + "\" is neither an address nor a range.");
        ranges_.push_back({*base, bits});
    }
}

bool TrustedProxies::contains(Address const& address) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](Range const& range) {
        for (int bit = 0; bit < range.bits; bit += 8) {
            auto const byte = static_cast<std::size_t>(bit / 8);
            int const ignored = std::max(0, bit + 8 - range.bits);
            if ((address.bytes[byte] ^ range.base.bytes[byte]) >> ignored) return false;
        }
        return true;
    });
}

void TrustedProxies::apply(Request& request, Address const& connected, std::string const& connected_text,
                           bool tls) const {
    request.peer.assign(connected_text);
    request.secure = tls;
    if (ranges_.empty() || !contains(connected)) return;
    bool still_trusted = true;
    for (auto header = request.headers.rbegin(); header != request.headers.rend() && still_trusted; ++header) {
        if (!same_word(header->name, "x-forwarded-for")) continue;
        std::string_view list = header->value;
        while (still_trusted && !list.empty()) {
            auto const comma = list.rfind(',');
            auto const address = Address::parse(trimmed(comma == list.npos ? list : list.substr(comma + 1)));
            list = comma == list.npos ? std::string_view{} : list.substr(0, comma);
            if (address) request.peer = address->text();
            still_trusted = address && contains(*address);
        }
    }
    for (auto header = request.headers.rbegin(); header != request.headers.rend(); ++header) {
        if (!same_word(header->name, "x-forwarded-proto")) continue;
        std::string_view const list = header->value;
        auto const comma = list.rfind(',');
        request.secure = same_word(trimmed(comma == list.npos ? list : list.substr(comma + 1)), "https");
        break;
    }
}

}  // namespace patron::http
