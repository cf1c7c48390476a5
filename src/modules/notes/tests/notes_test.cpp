#include "modules/notes/rules.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace patron::notes::rules {
namespace {

TEST(NoteRanks, LeaveRoomBetweenAnyTwo) {
    std::vector<std::string> ranks{first_rank()};
    unsigned chance = 7;
    for (int step = 0; step < 2000; ++step) {
        chance = chance * 1'664'525U + 1'013'904'223U;
        auto const at = (chance >> 8) % (ranks.size() + 1);
        auto const rank =
            at == 0 ? rank_before(ranks.front()) : rank_between(ranks[at - 1], at < ranks.size() ? ranks[at] : "");
        ranks.insert(ranks.begin() + static_cast<std::ptrdiff_t>(at), rank);
    }
    for (std::size_t i = 1; i < ranks.size(); ++i) ASSERT_LT(ranks[i - 1], ranks[i]) << i;
}

TEST(NoteRanks, StayShortAtTheTop) {
    auto rank = first_rank();
    for (int step = 0; step < 100'000; ++step) {
        auto const next = rank_before(rank);
        ASSERT_LT(next, rank);
        rank = next;
    }
    EXPECT_EQ(rank.size(), 8U);
}

TEST(NoteRanks, GrowSlowlyInOneGap) {
    auto const low = first_rank();
    auto high = rank_between(low, "");
    for (int step = 0; step < 100; ++step) {
        auto const next = rank_between(low, high);
        ASSERT_LT(low, next);
        ASSERT_LT(next, high);
        high = next;
    }
    EXPECT_LT(high.size(), 40U);
}

TEST(NoteBody, NamesPeople) {
    EXPECT_EQ(
        mentions_of("Ask @[Jane Peacock](usr_0000000000005), @[Jane](usr_0000000000005) and @[Bo](usr_0000000000006)"),
        (std::vector<Id<User>>{{5}, {6}}));
    EXPECT_TRUE(mentions_of("@[odd](cus_0000000000005) [no](usr_0000000000005) @[open](usr_ @[").empty());
}

TEST(NoteBody, KeepsNoCardsOrAccounts) {
    auto const code = [](std::string_view body) {
        Mistakes mistakes;
        check_body(body, mistakes);
        return mistakes.empty() ? std::string() : mistakes.front().code;
    };
    EXPECT_EQ(code("pays with 4111 1111 1111 1111"), "card_number");
    EXPECT_EQ(code("account DE89 3704 0044 0532 0130 00"), "iban");
    EXPECT_EQ(code("call +49 711 2842222 about order 12345"), "");
}

TEST(NoteHtml, ShowsMarkdown) {
    EXPECT_EQ(html_of("**bold**\nnew line"), "<p><strong>bold</strong><br />\nnew line</p>\n");
    EXPECT_NE(html_of("| a | b |\n|---|---|\n| 1 | 2 |").find("<td>1</td>"), std::string::npos);
    EXPECT_NE(html_of("~~gone~~").find("<del>gone</del>"), std::string::npos);
    EXPECT_EQ(html_of("[x](https://example.com)"),
              "<p><a target=\"_blank\" rel=\"noopener noreferrer nofollow\" href=\"https://example.com\">x</a></p>\n");
    EXPECT_NE(html_of("write to ann@example.com").find("href=\"mailto:ann@example.com\""), std::string::npos);
    EXPECT_EQ(html_of("Ask @[Jane Peacock](usr_0000000000005)!"),
              "<p>Ask <span class=\"mention\" data-user=\"usr_0000000000005\">@Jane Peacock</span>!</p>\n");
    EXPECT_EQ(html_of("[Jane](usr_0000000000005)"), "<p>Jane</p>\n");
}

TEST(NoteHtml, IsSafeToShow) {
    // Only these elements and attributes may come out, whatever goes in.
    std::regex const safe_tag(
        R"(</?(p|br|strong|em|del|ul|ol|li|h[1-6]|blockquote|pre|code|hr|table|thead|tbody|tr|th|td|span|a|input)(?=[\s/>]))"
        R"((\s+(class|data-user|target|rel|href|title|align|type|disabled|checked|start)="[^"<>]*")*\s*/?>)");
    for (std::string const body : {"<script>alert(1)</script>",
                                   "a <script>alert(1)</script> b",
                                   "<img src=x onerror=alert(1)>",
                                   "[x](javascript:alert(1))",
                                   "[x](JaVaScRiPt:alert(1))",
                                   "[x](data:text/html,hi)",
                                   "[x](<java\nscript:alert(1)>)",
                                   "[x](vbscript:x)",
                                   "[x](//evil.example)",
                                   "[x](file:///etc/passwd)",
                                   "![x](javascript:alert(1))",
                                   "![x](https://evil.example/a.png)",
                                   "[![x](https://a.example)](https://b.example)",
                                   "<svg/onload=alert(1)>",
                                   "<iframe src=\"//evil.example\">",
                                   "&#60;script&#62;",
                                   "`<script>`",
                                   "```<script>\n</script>\n```",
                                   "[a]: javascript:alert(1)\n\n[a]",
                                   "[x](https://a.example \"\\\" onclick=alert(1)\")",
                                   "[x](https://a.example/\"onclick=\"x)",
                                   "| @[J](usr_0000000000005) |\n|---|\n| <b>x</b> |",
                                   "@[<b onclick=x>](usr_0000000000005)",
                                   "@[J](usr_0000000000005\"onclick=\"x)",
                                   "<https://a.example/\"><script>",
                                   "www.example.com/<script>",
                                   "# <a href=\"javascript:x\">y</a>",
                                   "- [ ] <input onfocus=x autofocus>",
                                   "<!-- x --><![CDATA[<b>]]><?php x ?>",
                                   "xmpp:a@b.example/<x>"}) {
        auto const rest = std::regex_replace(html_of(body), safe_tag, "");
        EXPECT_EQ(rest.find('<'), std::string::npos) << body << " -> " << html_of(body);
        EXPECT_FALSE(std::regex_search(html_of(body), std::regex(R"(href="(?!https?://|mailto:))", std::regex::icase)))
            << body << " -> " << html_of(body);
    }
}

TEST(NoteHtml, SurvivesWhatIsMeantToHurt) {
    for (std::string const part : {">", "[", "*a_ ", "- ", "`", "![](", "| a ", "<a ", "@[x](usr_0000000000005) "}) {
        std::string body;
        while (body.size() + part.size() < 20'000) body += part;
        EXPECT_LT(html_of(body).size(), 5'000'000U) << part;
    }
}

}  // namespace
}  // namespace patron::notes::rules
