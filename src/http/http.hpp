// HTTP/1.1 for the rest of the house: plain requests in, plain responses out. Asio and OpenSSL stay behind this face.
//
// What is ambiguous is refused (RFC 9112): both Transfer-Encoding and Content-Length, several Content-Lengths, bare CR,
// obs-fold, unknown transfer codings, absolute targets for other hosts, missing or several Host: 400 and the connection
// is closed. TRACE and CONNECT: 405.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace patron::http {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view name(Method);

struct Header {
    std::string name;
    std::string value;
};

struct Request {
    Method method = Method::get;
    std::string method_name;          // as sent
    std::string target;               // as sent, origin form
    std::string path;                 // before '?', percent escapes still in it
    std::string query;                // after '?', as sent
    std::vector<Header> headers;      // in order; names as sent
    std::string body;                 // when it was kept in memory
    std::filesystem::path body_file;  // when it went to disk; removed with the request
    std::uint64_t body_size = 0;
    std::string peer;     // address of the client (after trusted proxies), or "local" on the socket
    bool secure = false;  // came over TLS, here or at a trusted proxy
    bool local = false;   // came over the socket in the data folder

    Request() = default;
    Request(Request&&) noexcept = default;  // one owner of body_file, so never copied
    Request& operator=(Request&&) noexcept;
    ~Request();

    // The first header of that name (ASCII case ignored), or nothing.
    std::optional<std::string_view> header(std::string_view name) const;
};

// Name and value pairs of a query, percent- and plus-decoded. Nothing when an escape or the UTF-8 is broken.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);
std::optional<std::string> percent_decode(std::string_view text);
std::string percent_encode(std::string_view text);  // all but the unreserved characters (RFC 3986 §2.3)

// A stream of server-sent events. Its maker keeps a copy and pushes; when the client is slow (256 kB waiting) or gone
// it is closed. All members may be called from any thread.
class EventStream {
  public:
    virtual ~EventStream() = default;
    virtual bool push(std::string_view text) = 0;  // whole SSE text, e.g. "id: 5\ndata: {…}\n\n"; false when closed
    virtual void close() = 0;
    virtual void on_close(std::function<void()> gone) = 0;
};
std::shared_ptr<EventStream> make_event_stream();

struct Response {
    int status = 200;
    std::vector<Header> headers;  // Content-Length, Date, Connection are added
    std::string_view fixed_head;  // further headers just as they are sent, each line with its end; of static life
    std::string body;
    std::shared_ptr<EventStream> events;  // instead of body: 200 text/event-stream, kept open, comment every 15 s
    std::function<std::optional<std::string>()> chunks;  // instead of body: chunked; called on a worker, nothing = end
    std::filesystem::path file;                          // instead of body: sent from disk
    std::shared_ptr<std::string const> shared_body;      // instead of body: not copied (static files)
    bool close = false;
    Response() = default;
    explicit Response(int status) : status(status) {}
    void set(std::string name, std::string value);  // replaces
};

using Reply = std::function<void(Response)>;  // called once, from any thread

// How much body a request may have, asked as soon as its head is read.
struct BodyPlan {
    std::uint64_t limit = 1 << 20;  // more: 413
    bool to_disk = false;           // into Settings::upload_folder
};

class Handler {
  public:
    virtual ~Handler() = default;
    virtual BodyPlan plan(Request const& head) = 0;  // on an I/O thread, quick
    virtual void handle(std::shared_ptr<Request const> request,
                        Reply reply) = 0;  // on an I/O thread, must not block long
    // A request that never became one (framing, limits, timeouts): the answer's body and media type.
    virtual Response refuse(int status, std::string_view code, std::string_view detail) = 0;
};

struct Settings {
    std::string listen = "127.0.0.1:8080";           // host:port, [v6]:port; port 0 = any free one
    std::filesystem::path socket;                    // UNIX socket (mode 0600), or empty
    std::filesystem::path tls_certificate, tls_key;  // TLS 1.2/1.3 when given
    std::vector<std::string> trusted_proxies;        // addresses or CIDR whose X-Forwarded-For/-Proto count
    std::filesystem::path upload_folder;
    int threads = 2;                  // I/O threads, one io_context each
    int workers = 8;                  // threads for work that may block
    std::size_t worker_queue = 1024;  // more waiting: 503 with Retry-After
    std::size_t connections = 20000;
    std::chrono::seconds head_deadline{10}, idle_deadline{75}, body_stall{30}, write_stall{30};
    std::chrono::seconds event_heartbeat{15};  // a comment on a silent stream of events
    std::size_t head_limit = 32 * 1024;        // request line and headers; a line ≤ 16 kB: 431 / 414
    std::size_t header_count = 100;
};

class Server {
  public:
    virtual ~Server() = default;
    // Binds and begins to accept. Throws std::runtime_error with a sentence (busy port, unreadable certificate …).
    static std::unique_ptr<Server> start(Settings const&, Handler&);
    virtual std::string address() const = 0;  // "http://127.0.0.1:8080"
    // Runs on a worker thread; false when the queue is full.
    virtual bool work(std::function<void()> task) = 0;
    // Stops accepting, lets requests in flight end (at most `drain`), closes streams, joins all threads.
    virtual void stop(std::chrono::milliseconds drain) = 0;
    struct Counts {
        std::uint64_t connections_now, requests, refused, bytes_out;
    };
    virtual Counts counts() const = 0;
};

}  // namespace patron::http
