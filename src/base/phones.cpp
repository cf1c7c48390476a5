#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <deque>
#include <mutex>
#include <unordered_map>

namespace patron {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

PhoneNumberUtil const& numbers() {
    static PhoneNumberUtil const& made = *PhoneNumberUtil::GetInstance();
    return made;
}

// "0049 711 …" as "+49 711 …": the prefix of ITU-T E.123 recommends itself in most countries, but the library knows
// only the one of the country that it reads in.
std::optional<std::string> with_plus(std::string_view typed) {
    auto const first = typed.find_first_of("+0123456789");
    if (first == typed.npos || !typed.substr(first).starts_with("00")) return std::nullopt;
    return '+' + std::string(typed.substr(first + 2));
}

std::optional<PhoneNumber> valid_number(std::string const& typed, std::string const& country) {
    PhoneNumber number;
    if (numbers().Parse(typed, country, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
    return numbers().IsPossibleNumber(number) && numbers().IsValidNumber(number) ? std::optional(number) : std::nullopt;
}

PhoneForm form_of(PhoneNumber const& number) {
    PhoneForm form;
    numbers().Format(number, PhoneNumberUtil::E164, &form.e164);
    numbers().Format(number, PhoneNumberUtil::INTERNATIONAL, &form.international);
    numbers().GetRegionCodeForNumber(number, &form.country);
    if (form.country.size() != 2 || form.country == "ZZ") form.country.clear();  // "001": a service of no country
    return form;
}

std::optional<PhoneNumber> read_number(std::string_view typed, std::string_view country) {
    constexpr std::size_t most = 100;  // the longest number with an extension and words around it
    auto const text = tidy(typed);
    if (text.empty() || text.size() > most || !is_utf8(text)) return std::nullopt;
    std::string region;
    for (char const letter : country) region += ascii_upper(letter);
    if (region.empty()) region = "ZZ";
    std::optional<PhoneNumber> number;
    if (auto const plus = with_plus(text)) number = valid_number(*plus, "ZZ");
    if (!number) number = valid_number(text, region);
    return number;
}

// The numbers that were read last: reading one takes as long as writing three rows, and whoever writes them asks again for
// what was read where it arrived.
class ReadLately {
  public:
    static constexpr std::size_t most = 512;

    static ReadLately& of_all() {
        static ReadLately lately;
        return lately;
    }
    bool find(std::string const& asked, std::optional<std::string>& e164) {
        std::lock_guard const lock(mutex_);
        auto const found = known_.find(asked);
        if (found == known_.end()) return false;
        e164 = found->second;
        return true;
    }
    void add(std::string asked, std::optional<std::string> const& e164) {
        std::lock_guard const lock(mutex_);
        if (!known_.emplace(asked, e164).second) return;
        in_turn_.push_back(std::move(asked));
        if (in_turn_.size() <= most) return;
        known_.erase(in_turn_.front());
        in_turn_.pop_front();
    }

  private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::optional<std::string>> known_;
    std::deque<std::string> in_turn_;
};

}  // namespace

std::optional<PhoneForm> read_phone(std::string_view typed, std::string_view country) {
    auto const number = read_number(typed, country);
    return number ? std::optional(form_of(*number)) : std::nullopt;
}

std::optional<std::string> read_e164(std::string_view typed, std::string_view country) {
    auto asked = (std::string(country) += '\n') += typed;
    std::optional<std::string> e164;
    if (ReadLately::of_all().find(asked, e164)) return e164;
    if (auto const number = read_number(typed, country))
        numbers().Format(*number, PhoneNumberUtil::E164, &e164.emplace());
    ReadLately::of_all().add(std::move(asked), e164);
    return e164;
}

}  // namespace patron
