#include "modules/imports/foreseen.hpp"

#include <stdexcept>
#include <system_error>

namespace patron::imports {
namespace {

struct Kept {
    Json customer;
    bool is_new = false;
    std::vector<std::string> tags, notes;
};
DESCRIBE(Kept, customer, is_new, tags, notes);

constexpr std::size_t first_slots = 1 << 12;

std::uint64_t hash_of(std::string_view sign) {  // FNV-1a, mixed
    std::uint64_t hash = 14695981039346656037u;
    for (char const c : sign) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash ^= hash >> 29;
    return hash * 0xbf58476d1ce4e5b9u;
}

void check(bool well) {
    if (!well) throw std::system_error(errno, std::generic_category(), "the preview's own file");
}

}  // namespace

Foreseen::Foreseen() : slots_(first_slots, 0), file_(std::tmpfile(), &std::fclose) { check(file_ != nullptr); }

void Foreseen::insert(std::uint64_t slot) {
    for (auto at = (slot >> number_bits) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
        if (slots_[at] == slot) return;
        if (slots_[at] != 0) continue;
        slots_[at] = slot;
        ++used_;
        return;
    }
}

void Foreseen::grow() {
    auto old = std::move(slots_);
    slots_.assign(old.size() * 2, 0);
    used_ = 0;
    for (auto const slot : old)
        if (slot != 0) insert(slot);
}

std::int64_t Foreseen::keep(std::int64_t number, Foresight const& what, std::vector<std::string> const& signs) {
    std::string text;
    write_json(text, Kept{parse_own_json(to_json(what.customer)), what.is_new, what.tags, what.notes});
    check(std::fseek(file_.get(), static_cast<long>(end_), SEEK_SET) == 0 &&
          std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size());
    Place const place{end_, static_cast<std::uint32_t>(text.size())};
    end_ += text.size();
    if (number < 0) {
        number = static_cast<std::int64_t>(places_.size());
        places_.push_back(place);
    } else places_[static_cast<std::size_t>(number)] = place;
    if (number + 2 >= (1 << number_bits))
        throw std::length_error("a preview looks at no more than 16 million customers");
    auto const low = static_cast<std::uint64_t>(number) + 1;
    for (auto const& sign : signs) {
        if (used_ * 10 >= slots_.size() * 7) grow();
        insert((hash_of(sign) >> number_bits << number_bits) | low);
    }
    return number;
}

std::vector<std::int64_t> Foreseen::numbers(std::string const& sign) const {
    auto const tag = hash_of(sign) >> number_bits;
    std::vector<std::int64_t> found;
    for (auto at = tag & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
        if (slots_[at] >> number_bits == tag)
            found.push_back(static_cast<std::int64_t>(slots_[at] & ((1u << number_bits) - 1)) - 1);
    return found;
}

Foresight Foreseen::look(std::int64_t number) const {
    auto const place = places_.at(static_cast<std::size_t>(number));
    std::string text(place.size, '\0');
    check(std::fseek(file_.get(), static_cast<long>(place.offset), SEEK_SET) == 0 &&
          std::fread(text.data(), 1, text.size(), file_.get()) == text.size());
    auto kept = from_own_json<Kept>(text);
    Foresight what;
    read_own(kept.customer, what.customer);
    what.is_new = kept.is_new;
    what.tags = std::move(kept.tags);
    what.notes = std::move(kept.notes);
    return what;
}

}  // namespace patron::imports
