// One description of a struct's members, from which its JSON, its row, its API schema and its list of changes follow.
#pragma once
#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace patron {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;

template <class E>
concept DescribedEnum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

// A trailing underscore only keeps a word of the language from being one: public_ is "public".
constexpr std::string_view word(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

// Calls f(name, member pointer) for each described member, in order.
template <Described T, class F>
constexpr void each_member(F&& f) {
    boost::mp11::mp_for_each<Members<T>>([&](auto d) { f(word(d.name), d.pointer); });
}

template <class T, class M>
M member_type(M T::*);
template <auto Pointer>
using MemberType = decltype(member_type(Pointer));

// The size a struct of just the described members would have. A forgotten member makes the real one larger, unless it
// hides in padding: the law test over all records (row read back equals what was written) finds those.
template <class T>
consteval std::size_t described_size() {
    std::size_t size = 0, widest = 1;
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
        using M = MemberType<decltype(d)::pointer>;
        size = (size + alignof(M) - 1) / alignof(M) * alignof(M) + sizeof(M);
        if (alignof(M) > widest) widest = alignof(M);
    });
    return (size + widest - 1) / widest * widest;
}

// Members that Patron alone sets: `static constexpr std::string_view fixed[] = {"id", …}` in the struct.
template <class T>
constexpr bool is_fixed(std::string_view name) {
    if constexpr (requires { T::fixed; }) {
        for (auto const& one : T::fixed)
            if (one == name) return true;
    }
    return false;
}

// Members that are accepted in a body and not heeded, so that what was read can be sent back.
template <class T>
constexpr bool is_ignored(std::string_view name) {
    if constexpr (requires { T::ignored; }) {
        for (auto const& one : T::ignored)
            if (one == name) return true;
    }
    return false;
}

// Members that an answer has only when they hold something.
template <class T>
constexpr bool is_left_out_when_null(std::string_view name) {
    if constexpr (requires { T::left_out_when_null; }) {
        for (auto const& one : T::left_out_when_null)
            if (one == name) return true;
    }
    return false;
}

template <DescribedEnum E>
std::string_view enum_text(E value) {
    std::string_view text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) text = d.name;
    });
    return word(text);
}

template <DescribedEnum E>
bool read_enum(std::string_view text, E& value) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (word(d.name) == text) {
            value = d.value;
            found = true;
        }
    });
    return found;
}

// "given_name" in an office's words: "given name".
std::string in_words(std::string_view member);

}  // namespace patron

// DESCRIBE(Note, id, customer_id, body): once, right behind the struct, in its namespace.
#define DESCRIBE(Type, ...)                        \
    BOOST_DESCRIBE_STRUCT(Type, (), (__VA_ARGS__)) \
    static_assert(::patron::described_size<Type>() == sizeof(Type), "DESCRIBE(" #Type ") misses a member")
#define DESCRIBE_ENUM(Type, ...) BOOST_DESCRIBE_ENUM(Type, __VA_ARGS__)
