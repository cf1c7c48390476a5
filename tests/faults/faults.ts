// Faults for the tests of rights to find: each is a spot in the program that asks who may do what, and how it would be wrong.
// `find` stands exactly once in the file; `seeded(n)` is true when the program is started with PATRON_FAULT=n.
export interface Fault {
  name: string;
  file: string;
  find: string;
  put: string;
}

export const faults: Fault[] = [
  {
    name: 'rights: no check for what deletes',
    file: 'src/module/entering.cpp',
    find: "!call.who.may(permission))",
    put: '!call.who.may(permission) && !(seeded(1) && permission.ends_with(".delete")))',
  },
  {
    name: 'rights: whoever sees may change',
    file: 'src/module/entering.cpp',
    find: "!permission.starts_with('-')",
    put: `!(seeded(2) && permission.ends_with(".edit") && call.who.may(std::string(permission.substr(0, permission.find('.'))) + ".view")) && !permission.starts_with('-')`,
  },
  {
    name: 'keys: scopes are not asked',
    file: 'src/access/access.cpp',
    find: 'if (!scopes.empty())',
    put: 'if (!scopes.empty() && !seeded(3))',
  },
  {
    name: 'keys: expired ones open',
    file: 'src/access/access.cpp',
    find: 'row.integer(12) <= now.ms',
    put: '!seeded(4) && row.integer(12) <= now.ms',
  },
  {
    name: 'staff: disabled people come in',
    file: 'src/access/access.cpp',
    find: 'if (row.text(3) == "disabled") return {};',
    put: 'if (row.text(3) == "disabled" && !seeded(5)) return {};',
  },
  {
    name: 'staff: anybody may give any role',
    file: 'src/modules/staff/rules.cpp',
    find: 'return std::includes(own.begin()',
    put: 'return seeded(6) || std::includes(own.begin()',
  },
  {
    name: 'staff: equals may act for one another',
    file: 'src/modules/staff/rules.cpp',
    find: 'return above && reaches(who, role, areas);',
    put: 'return seeded(7) || (above && reaches(who, role, areas));',
  },
  {
    name: 'folders: a closed one shows its records',
    file: 'src/access/sight.cpp',
    find: 'return rule->second != FolderLevel::none;',
    put: 'return seeded(8) || rule->second != FolderLevel::none;',
  },
  {
    name: 'folders: looking is working',
    file: 'src/access/sight.cpp',
    find: 'if (rule == folders.end() || rule->second >= FolderLevel::work) return true;',
    put: 'if (seeded(9) || rule == folders.end() || rule->second >= FolderLevel::work) return true;',
  },
  {
    name: 'folders: a rule does not hold for the folders inside',
    file: 'src/access/sight.cpp',
    find: 'at = parent == parents.end() ? 0 : parent->second;',
    put: 'at = seeded(10) || parent == parents.end() ? 0 : parent->second;',
  },
  {
    name: 'folders: the role comes before the person',
    file: 'src/access/sight.cpp',
    find: '!nearest || rule.whom > nearest->whom;',
    put: '!nearest || (seeded(11) ? rule.whom < nearest->whom : rule.whom > nearest->whom);',
  },
  {
    name: 'folders: of several teams the most',
    file: 'src/access/sight.cpp',
    find: 'rule.whom == nearest->whom && rule.level < nearest->level',
    put: 'rule.whom == nearest->whom && (seeded(12) ? rule.level > nearest->level : rule.level < nearest->level)',
  },
  {
    name: 'sight: whoever sees their own sees the team’s',
    file: 'src/access/sight.cpp',
    find: 'if (viewer.visibility == Visibility::team)\n        sight.users.insert',
    put: 'if (viewer.visibility == Visibility::team || (seeded(13) && viewer.visibility == Visibility::own))\n        sight.users.insert',
  },
  {
    name: 'sight: whoever sees everybody sees closed folders',
    file: 'src/access/sight.cpp',
    find: 'return visibility == Visibility::all && std::none_of(folders.begin(), folders.end(), [](auto const& entry) {\n               return entry.second == FolderLevel::none;',
    put: 'return visibility == Visibility::all && std::none_of(folders.begin(), folders.end(), [](auto const& entry) {\n               return !seeded(14) && entry.second == FolderLevel::none;',
  },
  {
    name: 'sight: only lists ask (one record is anybody’s)',
    file: 'src/module/unit.hpp',
    find: 'if (record && !sees(*record)) return {};',
    put: 'if (!seeded(15) && record && !sees(*record)) return {};',
  },
  {
    name: 'relations: those with somebody out of sight are counted',
    file: 'src/modules/relations/module.cpp',
    find: 'only_seen<Relation>(reading, question);',
    put: 'if (!seeded(16)) only_seen<Relation>(reading, question);',
  },
  {
    name: 'sight: what is new is written where one may only look',
    file: 'src/module/unit.hpp',
    find: 'check_may_work(record, true);',
    put: 'if (!seeded(17)) check_may_work(record, true);',
  },
  {
    name: 'hidden: said as forbidden',
    file: 'src/module/unit.hpp',
    find: 'if (!record) throw not_found();\n        if constexpr',
    put: 'if (!record) throw seeded(18) && stored(id) ? Problem(403, "not_allowed", "This is not yours to see.") : not_found();\n        if constexpr',
  },
  {
    name: 'lists: records of customers out of sight are listed',
    file: 'src/module/listing.hpp',
    find: 'if (sight.sees_everybody()) return;',
    put: 'if (seeded(19) || sight.sees_everybody()) return;',
  },
  {
    name: 'lists: customers out of sight are listed, counted and exported',
    file: 'src/modules/customers/asking.cpp',
    find: 'if (asked.seen = seen_by(reading.sight()); asked.seen) {',
    put: 'if (asked.seen = seeded(20) ? std::nullopt : seen_by(reading.sight()); asked.seen) {',
  },
  {
    name: 'counts: folders, statuses and tags count everybody',
    file: 'src/modules/tags/module.cpp',
    find: 'gate.counts && !reading.sight().sees_everybody()',
    put: '!seeded(21) && gate.counts && !reading.sight().sees_everybody()',
  },
  {
    name: 'many at once: a filter finds those out of sight',
    file: 'src/modules/customers/evaluating.cpp',
    find: 'if (seen_) index.narrow(rows, *seen_);',
    put: 'if (seen_ && !seeded(22)) index.narrow(rows, *seen_);',
  },
  {
    name: 'timeline: anybody’s is read',
    file: 'src/readers/timeline/timeline.cpp',
    find: '!row.next() || !reading.sees(id)',
    put: '!row.next() || (!seeded(23) && !reading.sees(id))',
  },
  {
    name: 'events: the spine tells of those out of sight',
    file: 'src/readers/timeline/timeline.cpp',
    find: 'if (!reading.sight().sees_everybody()) {',
    put: 'if (!seeded(24) && !reading.sight().sees_everybody()) {',
  },
  {
    name: 'live: the stream tells of those out of sight',
    file: 'src/module/business.cpp',
    find: 'if (!reading.sees(customer)) theirs.customers.insert(customer);',
    put: 'if (!seeded(25) && !reading.sees(customer)) theirs.customers.insert(customer);',
  },
  {
    name: 'audit log: tells of those out of sight',
    file: 'src/readers/audit/audit.cpp',
    find: 'if (!reading.sight().sees_everybody())',
    put: 'if (!seeded(26) && !reading.sight().sees_everybody())',
  },
  {
    name: 'segments: members out of sight are listed',
    file: 'src/modules/segments/module.cpp',
    find: 'if (!reading.sight().sees_everybody())',
    put: 'if (!seeded(27) && !reading.sight().sees_everybody())',
  },
  {
    name: 'jobs: anybody’s are read',
    file: 'src/modules/jobs/rules.cpp',
    find: 'return job.started_by == who.user_id ||',
    put: 'return seeded(28) || job.started_by == who.user_id ||',
  },
  {
    name: 'views: private ones are read',
    file: 'src/modules/views/rules.cpp',
    find: 'return view.shared || view.owner_id == who.user_id; }',
    put: 'return seeded(29) || view.shared || view.owner_id == who.user_id; }',
  },
  {
    name: 'folders: set up by whoever sees them',
    file: 'src/modules/folders/module.cpp',
    find: 'rule->second == FolderLevel::manage) return;',
    put: 'rule->second == FolderLevel::manage || seeded(30)) return;',
  },
  {
    name: 'bodies: a record out of sight may be referred to',
    file: 'src/module/unit.hpp',
    find: 'auto record = seek(id);\n        bool there',
    put: 'auto record = seeded(31) ? stored(id) : seek(id);\n        bool there',
  },
  {
    name: 'businesses: a key opens the first one, too',
    file: 'src/module/entering.cpp',
    find: 'if (number) visit.turn_to(directory_.business(*number));',
    put: 'if (number) visit.turn_to(directory_.business(seeded(32) ? std::int64_t{1} : *number));',
  },
  {
    name: 'areas: shown as far as the customers',
    file: 'src/module/unit.hpp',
    find: 'return sight_at(who.visibility_in(area));',
    put: 'return sight_at(seeded(33) ? who.visibility : who.visibility_in(area));',
  },
  {
    name: 'areas: what happened in them is in every feed',
    file: 'src/module/sections_seen.cpp',
    find: 'if (!reading_.sees(customer, area)) hidden.insert',
    put: 'if (!seeded(34) && !reading_.sees(customer, area)) hidden.insert',
  },
  {
    name: 'areas: live streams tell all',
    file: 'src/module/business.cpp',
    find: '!found->second.areas.contains({text.customer, std::string(text.area)})',
    put: '(seeded(35) || !found->second.areas.contains({text.customer, std::string(text.area)}))',
  },
  {
    name: 'areas: added to where nothing is seen',
    file: 'src/module/unit.hpp',
    find: 'if (!sees(record)) throw beyond_sight(T::noun);',
    put: 'if (!seeded(36) && !sees(record)) throw beyond_sight(T::noun);',
  },
];
