// What people ask to find somebody: filters with a sort and a count, and searches as they are typed.
#pragma once
#include "raw.hpp"

#include <string>
#include <vector>

namespace patron::bench {

// Addresses below /api/v1 that answer a first page of customers, always the same for the same business.
struct FindingQuestions {
    std::vector<std::string> filters;     // one to three conditions, any sort
    std::vector<std::string> keystrokes;  // names and numbers of customers that there are, from the first letter on
};
FindingQuestions finding_questions(Raw& raw, std::vector<std::int64_t> const& customers);

}  // namespace patron::bench
