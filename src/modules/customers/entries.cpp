// Customers as the index wants them.
#include "modules/customers/attributes.hpp"
#include "modules/customers/finder.hpp"
#include "modules/customers/store.hpp"

#include "module/listing.hpp"

namespace patron::customers {
namespace {

// Behind the customer's own columns: name_key, activity, live, and the folded words of customer_search.
constexpr std::string_view entry_columns = ",c.name_key,a.at,a.live,s.name,s.words,s.digits";

template <class M>
void add_text(index::Entry& entry, std::int64_t attribute, std::optional<M> const& value) {
    if (value) entry.texts.emplace_back(attribute, std::get<std::string>(column_value(*value)));
}

void add_contacts(index::Entry& entry, Customer const& customer) {
    for (auto const& [kind, value] : store::contacts(customer))
        entry.texts.emplace_back(kind == "email"     ? attribute::email
                                 : kind == "phone"   ? attribute::phone
                                 : kind == "country" ? attribute::country
                                                     : attribute::city,
                                 value);
}

void add_custom(index::Entry& entry, Customer const& customer, std::vector<Field> const& definitions) {
    for (auto const& field : definitions) {
        auto const* value = customer.custom.if_contains(static_cast<std::string const&>(field.key));
        if (!value) continue;
        for (auto const& one : fields::filterable(field, *value)) {
            if (one.number) entry.numbers.emplace_back(field.id.value, *one.number);
            if (one.text) entry.texts.emplace_back(field.id.value, *one.text);
        }
    }
}

// The words of a search text without the name that it begins with.
std::string other_words(std::string_view words, std::string_view name) {
    auto const skipped = words.starts_with(' ') ? 1 + name.size() : 0;
    return std::string(words.substr(std::min(skipped, words.size())));
}

index::Entry entry_of(Customer const& customer, std::vector<Field> const& definitions) {
    index::Entry entry{.id = customer.id.value};
    if (customer.folder_id) entry.marks.emplace_back(attribute::folder, customer.folder_id->value);
    if (customer.status_id) entry.marks.emplace_back(attribute::status, customer.status_id->value);
    for (auto const tag : customer.tag_ids) entry.marks.emplace_back(attribute::tag, tag.value);
    for (auto const& worker : customer.workers) {
        entry.marks.emplace_back(attribute::worker, worker.user_id.value);
        if (worker.responsible) entry.marks.emplace_back(attribute::responsible, worker.user_id.value);
    }
    entry.marks.emplace_back(attribute::newsletter, customer.newsletter);
    entry.texts.emplace_back(attribute::kind, std::string(enum_text(customer.kind)));
    add_text(entry, attribute::source, customer.source);
    add_text(entry, attribute::language, customer.language);
    add_text(entry, attribute::preferred, customer.preferred_contact);
    add_text(entry, attribute::since, customer.customer_since);
    for (auto const& key : customer.import_keys) entry.texts.emplace_back(attribute::import_source, key.source);
    add_contacts(entry, customer);
    add_custom(entry, customer, definitions);
    entry.numbers.emplace_back(attribute::created, static_cast<double>(customer.created_at.ms));
    entry.numbers.emplace_back(attribute::updated, static_cast<double>(customer.updated_at.ms));
    return entry;
}

int own_columns() {
    static int const count = [] {
        int columns = 0;
        each_column<Customer>([&](std::string_view, auto) { ++columns; });
        return columns;
    }();
    return count;
}

std::string const& entry_sql() {
    static std::string const sql = "SELECT " + column_list<Customer>("c") + std::string(entry_columns) +
                                   " FROM customers c JOIN customer_activity a ON a.customer_id=c.id LEFT JOIN "
                                   "customer_search s ON s.customer_id=c.id";
    return sql;
}

}  // namespace

EntryReader::EntryReader(Reading& reading) : reading_(reading), definitions_(fields::all(reading)) {}

std::optional<index::Entry> EntryReader::read(db::Cursor const& row) {
    auto const at = own_columns();
    if (row.integer(at + 2) == 0) return {};
    auto entry = entry_of(read_row<Customer>(row), definitions_);
    entry.name_key = row.text(at);
    entry.numbers.emplace_back(attribute::activity, static_cast<double>(row.integer(at + 1)));
    if (!row.is_null(at + 3)) {
        entry.name = row.text(at + 3);
        entry.words = other_words(row.text(at + 4), entry.name);
        entry.digits = row.text(at + 5);
        entry.texts.emplace_back(attribute::name, entry.name);
    }
    return entry;
}

// Of entries in the order of their ids, all in one question.
void EntryReader::add_sets(std::span<index::Entry> entries) {
    if (entries.empty()) return;
    std::int64_t number = attribute::sets;
    db::Value const values[] = {entries.front().id, entries.back().id};
    for (auto const& module : reading_.business.modules())
        for (auto const& set : module.sets) {
            auto rows = reading_.tx.query(selected("customer_id," + std::string(set.column), set.table,
                                                   "customer_id BETWEEN $1 AND $2", "ORDER BY customer_id"),
                                          values);
            auto entry = entries.begin();
            while (rows.next()) {
                auto const id = rows.integer(0);
                while (entry != entries.end() && entry->id < id) ++entry;
                if (entry != entries.end() && entry->id == id) entry->marks.emplace_back(number, rows.integer(1));
            }
            ++number;
        }
}

std::optional<index::Entry> EntryReader::of(Id<Customer> id) {
    static std::string const sql = entry_sql() + " WHERE c.id=$1";
    db::Value const values[] = {id.value};
    std::optional<index::Entry> entry;
    {
        auto row = reading_.tx.query(sql, values);
        if (row.next()) entry = read(row);
    }
    if (entry) add_sets({&*entry, 1});
    return entry;
}

std::int64_t EntryReader::behind(std::int64_t id, std::int64_t most, std::vector<index::Entry>& entries) {
    static std::string const sql = entry_sql() + " WHERE c.id>$1 ORDER BY c.id LIMIT $2";
    db::Value const values[] = {id, most};
    std::int64_t last = 0;
    auto const begin = entries.size();
    {
        auto rows = reading_.tx.query(sql, values);
        while (rows.next()) {
            last = rows.integer(0);
            if (auto entry = read(rows)) entries.push_back(std::move(*entry));
        }
    }
    add_sets(std::span(entries).subspan(begin));
    return last;
}

}  // namespace patron::customers
