// The finder: the customers' index of one business while it is open. It follows the spine and answers from memory what the
// database would answer slowly; as long as it is not ready, or has no room, the database is asked.
#pragma once
#include "index/index.hpp"
#include "modules/customers/asking.hpp"

#include <condition_variable>
#include <filesystem>
#include <shared_mutex>
#include <thread>

namespace patron::customers {

class Finder {
  public:
    enum class State { resting, loading, ready, no_room };

    explicit Finder(Business& business) : business_(business) {}
    ~Finder();
    Finder(Finder const&) = delete;

    // Loads the index on a thread of its own, from the snapshot when it fits, and follows from then on.
    void begin(FinderSettings const& settings);

    // Asks the index, which knows at least everything that was durable before. False: ask the database.
    bool ask(std::function<void(index::Index const&)> const& question);

    State state() const { return state_; }
    std::int64_t position() const { return position_; }
    std::size_t size() const;
    std::size_t bytes() const;

  private:
    Business& business_;
    FinderSettings settings_;
    mutable std::shared_mutex mutex_;  // of the index
    index::Index index_;
    std::mutex following_;  // one at a time reads the spine
    std::atomic<std::int64_t> position_{0};
    std::atomic<State> state_{State::resting};
    std::mutex waking_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;

    void work();
    bool prepare_some();
    void load();
    void read_everybody();
    bool fits();
    bool stopping();
    // Takes in what became durable up to the position.
    void follow(std::int64_t until);
    bool follow_page();
    std::int64_t head();

    std::filesystem::path snapshot() const;
    bool load_snapshot();
    void save_snapshot();
    std::int64_t saved_position_ = 0;
};

// The page that is asked for, from the index; nothing when the database is to be asked.
std::optional<Page<Customer>> page_from_index(Reading& reading, Asked const& asked, int limit);

// All that a search in the order of the best finds, as the list shows them; nothing when the database is to be asked.
std::optional<std::vector<std::int64_t>> found_by_typing(Reading& reading, Asked const& asked);

// The rows of the index that match what is asked and are seen by whoever asks.
class Evaluator {
  public:
    // Asks the database first, so that nobody waits for it while the index is held.
    Evaluator(Reading& reading, Filter const& filter);
    index::Bits evaluate(index::Index const& index) const;
    // All that what was typed finds among the rows.
    index::Bits found(index::Index const& index, std::string const& typed, index::Bits const& among) const;
    index::Query query(index::Index const& index, std::string const& typed) const;

  private:
    Filter const& filter_;
    std::optional<index::Kept> seen_;  // unless that is everybody
    std::vector<std::pair<Filter const*, std::vector<std::int64_t>>> asked_;
    std::vector<std::pair<std::string, std::int64_t>> tags_;  // folded names

    void ask_database(Reading& reading, Filter const& filter);
    index::Bits rows_of(index::Index const& index, Filter const& filter) const;
    index::Bits compared(index::Index const& index, Filter const& filter) const;
};

// All that match what is asked, what was typed included.
index::Bits rows_of(Asked const& asked, Evaluator const& evaluator, index::Index const& index);

// How a field stands in the index.
enum class Kept { mark, text, number };
Kept kept_as(FilterField const& field);

// A customer as the index wants it, read from the rows of `entry_columns`; nothing when it lies in the bin.
class EntryReader {
  public:
    explicit EntryReader(Reading& reading);
    std::optional<index::Entry> of(Id<Customer> id);
    // Those behind the id, in order, at most so many; answers the last id seen, or 0.
    std::int64_t behind(std::int64_t id, std::int64_t most, std::vector<index::Entry>& entries);

  private:
    Reading& reading_;
    std::vector<Field> definitions_;
    std::optional<index::Entry> read(db::Cursor const& row);
    void add_sets(std::span<index::Entry> entries);
};

}  // namespace patron::customers
