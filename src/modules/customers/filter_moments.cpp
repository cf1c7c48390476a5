// When a filter's answer may change by time alone.
#include "modules/customers/event_sql.hpp"
#include "modules/customers/filter_among.hpp"
#include "modules/customers/filter_reading.hpp"

namespace patron::customers {
namespace {

// Collects the next moments of the conditions that look at the clock. It may name one at which nothing changes, never miss
// one at which something does.
class Clockwork {
  public:
    // Of everybody when `among` is empty, else of those whose places it gives.
    using Among = std::function<std::string(Question&)>;
    Clockwork(Reading& reading, Moments& moments, Among among = {})
        : reading_(reading),
          moments_(moments),
          among_(std::move(among)),
          zone_(reading.business.settings()->time_zone) {}

    void add(Filter const& filter) {
        for (auto const& part : filter.parts) add(part);
        if (filter.kind == Filter::Kind::happened) {
            if (filter.event.days) add_ends(filter.event);
            if (filter.event.ahead_of) add_starts(filter.event);
        }
        for (auto const offset : filter.from_now) add_values(*filter.field, offset);
    }

  private:
    Reading& reading_;
    Moments& moments_;
    Among among_;
    Zone zone_;

    void note(std::int64_t customer, std::int64_t at) {
        if (at <= reading_.now.ms) return;
        auto const [place, fresh] = moments_.try_emplace({customer}, Time{at});
        if (!fresh && place->second.ms > at) place->second.ms = at;
    }
    db::Engine engine() const { return reading_.tx.engine(); }
    std::string among(Question& question) const { return among_ ? among_(question) : ""; }

    void add_ends(Happened const& event) {
        Question question;
        auto const sql = EventSql(question, engine()).ends_of(event, among(question));
        auto rows = reading_.tx.query(sql, question.values());
        while (rows.next())
            if (!rows.is_null(0)) note(rows.integer(0), rows.integer(1) + event.days * day_ms + 1);
    }

    void add_starts(Happened const& event) {
        Question question;
        auto const sql = EventSql(question, engine()).next_start(event, among(question));
        auto rows = reading_.tx.query(sql, question.values());
        while (rows.next())
            if (!rows.is_null(0))
                if (auto const at = read_time(rows.text(1))) note(rows.integer(0), at->ms);
    }

    // What the condition compares with at this moment.
    db::Value said_now(FilterField const& field, std::int64_t offset) const {
        Time const moment{reading_.now.ms + offset};
        if (field.shape == FilterField::Shape::date) return to_text(zone_.day_of(moment));
        if (field.custom) return static_cast<double>(moment.ms);
        return moment.ms;
    }

    // A value that lies so far from now as the condition says is passed by the clock.
    void add_values(FilterField const& field, std::int64_t offset) {
        Question question;
        bool const own = !field.column.empty();
        auto const value = own ? field.column : field.table_value;
        std::string const id = own ? "c.id" : "x.customer_id";
        // Of some, SQLite goes over these and not, without the +, over everybody who is live.
        if (own) question.where(among_ ? "+a.live=1" : "a.live=1");
        else question.where("x.field_id=" + question.bind(field.custom->id.value));
        question.where(value + ">=" + question.bind(said_now(field, offset)));
        if (among_) question.where(id + " IN (" + among(question) + ")");
        auto const tables =
            own ? std::string("customers c JOIN customer_activity a ON a.customer_id=c.id") : field.table + " x";
        auto const sql = selected(id + "," + value, tables + question.where_text());
        auto rows = reading_.tx.query(sql, question.values());
        while (rows.next()) {
            auto const customer = rows.integer(0);
            if (field.shape == FilterField::Shape::date) {
                auto const date = read_date(rows.text(1));
                if (!date) continue;
                note(customer, zone_.start_of(*date).ms - offset);
                note(customer, zone_.start_of(Date{date->days + 1}).ms - offset);
            } else {
                auto const at = field.custom ? static_cast<std::int64_t>(rows.real(1)) : rows.integer(1);
                note(customer, at - offset);
                note(customer, at - offset + 1);
            }
        }
    }
};

}  // namespace

Moments next_moments(Reading& reading, Filter const& filter, std::optional<Id<Customer>> of) {
    if (of) return next_moments_among(reading, filter, {&*of, 1});
    Moments moments;
    Clockwork(reading, moments).add(filter);
    return moments;
}

Moments next_moments_among(Reading& reading, Filter const& filter, std::span<Id<Customer> const> ids) {
    Moments moments;
    ask_among(ids, [&](auto, auto const& places) { Clockwork(reading, moments, places).add(filter); });
    return moments;
}

}  // namespace patron::customers
