#include "modules/files/sniff.hpp"

#include "base/fold.hpp"
#include "base/problem.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace patron::files {
namespace {

using namespace std::string_view_literals;

constexpr std::int64_t most_pixels = 50'000'000;
constexpr std::uint64_t most_unpacked = 300u << 20;

Problem not_taken() {
    return {415, "file_kind_not_taken",
            "Files of this kind are not taken; PNG, JPEG, GIF, WebP, PDF, text, CSV, DOCX, XLSX, ODT, MP3, M4A, MP4 "
            "and WAV are."};
}
Problem not_what_it_says(std::string_view extension) {
    return {415, "not_what_it_says", "The file's content is not what its name says (." + std::string(extension) + ")."};
}

// What stands there, as far as the file reaches.
std::string_view part(std::string_view bytes, std::size_t at, std::size_t count) {
    return at < bytes.size() ? bytes.substr(at, count) : std::string_view();
}
std::uint32_t big(std::string_view bytes, std::size_t at, int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(at + i < bytes.size() ? bytes[at + i] : 0);
    return value;
}
std::uint32_t little(std::string_view bytes, std::size_t at, int count) {
    std::uint32_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(at + i < bytes.size() ? bytes[at + i] : 0);
    return value;
}

struct Size {
    std::int64_t width = 0, height = 0;
};

Size png(std::string_view b) {
    if (!b.starts_with("\x89PNG\r\n\x1a\n"sv) || part(b, 12, 4) != "IHDR") return {};
    return {big(b, 16, 4), big(b, 20, 4)};
}
Size gif(std::string_view b) {
    if (!b.starts_with("GIF87a") && !b.starts_with("GIF89a")) return {};
    return {little(b, 6, 2), little(b, 8, 2)};
}
// ITU-T T.81 annex B: segments up to the first frame header.
Size jpeg(std::string_view b) {
    if (!b.starts_with("\xff\xd8\xff"sv)) return {};
    for (std::size_t at = 2; at + 9 < b.size();) {
        if (b[at] != '\xff') return {};
        auto const marker = static_cast<unsigned char>(b[at + 1]);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
            return {big(b, at + 7, 2), big(b, at + 5, 2)};
        at += 2 + big(b, at + 2, 2);
    }
    return {};
}
// WebP container: VP8X, VP8L or VP8 first.
Size webp(std::string_view b) {
    if (!b.starts_with("RIFF") || part(b, 8, 4) != "WEBP") return {};
    auto const kind = part(b, 12, 4);
    if (kind == "VP8X") return {little(b, 24, 3) + 1, little(b, 27, 3) + 1};
    if (kind == "VP8L") return {(little(b, 21, 4) & 0x3fff) + 1, (little(b, 21, 4) >> 14 & 0x3fff) + 1};
    if (kind == "VP8 ") return {little(b, 26, 2) & 0x3fff, little(b, 28, 2) & 0x3fff};
    return {};
}

// Markup that a browser might run if it were ever shown as a page.
bool is_markup(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n\xef\xbb\xbf"sv);
    return begin != std::string_view::npos && text[begin] == '<';
}
bool is_text(std::string_view bytes) {
    if (bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv)) return true;
    return bytes.find('\0') == std::string_view::npos && !is_markup(bytes);
}

// Names and sizes stand in the directory at the end (APPNOTE 4.3.12); nothing is unpacked.
struct Archive {
    bool readable = false;
    std::uint64_t unpacked = 0;
    std::string names;
};
Archive read_archive(std::string_view bytes) {
    Archive archive;
    if (!bytes.starts_with("PK\x03\x04"sv)) return archive;
    auto const end = bytes.rfind("PK\x05\x06"sv);
    if (end == std::string_view::npos) return archive;
    std::size_t at = little(bytes, end + 16, 4);
    auto const entries = little(bytes, end + 10, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
        if (part(bytes, at, 4) != "PK\x01\x02"sv) return archive;
        archive.unpacked += little(bytes, at + 24, 4);
        auto const name = little(bytes, at + 28, 2);
        (archive.names += '\n') += part(bytes, at + 46, name);
        at += 46 + name + little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
    }
    archive.readable = entries > 0;
    return archive;
}

bool is_office(std::string_view bytes, std::string_view folder) {
    auto const archive = read_archive(bytes);
    if (archive.unpacked > most_unpacked)
        throw Problem(422, "unpacks_too_large", "Unpacked, the file would be too large.");
    bool const macros =
        archive.names.find("vbaProject") != std::string::npos || archive.names.find("\nBasic/") != std::string::npos;
    return archive.readable && !macros && archive.names.find("\n" + std::string(folder)) != std::string::npos;
}

struct Taken {
    std::string_view extension, media_type;
    bool (*fits)(std::string_view bytes);
    Size (*measure)(std::string_view bytes);
};
constexpr Taken taken[] = {
    {"png", "image/png", nullptr, png},
    {"jpg", "image/jpeg", nullptr, jpeg},
    {"jpeg", "image/jpeg", nullptr, jpeg},
    {"gif", "image/gif", nullptr, gif},
    {"webp", "image/webp", nullptr, webp},
    {"pdf", "application/pdf", [](std::string_view b) { return b.starts_with("%PDF-"); }, nullptr},
    {"txt", "text/plain", is_text, nullptr},
    {"csv", "text/csv", is_text, nullptr},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     [](std::string_view b) { return is_office(b, "word/"); }, nullptr},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     [](std::string_view b) { return is_office(b, "xl/"); }, nullptr},
    {"odt", "application/vnd.oasis.opendocument.text",
     [](std::string_view b) {
         return b.find("application/vnd.oasis.opendocument.text") < 200 && is_office(b, "content.xml");
     },
     nullptr},
    {"mp3", "audio/mpeg",
     [](std::string_view b) {
         return b.starts_with("ID3") || (b.size() > 2 && b[0] == '\xff' && (b[1] & 0xe0) == 0xe0);
     },
     nullptr},
    {"m4a", "audio/mp4", [](std::string_view b) { return part(b, 4, 4) == "ftyp"; }, nullptr},
    {"mp4", "video/mp4", [](std::string_view b) { return part(b, 4, 4) == "ftyp"; }, nullptr},
    {"wav", "audio/wav", [](std::string_view b) { return b.starts_with("RIFF") && part(b, 8, 4) == "WAVE"; }, nullptr},
};

std::string extension_of(std::string_view filename) {
    auto const dot = filename.rfind('.');
    std::string extension(dot == std::string_view::npos ? "" : filename.substr(dot + 1));
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return extension;
}

}  // namespace

Sniffed sniff(std::filesystem::path const& file, std::string_view filename) {
    auto const extension = extension_of(filename);
    auto const found =
        std::find_if(std::begin(taken), std::end(taken), [&](Taken const& one) { return one.extension == extension; });
    if (found == std::end(taken)) throw not_taken();
    std::ifstream stream(file, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(stream), {}};
    if (bytes.empty()) throw Problem(422, "empty_file", "The file is empty.");
    // The test file of the European Institute for Computer Antivirus Research, which stands for every virus.
    if (bytes.find("EICAR-STANDARD-ANTIVIRUS-TEST-FILE") != std::string::npos)
        throw Problem(422, "infected", "The file holds a virus and was not kept.");
    Sniffed sniffed{std::string(found->media_type)};
    if (!found->measure) {
        if (!found->fits(bytes)) throw not_what_it_says(extension);
        return sniffed;
    }
    auto const size = found->measure(bytes);
    if (size.width <= 0 || size.height <= 0) throw not_what_it_says(extension);
    if (size.width > most_pixels || size.height > most_pixels || size.width * size.height > most_pixels)
        throw Problem(422, "too_many_pixels", "The picture has more than 50 million pixels.");
    sniffed.width = static_cast<int>(size.width);
    sniffed.height = static_cast<int>(size.height);
    return sniffed;
}

std::string clean_filename(std::string_view filename) {
    auto const slash = filename.find_last_of("/\\");
    if (slash != std::string_view::npos) filename.remove_prefix(slash + 1);
    std::string name;
    for (char const c : filename)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) name += c;
    name = tidy(name);
    while (code_points(name) > 200) {  // the extension stays
        auto const dot = name.rfind('.');
        auto end = dot == std::string::npos || dot == 0 ? name.size() : dot;
        do --end;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80);
        auto behind = end + 1;
        while (behind < name.size() && (static_cast<unsigned char>(name[behind]) & 0xc0) == 0x80) ++behind;
        name.erase(end, behind - end);
    }
    name = tidy(name);  // what stood behind spaces may be gone
    return name.empty() || name == "." || name == ".." ? "file" : name;
}

std::string content_disposition(std::string_view disposition, std::string_view filename) {
    std::string plain, escaped;
    constexpr char hex[] = "0123456789ABCDEF";
    for (char const c : filename) {
        auto const byte = static_cast<unsigned char>(c);
        bool const attr = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          "!#$&+-.^_`|~"sv.find(c) != std::string_view::npos;
        plain += byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '%' ? c : '_';
        if (attr) escaped += c;
        else ((escaped += '%') += hex[byte >> 4]) += hex[byte & 15];
    }
    return std::string(disposition) + "; filename=\"" + plain + "\"; filename*=UTF-8''" + escaped;
}

}  // namespace patron::files
