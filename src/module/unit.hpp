// One request's work: what it reads goes through the gate, what it changes says what happened.
// Reading is for GET; Unit, within a write transaction, is the only way to change a record.
#pragma once
#include "module/business.hpp"

#include <array>

namespace patron {

// What a request that changes something asks for under an Idempotency-Key.
struct Once {
    std::string principal, key, fingerprint;  // of the key and of what was asked only hashes: bodies hold passwords
    std::vector<std::string_view> secrets;    // members of the answer that are shown once and so not kept
};

// How far such a request has come. The copies that a handler makes of its call share it.
struct Progress {
    bool audited = false;                // the audit log tells of it
    bool replayed = false;               // it was done before: the answer is the first one again
    std::optional<http::Response> kept;  // the answer that stands under its key
    std::vector<AuditRow> looks;  // at sensitive fields that a refusal shows (412): to be on record before it goes out
};

// A request as handlers see it.
struct Call {
    http::Request const* request = nullptr;
    Business* business = nullptr;
    Businesses* businesses = nullptr;  // the others, for signing in to one by its name
    Principal who;
    Time now;
    std::string request_id;
    std::int64_t cause = 0;                                  // position of the event that this follows from
    std::string route;                                       // "PATCH /customers/{id}"
    std::vector<std::string> path;                           // values of the {…} of the route
    std::vector<std::pair<std::string, std::string>> query;  // decoded, known to the route
    Json body;
    std::int64_t subject = 0;  // the number of the first id in the path, for If-Match
    std::optional<Once> once;
    std::shared_ptr<Progress> progress;     // null: nobody waits for an answer
    std::shared_ptr<void const> arguments;  // of the route's handler, where they were read ahead
    std::uint64_t access_epoch = 0;         // of the business, when `who` was looked up

    std::optional<std::string> param(std::string_view name) const;
    std::vector<std::string> params(std::string_view name) const;
    std::optional<std::string> header(std::string_view name) const;
};

// A record on its way out unchanged: its JSON, made straight from its row.
template <class T>
struct Shown {
    using Record = T;
    Id<T> id;
    std::int64_t version = 0;
    std::string json;
};

class Reading {
  public:
    Reading(db::Tx& tx, Call const& call)
        : tx(tx), call(call), who(call.who), now(call.now), business(*call.business) {}

    db::Tx& tx;
    Call const& call;
    Principal const& who;
    Time const now;
    Business& business;

    // The record, or Problem 404 (unknown, or not yours to see), or 410 when it lies in the bin.
    template <class T>
    T find(Id<T> id) {
        auto record = seek(id);
        if (!record) throw not_found();
        if constexpr (requires { record->bin_until; })
            if (record->bin_until) throw gone(*record->bin_until);
        return std::move(*record);
    }
    // The same, as whoever asks may read it, for whoever only shows it. Where nothing is held back, without making it first.
    template <class T>
    Shown<T> show(Id<T> id) {
        if (!shows_whole<T>()) {
            auto const record = this->shown(find(id));
            return {id, record.version, to_json(record)};
        }
        db::Value const values[] = {id.value};
        auto row = tx.query(select_by_id_sql<T>(), values);
        if (!row.next()) throw not_found();
        Shown<T> shown{id, 0, {}};
        shown.json.reserve(2048);
        write_row<T>(shown.json, row, [&](std::string_view name, int column) {
            if (name == "version") shown.version = row.integer(column);
            else if (name == "bin_until" && !row.is_null(column)) throw gone(Time{row.integer(column)});
        });
        return shown;
    }
    // The record, in the bin or not; or nothing.
    template <class T>
    std::optional<T> seek(Id<T> id) {
        auto record = stored(id);
        if (record && !sees(*record)) return {};
        return record;
    }
    // The record whoever may see it: for rules that hold for everybody, never for an answer.
    template <class T>
    std::optional<T> stored(Id<T> id) {
        db::Value const values[] = {id.value};
        auto row = tx.query(select_by_id_sql<T>(), values);
        if (!row.next()) return {};
        return read_row<T>(row);
    }
    // A record that a body refers to: 422 at the pointer when there is none that one may see.
    template <class T>
    T refer(Id<T> id, std::string const& pointer) {
        auto record = seek(id);
        bool there = record.has_value();
        if constexpr (requires { record->bin_until; }) there = there && !record->bin_until;
        if (!there)
            throw invalid(pointer, "unknown_reference", "The " + member_of(pointer) + " names nothing that exists.");
        return std::move(*record);
    }

    // Whose customers are seen; and of whose what hangs on them in an area is.
    Sight const& sight() { return sight_at(who.visibility); }
    Sight const& sight(std::string_view area) { return sight_at(who.visibility_in(area)); }
    // For records of T, which say their area.
    template <class T>
    Sight const& sight_for() {
        if constexpr (requires { T::area; }) return sight(T::area);
        else return sight();
    }
    bool sees(Id<Customer> id) { return sees(id, sight()); }
    bool sees(Id<Customer> id, std::string_view area) { return sees(id, sight(area)); }
    // A record is seen by whoever sees every customer that it names, as far as its area goes, and its folder.
    template <class T>
    bool sees(T const& record) {
        auto const& sight = sight_for<T>();
        if (sight.sees_everybody()) return true;
        bool seen = true;
        each_member<T>([&](std::string_view, auto pointer) {
            using M = std::remove_cvref_t<decltype(record.*pointer)>;
            if constexpr (std::is_same_v<M, Id<Customer>>)
                seen = seen && (!(record.*pointer) || sees(record.*pointer, sight));
            else if constexpr (std::is_same_v<M, std::optional<Id<Customer>>>)
                seen = seen && (!(record.*pointer) || sees(*(record.*pointer), sight));
            else if constexpr (std::is_same_v<M, Id<Folder>>)
                seen = seen && sight.folder((record.*pointer).value) != FolderLevel::none;
        });
        return seen;
    }

    // Keys of the custom fields that whoever asks may not read.
    std::vector<std::string> const& hidden_fields() { return sensitive_fields().hidden; }
    // The record as whoever asks may read it.
    template <class T>
    T shown(T record) {
        if constexpr (requires { record.custom.erase(std::string()); }) {
            for (auto const& key : hidden_fields()) record.custom.erase(key);
            for (auto const& key : sensitive_fields().shown)
                if (record.custom.contains(key)) shows_sensitive(record.id, key);
        }
        return record;
    }
    // The audit log tells whose were shown.
    SensitiveFields const& sensitive_fields();
    // A value of a sensitive field goes out with the answer. Of fields that are not sensitive nothing is told.
    void shows_sensitive(Id<Customer> customer, std::string const& key);
    // Whose sensitive fields go out with the answer, and which.
    using Sensitive = std::map<Id<Customer>, std::set<std::string>>;
    Sensitive const& sensitive_shown() const { return sensitive_shown_; }

    static Problem gone(Time until);
    static Problem beyond_sight(std::string_view noun);

  private:
    // Every record, with all its members.
    template <class T>
    bool shows_whole() {
        if (!sight_for<T>().sees_everybody()) return false;
        if constexpr (requires(T record) { record.custom.erase(std::string()); })
            return sensitive_fields().hidden.empty() && sensitive_fields().shown.empty();
        return true;
    }
    bool sees(Id<Customer> id, Sight const& sight);
    Sight const& sight_at(Visibility visibility);

    std::array<std::shared_ptr<Sight const>, 4> sights_;  // by visibility
    std::optional<SensitiveFields> sensitive_fields_;
    Sensitive sensitive_shown_;
};

class Unit : public Reading {
  public:
    Unit(db::Tx& tx, Call const& call) : Reading(tx, call) {}

    // Writes a new record: its id, version and times are set here.
    template <class T>
    void keep(T& record, Happening what) {
        if constexpr (requires { record.id; })
            if (!record.id) record.id = {business.ids().next(now.ms)};
        if constexpr (requires { record.version; }) record.version = 1;
        if constexpr (requires { record.created_at; })
            if (record.created_at == Time{}) record.created_at = now;
        if constexpr (requires { record.updated_at; })
            record.updated_at = record.created_at == Time{} ? now : record.created_at;
        check_may_work(record, true);
        check_may_add(record);
        auto values = row_values(record);
        add_derived(record, values);
        tx.post(insert_sql<T>(), values);
        if (!what.subject) what.subject = AnyId(record.id);
        if constexpr (requires { record.version; }) what.subject_version = record.version;
        say(std::move(what));
    }

    // Writes what differs, checks If-Match, counts the version on. Says nothing and answers false when nothing differs.
    template <class T>
    bool change(T const& before, T& after, Happening what) {
        auto changes = store(before, after);
        if (changes.empty()) return false;
        if (!what.subject) what.subject = AnyId(after.id);
        what.subject_version = after.version;
        what.changes = std::move(changes);
        say(std::move(what));
        return true;
    }

    // The same without saying anything: for whoever tells the change in several events. Answers what differs.
    template <class T>
    std::vector<Change> store(T const& before, T& after) {
        check_match(before);
        check_may_work(before);
        auto changes = differences(before, after);
        if (changes.empty()) return changes;
        after.version = before.version + 1;
        after.updated_at = now;
        auto values = row_values(after);
        add_derived(after, values);
        values.push_back(before.version);
        // Another server was faster: the work runs again on what is there now.
        if (tx.execute(update_sql<T>(), values) == 0)
            throw db::Error(db::Fault::serialization, "the record has moved on");
        return changes;
    }

    // Deletes the row for good.
    template <class T>
    void drop(T const& record, Happening what) {
        check_match(record);
        check_may_work(record);
        static std::string const sql = "DELETE FROM " + std::string(T::table) + " WHERE id=$1";
        db::Value const values[] = {record.id.value};
        tx.execute(sql, values);
        if (!what.subject) what.subject = AnyId(record.id);
        say(std::move(what));
    }

    // Notes what happened; it stands on the spine when the transaction does.
    void say(Happening what);
    // What another unit of the same transaction did is told with this one.
    void take_over(Unit& other);

    // 412 with the record as it is now, when If-Match names another version.
    template <class T>
    void check_match(T const& record) {
        if constexpr (requires { record.version; })
            if (!matches(record.id.value, record.version)) throw moved_on(to_json(shown(record)));
    }

    // 403 when one of the customers that the record names may be looked at alone. A new customer is none yet.
    template <class T>
    void check_may_work(T const& record, bool is_new = false) {
        if (sight().works_with_everybody()) return;
        each_member<T>([&](std::string_view name, auto pointer) {
            using M = std::remove_cvref_t<decltype(record.*pointer)>;
            if constexpr (std::is_same_v<M, Id<Customer>>) {
                if (!is_new || name != "id") check_works(record.*pointer);
            } else if constexpr (std::is_same_v<M, std::optional<Id<Customer>>>) {
                if (record.*pointer) check_works(*(record.*pointer));
            }
        });
    }

    // 403 when it would hang on a customer of whom whoever asks sees nothing in the record's area.
    template <class T>
    void check_may_add(T const& record) {
        if constexpr (requires { T::area; })
            if (!sees(record)) throw beyond_sight(T::noun);
    }

    std::vector<Event> take_events() { return std::move(events_); }

    // What happens once the change is durable, and only then (on the writer thread; must be quick).
    std::vector<std::function<void()>> after_commit;

  private:
    // Some derived columns need the business (a sort key its locale).
    template <class T>
    void add_derived(T const& record, std::vector<db::Value>& values) {
        if constexpr (requires { DerivedColumns<T>::add(record, values, *this); })
            DerivedColumns<T>::add(record, values, *this);
        else DerivedColumns<T>::add(record, values);
    }
    void check_works(Id<Customer> id);
    bool matches(std::int64_t id, std::int64_t version) const;
    static Problem moved_on(std::string current);
    std::vector<Event> events_;
};

}  // namespace patron
