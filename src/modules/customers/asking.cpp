#include "modules/customers/asking.hpp"

#include "modules/customers/searching.hpp"
#include "modules/customers/sight.hpp"

#include "base/fold.hpp"

namespace patron::customers {
namespace {

class Asking {
  public:
    explicit Asking(Reading& reading) : reading_(reading), call_(reading.call), fields_(filter_fields(reading)) {}

    Asked read() {
        asked_.filter.kind = Filter::Kind::all;
        note_what_is_asked();
        if (auto const typed = call_.param("in_bin"))
            asked_.in_bin = std::get<std::int64_t>(filter_value<bool>(*typed, "in_bin")) != 0;
        if (auto const typed = call_.param("unread"))
            asked_.unread = std::get<std::int64_t>(filter_value<bool>(*typed, "unread")) != 0;
        folders();
        is<Id<Status>>("status_id");
        is<CustomerKind>("kind");
        is<Text<0, 100>>("source");
        is<LanguageTag>("language");
        is<bool>("newsletter");
        ranged<Time>("created_at");
        ranged<Time>("updated_at");
        ranged<Time>("activity_at");
        ranged<Date>("customer_since");
        for (auto const& tag : call_.params("tag_id"))
            compare("tag_id", Filter::Kind::is, filter_value<Id<Tag>>(tag, "tag_id"));
        for (auto const name : {"segment_id"})
            if (auto const set = call_.param(name)) compare(name, Filter::Kind::is, id_of_set(name, *set));
        if (auto const worker = call_.param("worker_id"))
            compare(
                "worker_id", Filter::Kind::is,
                *worker == "me" ? db::Value{reading_.who.user_id.value} : filter_value<Id<User>>(*worker, "worker_id"));
        contacts();
        ids();
        search();
        custom();
        if (auto const expression = call_.param("filter")) add(read_expression(*expression));
        return std::move(asked_);
    }

  private:
    Reading& reading_;
    Call const& call_;
    std::vector<std::shared_ptr<FilterField const>> fields_;
    Asked asked_;

    void note_what_is_asked() {
        int asked = 0;
        for (auto const& [name, value] : call_.query)
            if (name != "limit" && name != "cursor" && name != "sort" && name != "shape") ++asked;
        asked_.anything = asked > 0;
        if (asked == 1)
            if (auto const typed = call_.param("folder_id"))
                asked_.only_folder = Id<Folder>{std::get<std::int64_t>(filter_value<Id<Folder>>(*typed, "folder_id"))};
    }

    std::shared_ptr<FilterField const> field(std::string_view name) const {
        for (auto const& one : fields_)
            if (one->name == name) return one;
        return nullptr;
    }

    void add(Filter filter) { asked_.filter.parts.push_back(std::move(filter)); }

    void compare(std::string_view name, Filter::Kind kind, db::Value value) {
        Filter filter{.kind = kind, .field = field(name)};
        filter.values.push_back(std::move(value));
        add(std::move(filter));
    }

    template <class M>
    void is(std::string const& name) {
        if (auto const value = call_.param(name)) compare(name, Filter::Kind::is, filter_value<M>(*value, name));
    }

    static constexpr std::pair<char const*, Filter::Kind> signs[] = {{"", Filter::Kind::is},
                                                                     {"[gte]", Filter::Kind::from},
                                                                     {"[gt]", Filter::Kind::above},
                                                                     {"[lte]", Filter::Kind::up_to},
                                                                     {"[lt]", Filter::Kind::below}};

    template <class M>
    void ranged(std::string const& name) {
        for (auto const& [suffix, kind] : signs)
            if (auto const value = call_.param(name + suffix))
                compare(name, kind, filter_value<M>(*value, name + suffix));
    }

    void folders() {
        is<Id<Folder>>("folder_id");
        auto const typed = call_.param("within");
        if (!typed) return;
        auto const root = Id<Folder>{std::get<std::int64_t>(filter_value<Id<Folder>>(*typed, "within"))};
        Filter filter{.kind = Filter::Kind::is, .field = field("folder_id")};
        for (auto const folder : folders::with_subfolders(reading_, root)) filter.values.emplace_back(folder.value);
        add(std::move(filter));
    }

    db::Value id_of_set(std::string const& name, std::string const& typed) const {
        auto const set = field(name);
        auto const number = set ? read_id(set->prefix, typed) : std::nullopt;
        if (!number) throw invalid("?" + name, "not_an_id", "The parameter " + name + " must be an id of its kind.");
        return *number;
    }

    void contacts() {
        if (auto const email = call_.param("email"))
            compare("email", Filter::Kind::is, normal_email(*email).value_or(*email));
        if (auto const phone = call_.param("phone")) {
            auto const read = read_phone(*phone, reading_.business.settings()->country);
            compare("phone", Filter::Kind::is, read ? read->e164 : digits(*phone));
        }
        if (auto const country = call_.param("country")) compare("country", Filter::Kind::is, *country);
        if (auto const city = call_.param("city")) compare("city", Filter::Kind::is, fold(*city));
    }

    void ids() {
        auto const list = call_.param("ids");
        if (!list) return;
        asked_.only_ids = true;
        for (std::size_t at = 0; at <= list->size();) {
            auto const comma = std::min(list->find(',', at), list->size());
            asked_.ids.push_back(
                std::get<std::int64_t>(filter_value<Id<Customer>>(list->substr(at, comma - at), "ids")));
            at = comma + 1;
        }
        if (asked_.ids.size() > 200) throw invalid("?ids", "too_many", "The parameter ids takes at most 200 ids.");
    }

    void search() {
        auto const typed = call_.param("q");
        if (!typed || fold(*typed).empty()) return;
        if (code_points(*typed) > 200)
            throw invalid("?q", "too_long", "The parameter q may have at most 200 characters.");
        asked_.typed = *typed;
    }

    void custom() {
        for (auto const& [name, value] : call_.query) {
            if (!name.starts_with("custom.")) continue;
            auto const bracket = std::min(name.find('['), name.size());
            auto const found = field(name.substr(0, bracket));
            if (!found)
                throw invalid("?" + name, "unknown_field",
                              "There is no custom field " + name.substr(7, bracket - 7) + ".");
            auto const operand = fields::filter_operand(*found->custom, value);
            auto const sign = name.substr(bracket);
            for (auto const& [suffix, kind] : signs)
                if (sign == suffix)
                    compare(found->name, kind,
                            operand.number ? column_value(operand.number) : column_value(operand.text));
        }
    }

    Filter read_expression(std::string const& text) {
        Json expression;
        try {
            expression = parse_json(text);
        } catch (Problem const& problem) {
            throw invalid("?filter", "not_json",
                          "The parameter filter must be an expression in JSON: " + problem.detail);
        }
        return read_filter(reading_, expression, "?filter");
    }
};

std::string id_list(Question& question, std::vector<std::int64_t> const& ids) {
    std::string list;
    for (auto const id : ids) (list += list.empty() ? "" : ",") += question.bind(id);
    return list.empty() ? "NULL" : list;
}

}  // namespace

Asked asked_of(Reading& reading) {
    auto asked = Asking(reading).read();
    if (asked.seen = seen_by(reading.sight()); asked.seen) {
        asked.anything = true;
        asked.only_folder.reset();
    }
    return asked;
}

void add_conditions(Reading& reading, Asked const& asked, Question& question) {
    question.where(asked.in_bin ? "a.live=0" : "a.live=1");
    for (auto const& part : asked.filter.parts) question.where(condition_of(part, question, reading.tx.engine()));
    if (asked.seen) question.where(condition_of(*asked.seen, question, reading.tx.engine()));
    if (!asked.typed.empty()) question.where("(" + search_condition(question, asked.typed) + ")");
    if (asked.only_ids) question.where("c.id IN (" + id_list(question, asked.ids) + ")");
    if (asked.unread)
        question.where("a.events" + std::string(*asked.unread ? ">" : "<=") +
                       "coalesce((SELECT n.events FROM customer_seen n WHERE n.user_id=" +
                       question.bind(reading.who.user_id.value) + " AND n.customer_id=c.id),0)");
}

std::string from_of(Asked const& asked) {
    return std::string("customer_activity a JOIN customers c ON c.id=a.customer_id") +
           (asked.typed.empty() ? "" : " JOIN customer_search s ON s.customer_id=c.id");
}

std::vector<Order> orders_of(Reading& reading, Asked const& asked, Question& question) {
    std::vector<Order> offered{{"activity_at", "a.at", Order::Type::integer, true},
                               {"display_name", "c.name_key", Order::Type::bytes},
                               {"created_at", "c.created_at", Order::Type::integer},
                               {"updated_at", "c.updated_at", Order::Type::integer},
                               {"customer_since", "coalesce(c.customer_since,'')", Order::Type::text}};
    auto const sort = reading.call.param("sort");
    // Signs alone are in a name or not: the newest come first.
    if (!words(asked.typed).empty() && !sort) {
        // Exact before prefix before a word's beginning before anywhere.
        auto const typed = fold(asked.typed);
        offered.insert(offered.begin(),
                       {"rank",
                        "CASE WHEN s.name=" + question.bind(typed) + " THEN 0 WHEN s.name LIKE " +
                            question.bind(like_pattern(typed, false)) + " ESCAPE '\\' THEN 1 WHEN s.words LIKE " +
                            question.bind(like_pattern(" " + typed, true)) + " ESCAPE '\\' THEN 2 ELSE 3 END",
                        Order::Type::integer});
    }
    if (sort && sort->find("custom.") <= 1) {
        auto const field = filter_field(reading, sort->substr(sort->find('c')));
        if (field && field->custom) {
            bool const number = fields::compares_by_number(*field->custom);
            auto const of = " FROM customer_values v WHERE v.customer_id=c.id AND v.field_id=" +
                            question.bind(field->custom->id.value) + ")";
            offered.push_back({field->name,
                               number ? "coalesce((SELECT min(v.number)" + of + ",-1e300)"
                                      : "coalesce((SELECT min(v.text)" + of + ",'')",
                               number ? Order::Type::real : Order::Type::text});
        }
    }
    return offered;
}

std::vector<Param> filters(std::vector<Param> behind_search) {
    std::vector<Param> all{{"q", "search over name, company, e-mail, phone in any shape, city and tag"}};
    for (auto& param : behind_search) all.push_back(std::move(param));
    for (auto const& param :
         std::vector<Param>{{"filter", "an expression in JSON, as in docs/filters.md"},
                            {"folder_id", "in this folder"},
                            {"within", "in this folder or below it"},
                            {"status_id", "of this status"},
                            {"tag_id", "with this tag; several times: with all of them", false, true},
                            {"segment_id", "in this segment"},
                            {"worker_id", "looked after by this member of staff; me for oneself"},
                            {"kind", "person or company"},
                            {"source", "where it came from"},
                            {"language", "BCP 47"},
                            {"newsletter", "true or false"},
                            {"email", "with this address"},
                            {"phone", "with this number in any shape"},
                            {"country", "ISO 3166-1 alpha-2"},
                            {"city", "city"},
                            {"unread", "true: with something new to me"},
                            {"in_bin", "true: in the bin"},
                            {"ids", "at most 200 ids, parted by commas"},
                            {"created_at", "a time or date", true},
                            {"updated_at", "a time or date", true},
                            {"activity_at", "newest event, a time or date", true},
                            {"customer_since", "a date", true},
                            {"custom.*", "a custom field by its key", true}})
        all.push_back(param);
    return all;
}

std::vector<Param> list_filters() {
    return list_params(filters({{"shape", "row for compact rows, record (the default) for whole records"}}));
}

}  // namespace patron::customers
