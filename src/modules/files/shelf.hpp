// A folder of blobs: what people upload, under random names that say nothing about it and lead nowhere else.
#pragma once
#include <filesystem>
#include <string>

namespace patron::files {

class Shelf {
  public:
    explicit Shelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Takes the file over and answers the name it is kept under. When it returns, bytes and name survive a power loss, so
    // that a row may refer to them. Throws std::system_error, and db::Error when the disk is full.
    std::string keep(std::filesystem::path const& uploaded) const;
    std::filesystem::path path(std::string const& name) const;
    void drop(std::string const& name) const noexcept;

  private:
    std::filesystem::path folder_;
};

}  // namespace patron::files
