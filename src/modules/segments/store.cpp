#include "modules/segments/store.hpp"

#include "base/fold.hpp"
#include "modules/customers/filter_among.hpp"

namespace patron {

namespace {

std::string name_key(std::string_view name) {
    auto key = fold(name);
    return key.empty() ? std::string(name) : key;
}

}  // namespace

void DerivedColumns<Segment>::add(Segment const& segment, std::vector<db::Value>& values) {
    values.push_back(name_key(segment.name));
}

namespace segments::store {
namespace {

constexpr db::Migration own[] = {
    {1, "segments", R"(
CREATE TABLE segments (id {id}, version {int} NOT NULL, name {text} NOT NULL, filter {text} NOT NULL, tone {text} NOT NULL,
  key {text}, follow_up {text}, enabled {int} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL,
  name_key {text} NOT NULL UNIQUE) {table};
CREATE TABLE segment_members (segment_id {int} NOT NULL, customer_id {int} NOT NULL, since {int} NOT NULL,
  PRIMARY KEY (segment_id, customer_id)) {table};
CREATE INDEX segment_members_by_customer ON segment_members (customer_id);
CREATE INDEX segment_members_by_since ON segment_members (segment_id, since, customer_id);
CREATE TABLE segment_due (segment_id {int} NOT NULL, customer_id {int} NOT NULL, at {int} NOT NULL,
  PRIMARY KEY (segment_id, customer_id)) {table};
CREATE INDEX segment_due_by_time ON segment_due (at);
CREATE INDEX segment_due_by_segment ON segment_due (segment_id, at);
CREATE INDEX segment_due_by_customer ON segment_due (customer_id);
CREATE TABLE segment_totals (segment_id {int} NOT NULL, place {int} NOT NULL, customer_id {int} NOT NULL, total {int} NOT NULL,
  PRIMARY KEY (segment_id, place, customer_id)) {table};
CREATE INDEX segment_totals_by_total ON segment_totals (segment_id, place, total);
CREATE TABLE segment_tops (segment_id {int} NOT NULL, place {int} NOT NULL, least {int} NOT NULL, above {int} NOT NULL,
  as_much {int} NOT NULL, everybody {int} NOT NULL, PRIMARY KEY (segment_id, place)) {table};
CREATE TABLE segment_work (segment_id {id}, wish {int} NOT NULL) {table};
CREATE TABLE segment_reader (one {id}, position {int} NOT NULL, holder {int} NOT NULL, held_until {int} NOT NULL) {table};
INSERT INTO segment_reader VALUES (1, 0, 0, 0))"},
};

std::vector<Id<Customer>> listed(db::Cursor rows) {
    std::vector<Id<Customer>> ids;
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

std::int64_t number_or(db::Cursor row, std::int64_t otherwise) {
    return row.next() && !row.is_null(0) ? row.integer(0) : otherwise;
}

}  // namespace

std::span<db::Migration const> migrations() { return own; }

std::vector<Segment> all(Reading& reading) {
    static std::string const sql = "SELECT " + column_list<Segment>() + " FROM segments ORDER BY id";
    std::vector<Segment> segments;
    auto rows = reading.tx.query(sql);
    while (rows.next()) segments.push_back(read_row<Segment>(rows));
    return segments;
}

bool name_is_taken(Reading& reading, Segment const& segment) {
    db::Value const values[] = {name_key(segment.name), segment.id.value};
    return reading.tx.query("SELECT 1 FROM segments WHERE name_key=$1 AND id<>$2", values).next();
}

bool is_member(Reading& reading, Id<Segment> id, Id<Customer> customer) {
    db::Value const values[] = {id.value, customer.value};
    return reading.tx.query("SELECT 1 FROM segment_members WHERE segment_id=$1 AND customer_id=$2", values).next();
}

std::set<Id<Customer>> members_among(Reading& reading, Id<Segment> id, std::span<Id<Customer> const> customers) {
    std::set<Id<Customer>> members;
    customers::ask_among(customers, [&](auto, auto const& places) {
        Question question;
        question.where("segment_id=" + question.bind(id.value));
        question.where("customer_id IN (" + places(question) + ")");
        auto rows =
            reading.tx.query("SELECT customer_id FROM segment_members" + question.where_text(), question.values());
        while (rows.next()) members.insert({rows.integer(0)});
    });
    return members;
}

std::vector<Id<Customer>> members(Reading& reading, Id<Segment> id) {
    db::Value const values[] = {id.value};
    return listed(
        reading.tx.query("SELECT customer_id FROM segment_members WHERE segment_id=$1 ORDER BY customer_id", values));
}

void enter(db::Tx& tx, Id<Segment> id, Id<Customer> customer, Time since) {
    db::Value const values[] = {id.value, customer.value, since.ms};
    tx.post(
        "INSERT INTO segment_members (segment_id,customer_id,since) VALUES ($1,$2,$3) ON CONFLICT "
        "(segment_id,customer_id) DO NOTHING",
        values);
}

void leave(db::Tx& tx, Id<Segment> id, Id<Customer> customer) {
    db::Value const values[] = {id.value, customer.value};
    tx.post("DELETE FROM segment_members WHERE segment_id=$1 AND customer_id=$2", values);
}

std::map<Id<Segment>, std::int64_t> asked(Reading& reading) {
    std::map<Id<Segment>, std::int64_t> wishes;
    auto rows = reading.tx.query("SELECT segment_id,wish FROM segment_work");
    while (rows.next()) wishes[{rows.integer(0)}] = rows.integer(1);
    return wishes;
}

void ask(db::Tx& tx, Id<Segment> id) {
    db::Value const values[] = {id.value};
    tx.post(
        "INSERT INTO segment_work (segment_id,wish) VALUES ($1,1) ON CONFLICT (segment_id) DO UPDATE SET "
        "wish=segment_work.wish+1",
        values);
}

void answered(db::Tx& tx, Id<Segment> id, std::int64_t wish) {
    db::Value const values[] = {id.value, wish};
    tx.post("DELETE FROM segment_work WHERE segment_id=$1 AND wish=$2", values);
}

std::map<Id<Customer>, Time> dues_among(Reading& reading, Id<Segment> id, std::span<Id<Customer> const> customers) {
    std::map<Id<Customer>, Time> dues;
    customers::ask_among(customers, [&](auto, auto const& places) {
        Question question;
        question.where("segment_id=" + question.bind(id.value));
        question.where("customer_id IN (" + places(question) + ")");
        auto rows =
            reading.tx.query("SELECT customer_id,at FROM segment_due" + question.where_text(), question.values());
        while (rows.next()) dues[{rows.integer(0)}] = Time{rows.integer(1)};
    });
    return dues;
}

std::optional<Time> next_due(Reading& reading) {
    auto row = reading.tx.query("SELECT min(at) FROM segment_due");
    if (!row.next() || row.is_null(0)) return {};
    return Time{row.integer(0)};
}

Due due_until(Reading& reading, Time now, int most) {
    db::Value const values[] = {now.ms, std::int64_t{most}};
    Due due;
    auto rows =
        reading.tx.query("SELECT segment_id,customer_id FROM segment_due WHERE at<=$1 ORDER BY at LIMIT $2", values);
    while (rows.next()) due.emplace_back(Id<Segment>{rows.integer(0)}, Id<Customer>{rows.integer(1)});
    return due;
}

int due_of(Reading& reading, Id<Segment> id, Time now, int most) {
    db::Value const values[] = {id.value, now.ms, std::int64_t{most}};
    return static_cast<int>(number_or(
        reading.tx.query(
            "SELECT count(*) FROM (SELECT 1 FROM segment_due WHERE segment_id=$1 AND at<=$2 LIMIT $3) AS d", values),
        0));
}

void set_due(db::Tx& tx, Id<Segment> id, Id<Customer> customer, std::optional<Time> at) {
    if (!at) {
        db::Value const values[] = {id.value, customer.value};
        return tx.post("DELETE FROM segment_due WHERE segment_id=$1 AND customer_id=$2", values);
    }
    db::Value const values[] = {id.value, customer.value, at->ms};
    tx.post(
        "INSERT INTO segment_due (segment_id,customer_id,at) VALUES ($1,$2,$3) ON CONFLICT (segment_id,customer_id) DO "
        "UPDATE SET at=EXCLUDED.at",
        values);
}

void forget_dues(db::Tx& tx, Id<Segment> id) {
    db::Value const values[] = {id.value};
    tx.post("DELETE FROM segment_due WHERE segment_id=$1", values);
}

std::int64_t total_of(Reading& reading, Id<Segment> id, std::size_t place, Id<Customer> customer) {
    db::Value const values[] = {id.value, static_cast<std::int64_t>(place), customer.value};
    return number_or(
        reading.tx.query("SELECT total FROM segment_totals WHERE segment_id=$1 AND place=$2 AND customer_id=$3",
                         values),
        0);
}

void set_total(db::Tx& tx, Id<Segment> id, std::size_t place, Id<Customer> customer, std::int64_t total) {
    auto const at = static_cast<std::int64_t>(place);
    if (total <= 0) {
        db::Value const values[] = {id.value, at, customer.value};
        return tx.post("DELETE FROM segment_totals WHERE segment_id=$1 AND place=$2 AND customer_id=$3", values);
    }
    db::Value const values[] = {id.value, at, customer.value, total};
    tx.post(
        "INSERT INTO segment_totals (segment_id,place,customer_id,total) VALUES ($1,$2,$3,$4) ON CONFLICT "
        "(segment_id,place,customer_id) DO UPDATE SET total=EXCLUDED.total",
        values);
}

void forget_totals(db::Tx& tx, Id<Segment> id) {
    db::Value const values[] = {id.value};
    tx.post("DELETE FROM segment_totals WHERE segment_id=$1", values);
    tx.post("DELETE FROM segment_tops WHERE segment_id=$1", values);
}

Top top_of(Reading& reading, Id<Segment> id, std::size_t place) {
    db::Value const values[] = {id.value, static_cast<std::int64_t>(place)};
    auto row = reading.tx.query(
        "SELECT least,above,as_much,everybody FROM segment_tops WHERE segment_id=$1 AND place=$2", values);
    if (!row.next()) return {};
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
}

void keep_top(db::Tx& tx, Id<Segment> id, std::size_t place, Top const& top) {
    db::Value const values[] = {id.value, static_cast<std::int64_t>(place), top.least, top.above, top.equal, top.all};
    tx.post(
        "INSERT INTO segment_tops (segment_id,place,least,above,as_much,everybody) VALUES ($1,$2,$3,$4,$5,$6) ON "
        "CONFLICT (segment_id,place) DO UPDATE SET "
        "least=EXCLUDED.least,above=EXCLUDED.above,as_much=EXCLUDED.as_much,everybody=EXCLUDED.everybody",
        values);
}

std::optional<Top> settled(Reading& reading, Id<Segment> id, std::size_t place, Top top, std::int64_t hundredths) {
    if (top.all == 0) return Top();
    auto const wanted = customers::place_of_top(hundredths, top.all);
    auto const at = static_cast<std::int64_t>(place);
    auto const next = [&](char const* sql) {
        db::Value const values[] = {id.value, at, top.least};
        return number_or(reading.tx.query(sql, values), nobody_has);
    };
    auto const as_much = [&](std::int64_t total) {
        db::Value const values[] = {id.value, at, total};
        return number_or(
            reading.tx.query("SELECT count(*) FROM segment_totals WHERE segment_id=$1 AND place=$2 AND total=$3",
                             values),
            0);
    };
    while (top.above + top.equal < wanted) {
        top.least = next(
            "SELECT total FROM segment_totals WHERE segment_id=$1 AND place=$2 AND total<$3 ORDER BY total DESC LIMIT "
            "1");
        if (top.least == nobody_has) return {};
        top.above += std::exchange(top.equal, as_much(top.least));
    }
    while (top.above >= wanted) {
        top.least = next(
            "SELECT total FROM segment_totals WHERE segment_id=$1 AND place=$2 AND total>$3 ORDER BY total LIMIT 1");
        if (top.least == nobody_has) return {};
        top.equal = as_much(top.least);
        top.above -= top.equal;
    }
    return top;
}

std::vector<Id<Customer>> between(Reading& reading, Id<Segment> id, std::size_t place, std::int64_t from,
                                  std::int64_t below, int most) {
    db::Value const values[] = {id.value, static_cast<std::int64_t>(place), from, below, std::int64_t{most}};
    return listed(
        reading.tx.query("SELECT customer_id FROM segment_totals WHERE segment_id=$1 AND place=$2 AND total>=$3 AND "
                         "total<$4 LIMIT $5",
                         values));
}

std::vector<Id<Segment>> forget(db::Tx& tx, Id<Customer> customer) {
    db::Value const values[] = {customer.value};
    std::vector<Id<Segment>> segments;
    {
        auto rows = tx.query("SELECT segment_id FROM segment_members WHERE customer_id=$1 ORDER BY segment_id", values);
        while (rows.next()) segments.push_back({rows.integer(0)});
    }
    tx.post("DELETE FROM segment_members WHERE customer_id=$1", values);
    tx.post("DELETE FROM segment_due WHERE customer_id=$1", values);
    return segments;
}

std::int64_t clear(db::Tx& tx, Id<Segment> id) {
    db::Value const values[] = {id.value};
    auto const count = tx.execute("DELETE FROM segment_members WHERE segment_id=$1", values);
    forget_dues(tx, id);
    forget_totals(tx, id);
    tx.post("DELETE FROM segment_work WHERE segment_id=$1", values);
    return count;
}

}  // namespace segments::store
}  // namespace patron
