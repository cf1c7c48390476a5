// How the command line speaks to Patron: over the socket of the server that is running on the data folder, or, when
// none is, to a house opened for this one command.
#pragma once
#include "settings.hpp"

#include <memory>

namespace patron {

struct Answered {
    int status = 0;
    std::string body;
    Json json() const { return parse_own_json(body.empty() ? "null" : body); }
};

class Client {
  public:
    virtual ~Client() = default;
    // `path` with its query, from /api/v1 on. A body is JSON unless `file` names one to send as it is.
    virtual Answered send(http::Method method, std::string const& path, std::string const& body = {},
                          std::filesystem::path const& file = {}) = 0;
    // Throws CommandError when nothing was made there yet, unless this is the command that makes it.
    static std::unique_ptr<Client> open(Settings const& settings, bool makes = false);
    // The same for another business of the installation.
    Answered send_for(std::string const& slug, http::Method method, std::string const& path);

    Json get(std::string const& path) { return answered(send(http::Method::get, path)); }
    Json post(std::string const& path, JsonObject const& body) {
        return answered(send(http::Method::post, path, to_json(body)));
    }
    Json patch(std::string const& path, JsonObject const& body) {
        return answered(send(http::Method::patch, path, to_json(body)));
    }
    // The body of a success; a refusal is thrown as a CommandError with its words.
    static Json answered(Answered const& reply);

  protected:
    explicit Client(std::string business) : business_(std::move(business)) {}
    std::string business_;
};

// What a command could not do, in words; exit 1.
struct CommandError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A member of an answer; "" or 0 when it is not there or something else.
std::string text(Json const& json, std::string_view member);
std::int64_t number(Json const& json, std::string_view member);

}  // namespace patron
