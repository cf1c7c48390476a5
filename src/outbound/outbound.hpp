// Calls from this server to others on the web, which must not lead into the network that it stands in (SSRF): to public
// addresses over TLS at port 443, elsewhere only where the operator allowed it.
#pragma once
#include "outbound/target.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>

namespace patron::outbound {

enum class Fault {
    bad_url,       // none that we read
    not_allowed,   // a port, or plain HTTP, that the operator did not allow
    inside,        // an address that is nobody's on the Internet
    unknown_host,  //
    unreachable,   //
    certificate,   // or no TLS at all
    too_slow,      //
    too_large,     //
    redirected,    // it sends on to somewhere else
    broken,        // no HTTP
    busy           // too many calls at once; nothing was tried
};

// what(): a sentence without its subject: "is not known".
struct Failed : std::runtime_error {
    explicit Failed(Fault fault);
    Fault fault;
};

struct Request {
    std::string url;
    std::string form;            // POST of application/x-www-form-urlencoded; GET when empty
    std::string user, password;  // RFC 7617, when not empty
    std::string bearer;          // RFC 6750, when not empty
    std::chrono::steady_clock::time_point end = std::chrono::steady_clock::time_point::max();  // if before the deadline
};
struct Answer {
    int status = 0;
    std::string body;
};

class Caller {
  public:
    static constexpr std::size_t most_bytes = 1 << 20;
    static constexpr std::chrono::milliseconds deadline{10'000};  // for all of it, from the name to the last byte
    static constexpr int at_once = 4;

    using Resolve = std::function<std::vector<Address>(std::string const& host)>;

    // Throws std::invalid_argument with a sentence for what is no "address:port". `trusted`: a file of certificates (PEM)
    // that others are judged by, instead of the system's.
    explicit Caller(std::vector<std::string> const& allowed = {}, Resolve resolve = {}, std::string trusted = {});
    ~Caller();

    // Blocks, at most until the deadline. Throws Failed. Whatever the status; redirections alone are failures.
    Answer call(Request const& request) const;
    // Could it be called, as far as is seen without asking for its address? Throws Failed.
    Target check(std::string_view url) const;

  private:
    struct Slots;
    std::vector<Allowed> allowed_;
    Resolve resolve_;
    std::string trusted_;
    std::shared_ptr<Slots> slots_;

    bool is_allowed(Address const& address, std::uint16_t port) const;
    void check_addresses(Target const& target, std::vector<Address> const& addresses) const;
    std::vector<Address> addresses_of(Target const& target, std::chrono::steady_clock::time_point end,
                                      std::shared_ptr<void> const& slot) const;
};

}  // namespace patron::outbound
