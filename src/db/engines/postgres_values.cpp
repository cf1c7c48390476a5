#include "db/engines/postgres_values.hpp"

#include "db/engines/buffered_rows.hpp"

#include <bit>
#include <cmath>

namespace patron::db::postgres {
namespace {

// pg_type.dat: these numbers never change.
constexpr Oid bool_type = 16, bytea_type = 17, int8_type = 20, text_type = 25, float8_type = 701;

class ResultRows final : public Cursor::Source {
  public:
    explicit ResultRows(Result result) : result_(std::move(result)), count_(PQntuples(result_.get())) {}

    bool next() override {
        made_.clear();
        if (row_ < count_) ++row_;
        return row_ < count_;
    }
    bool is_null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
    std::int64_t integer(int column) const override { return leading_integer(number(column)); }
    double real(int column) const override { return leading_real(number(column)); }
    std::string_view text(int column) const override {
        return PQftype(result_.get(), column) == bytea_type ? bytes(column) : number(column);
    }

  private:
    std::string_view raw(int column) const {
        return {PQgetvalue(result_.get(), row_, column),
                static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
    }
    // A condition is 1 or 0, as SQLite has it.
    std::string_view number(int column) const {
        if (PQftype(result_.get(), column) != bool_type || is_null(column)) return raw(column);
        return raw(column) == "t" ? "1" : "0";
    }
    std::string_view bytes(int column) const {
        if (is_null(column)) return {};
        std::size_t size = 0;
        auto const* escaped = reinterpret_cast<unsigned char const*>(PQgetvalue(result_.get(), row_, column));
        std::unique_ptr<unsigned char, decltype(&PQfreemem)> const plain(PQunescapeBytea(escaped, &size), &PQfreemem);
        if (!plain) throw std::bad_alloc();
        return made_.emplace_back(reinterpret_cast<char const*>(plain.get()), size);
    }

    Result result_;
    int const count_;
    int row_ = -1;
    mutable std::deque<std::string> made_;  // bytes of this row
};

}  // namespace

Oid type_of(Value const& value) {
    constexpr std::array types{unknown_type, int8_type, float8_type, text_type, bytea_type};
    static_assert(types.size() == std::variant_size_v<Value>);
    return types[value.index()];
}

Bound::Bound(Params params) {
    values_.reserve(params.size());
    lengths_.reserve(params.size());
    formats_.assign(params.size(), 1);
    numbers_.reserve(params.size());
    for (auto const& value : params) {
        if (auto const* integer = std::get_if<std::int64_t>(&value)) {
            add(big_endian(static_cast<std::uint64_t>(*integer)), 8);
        } else if (auto const* real = std::get_if<double>(&value)) {
            if (std::isnan(*real)) throw Error(Fault::other, "A value is not a number (NaN).");
            add(big_endian(std::bit_cast<std::uint64_t>(*real)), 8);
        } else if (auto const* text = std::get_if<std::string>(&value)) {
            if (text->find('\0') != std::string::npos) {
                throw Error(Fault::other, "A text cannot hold the character NUL.");
            }
            add(text->data(), text->size());
        } else if (auto const* blob = std::get_if<Blob>(&value)) {
            add(blob->bytes.data(), blob->bytes.size());
        } else {
            add(nullptr, 0);
        }
    }
}

void Bound::add(char const* value, std::size_t length) {
    values_.push_back(value);
    lengths_.push_back(static_cast<int>(length));
}

char const* Bound::big_endian(std::uint64_t bits) {
    auto& bytes = numbers_.emplace_back();
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(bits >> (56 - 8 * i));
    return bytes.data();
}

Cursor rows_of(Result result) { return Cursor(std::make_unique<ResultRows>(std::move(result))); }

}  // namespace patron::db::postgres
