#include "index/values.hpp"

#include "index/pairs.hpp"
#include "index/scan.hpp"

#include <atomic>
#include <mutex>

namespace patron::index {

std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    for (std::size_t at = 0; at < 8; ++at)
        head = head << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0u);
    return head;
}

struct Values::Group {
    std::int64_t attribute = 0;
    std::vector<std::uint32_t> numbers;       // of its values
    std::vector<std::uint32_t> chunk_begins;  // where in `numbers` each chunk of `texts` begins
    Texts texts;
    Slots slots;
    std::unique_ptr<Pairs> pairs;
    std::size_t paired = 0;  // how many of `numbers`, until it has all
    bool has_all_pairs = false;
    mutable std::mutex making_firsts;
    mutable std::atomic<bool> has_firsts{false};
    mutable FirstValues firsts;
};

Values::Values() = default;
Values::~Values() = default;

Values::Group const* Values::find(std::int64_t attribute) const {
    auto const found = group_of_.find(attribute);
    return found == group_of_.end() ? nullptr : groups_[found->second].get();
}

std::vector<std::uint32_t> const& Values::numbers(Group const& group) { return group.numbers; }

std::string_view Values::text(std::uint32_t number) const {
    auto const& value = all_[number];
    return {groups_[value.attribute]->texts.at(value.place), value.length};
}

std::int64_t Values::attribute(std::uint32_t number) const { return groups_[all_[number].attribute]->attribute; }

std::uint32_t Values::number_of(std::int64_t attribute, std::string_view text) {
    auto const [found, added] = group_of_.try_emplace(attribute, static_cast<std::uint32_t>(groups_.size()));
    if (added) {
        groups_.push_back(std::make_unique<Group>());
        groups_.back()->attribute = attribute;
    }
    auto& group = *groups_[found->second];
    text = text.substr(0, text.find('\0'));  // databases keep none, and it would end the text where it stands
    auto const hash = hash_of(text);
    auto const known = group.slots.find(hash, [&](std::uint32_t number) { return this->text(number) == text; });
    if (known != Slots::none) return known;
    auto const number = static_cast<std::uint32_t>(all_.size());
    all_.push_back({{}, found->second, group.texts.keep(text), static_cast<std::uint32_t>(text.size())});
    if (Texts::chunk_of(all_.back().place) == group.chunk_begins.size())
        group.chunk_begins.push_back(static_cast<std::uint32_t>(group.numbers.size()));
    group.numbers.push_back(number);
    group.slots.add(hash, number);
    return number;
}

Posting const* Values::rows(std::int64_t attribute, std::string_view text) const {
    auto const* const group = find(attribute);
    if (group == nullptr) return nullptr;
    auto const number = group->slots.find(hash_of(text), [&](std::uint32_t at) { return this->text(at) == text; });
    return number == Slots::none ? nullptr : &all_[number].rows;
}

void Values::containing(std::int64_t attribute, std::string_view part, Bits& bits) const {
    auto const group = group_of_.find(attribute);
    if (group == group_of_.end() || part.find('\0') != std::string_view::npos) return;
    if (part.empty()) return each(attribute, [&](std::string_view, Posting const& rows) { rows.into(bits); });
    auto const& one = *groups_[group->second];
    if (one.has_all_pairs && part.size() == 2) return one.pairs->into(part, bits);
    if (remembered_.find(group->second, part, bits)) return;
    Bits found(bits.rows());
    scan(one, part, found);
    bits |= found;
    remembered_.add(group->second, part, std::move(found));
}

// Goes over the bytes of all values at once, which stand in the order of their numbers.
void Values::scan(Group const& group, std::string_view part, Bits& bits) const {
    Part const wanted(part);
    // The rows of a value stand elsewhere: they are sent for, and taken some values later.
    std::uint32_t seen[64];
    std::size_t count = 0;
    auto const take_seen = [&] {
        for (std::size_t at = 0; at < count; ++at) all_[seen[at]].rows.into(bits);
        count = 0;
    };
    group.texts.each_chunk([&](std::size_t at, std::string_view chunk) {
        auto const* const numbers = group.numbers.data() + group.chunk_begins[at];
        wanted.each_text(chunk, [&](std::size_t value) {
            seen[count] = numbers[value];
            __builtin_prefetch(&all_[seen[count]]);
            if (++count == std::size(seen)) take_seen();
        });
    });
    take_seen();
}

FirstValues const& Values::firsts(std::int64_t attribute, std::size_t rows) const {
    static FirstValues const nothing;
    auto const* const group = find(attribute);
    if (group == nullptr) return nothing;
    if (group->has_firsts.load(std::memory_order_acquire)) return group->firsts;
    std::scoped_lock const lock(group->making_firsts);
    if (group->has_firsts.load(std::memory_order_relaxed)) return group->firsts;
    auto& firsts = group->firsts;
    firsts.numbers.assign(rows, FirstValues::none);
    std::vector<std::uint64_t> heads(rows, 0);
    for (auto const number : group->numbers) {
        auto const text = this->text(number);
        auto const head = head_of(text);
        all_[number].rows.each([&](Row row) {
            auto& first = firsts.numbers[row];
            if (first != FirstValues::none && this->text(first) <= text) return;
            first = number;
            heads[row] = head;
        });
    }
    firsts.heads.assign(std::move(heads));
    group->has_firsts.store(true, std::memory_order_release);
    return firsts;
}

std::vector<std::int64_t> Values::sorted_by() const {
    std::vector<std::int64_t> attributes;
    for (auto const& group : groups_)
        if (group->has_firsts.load(std::memory_order_relaxed)) attributes.push_back(group->attribute);
    return attributes;
}

void Values::set_values(Row row, std::vector<std::uint32_t> const& numbers) {
    set_firsts(row, numbers);
    remembered_.set(row, [&](std::uint32_t group, std::string_view part) {
        return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
            return all_[number].attribute == group && text(number).find(part) != std::string_view::npos;
        });
    });
}

std::vector<std::string_view> Values::texts_of(std::uint32_t group, std::vector<std::uint32_t> const& numbers) const {
    std::vector<std::string_view> texts;
    for (auto const number : numbers)
        if (all_[number].attribute == group) texts.push_back(text(number));
    return texts;
}

void Values::change_pairs(Row row, std::vector<std::uint32_t> const& before, std::vector<std::uint32_t> const& after) {
    for (std::uint32_t at = 0; at < groups_.size(); ++at)
        if (auto const& pairs = groups_[at]->pairs)
            pairs->change(row, Pairs::of(texts_of(at, before)), Pairs::of(texts_of(at, after)));
}

bool Values::make_some_pairs() {
    for (auto& group : groups_) {
        if (group->has_all_pairs || group->numbers.size() < many_texts) continue;
        if (!group->pairs) group->pairs = std::make_unique<Pairs>();
        auto const end = std::min(group->numbers.size(), group->paired + texts_at_once);
        for (; group->paired < end; ++group->paired) {
            auto const number = group->numbers[group->paired];
            all_[number].rows.each([&](Row row) { group->pairs->add(row, text(number)); });
        }
        // Rows that come later bring theirs.
        group->has_all_pairs = end == group->numbers.size();
        return true;
    }
    return false;
}

void Values::set_firsts(Row row, std::vector<std::uint32_t> const& numbers) {
    for (std::uint32_t at = 0; at < groups_.size(); ++at) {
        if (!groups_[at]->has_firsts.load(std::memory_order_relaxed)) continue;
        auto& firsts = groups_[at]->firsts;
        if (row >= firsts.numbers.size()) firsts.numbers.resize(row + std::size_t{1}, FirstValues::none);
        auto first = FirstValues::none;
        for (auto const number : numbers)
            if (all_[number].attribute == at && (first == FirstValues::none || text(number) < text(first)))
                first = number;
        firsts.numbers[row] = first;
        firsts.heads.set(row, first == FirstValues::none ? 0 : head_of(text(first)));
    }
}

std::size_t Values::bytes() const {
    auto sum = all_.capacity() * sizeof(Value) + remembered_.bytes();
    for (auto const& value : all_) sum += value.rows.bytes();
    for (auto const& group : groups_)
        sum += sizeof(Group) + 64 +
               (group->numbers.capacity() + group->chunk_begins.capacity()) * sizeof(std::uint32_t) +
               group->texts.bytes() + group->slots.bytes() + (group->pairs ? group->pairs->bytes() : 0) +
               group->firsts.numbers.capacity() * sizeof(std::uint32_t) + group->firsts.heads.bytes();
    return sum;
}

}  // namespace patron::index
