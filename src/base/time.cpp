#include "base/time.hpp"

#include <chrono>

namespace patron {
namespace {

using namespace std::chrono;

// Exactly n digits at the front of the text, taken off it.
std::optional<int> take_digits(std::string_view& text, std::size_t n) {
    if (text.size() < n) return {};
    int value = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (text[i] < '0' || text[i] > '9') return {};
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(n);
    return value;
}

// Exactly n digits; what does not fit is cut off at the front.
void put_digits(char* to, int n, int value) {
    for (; n-- > 0; value /= 10) to[n] = static_cast<char>('0' + value % 10);
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    auto const y = take_digits(text, 4);
    if (!y || *y < 1 || !take(text, '-')) return {};
    auto const m = take_digits(text, 2);
    if (!m || !take(text, '-')) return {};
    auto const d = take_digits(text, 2);
    if (!d) return {};
    year_month_day const day{year{*y}, month{static_cast<unsigned>(*m)}, std::chrono::day{static_cast<unsigned>(*d)}};
    if (!day.ok()) return {};
    return Date{static_cast<std::int32_t>(sys_days{day}.time_since_epoch().count())};
}

}  // namespace

std::string& add_text(std::string& text, Date date) {
    year_month_day const day{sys_days{days{date.days}}};
    auto const year = static_cast<int>(day.year());
    char form[] = "0000-00-00";
    put_digits(form, 4, year < 0 ? -year : year);
    put_digits(form + 5, 2, static_cast<int>(static_cast<unsigned>(day.month())));
    put_digits(form + 8, 2, static_cast<int>(static_cast<unsigned>(day.day())));
    if (year < 0) text += '-';
    return text.append(form, sizeof form - 1);
}

std::string to_text(Date date) {
    std::string text;
    return add_text(text, date);
}

std::optional<Date> read_date(std::string_view text) {
    auto const date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

Date day_of(Time time) { return Date{static_cast<std::int32_t>(floor<days>(milliseconds{time.ms}).count())}; }
Time start_of(Date date) { return Time{std::int64_t{date.days} * 86'400'000}; }

std::string& add_text(std::string& text, Time time) {
    auto const date = day_of(time);
    auto const rest = static_cast<int>(time.ms - start_of(date).ms);
    char form[] = "T00:00:00.000Z";
    put_digits(form + 1, 2, rest / 3'600'000);
    put_digits(form + 4, 2, rest / 60'000 % 60);
    put_digits(form + 7, 2, rest / 1000 % 60);
    put_digits(form + 10, 3, rest % 1000);
    return add_text(text, date).append(form, sizeof form - 1);
}

std::string to_text(Time time) {
    std::string text;
    text.reserve(24);
    return add_text(text, time);
}

std::optional<Time> read_time(std::string_view text) {
    auto const date = take_date(text);
    if (!date || text.empty() || (text.front() != 'T' && text.front() != 't' && text.front() != ' ')) return {};
    text.remove_prefix(1);
    auto const hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return {};
    auto const minute = take_digits(text, 2);
    if (!minute || *minute > 59 || !take(text, ':')) return {};
    auto const second = take_digits(text, 2);
    if (!second || *second > 60) return {};
    int fraction = 0;
    if (take(text, '.')) {
        std::size_t n = 0;
        while (n < text.size() && text[n] >= '0' && text[n] <= '9') {
            if (n < 3) fraction = fraction * 10 + (text[n] - '0');
            ++n;
        }
        if (n == 0) return {};
        for (auto i = n; i < 3; ++i) fraction *= 10;
        text.remove_prefix(n);
    }
    int offset = 0;
    if (text == "Z" || text == "z") {
        text = {};
    } else {
        if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
        int const sign = text.front() == '+' ? 1 : -1;
        text.remove_prefix(1);
        auto const hours = take_digits(text, 2);
        if (!hours || *hours > 23 || !take(text, ':')) return {};
        auto const minutes = take_digits(text, 2);
        if (!minutes || *minutes > 59) return {};
        offset = sign * (*hours * 60 + *minutes);
    }
    if (!text.empty()) return {};
    return Time{start_of(*date).ms + ((*hour * 60 + *minute - offset) * 60LL + *second) * 1000 + fraction};
}

Time now_by_clock() { return Time{duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()}; }

}  // namespace patron
