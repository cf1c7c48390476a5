// The servers that are measured: patron on a data folder, nginx on a file.
#pragma once
#include "client.hpp"
#include "process.hpp"

#include "house/house.hpp"

namespace patron::bench {

class Server {
  public:
    // `before` are the words that it is run by, such as those of valgrind.
    Server(std::filesystem::path const& program, HouseSettings const& settings, std::vector<std::string> before = {});

    int pid() const { return process_.pid(); }
    int port() const { return port_; }
    double seconds_to_first_answer() const { return first_answer_; }
    // Waits until it does nothing any more: the index is read in, segments are computed, the bin is looked through.
    // Answers after how many seconds, two minutes at most.
    double settle() const;
    void end() { process_.end(); }

  private:
    double begun_ = now_seconds();
    Process process_;
    int port_ = 0;
    double first_answer_ = 0;
};

// One worker that serves the file at /file and writes no log.
class Nginx {
  public:
    Nginx(std::filesystem::path const& folder, std::string const& content);
    int worker() const;
    int port() const { return port_; }

  private:
    int port_;
    Process process_;
};

// An API key of somebody of the staff, by e-mail address; of the owner when left out.
std::string make_key(std::filesystem::path const& program, HouseSettings const& settings,
                     std::string const& email = {});

int free_port();

}  // namespace patron::bench
