#include "module/held_back.hpp"

namespace patron {

void HeldBack::count(AuditRow row, std::string const& group) {
    std::lock_guard const lock(mutex_);
    auto const of = row.route + ' ' + row.actor + ' ';
    auto key = of + row.subject + ' ' + group;
    if (!tries_.contains(key) && tries_.size() >= most_places) {
        row.subject.clear();
        row.address.clear();
        key = of;
    }
    auto& tries = tries_[key];
    tries.last = std::move(row);
    ++tries.untold;
}

std::vector<AuditRow> HeldBack::take(std::int64_t now, bool all) {
    std::lock_guard const lock(mutex_);
    std::vector<AuditRow> rows;
    for (auto one = tries_.begin(); one != tries_.end();) {
        auto& tries = one->second;
        bool const due = all || now - tries.told_at >= together_ms;
        if (due && tries.untold == 0) {
            one = tries_.erase(one);
            continue;
        }
        if (due) {
            rows.push_back(tries.last);
            rows.back().at = tries.told_at = now;
            rows.back().fields = "[\"" + std::to_string(tries.untold) + " tries\"]";
            tries.untold = 0;
        }
        ++one;
    }
    return rows;
}

}  // namespace patron
