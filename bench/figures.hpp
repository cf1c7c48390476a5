// What was measured, kept in a file between the parts of a run, and the table made of it.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace patron::bench {

class Figures {
  public:
    explicit Figures(std::filesystem::path file);  // reads what is in it

    // "sqlite", 100, "get", "cpu_us"
    void add(std::string const& engine, std::int64_t customers, std::string const& what, std::string const& figure,
             double value);
    std::optional<double> get(std::string const& engine, std::int64_t customers, std::string const& what,
                              std::string const& figure) const;

    // The whole table and the goals, as Markdown.
    std::string report() const;

  private:
    using Key = std::tuple<std::string, std::int64_t, std::string, std::string>;
    std::filesystem::path file_;
    std::map<Key, double> values_;

    std::string operations() const;
    std::string work_on_many() const;
    std::string goals() const;
    std::pair<std::int64_t, std::int64_t> sizes(std::string const& engine) const;  // the smallest and the largest
};

}  // namespace patron::bench
