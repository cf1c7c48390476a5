// Asks a server over connections that are kept, as many at once as wanted, a fixed number of times.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace patron::bench {

// What the answers took, in seconds, in ascending order.
struct Latencies {
    std::vector<double> seconds;
    double wall = 0;                // of all of them together
    double at(double share) const;  // 0.5, 0.99
};

std::string get_request(std::string const& target, std::string const& key);
std::string body_request(std::string const& method, std::string const& target, std::string const& key,
                         std::string const& body);

class Client {
  public:
    Client(int port, int connections);
    Client(Client const&) = delete;
    ~Client();

    // Sends request(0), request(1) … and waits for each answer; throws when one is not 2xx. `answered` may look at bodies.
    Latencies ask(int times, std::function<std::string(int)> const& request,
                  std::function<void(std::string const&)> const& answered = {});
    std::string ask_once(std::string const& request);  // its body

  private:
    struct Connection {
        int socket = -1;
        std::string received;
        double asked_at = 0;
    };
    std::vector<Connection> connections_;
    void send(Connection& connection, std::string const& request);
    static bool whole(std::string const& received, std::string& body);
};

// A stream of live updates: waits for the next line of data.
class Stream {
  public:
    Stream(int port, std::string const& request);
    Stream(Stream const&) = delete;
    ~Stream();
    std::string next();

  private:
    int socket_ = -1;
    std::string received_;
};

double now_seconds();

}  // namespace patron::bench
