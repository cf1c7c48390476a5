// Tells the whole story of a business of any size, event by event in the order of time, and writes everything that the
// program would have written had it happened.
#pragma once
#include "bulk.hpp"
#include "office.hpp"
#include "people.hpp"
#include "rights.hpp"

namespace patron::bench {

inline constexpr std::uint32_t most_customers = 1 << 24;
inline constexpr int events_each = 20;  // on average; a few customers have many more

// From when to when the story goes: two full years, long over.
inline constexpr Time story_begins{1'672'531'200'000};  // 2023-01-01
inline constexpr Time story_ends{1'735'689'600'000};    // 2025-01-01

// A customer as far as its next event depends on what came before.
struct Life {
    std::int64_t id = 0, created_ms = 0, updated_ms = 0;
    std::int64_t first_position = 0, last_position = 0, last_ms = 0;
    std::uint64_t tags = 0;                         // one bit for each of the office's
    std::array<std::uint16_t, staff_count> seen{};  // events that each of the staff has seen; 0: never looked
    std::uint32_t version = 0;
    std::uint16_t events = 0, news = 0, notes = 0, visits = 0;
    std::uint8_t folder = 0, status = 0, phone = 0, address = 0, worker = 0, helper = 0;  // staff: 0 nobody
    std::uint8_t contact = 0;                                                             // preferred, 0: not said
    bool newsletter = false, imported = false;
};

class History {
  public:
    History(Office& office, Bulk& rows, std::uint32_t customers);

    // Answers how many events there are on the spine.
    std::int64_t write();

  private:
    struct Told;  // one event on its way

    std::vector<std::uint64_t> moments() const;
    void begin(Life& life, std::uint32_t number, Time now);
    void go_on(Life& life, std::uint32_t number, Time now);
    void write_note(Life& life, Time now, Dice& dice);
    void update(Life& life, std::uint32_t number, Told& told, Dice& dice);
    void move(Life& life, Told& told, Dice& dice);
    void retag(Life& life, Told& told, Dice& dice);
    void assign(Life& life, Told& told, Dice& dice);
    void say(Life& life, Told& told);
    Actor actor_for(Life const& life, Dice& dice);
    Customer customer(Life const& life, std::uint32_t number) const;
    JsonObject custom(Life const& life, std::uint32_t number) const;
    std::vector<Id<Tag>> tags_of(std::uint64_t bits) const;
    std::vector<Worker> workers_of(Life const& life) const;
    void write_customers();
    void write_counts();

    Office& office_;
    Bulk& rows_;
    People people_;
    std::vector<Life> lives_;
    Uneven<std::uint8_t> tags_, staff_, folders_;
    std::vector<std::string> ranks_;  // of the first note, the second …
};

}  // namespace patron::bench
