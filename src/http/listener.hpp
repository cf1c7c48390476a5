// A listening socket: binds, and hands what it accepts to the loops in turn.
#pragma once
#include "http/loop.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace patron::http {

// Both throw std::runtime_error with a sentence.
Descriptor listen_on(std::string const& host_and_port);
Descriptor listen_on_file(std::filesystem::path const& file);
// "127.0.0.1:8080", "[::1]:8080": where a TCP socket is bound.
std::string bound_address(Descriptor const& socket);

class Listener : public std::enable_shared_from_this<Listener> {
  public:
    Listener(std::vector<std::shared_ptr<Loop>> const& loops, Descriptor socket, bool local);
    static Task<void> run(std::shared_ptr<Listener> self);
    // On the first loop's thread: takes what has already been connected and closes.
    void finish();

  private:
    enum class Outcome { taken, none_waiting, exhausted };
    Outcome accept_one();
    void hand_over(Descriptor socket, Arrival arrival);
    Setup& setup_;
    std::vector<std::shared_ptr<Loop>> const& loops_;
    int number_;
    boost::asio::posix::basic_stream_descriptor<Executor> socket_;
    Timer pause_;
    bool local_;
    bool finished_ = false;
    std::size_t turn_ = 0;
};

}  // namespace patron::http
