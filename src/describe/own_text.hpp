// Reads the JSON that Patron itself wrote piece by piece, without making a document of it first. It trusts its shape:
// text that is cut off or no JSON throws, nothing is looked for beyond that.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace patron {

class OwnText {
  public:
    explicit OwnText(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    // What stands here next: one of { [ " t f n, or a digit or - for a number.
    char next() {
        while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
        if (at_ == end_) fail();
        return *at_;
    }
    bool take(char wanted) {  // a brace, bracket or comma, when it is that
        if (next() != wanted) return false;
        ++at_;
        return true;
    }
    void end(char wanted);                  // it must be that
    bool take_name(std::string_view name);  // of a member, with its colon, when it is that
    std::string_view name();                // of a member, with its colon; valid until the next name
    void read(std::string& text);           // a string
    std::string_view plain();               // a string without escapes, such as an id; valid as long as the whole text
    std::string_view value();               // any value as it stands, passed over

  private:
    [[noreturn]] static void fail();
    void unescape(std::string& text);
    void pass_string();
    char const* at_;
    char const* end_;
    std::string name_;
};

}  // namespace patron
