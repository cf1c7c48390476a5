#include "modules/notes/rules.hpp"

#include "base/fold.hpp"

#include <algorithm>

namespace patron::notes::rules {
namespace {

constexpr std::string_view digits62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";  // in ASCII's order
constexpr std::size_t head_length = 8;
constexpr std::string_view middle_head = "V0000000";

constexpr std::size_t longest_mention = 1000, most_mentions = 50;  // bytes; people told of one note

int digit(std::string_view rank, std::size_t at) {
    return at < rank.size() ? static_cast<int>(digits62.find(rank[at])) : 0;
}

std::string head_of(std::string_view rank) {
    std::string head(rank.substr(0, head_length));
    head.resize(head_length, '0');
    return head;
}

// The head one further on (+1) or back (-1). 62^7 steps lie on either side of the middle.
std::string step(std::string head, int by) {
    for (auto at = head_length; at-- > 0;) {
        auto const next = digit(head, at) + by;
        bool const carries = next < 0 || next > 61;
        head[at] = digits62[static_cast<std::size_t>(carries ? (by > 0 ? 0 : 61) : next)];
        if (!carries) break;
    }
    return head;
}

}  // namespace

void check_body(std::string_view body, Mistakes& mistakes) {
    auto const found = find_secrets(body);
    if (found.empty()) return;
    if (found.front().kind == SecretSpan::Kind::card)
        mistake(mistakes, "/body", "card_number",
                "holds what looks like a card number; card numbers belong in the vault, not in notes");
    else
        mistake(mistakes, "/body", "iban",
                "holds what looks like a bank account; account numbers belong in the vault, not in notes");
}

std::vector<Id<User>> mentions_of(std::string_view body) {
    std::vector<Id<User>> users;
    for (std::size_t at = 0; (at = body.find("@[", at)) != std::string_view::npos && users.size() < most_mentions;
         at += 2) {
        auto const mention = body.substr(at, longest_mention);
        auto const middle = mention.find("](");
        auto const end = mention.find(')', middle == std::string_view::npos ? mention.size() : middle);
        if (end == std::string_view::npos) continue;
        auto const user = Id<User>::read(mention.substr(middle + 2, end - middle - 2));
        if (user && std::find(users.begin(), users.end(), *user) == users.end()) users.push_back(*user);
    }
    return users;
}

std::string plain_text(std::string_view body) {
    std::string text;
    for (std::size_t at = 0; at < body.size();) {
        auto const target = body.find("](", at);
        auto const end = target == std::string_view::npos ? target : body.find_first_of(" \n)", target + 2);
        if (end == std::string_view::npos) return text += body.substr(at);
        text += body.substr(at, target + 1 - at);
        at = end;
    }
    return text;
}

std::string first_rank() { return std::string(middle_head); }

std::string rank_before(std::string_view first) { return step(head_of(first), -1); }

std::string rank_between(std::string_view before, std::string_view behind) {
    if (behind.empty()) return step(head_of(before), +1);
    // Read as fractions in base 62: the digits that both share, then the first digit with room between.
    std::string rank;
    for (std::size_t at = 0;; ++at) {
        auto const low = digit(before, at);
        auto const high = behind.empty() ? 62 : digit(behind, at);
        if (high - low > 1) {
            rank += digits62[static_cast<std::size_t>((low + high) / 2)];
            return rank;
        }
        rank += digits62[static_cast<std::size_t>(low)];
        if (high > low) behind = {};  // whatever follows now is before it
    }
}

}  // namespace patron::notes::rules
