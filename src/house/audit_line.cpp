#include "house/audit_line.hpp"

#include <charconv>

namespace patron {
namespace {

constexpr std::string_view begins = "audit log of ", before_signature = " signed ", before_row = ": row ";

std::string_view up_to(std::string_view& text, std::string_view end) {
    auto const part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), part.size() + end.size()));
    return part;
}

}  // namespace

std::string audit_line(SealKey& key, std::string_view slug, AuditHead const& head, Time now) {
    auto line = std::string(begins) + std::string(slug) + std::string(before_row) + std::to_string(head.seq) + ' ' +
                head.hash + " at " + to_text(now);
    auto const signature = key.sign(line);
    return line + std::string(before_signature) + signature;
}

std::optional<AuditHead> read_audit_line(std::string_view line, std::string_view slug, std::string_view public_key,
                                         std::string& fault) {
    while (line.ends_with('\n') || line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    auto const from = line.find(begins);
    auto const cut = line.rfind(before_signature);
    if (from == line.npos || cut == line.npos || cut < from) {
        fault = "That is no line about an audit log that was signed.";
        return {};
    }
    auto text = line.substr(from, cut - from);
    if (!is_signed(text, line.substr(cut + before_signature.size()), public_key)) {
        fault = "The line was altered, or another installation's key signed it.";
        return {};
    }
    text.remove_prefix(begins.size());
    if (auto const of = up_to(text, before_row); of != slug) {
        fault = "The line is about the business " + std::string(of) + ", not " + std::string(slug) + ".";
        return {};
    }
    AuditHead head;
    auto const row = up_to(text, " ");
    std::from_chars(row.data(), row.data() + row.size(), head.seq);
    head.hash = up_to(text, " ");
    return head;
}

}  // namespace patron
