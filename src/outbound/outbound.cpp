#include "outbound/outbound.hpp"

#include "outbound/sending.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace patron::outbound {
namespace {

char const* words_of(Fault fault) {
    switch (fault) {
        case Fault::bad_url: return "is no plain https address";
        case Fault::not_allowed:
            return "is not called: only https at port 443 is, unless --allow-outbound names its address and port";
        case Fault::inside:
            return "leads to an address that is not public; such are called only where --allow-outbound names them";
        case Fault::unknown_host: return "has a host name that is not known";
        case Fault::unreachable: return "cannot be reached";
        case Fault::certificate: return "has no certificate that can be trusted";
        case Fault::too_slow: return "did not answer in time";
        case Fault::too_large: return "answered more than one megabyte";
        case Fault::redirected: return "sends on to another address, which is not followed";
        case Fault::broken: return "did not answer as a web server does";
        case Fault::busy: return "was not called, as too many calls are under way";
    }
    return "";
}

std::vector<Address> look_up(std::string const& host) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    std::vector<Address> addresses;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return addresses;
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> const all(found, ::freeaddrinfo);
    for (auto const* one = found; one; one = one->ai_next)
        if (auto address = address_in(*one->ai_addr)) addresses.push_back(*address);
    return addresses;
}

}  // namespace

struct Caller::Slots {
    std::atomic<int> taken{0};
};

Failed::Failed(Fault fault) : std::runtime_error(words_of(fault)), fault(fault) {}

Caller::Caller(std::vector<std::string> const& allowed, Resolve resolve, std::string trusted)
    : resolve_(resolve ? std::move(resolve) : look_up),
      trusted_(std::move(trusted)),
      slots_(std::make_shared<Slots>()) {
    for (auto const& text : allowed) {
        auto const one = read_allowed(text);
        if (!one) throw std::invalid_argument(text + " is no address with a port, such as 127.0.0.1:8443.");
        allowed_.push_back(*one);
    }
}
Caller::~Caller() = default;

bool Caller::is_allowed(Address const& address, std::uint16_t port) const {
    return std::find(allowed_.begin(), allowed_.end(), Allowed{address, port}) != allowed_.end();
}

Target Caller::check(std::string_view url) const {
    auto target = read_target(url);
    if (!target) throw Failed(Fault::bad_url);
    if (target->tls && target->port == 443) {
        if (target->address) check_addresses(*target, {*target->address});
        return *target;
    }
    // Before a name is asked for: does the operator allow anything of that kind at all?
    bool const thinkable = std::any_of(allowed_.begin(), allowed_.end(), [&](Allowed const& one) {
        return one.port == target->port && (target->tls || is_loopback(one.address));
    });
    if (!thinkable) throw Failed(Fault::not_allowed);
    if (target->address) check_addresses(*target, {*target->address});
    return *target;
}

// One that may not be called spoils them all: whoever answers for the name would choose.
void Caller::check_addresses(Target const& target, std::vector<Address> const& addresses) const {
    if (addresses.empty()) throw Failed(Fault::unknown_host);
    for (auto const& address : addresses) {
        bool const allowed = is_allowed(address, target.port);
        if (!allowed && !is_public(address)) throw Failed(Fault::inside);
        if (!allowed && target.port != 443) throw Failed(Fault::not_allowed);
        if (!target.tls && !(allowed && is_loopback(address))) throw Failed(Fault::not_allowed);
    }
}

// Asked for once. A name server that does not answer is waited for on a thread of its own, which keeps its place among the
// calls until it is done.
std::vector<Address> Caller::addresses_of(Target const& target, std::chrono::steady_clock::time_point end,
                                          std::shared_ptr<void> const& slot) const {
    if (target.address) return {*target.address};
    auto const promise = std::make_shared<std::promise<std::vector<Address>>>();
    auto answer = promise->get_future();
    std::thread([promise, slot, resolve = resolve_, host = target.host] {
        try {
            promise->set_value(resolve(host));
        } catch (...) { promise->set_exception(std::current_exception()); }
    }).detach();
    if (answer.wait_until(end) != std::future_status::ready) throw Failed(Fault::too_slow);
    return answer.get();
}

Answer Caller::call(Request const& request) const {
    auto const end = std::min(std::chrono::steady_clock::now() + deadline, request.end);
    auto const target = check(request.url);
    if (++slots_->taken > at_once) {
        --slots_->taken;
        throw Failed(Fault::busy);
    }
    std::shared_ptr<void> const slot(slots_.get(), [slots = slots_](void*) { --slots->taken; });
    auto addresses = addresses_of(target, end, slot);
    check_addresses(target, addresses);
    return send(target, addresses, request, trusted_, end);
}

}  // namespace patron::outbound
