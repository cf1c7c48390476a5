// A file's bytes through a bounded window, and text in its encoding turned to UTF-8: what both sides of CSV reading need.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct UConverter;

namespace patron {

class FileBytes {
  public:
    static constexpr std::size_t window = 256 * 1024;

    // Throws std::system_error when the file can't be read, as the other members do.
    FileBytes(std::filesystem::path const& file, std::uint64_t offset);
    ~FileBytes();
    FileBytes(FileBytes const&) = delete;
    FileBytes& operator=(FileBytes const&) = delete;

    // Are so many bytes (at most a window) ahead before the end of the file? They are in ahead() then.
    bool has(std::size_t count) { return end_ - at_ >= count || fill(count); }
    std::string_view ahead() const { return {buffer_.data() + at_, end_ - at_}; }
    void skip(std::size_t count) { at_ += count; }
    std::uint64_t offset() const { return base_ + at_; }
    void go_to(std::uint64_t offset);

  private:
    bool fill(std::size_t count);

    std::filesystem::path file_;
    int descriptor_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, end_ = 0;  // in the buffer
    std::uint64_t base_;            // of the buffer in the file
};

// A named encoding whose rows can be parted before they are converted: in all but the stateful ones (ISO-2022, HZ, UTF-7),
// which are refused, a delimiter, a quote or a line end is a unit of its own.
class CsvEncoding {
  public:
    // Throws std::invalid_argument when the name is unknown or refused.
    explicit CsvEncoding(std::string const& name);

    static bool knows(std::string const& name);

    std::size_t width() const { return width_; }                   // of a unit, in bytes
    bool leads(unsigned char byte) const { return leads_[byte]; }  // is the byte behind it part of the same character?
    // The unit's ASCII character, or none.
    static constexpr int none = 0x80;
    int ascii(char const* unit) const {
        auto const low = static_cast<unsigned char>(unit[low_]);
        for (std::size_t i = 0; i < width_; ++i)
            if (i != low_ && unit[i] != 0) return none;
        return low < none ? low : none;
    }
    std::string byte_order_mark() const;
    // The bytes in UTF-8. False when some are invalid in the encoding; U+FFFD stands for them then.
    bool to_utf8(std::string& bytes) const;

  private:
    std::string name_;
    std::size_t width_ = 1, low_ = 0;
    bool is_utf8_ = false;
    std::array<bool, 256> leads_{};
    std::shared_ptr<UConverter> converter_;
};

}  // namespace patron
