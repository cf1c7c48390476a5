#include "modules/staff/second_factor.hpp"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace patron::staff {

std::vector<std::string> qr_rows(std::string const& text) {
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                               QRcode_free);
    if (!code) throw std::runtime_error("libqrencode could not draw the code");
    auto const width = static_cast<std::size_t>(code->width);
    std::vector<std::string> rows(width);
    for (std::size_t y = 0; y < width; ++y)
        for (std::size_t x = 0; x < width; ++x) rows[y] += code->data[y * width + x] & 1 ? '1' : '0';
    return rows;
}

}  // namespace patron::staff
