// A route is a handler whose type is its contract: path ids, body and answer come from its parameters and its result.
// The permission stands on the route; one without it does not compile.
#pragma once
#include "describe/schema.hpp"
#include "module/unit.hpp"

#include <tuple>

namespace patron {

// The rights that a route asks for: "customers.edit". Also: anyone (no sign-in), signed_in (whoever it is),
// local (only over the socket in the data folder).
struct Permission {
    std::string_view name;
    constexpr explicit Permission(std::string_view name) : name(name) {}
};
inline constexpr Permission anyone{"-anyone"}, signed_in{"-signed_in"}, local_only{"-local"};

// A query parameter. "custom.*" takes any custom field; `ranged` ones take [gte] [gt] [lte] [lt] as well.
struct Param {
    std::string_view name;
    std::string_view about;
    bool ranged = false;
    bool repeated = false;
};

enum class Place {
    reading,   // a read-only snapshot, on the I/O thread or a worker
    writing,   // within the writer's transaction
    working,   // on a worker thread, for what may block: uploads, password hashing
    answering  // asynchronous: the handler replies itself (streams)
};

struct Answer {
    http::Response response;
};

using Reply = http::Reply;

struct Route {
    http::Method method;
    std::string path;  // "/customers/{id}", below /api/v1 unless `absolute`
    Permission permission;
    Place place = Place::reading;
    bool absolute = false;
    std::string operation;  // "create_customer"
    std::string summary;
    std::vector<Param> params;
    std::function<http::Response(Reading&)> read;
    std::function<http::Response(Unit&)> write;
    // Reads what needs no database before the one thread that writes is asked.
    std::function<void(Call&)> read_ahead;
    std::function<http::Response(Call const&)> work;
    std::function<void(std::shared_ptr<Call const>, Reply)> answer;
    // API description
    std::function<Json(Schemas&)> body_schema, answer_schema;
    int success = 200;
    bool may_take_longer = false;  // then the answer is 202, and the work goes on behind it
    bool narrow = false;           // working: so heavy that only two run at once; the others wait without a thread
    std::vector<std::string_view>
        secrets;               // members of the answer that are shown once: a repeated request does not see them
    bool keyed = true;         // takes an Idempotency-Key; not so where the answer is a cookie, which is never kept
    bool needs_proof = false;  // not for a session left open: see ask_for_proof
    bool before_second_factor = false;  // also for those who have yet to get the second factor that their role asks for
    bool audited = true;                // false: it changes no data, so the audit log says nothing of it
    std::string_view looks;             // who reads it looks at somebody: the kind that the audit log tells it as
    bool raw_body = false;              // any bytes, up to raw_limit, to disk
    std::uint64_t raw_limit = 25 << 20;
    bool no_sign_in_needed() const { return permission.name == anyone.name; }
    bool changes() const {
        return method != http::Method::get && method != http::Method::head && method != http::Method::options;
    }
};

// A body read whole into T (create), or laid over a record that is there (PATCH: absent leaves, null clears).
template <class T>
struct Body {
    T value;
    T& operator*() { return value; }
    T* operator->() { return &value; }
};
template <class T>
struct Patch {
    Json const* json = nullptr;
    // Throws Problem with every mistake.
    void apply_to(T& record) const {
        Mistakes mistakes;
        if (!json->is_object()) throw invalid("", "not_an_object", "The body must be an object.");
        read_members(json->get_object(), record, "", mistakes);
        if (mistakes.empty()) require(record, "", mistakes);
        if (!mistakes.empty()) throw invalid(std::move(mistakes));
    }
    bool has(std::string_view member) const { return json->is_object() && json->get_object().contains(member); }
};

template <class T>
struct Page {
    std::vector<T> data;
    std::optional<std::string> next;
    std::int64_t total = 0;
    bool exact = true;
};

http::Response json_response(int status, std::string body);
http::Response empty_response(int status);
std::string etag_of(std::int64_t version);

namespace detail {

template <class F>
struct Signature;
template <class R, class... A>
struct Signature<R (*)(A...)> {
    using Result = R;
    using Arguments = std::tuple<A...>;
    using First = std::remove_cvref_t<std::tuple_element_t<0, Arguments>>;
};

template <class T>
struct BodyOf {
    using type = void;
};
template <class T>
struct BodyOf<Body<T>> {
    using type = T;
};
template <class T>
struct BodyOf<Patch<T>> {
    using type = T;
};
template <class T>
struct IsPatch : std::false_type {};
template <class T>
struct IsPatch<Patch<T>> : std::true_type {};
template <class T>
struct PageOf {
    using type = void;
};
template <class T>
struct PageOf<Page<T>> {
    using type = T;
};

// Makes one argument of a handler out of the call; ids are taken from the path in order.
template <class A>
struct Argument {
    static A make(Call const& call, std::size_t& at) {
        if constexpr (IsId<A>::value) {
            auto const id = A::read(call.path.at(at++));
            if (!id) throw not_found();
            return *id;
        } else if constexpr (std::is_same_v<A, std::string>) return call.path.at(at++);
        else if constexpr (IsPatch<A>::value) return A{&call.body};
        else return A{from_json<typename BodyOf<A>::type>(call.body)};
    }
};

template <class R>
http::Response respond(R&& result, Call const& call, int success) {
    using T = std::remove_cvref_t<R>;
    if constexpr (std::is_same_v<T, http::Response>) return std::move(result);
    else if constexpr (requires { typename T::Record; }) {
        auto response = json_response(success, std::move(result.json));
        response.set("ETag", etag_of(result.version));
        return response;
    } else if constexpr (!std::is_void_v<typename PageOf<T>::type>) {
        std::string body = "{\"data\":";
        write_json(body, result.data);
        body += ",\"next\":";
        write_json(body, result.next);
        body += ",\"total\":";
        write_json(body, result.total);
        (body += ",\"total_is\":\"") += result.exact ? "exact\"}" : "estimate\"}";
        return json_response(success, std::move(body));
    } else {
        auto response = json_response(success, to_json(result));
        if constexpr (requires {
                          result.version;
                          result.id;
                      })
            response.set("ETag", etag_of(result.version));
        if constexpr (requires { result.id; })
            if (success == 201) {
                std::string target = call.request->path;
                response.set("Location", target + "/" + result.id.text());
            }
        return response;
    }
}

// What a handler answers, as whoever asks may read it.
template <class Subject, class R>
R readable(Subject& subject, R result) {
    if constexpr (std::is_base_of_v<Reading, Subject>) {
        if constexpr (!std::is_void_v<typename PageOf<R>::type>) {
            for (auto& record : result.data) record = subject.shown(std::move(record));
        } else if constexpr (std::is_class_v<R>) return subject.shown(std::move(result));
    }
    return result;
}

// All arguments of a handler but its first.
template <class First, class... Rest>
std::tuple<std::remove_cvref_t<Rest>...> make_arguments(Call const& call, std::tuple<First, Rest...> const*) {
    [[maybe_unused]] std::size_t at = 0;
    // Braces keep the order of evaluation: path ids are counted from the left.
    return std::tuple<std::remove_cvref_t<Rest>...>{Argument<std::remove_cvref_t<Rest>>::make(call, at)...};
}
template <auto Handler>
auto arguments_of(Call const& call) {
    return make_arguments(call, static_cast<typename Signature<decltype(Handler)>::Arguments const*>(nullptr));
}

template <auto Handler, class Subject>
http::Response invoke(Subject& subject, Call const& call, int success) {
    auto const with = [&](auto const& arguments) {
        return std::apply(
            [&](auto const&... each) {
                if constexpr (std::is_void_v<typename Signature<decltype(Handler)>::Result>) {
                    Handler(subject, each...);
                    return empty_response(204);
                } else return respond(readable(subject, Handler(subject, each...)), call, success);
            },
            arguments);
    };
    using Arguments = decltype(arguments_of<Handler>(call));
    if (call.arguments) return with(*static_cast<Arguments const*>(call.arguments.get()));
    return with(arguments_of<Handler>(call));
}

// Records that take long to understand have a look_ahead(record, call).
template <auto Handler>
void read_ahead(Call& call) {
    auto arguments = std::make_shared<decltype(arguments_of<Handler>(call)) const>(arguments_of<Handler>(call));
    std::apply(
        [&](auto const&... each) {
            [[maybe_unused]] auto const look = [&](auto const& argument) {
                if constexpr (requires { look_ahead(argument.value, call); }) look_ahead(argument.value, call);
            };
            (look(each), ...);
        },
        *arguments);
    call.arguments = std::move(arguments);
}

template <class Arguments, std::size_t I = 1>
void find_body_schema(Route& route) {
    if constexpr (I < std::tuple_size_v<Arguments>) {
        using A = std::remove_cvref_t<std::tuple_element_t<I, Arguments>>;
        using B = typename BodyOf<A>::type;
        if constexpr (!std::is_void_v<B>)
            route.body_schema = [](Schemas& schemas) { return body_schema<B>(schemas, IsPatch<A>::value); };
        else find_body_schema<Arguments, I + 1>(route);
    }
}

template <auto Handler>
Route make_route(http::Method method, std::string path, Permission permission, std::string operation,
                 std::string summary, std::vector<Param> params) {
    using S = Signature<decltype(Handler)>;
    Route route{.method = method,
                .path = std::move(path),
                .permission = permission,
                .operation = std::move(operation),
                .summary = std::move(summary),
                .params = std::move(params)};
    using R = typename S::Result;
    if (method == http::Method::post) route.success = 201;
    // What takes away and answers by itself sets a cookie beside the empty answer.
    if (std::is_void_v<R> || (method == http::Method::del && std::is_same_v<R, http::Response>)) route.success = 204;
    find_body_schema<typename S::Arguments>(route);
    if constexpr (!std::is_void_v<R> && !std::is_same_v<R, http::Response>) {
        if constexpr (!std::is_void_v<typename PageOf<R>::type>)
            route.answer_schema = [](Schemas& schemas) {
                return page_schema(schema<typename PageOf<R>::type>(schemas));
            };
        else if constexpr (requires { typename R::Record; })
            route.answer_schema = [](Schemas& schemas) { return schema<typename R::Record>(schemas); };
        else route.answer_schema = [](Schemas& schemas) { return schema<R>(schemas); };
    }
    return route;
}

}  // namespace detail

template <auto Handler>
Route get(std::string path, Permission permission, std::string operation, std::string summary,
          std::vector<Param> params = {}) {
    auto route = detail::make_route<Handler>(http::Method::get, std::move(path), permission, std::move(operation),
                                             std::move(summary), std::move(params));
    route.read = [](Reading& reading) { return detail::invoke<Handler>(reading, reading.call, 200); };
    return route;
}

template <auto Handler>
Route writing(http::Method method, std::string path, Permission permission, std::string operation, std::string summary,
              int success = 0) {
    auto route =
        detail::make_route<Handler>(method, std::move(path), permission, std::move(operation), std::move(summary), {});
    route.place = Place::writing;
    if (success) route.success = success;
    route.write = [code = route.success](Unit& unit) { return detail::invoke<Handler>(unit, unit.call, code); };
    route.read_ahead = detail::read_ahead<Handler>;
    return route;
}
template <auto Handler>
Route post(std::string path, Permission permission, std::string operation, std::string summary, int success = 0) {
    return writing<Handler>(http::Method::post, std::move(path), permission, std::move(operation), std::move(summary),
                            success);
}
template <auto Handler>
Route put(std::string path, Permission permission, std::string operation, std::string summary, int success = 0) {
    return writing<Handler>(http::Method::put, std::move(path), permission, std::move(operation), std::move(summary),
                            success);
}
template <auto Handler>
Route patch(std::string path, Permission permission, std::string operation, std::string summary) {
    return writing<Handler>(http::Method::patch, std::move(path), permission, std::move(operation), std::move(summary),
                            200);
}
template <auto Handler>
Route remove(std::string path, Permission permission, std::string operation, std::string summary) {
    return writing<Handler>(http::Method::del, std::move(path), permission, std::move(operation), std::move(summary));
}

}  // namespace patron
