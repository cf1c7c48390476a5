// One business while it is open: its database, its spine, its settings, and who of its staff was seen lately.
#pragma once
#include "http/http.hpp"
#include "module/audit.hpp"
#include "module/gate.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>
#include <vector>

namespace patron {
struct BusinessSettings;
struct House;
}  // namespace patron
ID_PREFIX(patron::BusinessSettings, "biz");

namespace patron {

struct Module;

// What a business says of itself. One row.
struct BusinessSettings {
    static constexpr std::string_view table = "business", noun = "business";
    static constexpr std::string_view fixed[] = {"id", "version", "slug", "created_at", "updated_at"};
    Id<BusinessSettings> id;
    std::int64_t version = 0;
    Text<1, 200> name;
    std::string slug;
    CurrencyCode currency;
    CountryCode country;
    ZoneName time_zone;
    LanguageTag locale;
    std::optional<std::int64_t> audit_years;  // how long rows of the audit log are kept, 1 to 30; null: for good
    Time created_at, updated_at;
};
DESCRIBE(BusinessSettings, id, version, name, slug, currency, country, time_zone, locale, audit_years, created_at,
         updated_at);

// Streams of live updates of one business, on this server.
class LiveHub {
  public:
    struct Listener {
        std::shared_ptr<http::EventStream> stream;
        Principal who;
        std::int64_t position = 0;
    };
    void add(std::shared_ptr<http::EventStream> stream, Principal who, std::int64_t position);
    // Sends to everyone whose position is below the text's own, and who is to hear of it.
    void send(std::int64_t position, std::string const& text, std::function<bool(Principal const&)> const& hears);
    void close_all();
    // Ends the streams of a session or key that was revoked, or of a user whose rights changed.
    void close_if(std::function<bool(Principal const&)> const& matches);
    std::vector<Principal> listeners() const;
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::vector<Listener> listeners_;
};

// Who looks at which customer, on this server and on the others that told of it.
class Presence {
  public:
    struct Looker {
        Id<User> user_id;
        std::string name;
        std::optional<std::string> field;
        Time since, seen;
    };
    static constexpr std::int64_t lasts_ms = 45'000;
    // True when what others see of it changed.
    bool look(Id<Customer> customer, Looker looker);
    bool leave(Id<Customer> customer, Id<User> user);
    std::vector<Looker> lookers(Id<Customer> customer, Time now);

  private:
    std::mutex mutex_;
    std::map<Id<Customer>, std::vector<Looker>> by_customer_;
};

class Business;

// The businesses of this installation, opened when asked for.
class Businesses {
  public:
    virtual ~Businesses() = default;
    virtual std::shared_ptr<Business> business(std::string_view slug) = 0;  // empty: the default one; null: none
    virtual std::shared_ptr<Business> business(std::int64_t number) = 0;
};

class Business {
  public:
    Business(std::int64_t number, std::string slug, std::unique_ptr<db::Database> database,
             std::vector<Module> const& modules, std::vector<Area> const& areas, int node);
    ~Business();

    std::int64_t number() const { return number_; }
    std::string const& slug() const { return slug_; }
    db::Database& database() { return *database_; }
    Spine& spine() { return *spine_; }
    AuditLog& audit() { return audit_; }
    // Writes down who looked since the last time; waits for it.
    void write_looks();
    IdMaker& ids() { return ids_; }
    LiveHub& live() { return live_; }
    Presence& presence() { return presence_; }
    std::vector<Area> const& areas() const { return areas_; }
    Gate const& gate() const { return gate_; }
    std::vector<Module> const& modules() const { return modules_; }

    std::shared_ptr<BusinessSettings const> settings();
    // Settings, staff, roles, sessions or keys changed: what was remembered of them is forgotten, and streams end whose
    // listeners may something else now, here and on the other servers.
    void access_changed();
    // Counts the changes of rights that this server heard of. Taken before the database is read: what was read then is
    // remembered only while it is still the same, else an old principal could come back.
    std::uint64_t access_epoch() const { return access_epoch_; }
    std::optional<Principal> remembered(std::string const& token_hash, Time now);
    void remember(std::string const& token_hash, Principal const& who, Time now, std::uint64_t epoch);
    // Ends the streams of whoever may not come in any more, or may something else than when the stream began.
    void review_streams();

    // Tells this server's streams, and the other servers, of something that is no event of the spine.
    void tell(std::string_view kind, AnyId subject, Id<Customer> customer);
    // Sends the stream everything behind the position, and from then on what happens. `epoch` as of remember.
    void follow(std::shared_ptr<http::EventStream> stream, Principal const& who, std::int64_t position,
                std::uint64_t epoch);
    void close();

    // What a module keeps in memory for this business while it is open: made when first asked for, ended with it.
    template <class Part>
    Part& part() {
        static std::size_t const place = parts_known_++;
        std::lock_guard const lock(parts_mutex_);
        if (parts_.size() <= place) parts_.resize(place + 1);
        auto& part = parts_[place];
        if (!part) part = std::make_shared<Part>(*this);
        return *static_cast<Part*>(part.get());
    }

    // Keys of idempotent requests being worked on right now.
    bool enter(std::string const& key);
    void leave(std::string const& key);

    std::function<Time()> clock = now_by_clock;

  private:
    void heard(std::string_view payload);
    void forget_access();
    void whatever_happens(std::function<void()> const& telling);
    void send_events();
    struct LiveText {
        std::int64_t position = 0;
        std::string text;
        Id<Customer> customer;
        std::string_view area;    // of its kind
        std::int64_t folder = 0;  // the folder that it is about, or that its subject is in
    };
    // Whom of these customers, what of them, and which folders a listener does not see; by the listener's user.
    struct UnseenByOne {
        std::set<Id<Customer>> customers;
        std::set<std::pair<Id<Customer>, std::string>> areas;
        std::set<std::int64_t> folders;
    };
    using Unseen = std::map<Id<User>, UnseenByOne>;
    struct LivePage {
        std::vector<LiveText> texts;
        Unseen unseen;
    };
    LivePage live_texts(std::int64_t after, std::vector<Principal> const& listeners);
    bool hears(Principal const& who, Unseen const& unseen, LiveText const& text) const;
    Unseen unseen_by(db::Tx& tx, std::vector<Principal> const& listeners, std::set<Id<Customer>> const& customers);
    std::int64_t number_;
    std::string slug_;
    std::vector<Module> const& modules_;
    std::vector<Area> const& areas_;
    Gate gate_;
    IdMaker ids_;
    LiveHub live_;
    Presence presence_;
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<Spine> spine_;
    AuditLog audit_;
    std::mutex mutex_, sending_;
    std::int64_t sent_position_ = 0;
    std::shared_ptr<BusinessSettings const> settings_;
    struct Remembered {
        Principal who;
        Time at;
    };
    std::unordered_map<std::string, Remembered> principals_;
    std::atomic<std::uint64_t> access_epoch_{0};
    std::unordered_map<std::string, int> running_;
    std::mutex parts_mutex_;
    inline static std::atomic<std::size_t> parts_known_{0};
    std::vector<std::shared_ptr<void>> parts_;  // each kind at a place of its own
};

}  // namespace patron
