#include "modules/staff/letters.hpp"

#include "module/edge.hpp"
#include "module/work_thread.hpp"

namespace patron::staff {
namespace {

constexpr Kind password_reset_asked{"password.reset_asked", 1, "Somebody asked for a new password for a colleague", ""};

// A server that sends one has so long; then another may.
constexpr std::int64_t held_ms = 60'000;

struct Waiting {
    LetterKind kind = LetterKind::reset;
    Id<User> user_id;
    std::string address;
};

// The letter, for this server alone to send; nothing when it was sent, or another one has it.
std::optional<Waiting> take(Unit& unit, std::int64_t id) {
    db::Value const values[] = {id, unit.now.ms, unit.now.ms + held_ms};
    if (unit.tx.execute("UPDATE letters SET held_until=$3 WHERE id=$1 AND held_until<=$2", values) == 0) return {};
    db::Value const which[] = {id};
    auto row = unit.tx.query("SELECT kind,user_id,address FROM letters WHERE id=$1", which);
    if (!row.next()) return {};
    Waiting letter;
    read_enum(row.text(0), letter.kind);
    letter.user_id = {row.is_null(1) ? 0 : row.integer(1)};
    letter.address = row.text(2);
    return letter;
}

std::optional<User> receiver(Unit& unit, Waiting const& letter) {
    auto const id = letter.kind == LetterKind::reset ? by_email(unit, letter.address) : letter.user_id;
    auto user = id ? unit.stored(*id) : std::nullopt;
    if (user && user->state == UserState::disabled) user.reset();
    return user;
}

// The message, with its link made only now: its token stands nowhere but in the message.
std::optional<Mail> write(Unit& unit, Waiting const& letter, Surroundings const& around) {
    auto const user = receiver(unit, letter);
    if (!user) return {};
    std::string link;
    if (letter.kind == LetterKind::reset || letter.kind == LetterKind::invitation)
        link = around.address() + *new_password_link(unit, *user).url;
    if (letter.kind == LetterKind::reset) unit.say({.kind = &password_reset_asked, .subject = user->id});
    auto const business = settings_of(unit);
    // Who never chose a password is invited, whoever asked; who has one is not invited anew.
    auto const kind = link.empty()                        ? letter.kind
                      : user->state == UserState::invited ? LetterKind::invitation
                      : letter.kind == LetterKind::reset  ? LetterKind::reset
                                                          : LetterKind::new_password;
    auto wording = wording_of(kind, user->name, business.name, link);
    bool const elsewhere = letter.kind == LetterKind::email_changed;
    return Mail{business.name, user->name, elsewhere ? letter.address : std::string(user->email),
                std::move(wording.subject), std::move(wording.text)};
}

// Sends letters one after the other.
class Postman {
  public:
    explicit Postman(Business& business)
        : business_(business),
          thread_({.take_up = [this](AnyId const& id, WorkThread::Stopping const&) { return send(id); },
                   .give_up = [this](AnyId const& id, std::string const&) { drop(id); }}) {}

    void serve(Surroundings around) {
        std::lock_guard const lock(mutex_);
        around_ = std::move(around);
    }
    void add(AnyId id) { thread_.add(std::move(id)); }

  private:
    Business& business_;
    std::mutex mutex_;
    Surroundings around_;
    WorkThread thread_;

    bool send(AnyId const& id) {
        Surroundings around;
        {
            std::lock_guard const lock(mutex_);
            around = around_;
        }
        if (!around.send) return true;  // for the server to send, when it runs
        Call call;
        call.business = &business_;
        call.now = business_.clock();
        call.request_id = id.text();
        call.route = "letter";
        call.who = the_house();
        std::optional<Waiting> letter;
        std::optional<Mail> mail;
        run_unit(business_, call, [&](Unit& unit) {
            letter = take(unit, id.value);
            mail = letter ? write(unit, *letter, around) : std::nullopt;
        });
        if (!letter) return true;
        if (mail) around.send(*mail);
        drop(id);
        return true;
    }

    void drop(AnyId const& id) {
        business_.database().write_and_wait([&](db::Tx& tx) {
            db::Value const values[] = {id.value};
            tx.execute("DELETE FROM letters WHERE id=$1", values);
        });
    }
};

std::vector<AnyId> left(db::Tx& tx, Time now) {
    std::vector<AnyId> ids;
    db::Value const values[] = {now.ms};
    auto rows = tx.query("SELECT id FROM letters WHERE held_until<=$1 ORDER BY id LIMIT 1000", values);
    while (rows.next()) ids.emplace_back(Id<Letter>{rows.integer(0)});
    return ids;
}

}  // namespace

void write_letter(Unit& unit, LetterKind kind, Id<User> user, std::string const& address) {
    Id<Letter> const id{unit.business.ids().next(unit.now.ms)};
    db::Value const values[] = {id.value, std::string(enum_text(kind)), column_value(user), address, std::int64_t{0}};
    unit.tx.execute("INSERT INTO letters (id,kind,user_id,address,held_until) VALUES ($1,$2,$3,$4,$5)", values);
    unit.after_commit.push_back([&business = unit.business, id] { business.part<Postman>().add(id); });
}

void serve_letters(Business& business, Surroundings const& around) {
    auto& postman = business.part<Postman>();
    postman.serve(around);
    business.database().read([&](db::Tx& tx) {
        for (auto& id : left(tx, business.clock())) postman.add(std::move(id));
    });
}

bool send_left_letters(Unit& unit) {
    auto ids = left(unit.tx, unit.now);
    unit.after_commit.push_back([&business = unit.business, ids] {
        for (auto const& id : ids) business.part<Postman>().add(id);
    });
    return false;
}

void add_letters(Module& module) { module.kinds.push_back(&password_reset_asked); }

}  // namespace patron::staff
