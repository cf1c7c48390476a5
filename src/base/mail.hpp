// A message to one person, in plain text, before anybody knows how it gets there.
#pragma once
#include <string>

namespace patron {

struct Mail {
    std::string from_name;    // the business
    std::string to_name, to;  // one person and their address
    std::string subject, text;
};

}  // namespace patron
