// Files: pictures and documents that people upload, checked on the way in and handed out so that they can do no harm.
#pragma once
#include "modules/customers/customers.hpp"
#include "modules/files/shelf.hpp"
#include "modules/files/sniff.hpp"

#include <filesystem>

namespace patron {

struct File {
    static constexpr std::string_view table = "files", noun = "file";
    static constexpr std::string_view fixed[] = {"id",          "version", "name",   "size",       "media_type",
                                                 "customer_id", "width",   "height", "created_at", "updated_at"};
    Id<File> id;
    std::int64_t version = 0;
    Personal<Text<1, 200>> name;
    std::int64_t size = 0;  // bytes
    std::string media_type;
    std::optional<Id<Customer>> customer_id;  // whose photo it is
    std::optional<int> width, height;         // of pictures
    Time created_at, updated_at;
};
DESCRIBE(File, id, version, name, size, media_type, customer_id, width, height, created_at, updated_at);

namespace files {

// Where the files of a business lie.
using Storage = std::function<std::filesystem::path(Business&)>;
// The same, for modules that keep files of their own; known once module() was called.
std::filesystem::path folder_of(Business& business);

// Puts what was uploaded on the shelf and then does the unit that names it; without a name the bytes go again.
http::Response shelve(Call const& call, Shelf const& shelf,
                      std::function<http::Response(Unit&, std::string const& blob)> const& work);

Module module(Storage storage);

}  // namespace files
}  // namespace patron
