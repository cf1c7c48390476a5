#include "modules/views/store.hpp"

#include "base/fold.hpp"

namespace patron {

void DerivedColumns<View>::add(View const& view, std::vector<db::Value>& values) { values.push_back(fold(view.name)); }

namespace views::store {
namespace {

constexpr std::int64_t rank_step = 1024;

constexpr db::Migration all[] = {
    {1, "views", R"(
CREATE TABLE views (id {id}, version {int} NOT NULL, name {text} NOT NULL, filter {text} NOT NULL, sort {text}, shared {int} NOT NULL,
  owner_id {int} NOT NULL, rank {int} NOT NULL, created_at {int} NOT NULL, updated_at {int} NOT NULL, name_key {text} NOT NULL) {table};
CREATE INDEX views_by_owner ON views (owner_id, rank, id))"},
};

}  // namespace

std::span<db::Migration const> migrations() { return all; }

Page<View> visible(Reading& reading) {
    Question question;
    question.where("(owner_id=" + question.bind(reading.who.user_id.value) + " OR shared=1)");
    return list_records<View>(reading, {"shared", "owner_id"},
                              {{"rank", "rank", Order::Type::integer},
                               {"name", "name_key"},
                               {"created_at", "created_at", Order::Type::integer}},
                              std::move(question));
}

int last_rank(Reading& reading) {
    auto row = reading.tx.query("SELECT coalesce(max(rank),0) FROM views");
    row.next();
    return static_cast<int>(std::min<std::int64_t>(row.integer(0) + rank_step, 2'147'483'647));
}

}  // namespace views::store
}  // namespace patron
