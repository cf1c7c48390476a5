// Constraints as types: bounded text, personal data, money, checked words. What a member may hold is read from its type
// by the JSON reader, the API description and the rows alike.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace patron {

// Text of Min to Max code points, NFC, trimmed, without control characters.
template <std::size_t Min, std::size_t Max>
struct Text : std::string {
    static constexpr std::size_t min = Min, max = Max;
    using std::string::string;
    Text() = default;
    Text(std::string text) : std::string(std::move(text)) {}
    Text(std::string_view text) : std::string(text) {}
    Text(char const* text) : std::string(text) {}
};

// Text whose form is checked by a word of the field: Rule::read(text) answers the kept form or nothing;
// Rule::name, Rule::code and Rule::message say what it should have been.
template <class Rule>
struct Word : std::string {
    using std::string::string;
    Word() = default;
    Word(std::string text) : std::string(std::move(text)) {}
    Word(std::string_view text) : std::string(text) {}
    Word(char const* text) : std::string(text) {}
};

// Data about a person: kept apart in events, emptied by erasure, never logged. Behaves as the T it holds.
template <class T>
struct Personal : T {
    using T::T;
    Personal() = default;
    Personal(T value) : T(std::move(value)) {}
};

// A value set by Patron alone: shown in answers, refused in bodies.
struct Money {
    std::int64_t amount = 0;  // minor units, |amount| < 2^53
    std::string currency;     // ISO 4217
    bool operator==(Money const&) const = default;
};

}  // namespace patron
