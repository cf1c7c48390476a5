// Programs that are measured: started on one core, watched from outside.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace patron::bench {

// The measured stand on one core and whoever asks them on another, where there are two.
inline constexpr int measured_core = 0, asking_core = 1;
void stay_on(int core);
// All threads of a process that runs: on every core, or back on one.
void let_run_anywhere(int pid);
void keep_on(int pid, int core);

class Process {
  public:
    // Its standard output can be read line by line; it ends when this does.
    Process(std::vector<std::string> const& words, int core);
    Process(Process const&) = delete;
    ~Process();

    int pid() const { return pid_; }
    std::string line();  // empty when it has ended
    void end();          // SIGTERM, and waits

  private:
    int pid_ = 0, out_ = -1;
};

// Runs it to its end and answers what it printed; throws when it failed.
std::string output_of(std::vector<std::string> const& words);

double cpu_seconds(int pid);           // of all its threads so far, user and system
double cpu_seconds_below(int parent);  // of all its children
double own_cpu_seconds();              // of the calling thread
std::int64_t resident_bytes(int pid);

}  // namespace patron::bench
