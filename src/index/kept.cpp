#include "index/kept.hpp"

#include "index/parts.hpp"

namespace patron::index {

std::shared_ptr<Bits const> KeptSets::find(Kept const& what) {
    std::lock_guard const lock(mutex_);
    for (auto& one : all_)
        if (one.what == what) {
            one.asked = ++asked_;
            return one.rows;
        }
    return nullptr;
}

std::shared_ptr<Bits const> KeptSets::add(Kept const& what, Bits rows) {
    auto const made = std::make_shared<Bits>(std::move(rows));
    std::lock_guard const lock(mutex_);
    for (auto const& one : all_)
        if (one.what == what) return one.rows;  // somebody else asked for it at the same time
    if (all_.size() == most)
        all_.erase(std::min_element(all_.begin(), all_.end(),
                                    [](One const& one, One const& other) { return one.asked < other.asked; }));
    all_.push_back({what, made, ++asked_});
    for (auto const* const marks : {&what.carrying, &what.lacking})
        for (auto const& [attribute, value] : *marks)
            if (!concerns(attribute)) attributes_.push_back(attribute);
    return made;
}

void KeptSets::set_marks(Row row, std::span<Mark const> marks) {
    auto const any = [&](std::vector<Mark> const& of) {
        return std::any_of(marks.begin(), marks.end(),
                           [&](Mark const& mark) { return std::binary_search(of.begin(), of.end(), mark); });
    };
    for (auto& one : all_) {
        auto const lacks = any(one.what.lacking);
        if (one.what.everybody ? !lacks : lacks || !any(one.what.carrying)) {
            one.rows->reset(row);
            continue;
        }
        one.rows->grow(std::size_t{row} + 1);
        one.rows->set(row);
    }
}

std::size_t KeptSets::bytes() const {
    std::lock_guard const lock(mutex_);
    std::size_t sum = 0;
    for (auto const& one : all_)
        sum += sizeof one + one.rows->rows() / 8 +
               (one.what.carrying.capacity() + one.what.lacking.capacity()) * sizeof(Mark);
    return sum;
}

void Index::narrow(Bits& rows, Kept const& what) const {
    auto const kept = parts_->kept.rows(what, parts_->rows(), [&](KeptSets::Mark const& mark, Bits& bits) {
        if (auto const* const carriers = parts_->marks.rows(mark.first, mark.second)) carriers->into(bits);
    });
    if (what.everybody) rows -= *kept;
    else rows &= *kept;
}

}  // namespace patron::index
