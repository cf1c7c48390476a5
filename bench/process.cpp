#include "process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace patron::bench {
namespace {

double seconds(timespec const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

long cores_here() { return sysconf(_SC_NPROCESSORS_ONLN); }

cpu_set_t only(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core) % static_cast<std::size_t>(cores_here()), &cores);
    return cores;
}

void set_all_threads(int pid, cpu_set_t const& cores) {
    for (auto const& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task"))
        sched_setaffinity(std::stoi(thread.path().filename().string()), sizeof cores, &cores);
}

}  // namespace

void stay_on(int core) {
    auto const cores = only(core);
    sched_setaffinity(0, sizeof cores, &cores);
}

void let_run_anywhere(int pid) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    for (long core = 0; core < cores_here(); ++core) CPU_SET(static_cast<std::size_t>(core), &cores);
    set_all_threads(pid, cores);
}

void keep_on(int pid, int core) { set_all_threads(pid, only(core)); }

Process::Process(std::vector<std::string> const& words, int core) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    std::vector<char*> arguments;
    for (auto const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        if (core >= 0) stay_on(core);
        ::dup2(ends[1], STDOUT_FILENO);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    out_ = ends[0];
}

Process::~Process() {
    end();
    ::close(out_);
}

void Process::end() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

std::string Process::line() {
    std::string text;
    for (char c = 0; ::read(out_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
}

std::string output_of(std::vector<std::string> const& words) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    std::vector<char*> arguments;
    for (auto const& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    auto const pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    if (status != 0) throw std::runtime_error(words.front() + " failed");
    return text;
}

double cpu_seconds(int pid) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
    return seconds(time);
}

double cpu_seconds_below(int parent) {
    auto const id = std::to_string(parent);
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    double sum = 0;
    for (int child; children >> child;) sum += cpu_seconds(child);
    return sum;
}

double own_cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return seconds(time);
}

std::int64_t resident_bytes(int pid) {
    std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
    std::int64_t size = 0, resident = 0;
    statm >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace patron::bench
