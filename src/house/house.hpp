// The house: which modules and readers there are, the businesses of this installation, start and stop.
#pragma once
#include "module/edge.hpp"

#include <chrono>
#include <condition_variable>
#include <thread>

namespace patron {

class SealKey;

struct HouseSettings {
    std::filesystem::path data = "patron-data";
    std::string database;    // "" = SQLite in the data folder, or postgres://…
    std::string public_url;  // "https://crm.example.com", or ""
    int database_readers = 8;
    int index_memory = 1024;  // MiB for the index of a business's customers
    int rate_limit = 0;       // requests a second of one user, key or address in the long run; 0: no limit
    bool serving = false;     // false: for one command
    std::filesystem::path secrets_key_file;   // "" = secrets.key in the data folder
    std::string secrets_key;                  // the key itself, instead of a file
    std::shared_ptr<SealKey> seal_key;        // of these two; the house makes it
    std::vector<std::string> allow_outbound;  // addresses with ports that may be called although they are not public
    std::function<std::string()> address;     // where people reach it; the house says so
};

// A sentence that says why it does not start; nothing was harmed.
struct StartError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::vector<Module> make_modules(HouseSettings const& settings);
std::vector<Area> areas_of(std::vector<Module> const& modules);
std::vector<Route> routes_of(std::vector<Module> const& modules);
// What the whole program describes: for `patron openapi`, without a data folder.
std::string describe_api();

// The folder's lock: one process at a time. Throws StartError when another has it.
class FolderLock {
  public:
    explicit FolderLock(std::filesystem::path const& folder);
    ~FolderLock();
    FolderLock(FolderLock const&) = delete;

  private:
    int file_ = -1;
};

class House : public Directory {
  public:
    explicit House(HouseSettings settings);  // takes the lock, opens the control database; throws StartError
    ~House() override;

    Edge& edge() { return *edge_; }
    std::filesystem::path socket() const { return settings_.data / "patron.sock"; }
    std::filesystem::path uploads() const { return settings_.data / "uploads"; }

    // Work that may block goes here; without it, it is done at once by whoever asks. Both are set before anybody asks.
    void set_workers(std::function<bool(std::function<void()>)> run) { run_ = std::move(run); }
    void set_counts(std::function<http::Server::Counts()> counts) { counts_ = std::move(counts); }
    // Where it listens: links that are mailed lead there when no public URL was set.
    void set_address(std::string address);
    std::string address();
    bool ready() const { return ready_; }
    void set_ready(bool ready) { ready_ = ready; }
    // The link by which the owner is made, when there is none yet.
    std::optional<std::string> setup_link(std::string const& address);

    // A new business on this installation: its database made, not yet founded.
    std::shared_ptr<Business> add_business(std::string const& slug);
    // Takes a business and all its data away, for good. The first one stays.
    void remove_business(std::string const& slug);
    struct Listed {
        std::int64_t number;
        std::string slug, name;
    };
    std::vector<Listed> businesses();
    // What is wrong with the data, in sentences; empty: nothing.
    std::vector<std::string> check(Business& business);

    std::shared_ptr<Business> business(std::string_view slug) override;
    std::shared_ptr<Business> business(std::int64_t number) override;
    std::string public_url() const override { return settings_.public_url; }
    bool run(std::function<void()> task) override;
    std::optional<http::Response> page(http::Request const& request, std::string const& nonce) override;

    // Takes away what has outlived its time in a business: a chunk at a time, so that nobody waits for it.
    void keep(Business& business);

  private:
    db::Location location_of(std::int64_t number) const;
    db::Location control_location() const;
    void open_control();
    std::shared_ptr<Business> open(std::int64_t number, std::string const& slug);
    void add_own_routes(std::vector<Route>& routes);
    void keep_house();
    void keep_all();
    void write_looks();
    void tell_audit_heads();
    std::vector<std::shared_ptr<Business>> open_businesses();
    bool stopping();
    std::string metrics();

    HouseSettings settings_;
    std::unique_ptr<FolderLock> lock_;
    std::vector<Module> modules_;
    std::vector<Area> areas_;
    std::unique_ptr<db::Database> control_;
    int node_ = 0;
    std::mutex mutex_;
    std::string address_;
    std::map<std::int64_t, std::shared_ptr<Business>> open_;
    std::map<std::string, std::int64_t, std::less<>> numbers_;
    std::unique_ptr<Edge> edge_;
    std::function<bool(std::function<void()>)> run_;
    std::function<http::Server::Counts()> counts_;
    std::atomic<bool> ready_{false};
    std::string api_document_;
    std::atomic<std::uint64_t> csp_reports_{0};
    std::mutex waking_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread keeper_;
};

// What the browser loads: built from web/, compiled in.
struct Asset {
    std::string_view path;                 // "/assets/index-Bx12.js"
    std::string_view type;                 // media type
    std::string_view plain, gzip, brotli;  // gzip, brotli: empty when not smaller
};
std::span<Asset const> assets();
std::optional<http::Response> asset_response(http::Request const& request, std::string const& nonce);

}  // namespace patron
