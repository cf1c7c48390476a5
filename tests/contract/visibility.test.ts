// Everyone sees only what they should: the set of customers that somebody sees is one and the same in the list, search,
// counts, tallies, exports, timelines, notes, relations, bulk work and the live stream; whoever is not seen can't be told
// from whoever is not there.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import type { Client, Json } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { forBoth, type House } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { Chance } from '../support/random.ts';

type Visibility = 'none' | 'own' | 'team' | 'all';
type Level = 'none' | 'see' | 'work' | 'manage';
interface Person {
  name: string;
  id: string;
  key: string;
  roleId: string;
  visibility: Visibility;
  /** Of notes the role shows those of whom this visibility shows, never more than its customers. */
  notes: Visibility;
}
interface Folder {
  id: string;
  parent?: string;
  access: { to: string; level: Level }[];
}
interface Teams {
  [id: string]: string[];
}

// The rule in the words of docs/rights.md, written a second time: nearest folder with a rule for the person; a rule for
// the person before one for a team (of several the least) before one for the role; else by role.
function ruled(person: Person, folderId: string, folders: Folder[], teams: Teams): Level | undefined {
  for (let at = folders.find((folder) => folder.id === folderId); at; at = folders.find((folder) => folder.id === at!.parent)) {
    const levels: Level[] = ['none', 'see', 'work', 'manage'];
    const own = at.access.find((rule) => rule.to === person.id);
    if (own) return own.level;
    const ofTeams = at.access.filter((rule) => teams[rule.to]?.includes(person.id)).map((rule) => levels.indexOf(rule.level));
    if (ofTeams.length) return levels[Math.min(...ofTeams)];
    const ofRole = at.access.find((rule) => rule.to === person.roleId);
    if (ofRole) return ofRole.level;
  }
  return undefined;
}

function sees(person: Person, customer: Json, folders: Folder[], teams: Teams): boolean {
  const level = ruled(person, customer.folder_id, folders, teams);
  if (level !== undefined) return level !== 'none';
  if (person.visibility === 'all') return true;
  if (person.visibility === 'none') return false;
  const mine = person.visibility === 'own' ? [person.id] : [person.id, ...Object.values(teams).filter((users) => users.includes(person.id)).flat()];
  return customer.workers.some((worker: Json) => mine.includes(worker.user_id));
}

const farness: Visibility[] = ['none', 'own', 'team', 'all'];
const inNotes = (who: Person): Person => ({ ...who, visibility: farness[Math.min(farness.indexOf(who.visibility), farness.indexOf(who.notes))]! });

const allOfStaff = ['customers.view', 'customers.create', 'customers.edit', 'customers.delete', 'customers.export', 'notes.view', 'notes.create', 'notes.edit',
  'relations.view', 'relations.create', 'folders.view', 'tags.view', 'fields.view', 'segments.view', 'views.view', 'jobs.view', 'jobs.edit', 'users.view', 'files.view'];

let serial = 0;
async function role(house: House, visibility: Visibility, permissions = allOfStaff): Promise<Json> {
  return house.owner.post('/roles', { name: `Sees ${visibility} ${++serial}`, permissions, visibility }).gives(201);
}

async function person(house: House, of: Json): Promise<Person> {
  const name = `Person ${++serial}`;
  const user = await house.owner.post('/users', { name, email: `p${serial}@example.com`, role_id: of.id }).gives(201);
  const invitation = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
  const token = decodeURIComponent(/#token=([^&]+)/.exec(invitation.url)![1]!);
  await house.browser.post('/session/invitation', { token, password: `a long enough secret ${serial}` }).gives(201);
  const key = (await house.owner.post('/keys', { name, user_id: user.id }).gives(201)).key;
  return { name, id: user.id, key, roleId: of.id, visibility: of.visibility, notes: 'all' };
}

const as = (house: House, who: Person): Client => house.with({ authorization: `Bearer ${who.key}` });
const ids = (rows: Json[]): string[] => rows.map((row) => row.id).sort();

// Everything that tells which customers there are, as one person.
async function told(house: House, who: Person, everybody: Json[], segment: string): Promise<Record<string, string[]>> {
  const client = as(house, who);
  const answer: Record<string, string[]> = {};
  answer.list = ids(await client.all('/customers'));
  answer.listed_by_name = ids(await client.all('/customers?sort=display_name'));
  answer.rows = ids(await client.all('/customers?shape=row&sort=-created_at'));
  answer.search = ids(await client.all('/customers?q=seen'));
  answer.filtered = ids(await client.all(`/customers?filter=${encodeURIComponent('{"field":"source","is":"seen-test"}')}`));
  answer.ids = ids(await client.all(`/customers?ids=${everybody.map((one) => one.id).join(',')}`));
  answer.single = [];
  answer.timeline = [];
  answer.summary = [];
  for (const one of everybody) {
    if ((await client.get(`/customers/${one.id}`).answer).status === 200) answer.single.push(one.id);
    if ((await client.get(`/customers/${one.id}/timeline`).answer).status === 200) answer.timeline.push(one.id);
    if ((await client.get(`/customers/${one.id}/summary`).answer).status === 200) answer.summary.push(one.id);
  }
  answer.segment = (await client.all(`/segments/${segment}/members`)).map((member) => member.customer_id).sort();
  const events = new Set<string>();
  for (let after = 0; ; ) {
    const page = await client.get(`/events?after=${after}&limit=200`).gives(200);
    for (const event of page.data) if (event.customer_id) events.add(event.customer_id);
    if (!page.next) break;
    after = Number(page.next);
  }
  answer.events = [...events].sort();
  // Named one by one, and written by a job.
  const { id: job } = await client.post('/bulk', { filter: { ids: everybody.map((one) => one.id) }, action: { export: { format: 'csv' } } }).gives(202);
  await client.until('the file', async () => (await client.get(`/jobs/${job}`).gives(200)).has_file);
  answer.bulk_export = [...(await client.get(`/jobs/${job}/file`).answers(200)).text.matchAll(/^cus_[0-9a-z]{13}/gm)].map(([id]) => id).sort();
  const known = new Map(everybody.map((one) => [one.display_name, one.id]));
  const lines = (await client.get('/exports/customers.csv').answers(200)).text.trim().split(/\r?\n/).slice(1);
  answer.export = lines.map((line) => [...known].find(([name]) => line.includes(name))?.[1] ?? `unknown: ${line}`).sort();
  return answer;
}

// Whose changes each hears of: all are changed, and then something that everybody hears of.
/** Everything that tells of whom there are notes. Each customer has one. */
async function toldOfNotes(client: Client, everybody: Json[]): Promise<Record<string, string[]>> {
  const listed = async (path: string) => (await client.all(path)).map((note) => note.customer_id).sort();
  const answer: Record<string, string[]> = { notes: await listed('/notes'), notes_found: await listed('/notes?q=about'), single: [], counted: [], timeline: [], events: [] };
  for (const { id } of everybody) {
    const told = (where: string, is: boolean) => is && answer[where]!.push(id);
    const one = await client.get(`/notes?customer_id=${id}`).answer;
    told('single', one.status === 200 && one.json.data.length === 1);
    const summary = await client.get(`/customers/${id}/summary`).answer;
    told('counted', summary.status === 200 && summary.json.counts.notes === 1);
    const timeline = await client.get(`/customers/${id}/timeline?kind=note.written`).answer;
    told('timeline', timeline.status === 200 && timeline.json.data.length === 1 && Object.keys(timeline.json.included.notes).length === 1);
  }
  const told = new Set<string>();
  for (let after: string | undefined = '0'; after; ) {
    const page: Json = await client.get(`/events?after=${after}&limit=200&kind=note.written`).gives(200);
    for (const event of page.data) told.add(event.customer_id);
    after = page.next;
  }
  answer.events = [...told].sort();
  return answer;
}

async function heard(house: House, people: Person[], everybody: Json[], round: number): Promise<Map<Person, string[]>> {
  const streams = await Promise.all(people.map((who) => Live.open(house.server.address, { authorization: `Bearer ${who.key}` })));
  for (const one of everybody) await house.owner.patch(`/customers/${one.id}`, { language: round % 2 ? 'it' : 'es' }).gives(200);
  const last = (await house.owner.post('/tags', { name: `Round ${round} ${++serial}` }).gives(201)).id;
  await Promise.all(streams.map((live) => live.hears('the last of the round', (event) => event.data.subject?.id === last)));
  const told = new Map(people.map((who, at) => [who, [...new Set(streams[at]!.events.map((event) => event.data.customer_id).filter(Boolean))].sort() as string[]]));
  for (const live of streams) live.close();
  return told;
}

async function numbersOf(house: House, who: Person, seen: Json[], everybody: Json[]): Promise<void> {
  const client = as(house, who);
  assert.equal((await client.get('/customers?limit=1').gives(200)).total, seen.length, `${who.name}: total`);
  for (const by of ['folder_id', 'source', 'kind']) assert.equal((await client.get(`/customers/tally?by=${by}`).gives(200)).total, seen.length, `${who.name}: tally by ${by}`);
  const tally = (await client.get('/customers/tally?by=folder_id').gives(200)).data;
  for (const folder of await client.all('/folders')) {
    const there = seen.filter((one) => one.folder_id === folder.id).length;
    assert.equal(folder.customers, there, `${who.name}: ${folder.name}`);
    assert.equal(tally.find((line: Json) => line.value === folder.id)?.count ?? 0, there);
  }
  // Whom the first one is related to, as far as those are seen.
  const [first, ...related] = everybody.slice(0, 6);
  if (seen.includes(first!)) {
    const there = related.filter((one) => seen.includes(one)).length;
    assert.equal((await client.get(`/customers/${first!.id}/summary`).gives(200)).counts.relations, there, `${who.name}: relations`);
    assert.equal((await client.all(`/relations?customer_id=${first!.id}`)).length, there, `${who.name}: relations listed`);
  }
  const preview = await client.post('/bulk/preview', { filter: { all: [] }, action: { set_field: { field: 'newsletter', value: true } } }).answer;
  if (preview.status === 200) assert.equal(preview.json.matching, seen.length, `${who.name}: bulk`);
}

for (const index of ['index', 'database'] as const)
  forBoth(`who sees what, by the ${index}`, (house) => {
    const chance = new Chance(index === 'index' ? 41 : 42);
    let people: Person[] = [];
    const folders: Folder[] = [];
    const teams: Teams = {};
    let everybody: Json[] = [];
    let segment = '';
    let rounds = 0, sets = 0;
    const seenBy = (who: Person) => everybody.filter((one) => sees(who, one, folders, teams));

    before(async () => {
      const owner = house.owner;
      const roles = [];
      for (const visibility of ['none', 'own', 'team', 'all'] as const) roles.push(await role(house, visibility));
      for (const of of roles) for (let i = 0; i < 2; i++) people.push(await person(house, of));
      for (let i = 0; i < 3; i++) {
        const members = people.filter(() => chance.below(2) === 0).map((one) => one.id);
        teams[(await owner.post('/teams', { name: `Team ${i}`, user_ids: members }).gives(201)).id] = members;
      }
      for (let i = 0; i < 6; i++) {
        const parent = i > 1 && chance.below(2) === 0 ? chance.one(folders).id : undefined;
        folders.push({ id: (await owner.post('/folders', { name: `Folder ${i}`, parent_id: parent }).gives(201)).id, parent, access: [] });
      }
      for (let i = 0; i < 36; i++) {
        const workers = people.filter(() => chance.below(6) === 0).map((one, at) => ({ user_id: one.id, responsible: at === 0 }));
        const made = await owner.post('/customers', { display_name: `Seen ${String(i).padStart(2, '0')}x`, folder_id: chance.one(folders).id, workers, source: 'seen-test' }).gives(201);
        await owner.post('/notes', { customer_id: made.id, body: `About ${made.display_name}` }).gives(201);
        everybody.push(made);
      }
      segment = (await owner.post('/segments', { name: 'Everybody', filter: { field: 'source', is: 'seen-test' } }).gives(201)).id;
      await owner.until('the segment is settled', async () => (await owner.get(`/segments/${segment}`).gives(200)).customers === everybody.length);
      for (let i = 1; i < 6; i++) await owner.post('/relations', { from_id: everybody[0].id, to_id: everybody[i].id, kind: 'family' }).gives(201);
    });

    const show = async (roleId: string, visibility: Visibility, notes: Visibility = 'all') => {
      await house.owner.patch(`/roles/${roleId}`, { visibility, area_visibility: [{ area: 'notes', visibility: notes }] }).gives(200);
      for (const one of people) if (one.roleId === roleId) Object.assign(one, { visibility, notes });
    };

    const agree = async () => {
      const hears = await heard(house, people, everybody, rounds++);
      for (const who of people) {
        sets++;
        const expected = ids(seenBy(who));
        const answers = await told(house, who, everybody, segment);
        answers.live = hears.get(who)!;
        for (const [where, found] of Object.entries(answers)) assert.deepEqual([...found].sort(), expected, `${who.name} (${who.visibility}) by ${where}`);
        const notesOf = ids(seenBy(inNotes(who)));
        for (const [where, found] of Object.entries(await toldOfNotes(as(house, who), everybody)))
          assert.deepEqual([...found].sort(), notesOf, `notes for ${who.name} (${who.visibility}, of notes ${who.notes}) by ${where}`);
        await numbersOf(house, who, seenBy(who), everybody);
      }
    };

    it('is one and the same everywhere, by role and team', agree);

    // 63 rounds of eight people are 504 sets of rights for each engine and each way of answering.
    it('stays so under random roles, teams and rules of folders, which hold at once', async (test) => {
      const atFirst = new Map(people.map((one) => [one.roleId, one.visibility]));
      for (let round = 0; round < (process.env.PATRON_TEST_LONG === 'yes' ? 62 : 3); round++) {
        for (const roleId of new Set(people.map((one) => one.roleId))) await show(roleId, chance.one(farness), chance.one(farness));
        for (const team of Object.keys(teams)) {
          teams[team] = people.filter(() => chance.below(2) === 0).map((one) => one.id);
          await house.owner.patch(`/teams/${team}`, { user_ids: teams[team] }).gives(200);
        }
        for (const folder of folders) {
          const targets = [...people.flatMap((one) => [one.id, one.roleId]), ...Object.keys(teams)];
          const access = new Map<string, Level>();
          for (let i = chance.below(4); i > 0; i--) access.set(chance.one(targets), chance.one(['none', 'see', 'work', 'manage'] as const));
          folder.access = [...access].map(([to, level]) => ({ to, level }));
          await house.owner.patch(`/folders/${folder.id}`, { access: folder.access }).gives(200);
        }
        await agree();
      }
      for (const [roleId, visibility] of atFirst) await show(roleId, visibility);
      test.diagnostic(`${sets} sets of role, teams and rules`);
    });

    it('does not tell a customer out of sight from one that is not there', async () => {
      const who = people.find((one) => seenBy(one).length < everybody.length)!;
      const client = as(house, who);
      const hidden = everybody.find((one) => !sees(who, one, folders, teams))!;
      const nobody = 'cus_0000000000001';
      const note = (await house.owner.all(`/notes?customer_id=${hidden.id}`))[0];
      const shape = (text: string) => text.replaceAll(hidden.id, nobody).replace(/"instance":"[^"]*"|req_\w+/g, '');
      for (const [method, path, body] of [
        ['GET', '', undefined], ['GET', '/timeline', undefined], ['GET', '/summary', undefined], ['GET', '/presence', undefined], ['PUT', '/presence', {}],
        ['POST', '/seen', undefined], ['PATCH', '', { source: 'x' }], ['DELETE', '', undefined], ['POST', '/restoration', undefined],
      ] as const) {
        const [one, other] = [await client.call(method, `/customers/${hidden.id}${path}`, body).answer, await client.call(method, `/customers/${nobody}${path}`, body).answer];
        assert.equal(one.status, other.status, `${method} ${path}: ${one}`);
        assert.equal(one.status, 404, String(one));
        assert.equal(shape(one.text), shape(other.text));
        assert.equal(one.header('etag'), other.header('etag'));
      }
      await client.get(`/notes/${note.id}`).refuses(404);
      await client.get(`/notes?customer_id=${hidden.id}`).refuses(404);
      await client.post('/notes', { customer_id: hidden.id, body: 'x' }).refuses(422, 'invalid', ['/customer_id']);
      await client.post('/relations', { from_id: hidden.id, to_id: hidden.id, kind: 'family' }).answer.then((answer) => assert.equal(answer.status, 422));
      assert.equal((await client.get(`/customers?email=${encodeURIComponent('nobody@example.com')}`).gives(200)).total, 0);
      assert.deepEqual((await client.get(`/customers/lookalikes?name=${encodeURIComponent(hidden.display_name)}`).gives(200)).data, []);
    });

    it('lets nobody hear of customers out of sight', async () => {
      const who = people.find((one) => seenBy(one).length > 0 && seenBy(one).length < everybody.length)!;
      const live = await Live.open(house.server.address, { authorization: `Bearer ${who.key}` });
      const hidden = everybody.find((one) => !sees(who, one, folders, teams))!;
      const shown = seenBy(who)[0];
      await house.owner.patch(`/customers/${hidden.id}`, { language: 'fr' }).gives(200);
      await house.owner.patch(`/customers/${shown.id}`, { language: 'fr' }).gives(200);
      await live.hears('the change of a customer in sight', (event) => event.data.customer_id === shown.id);
      assert.ok(!live.events.some((event) => event.data.customer_id === hidden.id), 'heard of a customer out of sight');
      live.close();
    });

    it('lets people look where they may only look, and says so', async () => {
      const who = people.find((one) => one.visibility === 'own')!;
      const folder = (await house.owner.post('/folders', { name: 'Look only', access: [{ to: who.id, level: 'see' }] }).gives(201)).id;
      const other = (await house.owner.post('/folders', { name: 'Not at all', access: [{ to: who.id, level: 'none' }] }).gives(201)).id;
      const customer = await house.owner.post('/customers', { display_name: 'Behind glass', folder_id: folder }).gives(201);
      const client = as(house, who);
      await client.get(`/customers/${customer.id}`).gives(200);
      await client.patch(`/customers/${customer.id}`, { source: 'x' }).refuses(403, 'look_only');
      await client.delete(`/customers/${customer.id}`).refuses(403, 'look_only');
      await client.post('/notes', { customer_id: customer.id, body: 'x' }).refuses(403, 'look_only');
      await client.post('/customers', { display_name: 'New', folder_id: folder }).refuses(422, 'invalid', ['/folder_id']);
      await client.post('/customers', { display_name: 'New', folder_id: other }).refuses(422, 'invalid', ['/folder_id']);
      await client.get(`/folders/${other}`).refuses(404);
      assert.ok(!(await client.all('/folders')).some((one) => one.id === other));
      const mine = await client.post('/customers', { display_name: 'Made by me' }).gives(201);
      assert.ok(mine.workers.some((worker: Json) => worker.user_id === who.id), 'who makes a customer sees it');
      await house.owner.patch(`/customers/${customer.id}`, { workers: [{ user_id: who.id, responsible: true }] }).gives(200);
      await client.patch(`/customers/${customer.id}`, { source: 'x' }).gives(200);
      for (const one of [customer, mine]) await house.owner.delete(`/customers/${one.id}`).answer;
    });

    it('lets whoever saw a customer bring it back from the bin', async () => {
      const [who, other] = people.filter((one) => one.visibility === 'own');
      const mine = await as(house, who!).post('/customers', { display_name: 'Thrown away too soon' }).gives(201);
      await as(house, who!).delete(`/customers/${mine.id}`).answers(204);
      await as(house, who!).get(`/customers/${mine.id}`).refuses(410);
      await as(house, other!).post(`/customers/${mine.id}/restoration`).refuses(404);
      const back = await as(house, who!).post(`/customers/${mine.id}/restoration`).gives(200);
      assert.deepEqual(back.workers.map((worker: Json) => worker.user_id), [who!.id]);
      await house.owner.delete(`/customers/${mine.id}`).answers(204);
    });

    it('says beforehand who of the staff a move will take a customer from, and whom it will show it to', async () => {
      const [one, other] = [people.find((who) => who.visibility === 'all')!, people.find((who) => who.visibility === 'none')!];
      const open = (await house.owner.post('/folders', { name: 'For all' }).gives(201)).id;
      const closed = (await house.owner.post('/folders', { name: 'For few', access: [{ to: one.id, level: 'none' }, { to: other.id, level: 'work' }] }).gives(201)).id;
      const customer = await house.owner.post('/customers', { display_name: 'Moves on', folder_id: open }).gives(201);
      const { move } = await house.owner.post('/bulk/preview', { filter: { ids: [customer.id] }, action: { move_to: closed } }).gives(200);
      const of = (list: Json[]) => list.map((line) => [line.user_id, line.name, line.customers]);
      assert.deepEqual(of(move.losing), [[one.id, one.name, 1]]);
      assert.deepEqual(of(move.gaining), [[other.id, other.name, 1]]);
      const same = (await house.owner.post('/bulk/preview', { filter: { ids: [customer.id] }, action: { move_to: open } }).gives(200)).move;
      assert.deepEqual([same?.losing ?? [], same?.gaining ?? []], [[], []]);
      await house.owner.delete(`/customers/${customer.id}`).answers(204);
    });

    it('keeps what is in closed folders out of the stream and the history', async () => {
      const who = people.find((one) => one.visibility === 'all')!;
      const closed = (await house.owner.post('/folders', { name: 'Behind the door', access: [{ to: who.id, level: 'none' }] }).gives(201)).id;
      const open = (await house.owner.post('/folders', { name: 'Before the door' }).gives(201)).id;
      const live = await Live.open(house.server.address, { authorization: `Bearer ${who.key}` });
      const hidden = (await house.owner.post('/statuses', { folder_id: closed, name: 'Whispered status' }).gives(201)).id;
      await house.owner.patch(`/folders/${closed}`, { name: 'Behind the other door' }).gives(200);
      const customer = await house.owner.post('/customers', { display_name: 'Came out', folder_id: closed, status_id: hidden }).gives(201);
      const own = (await house.owner.post('/statuses', { folder_id: open, name: 'Spoken status' }).gives(201)).id;
      await house.owner.patch(`/customers/${customer.id}`, { folder_id: open, status_id: own }).gives(200);
      await live.hears('the move', (event) => event.data.customer_id === customer.id);
      const told = JSON.stringify(live.events);
      assert.ok(told.includes(own) && !told.includes(hidden), told);
      assert.ok(told.includes(closed), 'the folder itself is named, so that whoever lost sight of it reads anew');
      live.close();
      for (const path of [`/customers/${customer.id}/timeline`, '/events?limit=200']) {
        const { text } = await as(house, who).get(path).answers(200);
        assert.doesNotMatch(text, /Whispered|Behind the/, path);
        assert.ok(!text.includes(hidden) && !text.includes(closed), path);
      }
      assert.match((await house.owner.get(`/customers/${customer.id}/timeline`).answers(200)).text, /Whispered status/);
      await house.owner.delete(`/customers/${customer.id}`).answers(204);
    });

    it('ends at once when the role loses its sight', async () => {
      const who = people.find((one) => one.visibility === 'all')!;
      const same = people.filter((one) => one.roleId === who.roleId);
      await house.owner.patch(`/roles/${who.roleId}`, { visibility: 'own' }).gives(200);
      for (const one of same) one.visibility = 'own';
      assert.deepEqual(ids(await as(house, who).all('/customers?source=seen-test')), ids(seenBy(who)));
      await house.owner.patch(`/roles/${who.roleId}`, { permissions: ['folders.view'] }).gives(200);
      await as(house, who).get('/customers').refuses(403);
    });
  }, index === 'database' ? { serve: ['--index-memory', '0'] } : {});

forBoth('sensitive fields', (house) => {
  let secret: Json, customer: Json;
  const word = 'Zebrafinch';
  before(async () => {
    secret = await house.owner.post('/fields', { key: 'diagnosis', label: 'Diagnosis', type: 'text', sensitive: true }).gives(201);
    customer = await house.customer({ display_name: 'Patient', custom: { diagnosis: word } });
    await house.owner.patch(`/customers/${customer.id}`, { custom: { diagnosis: `${word} two` } }).gives(200);
  });

  it('are read by those who may', async () => {
    assert.equal((await house.as('manager').get(`/customers/${customer.id}`).gives(200)).custom.diagnosis, `${word} two`);
    assert.equal((await house.owner.get(`/customers?custom.diagnosis=${encodeURIComponent(`${word} two`)}`).gives(200)).total, 1);
  });

  it('lose their words in the search when they become sensitive, and get them back', async () => {
    const field = await house.owner.post('/fields', { key: 'ailment', label: 'Ailment', type: 'text' }).gives(201);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await house.customer({ display_name: `Sufferer ${i}`, custom: { ailment: `Wolverinitis ${i}` } })).id);
    const found = async (client: Client) => (await client.get('/customers?q=wolverinitis').gives(200)).total;
    assert.deepEqual([await found(house.owner), await found(house.as('staff'))], [3, 3]);
    await house.owner.patch(`/fields/${field.id}`, { sensitive: true }).gives(200);
    assert.deepEqual([await found(house.owner), await found(house.as('staff'))], [0, 0]);
    assert.equal((await stored(house, "select count(*) as n from customer_search where words like '%wolverinitis%'"))[0]!.n, '0');
    await house.lastHappened(ids[0]!, 'customer.words_hidden', /^Ailment is a sensitive field now/);
    await house.owner.patch(`/customers/${ids[1]}`, { custom: { ailment: 'Wolverinitis again' } }).gives(200);
    assert.equal(await found(house.owner), 0);
    await house.owner.patch(`/fields/${field.id}`, { label: 'Complaint' }).gives(200);
    await house.owner.patch(`/fields/${field.id}`, { sensitive: false }).gives(200);
    assert.deepEqual([await found(house.owner), await found(house.as('staff'))], [3, 3]);
  });

  it('show nowhere to others, and are no way to find anybody', async () => {
    const staff = house.as('staff');
    for (const path of [`/customers/${customer.id}`, '/customers', '/customers?shape=row', `/customers/${customer.id}/timeline`, `/customers/${customer.id}/summary`, '/events', '/customers/filters'])
      assert.doesNotMatch((await staff.get(path).answers(200)).text, path === '/customers/filters' ? /diagnosis/ : new RegExp(word), path);
    await staff.get(`/customers?custom.diagnosis=${word}`).refuses(422);
    await staff.get('/customers?sort=custom.diagnosis').refuses(422);
    await staff.get('/customers/tally?by=custom.diagnosis').refuses(422);
    await staff.get(`/customers?filter=${encodeURIComponent('{"field":"custom.diagnosis","empty":false}')}`).refuses(422);
    for (const who of [staff, house.owner]) assert.equal((await who.get(`/customers?q=${word}`).gives(200)).total, 0);
    await staff.post('/bulk/preview', { filter: { field: 'custom.diagnosis', is: word }, action: { set_field: { field: 'newsletter', value: true } } }).refuses(422);
  });

  it('are shown only with a row of the audit log before them: in one, in a list, in the history, in the answer to a change, in its refusal', async () => {
    const manager = house.as('manager');
    const shown = async (of: Json) => (await house.owner.get(`/audit?kind=customer.sensitive_shown&customer_id=${of.id}&limit=200`).gives(200)).data;
    const ways: Array<(of: Json) => Promise<unknown>> = [
      (of) => manager.get(`/customers/${of.id}`).gives(200),
      (of) => manager.get(`/customers?ids=${of.id}`).gives(200),
      (of) => manager.get(`/customers/${of.id}/timeline`).gives(200),
      (of) => manager.patch(`/customers/${of.id}`, { source: 'desk' }).gives(200),
      (of) => manager.patch(`/customers/${of.id}`, { source: 'desk' }, { headers: { 'if-match': '"1"' } }).refuses(412),
    ];
    for (const way of ways) {
      const of = await house.customer({ display_name: 'Looked at' });
      await manager.patch(`/customers/${of.id}`, { source: 'door' }).gives(200);
      await way(of);
      assert.deepEqual(await shown(of), [], 'nothing of it is sensitive yet');
    }
    for (const way of ways) {
      const of = await house.customer({ display_name: 'Looked at', custom: { diagnosis: 'Gout' } });
      await house.owner.patch(`/customers/${of.id}`, { custom: { diagnosis: 'Gout, mild' } }).gives(200);
      const before = (await shown(of)).filter((row: Json) => row.actor.name === 'Mona Manager');
      assert.deepEqual(before, []);
      for (let i = 0; i < 2; i++) await way(of);
      const rows = (await shown(of)).filter((row: Json) => row.actor.name === 'Mona Manager');
      assert.equal(rows.length, 1, `told at once, and once a minute: ${way}`);
      assert.deepEqual([rows[0].subject, rows[0].fields], [of.id, ['custom.diagnosis']]);
      await house.as('staff').get(`/customers/${of.id}`).gives(200);
      await house.as('staff').get(`/customers/${of.id}/timeline`).gives(200);
      assert.ok((await shown(of)).every((row: Json) => row.actor.name !== 'Stan Staff'));
    }
    assert.doesNotMatch((await house.owner.get('/audit?kind=customer.sensitive_shown&limit=200').answers(200)).text, /Gout/);
  });

  it('stay hidden when their field is deleted, and are shown to all only by whoever may read them', async () => {
    const field = await house.owner.post('/fields', { key: 'illness', label: 'Illness', type: 'text', sensitive: true }).gives(201);
    const ill = await house.customer({ display_name: 'Ill', custom: { illness: 'Kingfisher cough' } });
    const hidden = async (of: string) => assert.doesNotMatch((await house.as('staff').get(`/customers/${ill.id}${of}`).answers(200)).text, /Kingfisher/);
    const managers = (await house.owner.all('/roles')).find((one) => one.key === 'manager')!;
    await house.owner.patch(`/roles/${managers.id}`, { permissions: managers.permissions.filter((one: string) => one !== 'customers.sensitive') }).gives(200);
    await house.as('manager').patch(`/fields/${field.id}`, { sensitive: false }).refuses(403);
    await house.as('manager').delete(`/fields/${field.id}`).refuses(403);
    await house.owner.delete(`/fields/${field.id}`).answers(204);
    await hidden('');
    await hidden('/timeline');
    await house.as('manager').post('/fields', { key: 'illness', label: 'Illness', type: 'text' }).refuses(403);
    const again = await house.as('manager').post('/fields', { key: 'illness', label: 'Illness', type: 'text', sensitive: true }).gives(201);
    await hidden('');
    await house.owner.patch(`/roles/${managers.id}`, { permissions: null }).gives(200);
    await house.owner.delete(`/fields/${again.id}`).answers(204);
    await hidden('');
    await house.owner.post('/fields', { key: 'illness', label: 'Illness', type: 'text' }).gives(201);
    assert.match((await house.as('staff').get(`/customers/${ill.id}`).answers(200)).text, /Kingfisher/);
  });

  it('are not written by those who do not read them, nor lost when others write', async () => {
    const staff = house.as('staff');
    await staff.patch(`/customers/${customer.id}`, { custom: { diagnosis: 'none' } }).refuses(422, 'invalid', ['/custom/diagnosis']);
    const changed = await staff.patch(`/customers/${customer.id}`, { source: 'desk', custom: {} }).gives(200);
    assert.equal(changed.custom.diagnosis, undefined);
    assert.doesNotMatch((await staff.patch(`/customers/${customer.id}`, { source: 'x' }, { headers: { 'if-match': '"1"' } }).answers(412)).text, new RegExp(word));
    assert.equal((await house.owner.get(`/customers/${customer.id}`).gives(200)).custom.diagnosis, `${word} two`);
    void secret;
  });
});

forBoth('roles of one’s own', (house) => {
  it('are made, changed and deleted by owners', async () => {
    const made = await house.owner.post('/roles', { name: 'Front desk', permissions: ['customers.view', 'customers.edit'], visibility: 'team' }).gives(201);
    assert.equal(made.key, 'front_desk');
    assert.deepEqual(made.permissions, ['customers.edit', 'customers.view']);
    const changed = await house.owner.patch(`/roles/${made.id}`, { permissions: ['customers.view'] }).gives(200);
    assert.deepEqual(changed.permissions, ['customers.view']);
    await house.as('manager').post('/roles', { name: 'Mine', permissions: [] }).refuses(403);
    await house.owner.post('/roles', { name: 'X', permissions: ['kitchen.burn'] }).refuses(422, 'invalid', ['/permissions/0']);
    await house.owner.post('/roles', { name: 'X', permissions: ['customers.edit'] }).refuses(422, 'invalid', ['/permissions/0']);
    await house.owner.delete(`/roles/${made.id}`).answers(204);
    await house.owner.get(`/roles/${made.id}`).refuses(404);
  });

  it('leave the owner as it is and the ready-made ones a way back', async () => {
    const roles = await house.owner.all('/roles');
    const [owner, staff] = ['owner', 'staff'].map((key) => roles.find((one) => one.key === key));
    await house.owner.patch(`/roles/${owner.id}`, { permissions: ['customers.view'] }).refuses(422, 'invalid', ['/permissions']);
    await house.owner.patch(`/roles/${owner.id}`, { visibility: 'own' }).refuses(422, 'invalid', ['/visibility']);
    await house.owner.delete(`/roles/${staff.id}`).refuses(409, 'ready_made_role');
    const less = await house.owner.patch(`/roles/${staff.id}`, { permissions: ['customers.view'] }).gives(200);
    assert.equal(less.edited, true);
    await house.as('staff').get('/tags').refuses(403);
    const again = await house.owner.patch(`/roles/${staff.id}`, { permissions: null }).gives(200);
    assert.equal(again.edited, false);
    assert.deepEqual(again.permissions, staff.permissions);
    await house.as('staff').get('/tags').gives(200);
  });

  it('are not given away by those who have less', async () => {
    const wide = await house.owner.post('/roles', { name: 'Wide', permissions: ['users.view', 'users.create', 'users.edit', 'customers.view', 'roles.view', 'roles.create'], visibility: 'own' }).gives(201);
    const who = await person(house, wide);
    const client = as(house, who);
    const staff = (await house.owner.all('/roles')).find((one) => one.key === 'staff');
    await client.post('/users', { name: 'X', email: 'x1@example.com', role_id: staff.id }).refuses(403, 'above_your_rights');
    await client.post('/roles', { name: 'More', permissions: ['customers.view', 'customers.edit'], visibility: 'own' }).refuses(403, 'above_your_rights');
    await client.post('/roles', { name: 'Farther', permissions: ['customers.view'], visibility: 'all' }).refuses(403, 'above_your_rights');
    await client.post('/roles', { name: 'Same', permissions: ['customers.view'], visibility: 'own' }).gives(201);
    await house.owner.delete(`/roles/${wide.id}`).refuses(409, 'role_in_use');
  });
});
