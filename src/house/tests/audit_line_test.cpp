#include "house/audit_line.hpp"

#include <gtest/gtest.h>

namespace patron {
namespace {

std::string const hash(64, 'a');

class AuditLine : public testing::Test {
  protected:
    SealKey key{"/nowhere", to_base64(std::string(32, 'k'))};
    std::string const line = audit_line(key, "harbour", {4711, hash}, Time{1'790'000'000'000});
    std::string fault;
    std::optional<AuditHead> read(std::string_view text, std::string_view slug = "harbour") {
        fault.clear();
        return read_audit_line(text, slug, key.public_key(), fault);
    }
};

TEST_F(AuditLine, SaysWhereTheLogEnded) {
    EXPECT_TRUE(line.starts_with("audit log of harbour: row 4711 " + hash + " at 2026-09-21T")) << line;
    for (auto const& as_kept : {line, "2026-09-21T14:13:20.000Z info " + line + "\n", line + "\r\n"}) {
        auto const head = read(as_kept);
        ASSERT_TRUE(head) << as_kept << fault;
        EXPECT_EQ(head->seq, 4711);
        EXPECT_EQ(head->hash, hash);
    }
}

TEST_F(AuditLine, IsNotTakenWhenAnythingInItIsAnother) {
    auto const end = line.find(" signed ");
    for (std::size_t at = 0; at < end; ++at) {
        auto altered = line;
        altered[at] = altered[at] == 'x' ? 'y' : 'x';
        EXPECT_FALSE(read(altered)) << altered;
        EXPECT_FALSE(fault.empty());
    }
    EXPECT_FALSE(read(line, "other"));
    EXPECT_NE(fault.find("harbour"), std::string::npos) << fault;
    SealKey stranger("/nowhere", to_base64(std::string(32, 's')));
    EXPECT_FALSE(read(audit_line(stranger, "harbour", {4711, hash}, Time{0})));
    EXPECT_NE(fault.find("another installation"), std::string::npos) << fault;
    for (auto const* none :
         {"", "audit log of ", " signed ", " signed audit log of ", "audit log of harbour: row 4711"})
        EXPECT_FALSE(read(none)) << none;
}

}  // namespace
}  // namespace patron
