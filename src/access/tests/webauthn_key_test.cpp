#include "access/webauthn_key.hpp"

#include <gtest/gtest.h>

namespace patron::webauthn {
namespace {

using namespace std::string_view_literals;

struct Item {
    char const* what;
    std::string_view bytes;
    std::size_t size;  // 0: refused
};

class Cbor : public ::testing::TestWithParam<Item> {};

TEST_P(Cbor, IsReadWhereItIsWorthItsBytes) { EXPECT_EQ(cbor_size(GetParam().bytes), GetParam().size); }

INSTANTIATE_TEST_SUITE_P(
    Items, Cbor,
    ::testing::Values(Item{"map", "\xa1\x01\x02"sv, 3}, Item{"map_with_more_behind", "\xa1\x01\x02\xff\xff"sv, 3},
                      Item{"nested", "\xa1\x61\x61\x82\x01\x42\x00\x00"sv, 8},
                      Item{"number_of_eight_bytes", "\x1b\x00\x00\x00\x00\x00\x00\x00\x01"sv, 9},
                      Item{"empty", ""sv, 0}, Item{"list_of_four_billion", "\x9a\xff\xff\xff\xff\x01"sv, 0},
                      Item{"map_of_more_than_follow", "\xb9\xff\xff\x01\x02"sv, 0},
                      Item{"bytes_beyond_the_end", "\x5a\x00\x00\xff\xff\x00"sv, 0},
                      Item{"lists_within_lists", "\x83\x83\x83\x83\x01"sv, 0}, Item{"indefinite", "\x9f\x01\xff"sv, 0},
                      Item{"tag", "\xc0\x61\x61"sv, 0}, Item{"head_cut_off", "\x1b\x00\x00"sv, 0}),
    [](auto const& info) { return std::string(info.param.what); });

}  // namespace
}  // namespace patron::webauthn
