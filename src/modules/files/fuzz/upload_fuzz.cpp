// Any bytes as an uploaded file: the first line is its name, the rest its content. It is taken or refused, never more.
#include "base/fold.hpp"
#include "base/problem.hpp"
#include "modules/files/sniff.hpp"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_name(std::string_view typed) {
    using namespace patron::files;
    if (!patron::is_utf8(typed)) return;
    auto const name = clean_filename(typed);
    require(!name.empty() && patron::is_utf8(name) && patron::code_points(name) <= 200 && clean_filename(name) == name);
    for (char const c : content_disposition("attachment", name)) require(c >= 0x20 && c < 0x7f);
}

void check_content(std::string_view name, std::string_view bytes) {
    static int const descriptor = memfd_create("upload", 0);
    require(ftruncate(descriptor, 0) == 0 &&
            pwrite(descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    try {
        auto const sniffed = patron::files::sniff("/proc/self/fd/" + std::to_string(descriptor), name);
        require(!sniffed.media_type.empty() && (sniffed.width > 0) == (sniffed.height > 0));
    } catch (patron::Problem const& problem) { require(problem.status == 415 || problem.status == 422); }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    auto const end = std::min(all.find('\n'), size);
    check_name(all.substr(0, end));
    check_content(all.substr(0, end), all.substr(std::min(end + 1, size)));
    return 0;
}
