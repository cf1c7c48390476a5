#include "describe/json.hpp"

#include "base/fold.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <charconv>
#include <cstring>
#include <set>

namespace patron {
namespace {

constexpr std::size_t deepest = 64;

// Builds a value and notes what is well-formed and yet refused: duplicate members, numbers that do not fit, depth.
// Boost.JSON's own parser keeps the last duplicate, turns 1E400 into infinity, and reads one in ten numbers of seventeen
// digits as the double beside the right one.
class Builder {
  public:
    static constexpr std::size_t max_object_size = 1 << 20, max_array_size = 1 << 20;
    static constexpr std::size_t max_key_size = 1 << 20, max_string_size = 1 << 21;
    using error = boost::json::error_code;

    // What Patron itself wrote is not judged.
    explicit Builder(bool judging) : judging_(judging) {}

    std::optional<Problem> refused;
    Json release() { return stack_.release(); }

    bool on_document_begin(error&) { return true; }
    bool on_document_end(error&) { return true; }
    bool on_object_begin(error&) { return enter(true); }
    bool on_array_begin(error&) { return enter(false); }
    bool on_object_end(std::size_t n, error&) {
        leave();
        stack_.push_object(n);
        return true;
    }
    bool on_array_end(std::size_t n, error&) {
        leave();
        stack_.push_array(n);
        return true;
    }
    bool on_key_part(boost::json::string_view text, std::size_t, error&) {
        if (judging_) key_.append(text.data(), text.size());
        stack_.push_chars(text);
        return true;
    }
    bool on_key(boost::json::string_view text, std::size_t, error&) {
        if (judging_) judge_key(text);
        stack_.push_key(text);
        return true;
    }
    bool on_string_part(boost::json::string_view text, std::size_t, error&) {
        stack_.push_chars(text);
        return true;
    }
    bool on_string(boost::json::string_view text, std::size_t, error&) {
        stack_.push_string(text);
        return true;
    }
    bool on_number_part(boost::json::string_view text, error&) {
        number_.append(text.data(), text.size());
        return true;
    }
    bool on_int64(std::int64_t value, boost::json::string_view, error&) {
        number_.clear();
        stack_.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, boost::json::string_view, error&) {
        number_.clear();
        refuse("out_of_range", "A number in the body is too large: integers have at most 63 bits.", "");
        stack_.push_uint64(value);
        return true;
    }
    bool on_double(double value, boost::json::string_view text, error&) {
        number_.append(text.data(), text.size());
        // Where it is beyond doubles `value` stays: infinity, or zero.
        std::from_chars(number_.data(), number_.data() + number_.size(), value);
        bool const whole = number_.find_first_of(".eE") == std::string::npos;
        if (!std::isfinite(value) || whole) refuse("out_of_range", "A number in the body is too large.", "");
        number_.clear();
        stack_.push_double(value);
        return true;
    }
    bool on_bool(bool value, error&) {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(error&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(boost::json::string_view, error&) { return true; }
    bool on_comment(boost::json::string_view, error&) { return true; }

  private:
    void judge_key(boost::json::string_view text) {
        key_.append(text.data(), text.size());
        if (!keys_.empty() && !keys_.back().insert(key_).second)
            refuse("duplicate_member", "The member \"" + key_ + "\" stands twice in one object; keep one.",
                   pointer_to("", key_));
        key_.clear();
    }
    bool enter(bool object) {
        if (!judging_) return true;
        if (++depth_ > deepest) refuse("too_deep", "The body is nested deeper than 64 levels.", "");
        objects_.push_back(object);
        if (object) keys_.emplace_back();
        return true;
    }
    void leave() {
        if (!judging_) return;
        --depth_;
        if (objects_.back()) keys_.pop_back();
        objects_.pop_back();
    }
    void refuse(std::string_view code, std::string message, std::string pointer) {
        if (!refused) refused = invalid(std::move(pointer), std::string(code), std::move(message));
    }
    bool judging_;
    unsigned char room_[2048];  // for what is small
    boost::json::value_stack stack_{{}, room_, sizeof room_};
    std::vector<std::set<std::string>> keys_;
    std::vector<bool> objects_;
    std::string key_, number_;
    std::size_t depth_ = 0;
};

void append_escaped(std::string& out, unsigned char c) {
    static constexpr char hex[] = "0123456789abcdef";
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        default: (out += "\\u00") += hex[c >> 4], out += hex[c & 15];
    }
}

boost::json::parse_options parse_options() {
    boost::json::parse_options options;
    // The parser recurses no deeper than this; what lies between 64 and here is well-formed and refused as too deep.
    options.max_depth = 4096;
    return options;
}

Problem not_json(std::string const& why) { return {400, "not_json", "The body is no JSON (RFC 8259): " + why + "."}; }

}  // namespace

std::string in_words(std::string_view member) {
    std::string words(member);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

Json parse_json(std::string_view text) {
    if (!is_utf8(text)) throw Problem(400, "not_utf8", "The body is not UTF-8.");
    boost::json::basic_parser<Builder> parser(parse_options(), true);
    boost::json::error_code error;
    auto const read = parser.write_some(false, text.data(), text.size(), error);
    if (error == boost::json::error::too_deep)
        throw invalid("", "too_deep", "The body is nested deeper than 64 levels.");
    if (error) throw not_json(error.message());
    if (read != text.size()) throw not_json("something stands behind its end");
    if (parser.handler().refused) throw *parser.handler().refused;
    return parser.handler().release();
}

std::optional<JsonObject> read_object(std::string_view text) {
    try {
        if (auto json = parse_json(text); json.is_object()) return std::move(json.get_object());
    } catch (Problem const&) {}
    return {};
}

std::string text_at(JsonObject const& object, std::string_view member) {
    auto const* const found = object.if_contains(member);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

Json parse_own_json(std::string_view text) {
    boost::json::basic_parser<Builder> parser(parse_options(), false);
    boost::json::error_code error;
    auto const read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read != text.size()) error = boost::json::error::extra_data;
    if (error) throw boost::json::system_error(error);
    return parser.handler().release();
}

namespace {

bool is_plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\'; }

// Where the first character from there on stands that must be escaped (RFC 8259 §7), or the end. Nearly all text has none:
// it is looked through eight bytes at a time.
std::size_t plain_until(std::string_view text, std::size_t at) {
    constexpr std::uint64_t each = 0x0101010101010101, high = each * 0x80;
    auto const has_zero = [](std::uint64_t bytes) { return (bytes - each) & ~bytes & high; };
    for (std::uint64_t bytes; text.size() - at >= sizeof bytes; at += sizeof bytes) {
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        auto const control = (bytes - each * 0x20) & ~bytes & high;
        if ((control | has_zero(bytes ^ each * '"') | has_zero(bytes ^ each * '\\')) != 0) break;
    }
    while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
    return at;
}

}  // namespace

void write_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t from = 0;;) {
        auto const end = plain_until(text, from);
        out.append(text, from, end - from);
        if (end == text.size()) break;
        append_escaped(out, static_cast<unsigned char>(text[end]));
        from = end + 1;
    }
    out += '"';
}

void write_json(std::string& out, std::int64_t value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void write_json(std::string& out, double value) {
    if (!std::isfinite(value)) return void(out += "null");
    char digits[40];
    if (value == 0) value = 0;  // not -0, which would read as the whole number 0
    // Without an exponent it would read as a whole number that is too large.
    bool const beyond_integers = std::abs(value) >= 0x1p63;
    auto const written = beyond_integers
                             ? std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific)
                             : std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, written.ptr);
}

void write_json(std::string& out, Money const& money) {
    out += "{\"amount\":";
    write_json(out, money.amount);
    out += ",\"currency\":";
    write_json_text(out, money.currency);
    out += '}';
}

void write_json(std::string& out, JsonObject const& object) {
    out += '{';
    bool first = true;
    for (auto const& entry : object) {
        if (!first) out += ',';
        first = false;
        write_json_text(out, {entry.key().data(), entry.key().size()});
        out += ':';
        write_json_value(out, entry.value());
    }
    out += '}';
}

void write_json_value(std::string& out, Json const& value) {
    switch (value.kind()) {
        case boost::json::kind::null: out += "null"; break;
        case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
        case boost::json::kind::int64: write_json(out, value.get_int64()); break;
        case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); break;
        case boost::json::kind::double_: write_json(out, value.get_double()); break;
        case boost::json::kind::string: write_json_text(out, std::string_view(value.get_string())); break;
        case boost::json::kind::object: write_json(out, value.get_object()); break;
        case boost::json::kind::array: {
            out += '[';
            bool first = true;
            for (auto const& element : value.get_array()) {
                if (!first) out += ',';
                first = false;
                write_json_value(out, element);
            }
            out += ']';
        }
    }
}

std::string json_text(Json const& value) {
    std::string out;
    write_json_value(out, value);
    return out;
}

std::string pointer_to(std::string const& parent, std::string_view member) {
    auto pointer = parent + '/';
    for (char const c : member) {  // RFC 6901 §3
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
    return pointer;
}
std::string pointer_to(std::string const& parent, std::size_t index) { return parent + '/' + std::to_string(index); }

std::string member_of(std::string_view pointer) {
    if (pointer.empty()) return "body";
    if (pointer.front() == '?') return "parameter " + std::string(pointer.substr(1));
    auto rest = pointer;
    auto last = rest.substr(rest.rfind('/') + 1);
    if (!last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos &&
        rest.size() > last.size() + 1) {
        rest.remove_suffix(last.size() + 1);
        return "entry " + std::to_string(std::stoul(std::string(last.substr(0, 9))) + 1) + " of " + member_of(rest);
    }
    return in_words(last);
}

void mistake(Mistakes& mistakes, std::string const& pointer, std::string_view code, std::string_view says) {
    if (mistakes.size() >= 100) return;  // enough to mend
    mistakes.push_back({pointer, std::string(code), "The " + member_of(pointer) + ' ' + std::string(says) + '.'});
}

bool read_text(Json const& json, std::string& text, std::size_t min, std::size_t max, std::string const& pointer,
               Mistakes& mistakes) {
    if (!json.is_string()) {
        mistake(mistakes, pointer, "not_a_text", "must be a text");
        return false;
    }
    std::string_view const sent = json.get_string();
    // NFC shortens by at most a factor that keeps this bound far from honest input.
    if (sent.size() > max * 16 + 64) {
        mistake(mistakes, pointer, "too_long", "is longer than " + std::to_string(max) + " characters");
        return false;
    }
    if (has_forbidden_control(sent)) {
        mistake(mistakes, pointer, "control_character", "holds a control character; only tab and new line are allowed");
        return false;
    }
    auto kept = tidy(sent);
    auto const length = code_points(kept);
    if (length > max) {
        mistake(mistakes, pointer, "too_long", "is longer than " + std::to_string(max) + " characters");
        return false;
    }
    if (length < min) {
        mistake(mistakes, pointer, length == 0 ? "required" : "too_short",
                length == 0 ? "is needed" : "must have at least " + std::to_string(min) + " characters");
        return false;
    }
    text = std::move(kept);
    return true;
}

void read_json_bool(Json const& json, bool& value, std::string const& pointer, Mistakes& mistakes) {
    if (json.is_bool()) value = json.get_bool();
    else mistake(mistakes, pointer, "not_a_boolean", "must be true or false");
}
void read_json_integer(Json const& json, std::int64_t& value, std::string const& pointer, Mistakes& mistakes) {
    if (json.is_int64()) value = json.get_int64();
    else mistake(mistakes, pointer, "not_an_integer", "must be a whole number");
}
void read_json_double(Json const& json, double& value, std::string const& pointer, Mistakes& mistakes) {
    if (json.is_double()) value = json.get_double();
    else if (json.is_int64()) value = static_cast<double>(json.get_int64());
    else mistake(mistakes, pointer, "not_a_number", "must be a number");
}
void read_json_time(Json const& json, Time& value, std::string const& pointer, Mistakes& mistakes) {
    auto const time = json.is_string() ? read_time(std::string_view(json.get_string())) : std::nullopt;
    if (time) value = *time;
    else mistake(mistakes, pointer, "not_a_time", "must be a time such as 2026-11-21T09:30:00.000Z (RFC 3339)");
}
void read_json_date(Json const& json, Date& value, std::string const& pointer, Mistakes& mistakes) {
    auto const date = json.is_string() ? read_date(std::string_view(json.get_string())) : std::nullopt;
    if (date) value = *date;
    else mistake(mistakes, pointer, "not_a_date", "must be a date such as 2026-11-21");
}
void read_json_money(Json const& json, Money& value, std::string const& pointer, Mistakes& mistakes) {
    auto const* object = json.if_object();
    auto const* amount = object ? object->if_contains("amount") : nullptr;
    auto const* currency = object ? object->if_contains("currency") : nullptr;
    if (!amount || !currency || object->size() != 2)
        return mistake(mistakes, pointer, "not_money",
                       "must be an object of amount (minor units) and currency (ISO 4217)");
    if (!amount->is_int64() || amount->get_int64() >= (1LL << 53) || amount->get_int64() <= -(1LL << 53))
        return mistake(mistakes, pointer_to(pointer, "amount"), "not_an_integer",
                       "must be a whole number of minor units below 2^53");
    if (!currency->is_string() || !is_currency(std::string_view(currency->get_string())))
        return mistake(mistakes, pointer_to(pointer, "currency"), "not_a_currency", "is no currency code of ISO 4217");
    value = {amount->get_int64(), std::string(std::string_view(currency->get_string()))};
}
void read_json_any_id(Json const& json, AnyId& value, std::string const& pointer, Mistakes& mistakes) {
    if (json.is_string()) {
        std::string_view const text = json.get_string();
        auto const cut = text.find('_');
        if (cut != std::string_view::npos) {
            auto const prefix = text.substr(0, cut);
            if (auto const number = read_id(prefix, text)) return void(value = AnyId(std::string(prefix), *number));
        }
    }
    mistake(mistakes, pointer, "not_an_id", "must be an id");
}
bool read_json_object(Json const& json, std::string const& pointer, Mistakes& mistakes) {
    if (json.is_object()) return true;
    mistake(mistakes, pointer, "not_an_object", "must be an object");
    return false;
}
std::string list_of_enum(std::vector<std::string_view> const& names) {
    std::string list;
    for (auto const& name : names) (list += list.empty() ? "" : ", ") += name;
    return list;
}

}  // namespace patron
