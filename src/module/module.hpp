// What a module is: one section of the customer's life, said in one table.
#pragma once
#include "module/route.hpp"

namespace patron {

namespace jobs {
struct Chunk;
}

// A section of the profile that counts something of a customer: "SELECT count(*) … WHERE customer_id=$1".
struct Section {
    std::string_view name;
    std::string_view count_sql;
    std::function<std::int64_t(Reading&, Id<Customer>)> count = {};  // instead, where it depends on who asks
};

// How ids of a prefix are named in words: "SELECT name FROM folders WHERE id=$1".
struct Namer {
    std::string_view prefix;
    std::string_view sql;
    std::string_view folder_sql = {};  // the folder that it is in: who does not see that does not see it
};

// Records that the feed shows in full beside its events: asked with the ids that facts name under `fact`.
struct Included {
    std::string_view name;  // "notes": the member of `included`
    std::string_view fact;  // "note_id"
    std::function<void(Reading&, std::vector<std::string> const& ids, std::string& members)> write;  // "id":{…},…
};

// How many customers are in each record of the prefix: "SELECT folder_id,count(*) … GROUP BY folder_id".
struct Usage {
    std::string_view prefix;  // "fol"
    std::string_view sql;     // answers rows (id, count)
};

// That a customer is in a set, since when and why, in words.
struct SetMembership {
    std::string id, name;
    Time since;
    std::string reason;
};
DESCRIBE(SetMembership, id, name, since, reason);

// Sets of customers that a module keeps and filters name by an id: "segment_id is seg_…". Who comes and goes is told by
// events of the customer; or, of many at once, by events about the set.
struct CustomerSet {
    std::string_view field;   // "segment_id"
    std::string_view label;   // "Segment"
    std::string_view prefix;  // "seg"
    std::string_view table;   // with the columns customer_id and `column`
    std::string_view column;  // "segment_id"
    std::function<std::vector<SetMembership>(Reading&, Id<Customer>)> of_customer;  // in the order to show them
};

// What the keeper of the house does from time to time: takes away what has outlived its time, a little at a time. Each
// call is one unit of work; it answers whether there is more to do.
struct Chore {
    std::string_view name;
    std::function<bool(Unit&)> some;
};

// Long work of a module, which the section jobs does chunk by chunk, each chunk one transaction: with progress, stop, undo.
struct LongWork {
    std::string_view name;  // "bulk": what stands before the dot in the kind of a job
    // Before a chunk's transaction, in a snapshot of its own: for what only reads. May be empty.
    std::function<void(Reading&, jobs::Chunk&)> look;
    // Says of each item of the chunk what became of it.
    std::function<void(Unit&, jobs::Chunk&)> carry_out, take_back;
};

struct Module {
    std::string_view name;
    std::vector<std::string_view> needs;  // modules whose faces it uses; they stand before it in the list
    std::vector<Area> areas;
    std::span<db::Migration const> migrations;
    std::vector<Kind const*> kinds;
    std::vector<Route> routes;
    std::vector<InlineReader> readers;
    std::vector<Section> sections;
    std::vector<Namer> namers;
    std::vector<Included> included;
    std::vector<Usage> usages;
    std::vector<CustomerSet> sets;
    std::vector<LongWork> long_works;
    Gate gate;                              // of the one module that keeps customers
    std::function<void(Unit&)> furnish;     // what a new business begins with
    std::function<void(Business&)> opened;  // a business was opened to be served: begin what goes on beside requests
    // A customer is erased for good: what the module holds of that customer goes, in the same transaction. The record is
    // still there to be looked at; its events are emptied of what is personal by whoever erases.
    std::function<void(Unit&, Id<Customer>)> erase;
    std::vector<Chore> chores;
};

}  // namespace patron
