// Work on many customers at once: how long it and its undo take, what memory it needs, and how long others wait meanwhile.
#pragma once
#include "server.hpp"

namespace patron::bench {

// What is done, as it stands in the figures; each but the last is taken back behind it.
inline constexpr char const* many_actions[] = {"tag", "set a field", "move", "assign", "delete", "export"};

class ManyAtOnce {
  public:
    using Note = std::function<void(std::string const& what, std::string const& figure, double value)>;

    // `filter`: whom it is done to, as JSON. `draft`: a customer that somebody else makes meanwhile.
    ManyAtOnce(Server const& server, std::string key, std::string filter, std::function<std::string()> draft)
        : server_(server), key_(std::move(key)), filter_(std::move(filter)), draft_(std::move(draft)) {}

    void measure(std::function<bool(std::string_view)> const& wanted, Note const& note);

  private:
    Server const& server_;
    std::string key_, filter_;
    std::function<std::string()> draft_;

    std::string first_id(std::string const& target);
    std::string action(std::string_view name);
    std::string post(std::string const& target, std::string const& body);
    // Waits until the job rests again; notes what it took.
    void watch(std::string const& job, std::string const& what, Note const& note);
};

}  // namespace patron::bench
