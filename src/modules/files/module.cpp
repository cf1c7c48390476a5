#include "modules/files/files.hpp"

#include "module/keeping.hpp"
#include "module/listing.hpp"
#include "modules/files/shelf.hpp"
#include "modules/files/sniff.hpp"

namespace patron::files {
namespace {

constexpr std::uint64_t most_bytes = 25u << 20, most_photo_bytes = 10u << 20;

// The name on the shelf is no member of the record: it is nobody's business.
constexpr db::Migration migrations[] = {
    {1, "files", R"(
CREATE TABLE files (id {id}, version {int} NOT NULL, name {text} NOT NULL, size {int} NOT NULL, media_type {text} NOT NULL,
  customer_id {int}, width {int}, height {int}, created_at {int} NOT NULL, updated_at {int} NOT NULL) {table};
CREATE INDEX files_by_customer ON files (customer_id);
CREATE TABLE file_blobs (file_id {id}, name {text} NOT NULL) {table})"},
};

constexpr Kind file_added{"file.added", 1, "{actor} added a file", "files"};
constexpr Kind file_removed{"file.removed", 1, "{actor} removed a file", "files"};

Happening happened(Kind const& kind, File const& file) {
    return {.kind = &kind,
            .customer_id = file.customer_id.value_or(Id<Customer>{}),
            .facts = {{"file_id", file.id.text()}}};
}

std::string blob_of(Reading& reading, Id<File> id) {
    db::Value const values[] = {id.value};
    auto row = reading.tx.query("SELECT name FROM file_blobs WHERE file_id=$1", values);
    if (!row.next()) throw not_found();
    return std::string(row.text(0));
}

void keep(Unit& unit, File& file, std::string const& blob) {
    unit.keep(file, happened(file_added, file));
    db::Value const values[] = {file.id.value, blob};
    unit.tx.post("INSERT INTO file_blobs (file_id,name) VALUES ($1,$2)", values);
}

// The row goes with the transaction, the bytes once that is durable.
void drop(Unit& unit, File const& file, Shelf const& shelf) {
    auto const blob = blob_of(unit, file.id);
    db::Value const values[] = {file.id.value};
    unit.tx.execute("DELETE FROM file_blobs WHERE file_id=$1", values);
    unit.drop(file, happened(file_removed, file));
    unit.after_commit.push_back([shelf, blob] { shelf.drop(blob); });
}

// What was uploaded, looked at; refused before anything is kept.
File examine(Call const& call, std::string_view filename, std::uint64_t limit) {
    auto const& request = *call.request;
    if (request.body_size > limit)
        throw Problem(413, "too_large", "The file is larger than " + std::to_string(limit >> 20) + " MiB.");
    auto const sniffed = sniff(request.body_file, filename);
    File file{.name = std::string(filename),
              .size = static_cast<std::int64_t>(request.body_size),
              .media_type = sniffed.media_type};
    if (sniffed.is_picture()) file.width = sniffed.width, file.height = sniffed.height;
    return file;
}

http::Response upload(Call const& call, Shelf const& shelf) {
    auto const filename = call.param("filename");
    if (!filename) throw invalid("?filename", "required", "Say the file's name as ?filename=.");
    auto file = examine(call, clean_filename(*filename), most_bytes);
    return shelve(call, shelf, [&](Unit& unit, std::string const& blob) {
        auto kept = file;
        keep(unit, kept, blob);
        return detail::respond(kept, call, 201);
    });
}

// A file that stands in a field of customers is there for whoever sees one of them.
bool is_seen(Reading& reading, File const& file) {
    if (file.customer_id || reading.sight().sees_everybody()) return true;
    if (!customers::is_held_by_others(reading, {}, file.id)) return true;
    Question question;
    question.where("v.text=" + question.bind(file.id.text()));
    question.where(reading.business.gate().condition(reading, reading.sight(), question, "v.customer_id"));
    return reading.tx.query("SELECT 1 FROM customer_values v" + question.where_text() + " LIMIT 1", question.values())
        .next();
}

File find(Reading& reading, Id<File> id) {
    auto file = reading.find(id);
    if (!is_seen(reading, file)) throw not_found();
    return file;
}

File show(Reading& reading, Id<File> id) { return find(reading, id); }

http::Response content(Reading& reading, Shelf const& shelf) {
    auto const id = Id<File>::read(reading.call.path.at(0));
    if (!id) throw not_found();
    auto const file = find(reading, *id);
    http::Response response;
    response.set("Content-Type", file.media_type);
    response.set("Content-Disposition", content_disposition(file.width ? "inline" : "attachment", file.name));
    response.set("Content-Security-Policy",
                 "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Cache-Control", "no-store");
    response.set("ETag", etag_of(file.version));
    response.file = shelf.path(blob_of(reading, *id));
    return response;
}

Customer customer_of(Reading& reading) {
    auto const id = Id<Customer>::read(reading.call.path.at(0));
    if (!id) throw not_found();
    return customers::find(reading, *id);
}

// The photo that a customer had goes when another comes or none.
void set_photo(Unit& unit, Customer const& before, std::optional<Id<File>> photo, Shelf const& shelf) {
    auto after = before;
    after.photo_id = photo;
    customers::change(unit, before, after);
    if (before.photo_id)
        if (auto const old = unit.seek(*before.photo_id)) drop(unit, *old, shelf);
}

std::string_view photo_extension(http::Request const& request) {
    auto const type = request.header("content-type").value_or("");
    for (auto const& [media, extension] :
         {std::pair{"image/jpeg", ".jpg"}, std::pair{"image/png", ".png"}, std::pair{"image/webp", ".webp"}})
        if (type.starts_with(media)) return extension;
    throw Problem(415, "no_photo", "Send the photo as image/jpeg, image/png or image/webp.");
}

http::Response put_photo(Call const& call, Shelf const& shelf) {
    auto file = examine(call, "photo" + std::string(photo_extension(*call.request)), most_photo_bytes);
    auto const longer = std::max(*file.width, *file.height), shorter = std::min(*file.width, *file.height);
    if (shorter < 16 || longer > shorter * 4)
        throw Problem(422, "not_a_portrait",
                      "The photo must have at least 16 pixels a side and be no more than four times as long as wide.");
    return shelve(call, shelf, [&](Unit& unit, std::string const& blob) {
        auto const customer = customer_of(unit);
        unit.check_match(customer);
        auto kept = file;
        kept.customer_id = customer.id;
        keep(unit, kept, blob);
        set_photo(unit, customer, kept.id, shelf);
        return detail::respond(customers::find(unit, customer.id), call, 200);
    });
}

void remove_photo(Unit& unit, Shelf const& shelf) {
    auto const customer = customer_of(unit);
    if (customer.photo_id) set_photo(unit, customer, std::nullopt, shelf);
}

void remove_file(Unit& unit, Shelf const& shelf) {
    auto const id = Id<File>::read(unit.call.path.at(0));
    if (!id) throw not_found();
    auto const file = find(unit, *id);
    unit.check_match(file);
    if (file.customer_id)
        throw conflict("file_in_use", "This is a customer's photo; take it off the customer instead.");
    drop(unit, file, shelf);
}

// Their photo, and the files that their own values name and nobody else's.
void erase_of(Unit& unit, Id<Customer> customer, Shelf const& shelf) {
    std::vector<File> gone;
    {
        static std::string const sql = "SELECT " + column_list<File>() + " FROM files WHERE customer_id=$1 ORDER BY id";
        db::Value const values[] = {customer.value};
        auto rows = unit.tx.query(sql, values);
        while (rows.next()) gone.push_back(read_row<File>(rows));
    }
    if (auto const record = unit.seek(customer))
        for (auto const& entry : static_cast<JsonObject const&>(record->custom)) {
            auto const id =
                entry.value().is_string() ? Id<File>::read(std::string_view(entry.value().get_string())) : std::nullopt;
            auto const file = id ? unit.seek(*id) : std::nullopt;
            if (file && !file->customer_id && !customers::is_held_by_others(unit, customer, *id)) gone.push_back(*file);
        }
    for (auto const& file : gone) {
        forget_subject(unit.tx, file.id);
        forget_audit_salts(unit.tx, AnyId(file.id));
        drop(unit, file, shelf);
    }
}

Route raw(http::Method method, std::string path, Permission permission, std::string operation, std::string summary,
          std::uint64_t limit, std::function<http::Response(Call const&)> work) {
    Route route{.method = method,
                .path = std::move(path),
                .permission = permission,
                .place = Place::working,
                .operation = std::move(operation),
                .summary = std::move(summary)};
    route.work = std::move(work);
    route.raw_body = true;
    route.raw_limit = limit;
    return route;
}

Route removing(std::string path, Permission permission, std::string operation, std::string summary,
               std::function<void(Unit&)> work) {
    Route route{.method = http::Method::del,
                .path = std::move(path),
                .permission = permission,
                .place = Place::writing,
                .operation = std::move(operation),
                .summary = std::move(summary)};
    route.success = 204;
    route.write = [work = std::move(work)](Unit& unit) {
        work(unit);
        return empty_response(204);
    };
    return route;
}

std::vector<Route> routes(Storage const& storage) {
    auto const shelf = [storage](Business& business) { return Shelf(storage(business)); };
    auto upload_route = raw(http::Method::post, "/files", Permission("files.create"), "upload_file", "Uploads a file",
                            most_bytes, [shelf](Call const& call) { return upload(call, shelf(*call.business)); });
    upload_route.success = 201;
    upload_route.params = {{"filename", "the file's name, which says what kind it is"}};
    upload_route.answer_schema = [](Schemas& schemas) { return schema<File>(schemas); };
    auto photo_route = raw(http::Method::put, "/customers/{id}/photo", Permission("customers.edit"),
                           "set_customer_photo", "Gives a customer a photo", most_photo_bytes,
                           [shelf](Call const& call) { return put_photo(call, shelf(*call.business)); });
    photo_route.answer_schema = [](Schemas& schemas) { return schema<Customer>(schemas); };
    Route content_route{.method = http::Method::get,
                        .path = "/files/{id}/content",
                        .permission = Permission("files.view"),
                        .operation = "get_file_content",
                        .summary = "The file itself"};
    content_route.read = [shelf](Reading& reading) { return content(reading, shelf(reading.business)); };
    return {
        std::move(upload_route),
        get<&show>("/files/{id}", Permission("files.view"), "get_file", "What is known of a file"),
        std::move(content_route),
        removing("/files/{id}", Permission("files.delete"), "delete_file", "Removes a file for good",
                 [shelf](Unit& unit) { remove_file(unit, shelf(unit.business)); }),
        std::move(photo_route),
        removing("/customers/{id}/photo", Permission("customers.edit"), "remove_customer_photo",
                 "Takes a customer's photo away", [shelf](Unit& unit) { remove_photo(unit, shelf(unit.business)); }),
    };
}

// Of this process.
Storage& storage_of_all() {
    static Storage one;
    return one;
}

}  // namespace

http::Response shelve(Call const& call, Shelf const& shelf,
                      std::function<http::Response(Unit&, std::string const& blob)> const& work) {
    auto const blob = shelf.keep(call.request->body_file);
    bool named = false;
    try {
        auto response = run_unit(*call.business, call, [&](Unit& unit) {
            auto answer = work(unit, blob);
            named = true;
            return answer;
        });
        if (!named) shelf.drop(blob);  // another server was faster under the same Idempotency-Key
        return response;
    } catch (...) {
        shelf.drop(blob);
        throw;
    }
}

std::filesystem::path folder_of(Business& business) { return storage_of_all()(business); }

Module module(Storage storage) {
    storage_of_all() = storage;
    return {.name = "files",
            .needs = {"customers"},
            .areas = {{.name = "files", .label = "Files"}},
            .migrations = migrations,
            .kinds = {&file_added, &file_removed},
            .routes = routes(storage),
            .erase = [storage](Unit& unit, Id<Customer> customer) {
                erase_of(unit, customer, Shelf(storage(unit.business)));
            }};
}

}  // namespace patron::files
