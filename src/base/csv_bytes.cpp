#include "base/csv_bytes.hpp"
#include "base/fold.hpp"
#include "base/unicode.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <system_error>
#include <unicode/ucnv.h>
#include <unistd.h>

namespace patron {

namespace {

[[noreturn]] void fail(std::filesystem::path const& file) {
    throw std::system_error(errno, std::generic_category(), "cannot read " + file.string());
}

// Notes that something was invalid and puts U+FFFD in its place.
void substitute(void const* context, UConverterToUnicodeArgs* args, char const* bytes, int32_t length,
                UConverterCallbackReason reason, UErrorCode* status) {
    if (reason <= UCNV_IRREGULAR) *const_cast<bool*>(static_cast<bool const*>(context)) = true;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(nullptr, args, bytes, length, reason, status);
}

// The width of the encoding's unit, or 0 when its rows can't be parted: it keeps state from character to character, leaves
// the byte order open, or puts ASCII's characters elsewhere (EBCDIC).
std::size_t unit_width(UConverter* converter) {
    switch (ucnv_getType(converter)) {
        case UCNV_UTF16_LittleEndian:
        case UCNV_UTF16_BigEndian: return 2;
        case UCNV_UTF32_LittleEndian:
        case UCNV_UTF32_BigEndian: return 4;
        case UCNV_ISO_2022:
        case UCNV_HZ:
        case UCNV_UTF7:
        case UCNV_IMAP_MAILBOX:
        case UCNV_SCSU:
        case UCNV_BOCU1:
        case UCNV_EBCDIC_STATEFUL:
        case UCNV_COMPOUND_TEXT: return 0;
        default: break;
    }
    UErrorCode status = U_ZERO_ERROR;
    char octets[8];
    auto const length = ucnv_fromUChars(converter, octets, sizeof octets, u",", 1, &status);
    return U_SUCCESS(status) && length == 1 && octets[0] == ',' ? 1 : 0;
}

std::shared_ptr<UConverter> open_converter(std::string const& name) {
    UErrorCode status = U_ZERO_ERROR;
    if (name.empty()) return nullptr;  // which ICU takes for the machine's own
    std::shared_ptr<UConverter> converter(ucnv_open(name.c_str(), &status), [](UConverter* open) { ucnv_close(open); });
    return U_SUCCESS(status) && unit_width(converter.get()) > 0 ? converter : nullptr;
}

}  // namespace

FileBytes::FileBytes(std::filesystem::path const& file, std::uint64_t offset)
    : file_(file), descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), buffer_(window), base_(offset) {
    if (descriptor_ < 0) fail(file_);
}

FileBytes::~FileBytes() { ::close(descriptor_); }

void FileBytes::go_to(std::uint64_t offset) {
    if (offset >= base_ && offset <= base_ + end_) {
        at_ = static_cast<std::size_t>(offset - base_);
    } else {
        base_ = offset;
        at_ = end_ = 0;
    }
}

bool FileBytes::fill(std::size_t count) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.begin() + static_cast<std::ptrdiff_t>(end_),
              buffer_.begin());
    base_ += at_;
    end_ -= at_;
    at_ = 0;
    while (end_ < buffer_.size()) {
        auto const got =
            ::pread(descriptor_, buffer_.data() + end_, buffer_.size() - end_, static_cast<off_t>(base_ + end_));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(file_);
        if (got == 0) break;
        end_ += static_cast<std::size_t>(got);
    }
    return end_ >= count;
}

CsvEncoding::CsvEncoding(std::string const& name) : name_(name), converter_(open_converter(name)) {
    if (!converter_) throw std::invalid_argument("rows of the encoding \"" + name + "\" cannot be read");
    auto const type = ucnv_getType(converter_.get());
    width_ = unit_width(converter_.get());
    low_ = type == UCNV_UTF16_BigEndian || type == UCNV_UTF32_BigEndian ? width_ - 1 : 0;
    is_utf8_ = type == UCNV_UTF8;
    UErrorCode status = U_ZERO_ERROR;
    std::array<UBool, 256> starters{};
    ucnv_getStarters(converter_.get(), starters.data(), &status);  // an error where no byte leads another
    if (U_SUCCESS(status)) std::copy(starters.begin(), starters.end(), leads_.begin());
}

bool CsvEncoding::knows(std::string const& name) { return open_converter(name) != nullptr; }

std::string CsvEncoding::byte_order_mark() const {
    if (is_utf8_) return "\xEF\xBB\xBF";
    if (width_ == 1) return "";
    std::string mark(width_, '\0');
    mark[low_] = '\xFF';
    mark[low_ == 0 ? 1 : low_ - 1] = '\xFE';
    return mark;
}

bool CsvEncoding::to_utf8(std::string& bytes) const {
    if (width_ == 1 && ascii_prefix(bytes) == bytes.size()) return true;
    if (is_utf8_) {
        if (patron::is_utf8(bytes)) return true;
        bytes = utf8(utf16(bytes));
        return false;
    }
    bool invalid = false;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter_.get(), substitute, &invalid, nullptr, nullptr, &status);
    ucnv_resetToUnicode(converter_.get());
    icu::UnicodeString text;
    auto const room = static_cast<int32_t>(bytes.size() * 2 + 8);  // no known encoding gives more
    auto const length = ucnv_toUChars(converter_.get(), text.getBuffer(room), room, bytes.data(),
                                      static_cast<int32_t>(bytes.size()), &status);
    text.releaseBuffer(U_SUCCESS(status) ? length : 0);
    bytes = utf8(text);
    return U_SUCCESS(status) && !invalid;
}

}  // namespace patron
