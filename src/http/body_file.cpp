#include "http/body_file.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>

namespace patron::http {
namespace {

constexpr std::string_view prefix = "upload-";
constexpr std::string_view suffix = ".part";

std::string random_name() {
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return {};
    std::string name(prefix);
    for (auto byte : bytes) {
        name += "0123456789abcdef"[byte >> 4];
        name += "0123456789abcdef"[byte & 15];
    }
    return name.append(suffix);
}

}  // namespace

BodyFile::~BodyFile() { close(); }

bool BodyFile::create(std::filesystem::path const& folder) {
    auto const name = random_name();
    if (name.empty()) return false;
    path_ = folder / name;
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0) path_.clear();
    return descriptor_ >= 0;
}

bool BodyFile::write(std::string_view data) {
    while (!data.empty()) {
        auto const written = ::write(descriptor_, data.data(), data.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        data.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool BodyFile::close() {
    if (descriptor_ < 0) return true;
    return ::close(std::exchange(descriptor_, -1)) == 0;
}

void remove_stale_body_files(std::filesystem::path const& folder) {
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator(folder, none)) {
        auto const name = entry.path().filename().string();
        bool const ours =
            name.size() == prefix.size() + 32 + suffix.size() && name.starts_with(prefix) && name.ends_with(suffix);
        if (ours) std::filesystem::remove(entry.path(), none);
    }
}

}  // namespace patron::http
