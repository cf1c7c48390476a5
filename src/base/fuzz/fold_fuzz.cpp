// Any bytes as typed text: what is made of them is well-formed, and making it again changes nothing.
#include "base/fold.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_forms(std::string_view text) {
    auto const tidied = patron::tidy(text), folded = patron::fold(text);
    require(patron::is_utf8(tidied) && patron::tidy(tidied) == tidied);
    require(patron::is_utf8(folded) && patron::fold(folded) == folded);
    for (auto const& word : patron::words(text)) require(!word.empty() && patron::is_utf8(word));
    require(text.empty() || patron::code_points(text) > 0);
    if (auto const email = patron::normal_email(text))
        require(patron::normal_email(*email) == email && email->size() <= 254);
    if (auto const tag = patron::language_tag(text)) require(patron::language_tag(*tag) == tag);
    if (auto const phone = patron::read_phone(text, "DE")) require(patron::read_phone(phone->e164, "").has_value());
}

void check_any(std::string_view bytes) {
    patron::has_forbidden_control(bytes);
    patron::country_code(bytes);
    patron::is_time_zone(bytes);
    patron::is_currency(bytes);
    patron::digits(bytes);
    patron::read_phone(bytes, "US");
    patron::normal_email(bytes);
    patron::fold(bytes);
    patron::tidy(bytes);
    patron::words(bytes);
    patron::sort_key(bytes, "de");
    std::size_t end = 0;
    for (auto const& span : patron::find_secrets(bytes)) {
        require(span.begin >= end && span.begin < span.end && span.end <= bytes.size());
        end = span.end;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    check_any(text);
    if (patron::is_utf8(text)) check_forms(text);
    return 0;
}
