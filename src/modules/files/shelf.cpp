#include "modules/files/shelf.hpp"

#include "db/db.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace patron::files {
namespace {

[[noreturn]] void fail(std::string const& what) {
    auto const error = errno;
    if (error == ENOSPC || error == EDQUOT) throw db::Error(db::Fault::disk_full, what);
    if (error == EROFS) throw db::Error(db::Fault::read_only, what);
    throw std::system_error(error, std::generic_category(), what);
}

void sync(std::filesystem::path const& path, int flags) {
    int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) fail("a stored file cannot be opened");
    bool const done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!done) fail("a stored file cannot be written to disk");
}

std::string random_name() {
    unsigned char bytes[20];
    randombytes_buf(bytes, sizeof bytes);
    char text[sizeof bytes * 2 + 1];
    sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
    return text;
}

}  // namespace

std::filesystem::path Shelf::path(std::string const& name) const { return folder_ / name.substr(0, 2) / name; }

std::string Shelf::keep(std::filesystem::path const& uploaded) const {
    auto const name = random_name();
    auto const place = path(name), shelf = place.parent_path();
    std::error_code error;
    std::filesystem::create_directories(shelf, error);
    if (error) {
        errno = error.value();
        fail("the folder of files cannot be made");
    }
    // The folder for uploads may lie on another file system.
    auto const beside = shelf / (name + ".new");
    if (::rename(uploaded.c_str(), beside.c_str()) != 0) {
        if (errno != EXDEV) fail("an uploaded file cannot be moved");
        std::filesystem::copy_file(uploaded, beside, error);
        if (error) {
            errno = error.value();
            ::unlink(beside.c_str());
            fail("an uploaded file cannot be copied");
        }
    }
    ::chmod(beside.c_str(), 0600);
    sync(beside, O_RDONLY);
    if (::rename(beside.c_str(), place.c_str()) != 0) fail("an uploaded file cannot be named");
    sync(shelf, O_RDONLY | O_DIRECTORY);
    sync(folder_, O_RDONLY | O_DIRECTORY);
    return name;
}

void Shelf::drop(std::string const& name) const noexcept { ::unlink(path(name).c_str()); }

}  // namespace patron::files
