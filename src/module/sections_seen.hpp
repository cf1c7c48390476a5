// Which sections and folders of the business somebody may look into, and so of which events they may read.
#pragma once
#include "module/unit.hpp"

namespace patron {

// May they look into the area? What is no area, or knows no looking, is open to everybody who is let in.
bool looks_into(Principal const& who, std::vector<Area> const& areas, std::string_view area);

// The area that an event of this kind belongs to: of the module that tells it the one named after the thing it happened to
// ("key.revoked": keys), else the module's first; empty when it has none.
std::string_view area_of_kind(Business const& business, std::string_view kind);

// The kinds of events that whoever asks does not read of; of most people there are none.
class HiddenKinds {
  public:
    explicit HiddenKinds(Reading& reading);

    // Of whomever they happened to.
    std::vector<std::string_view> const& always() const { return always_; }
    // Of customers beyond what the role shows of the area.
    std::map<std::string_view, std::vector<std::string_view>> const& by_area() const { return by_area_; }
    // All that are hidden of this customer.
    std::vector<std::string_view> of(Id<Customer> customer) const;
    bool hides(std::string_view kind, Id<Customer> customer) const;
    // Of anybody whom whoever asks sees.
    bool hides_of_some(std::string_view kind) const;

  private:
    Reading& reading_;
    std::vector<std::string_view> always_;
    std::map<std::string_view, std::vector<std::string_view>> by_area_;
};

// The folder itself, or the one that such a thing is in; 0: none.
std::int64_t folder_of(db::Tx& tx, Business const& business, std::string_view prefix, std::int64_t id);

// Is it a folder that is closed to whoever asks, or in one?
bool is_in_closed_folder(Reading& reading, std::string_view prefix, std::int64_t id);

}  // namespace patron
