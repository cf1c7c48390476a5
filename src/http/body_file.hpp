// A request body on its way to disk: a new file that only we can read, in the folder for uploads.
#pragma once
#include "http/http.hpp"

namespace patron::http {

class BodyFile {
  public:
    BodyFile() = default;
    BodyFile(BodyFile const&) = delete;
    ~BodyFile();
    // False when the system refuses (full disk, missing folder); errno says why.
    bool create(std::filesystem::path const& folder);
    bool write(std::string_view data);
    bool close();
    std::filesystem::path const& path() const { return path_; }

  private:
    int descriptor_ = -1;
    std::filesystem::path path_;
};

// Removes what a killed server left behind. Only under the lock of the data folder.
void remove_stale_body_files(std::filesystem::path const& folder);

}  // namespace patron::http
