// What it costs that somebody does not see everybody: the same questions asked by the owner and by people whom role, team
// and folders show less, and how soon a person's customers are known anew when rights change.
#pragma once
#include "figures.hpp"
#include "server.hpp"

namespace patron::bench {

class SightCosts {
  public:
    // Makes keys for those who will ask; the server must not run yet.
    SightCosts(std::filesystem::path const& program, HouseSettings const& settings);

    using Note = std::function<void(std::string const& what, std::string const& figure, double value)>;
    // `database_seconds`: what the database's processes have used.
    void measure(Server const& server, std::function<double()> const& database_seconds, Note const& note);

  private:
    struct Asker {
        std::string name, key;
    };
    std::vector<Asker> askers_;  // the owner first

    void look_at_all(Client& client, std::vector<std::string> const& targets);
    void questions(Server const& server, std::function<double()> const& database_seconds, Note const& note);
    void changes_of_rights(Server const& server, Note const& note);
};

// Those beside the owner, and what is asked, as they stand in the figures.
inline constexpr char const* sight_askers[] = {"own customers", "the team's", "all but folders", "folders only"};
inline constexpr char const* sight_questions[] = {"list", "search", "count"};
inline constexpr char const* sight_changes[] = {"of a role", "of a folder", "of a team"};

}  // namespace patron::bench
