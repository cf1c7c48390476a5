// What an uploaded file really is, by its name and its bytes together: only kinds that are known and harmless pass.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace patron::files {

struct Sniffed {
    std::string media_type;
    int width = 0, height = 0;  // of pictures
    bool is_picture() const { return width > 0; }
};

// Throws Problem 415 (a kind that is not taken, or bytes that are not what the name says) or 422 (too large inside).
Sniffed sniff(std::filesystem::path const& file, std::string_view filename);

// The name as it is kept: the last part of a path, without control characters, at most 200 code points.
std::string clean_filename(std::string_view filename);

// RFC 6266 §4, RFC 8187: an ASCII name for old programs and the whole one beside it.
std::string content_disposition(std::string_view disposition, std::string_view filename);

}  // namespace patron::files
