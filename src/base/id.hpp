// An identifier that knows what it identifies: "cus_0m5q2v8d1r7ka" outside, a 63-bit number ordered by time inside.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace patron {

// The prefix of a record's ids, given by ID_PREFIX beside the record's declaration.
template <class T>
struct IdPrefix;

#define ID_PREFIX(Type, text)                           \
    template <>                                         \
    struct patron::IdPrefix<Type> {                     \
        static constexpr std::string_view value = text; \
    }

// 13 characters of Crockford's base 32, lower case; the first carries the highest 3 bits of 63.
std::string id_text(std::string_view prefix, std::int64_t value);
std::string& add_id_text(std::string& text, std::string_view prefix, std::int64_t value);  // the same behind a text
// The number behind a text with exactly that prefix, or nothing. Only the canonical form is read.
std::optional<std::int64_t> read_id(std::string_view prefix, std::string_view text);

template <class T>
struct Id {
    std::int64_t value = 0;

    static constexpr std::string_view prefix() { return IdPrefix<T>::value; }
    std::string text() const { return id_text(prefix(), value); }
    static std::optional<Id> read(std::string_view text) {
        auto const number = read_id(prefix(), text);
        return number ? std::optional(Id{*number}) : std::nullopt;
    }
    explicit operator bool() const { return value != 0; }
    auto operator<=>(Id const&) const = default;
};

// An id whose kind is known only at run time.
struct AnyId {
    std::string prefix;
    std::int64_t value = 0;
    AnyId() = default;
    AnyId(std::string prefix, std::int64_t value) : prefix(std::move(prefix)), value(value) {}
    template <class T>
    AnyId(Id<T> id) : prefix(Id<T>::prefix()), value(id.value) {}
    std::string text() const { return id_text(prefix, value); }
    explicit operator bool() const { return value != 0; }
    bool operator==(AnyId const&) const = default;
};

// Makes ids: 42 bits of milliseconds since 2020-01-01 UTC, 8 of node, 13 of counter. Never goes backwards, also when
// the clock does: it counts on from `high_water`. Safe from many threads.
class IdMaker {
  public:
    explicit IdMaker(int node = 0, std::int64_t high_water = 0);
    std::int64_t next(std::int64_t now_ms);
    std::int64_t high_water() const;

  private:
    struct Inner;
    std::shared_ptr<Inner> inner_;
};

}  // namespace patron

template <class T>
struct std::hash<patron::Id<T>> {
    std::size_t operator()(patron::Id<T> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
