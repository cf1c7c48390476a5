// The whole story of the demo before any of it is written: who works there, how the studio sorts its customers, and what
// happened when. Made from a fixed seed, so that it is the same every time.
#pragma once
#include "modules/customers/customers.hpp"
#include "modules/demo/dice.hpp"
#include "modules/demo/stories.hpp"

namespace patron::demo {

struct Colleague {
    std::string_view name, email, role;
};
inline constexpr Colleague colleagues[] = {
    // the first is the owner; the last only reads
    {"Dana Lindqvist", "dana@demo.example", "owner"}, {"Mateus Oliveira", "mateus@demo.example", "manager"},
    {"Aylin Kaya", "aylin@demo.example", "staff"},    {"Jonas Brandt", "jonas@demo.example", "staff"},
    {"Priya Raman", "priya@demo.example", "staff"},   {"Sofia Conti", "sofia@demo.example", "read_only"},
};
inline constexpr int who_write = 5;

enum class Step {
    create,
    status,
    move,
    tag,
    untag,
    assign,
    custom,
    follow_up,
    email,
    phone,
    street,
    newsletter,
    silence,
    note,
    pin,
    relate,
    bin
};

struct Deed {
    Step step;
    std::string text;   // a name, a note's body, an address, the key of a custom field
    std::string value;  // custom: JSON
    int number = 0;     // assign: colleague; relate: customer; follow_up: minutes
    bool pinned = false, public_ = false, alert = false;
};

// What one colleague does with one customer at one moment.
struct Visit {
    int minute = 0;  // counted from the reference; never above 0
    int colleague = 0, customer = 0;
    std::vector<Deed> deeds;
};

struct Plan {
    std::vector<Customer> customers;  // drafts, in the order they come
    std::vector<Visit> visits;        // in the order of time
    int newest = 0;                   // what happened from this minute on is news to everybody
};

inline constexpr int history_days = 730, minutes_of_day = 24 * 60;
inline constexpr std::int64_t minute_ms = 60'000;

// The moment that minutes are counted from: the last nine o'clock, UTC, so that all of it is past.
Time reference(Time now);

Plan make_plan();

}  // namespace patron::demo
