#include "house/house.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace patron {

FolderLock::FolderLock(std::filesystem::path const& folder) {
    auto const path = folder / "patron.lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0)
        throw StartError("The data folder " + folder.string() + " cannot be written to (" + std::strerror(errno) +
                         "). Give this user the right to, or choose another with --data.");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        ::close(file_);
        throw StartError("Another Patron is running on the data folder " + folder.string() +
                         ". Stop that one first, or choose another folder with --data.");
    }
}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace patron
