// A new password by mail. What is answered, and the work until then, is the same whether there is such an account or not.
#include "modules/staff/guessing.hpp"
#include "modules/staff/letters.hpp"

#include "base/fold.hpp"
#include "module/keeping.hpp"

namespace patron::staff {
namespace {

struct Forgotten {
    Text<1, 320> email;
    std::optional<Text<1, 100>> business;
};
DESCRIBE(Forgotten, email, business);

http::Response ask_reset(Call const& call, Body<Forgotten> const& body) {
    auto const slug = body.value.business ? std::string(*body.value.business) : std::string();
    auto const named = call.businesses->business(slug);
    auto const business = named ? named : call.businesses->business("");
    Guess from_here(*business, call);
    from_here.count("letters " + place_tries(call), of_letters_from_a_place);
    from_here.take_or_refuse();
    auto const email_key = normal_email(body.value.email).value_or("");
    Guess to_there(*business, call);
    to_there.count("letters " + account_tries(named ? email_key : slug + '\n' + email_key), of_letters);
    // More than a few letters an hour help nobody. Whether they were too many is not to be seen either.
    bool const enough = to_there.take() > 0;
    return run_unit(*business, call, [&](Unit& unit) {
        write_letter(unit, LetterKind::reset, {}, enough || !named ? std::string() : email_key);
        return empty_response(202);
    });
}

}  // namespace

void add_resets(Module& module) {
    module.routes.push_back(
        unkeyed(working<ask_reset>("/session/reset", anyone, "ask_reset",
                                   "Ask for a link to a new password by mail; answers the same for everybody", 202)));
}

}  // namespace patron::staff
