// One change for many customers, as a job that can be watched, stopped and taken back.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { stored } from '../support/database.ts';
import { forBoth, type House } from '../support/house.ts';
import type { Client, Json } from '../support/client.ts';

class Work {
  private readonly house: House;
  constructor(house: House) {
    this.house = house;
  }
  ended(id: string): Promise<Json> {
    return this.house.owner.until('the job ended', async () => {
      const job = await this.house.owner.get(`/jobs/${id}`).gives(200);
      return !['queued', 'running'].includes(job.state) && job;
    }, 90_000);
  }
  async done(ids: string[] | Json, action: Json, as: Client = this.house.owner): Promise<Json> {
    const filter = Array.isArray(ids) ? { ids } : ids;
    return this.ended((await as.post('/bulk', { filter, action }).gives(202)).id);
  }
  async undone(id: string): Promise<Json> {
    await this.house.owner.post(`/jobs/${id}/undo`).gives(202);
    return this.ended(id);
  }
  rows = (id: string, outcome: string): Promise<Json[]> => this.house.owner.all(`/jobs/${id}/rows?outcome=${outcome}`);
  customer = (id: string): Promise<Json> => this.house.owner.get(`/customers/${id}`).gives(200);
  /** Many customers at once, through an import. */
  async many(count: number, source: string): Promise<string[]> {
    const rows = Array.from({ length: count }, (_, index) => `${source} ${index},${source}`);
    const file = await this.house.owner.post(`/imports?filename=${source}.csv`, undefined, { bytes: `Name,Source\n${rows.join('\n')}\n`, headers: { 'content-type': 'text/csv' } }).gives(201);
    await this.house.owner.patch(`/imports/${file.id}`, { mapping: { Name: 'display_name', Source: 'source' } }).gives(200);
    await this.house.owner.post(`/imports/${file.id}/run`).answers(202);
    await this.house.owner.until('the import', async () => (await this.house.owner.get(`/imports/${file.id}`).gives(200)).state === 'done', 120_000);
    return (await this.house.owner.all(`/customers?source=${source}`)).map((one) => one.id);
  }
}

const counts = (job: Json) => [job.state, job.counts.changed, job.counts.skipped, job.counts.failed];

forBoth('a bulk change', (house) => {
  const work = new Work(house);
  let tag: Json, other: Json, leads: Json, clients: Json, won: Json, open: Json;
  const three = async (members: Json = {}) => {
    const made = [];
    for (const name of ['Ann', 'Ben', 'Cem']) made.push((await house.customer({ display_name: name, ...members })).id);
    return made;
  };

  before(async () => {
    tag = await house.owner.post('/tags', { name: 'Fair' }).gives(201);
    other = await house.owner.post('/tags', { name: 'Other' }).gives(201);
    leads = await house.owner.post('/folders', { name: 'Fresh' }).gives(201);
    clients = await house.owner.post('/folders', { name: 'Served', stage: 'active' }).gives(201);
    open = await house.owner.post('/statuses', { folder_id: leads.id, name: 'Open' }).gives(201);
    won = await house.owner.post('/statuses', { folder_id: clients.id, name: 'Won' }).gives(201);
  });

  it('adds tags, tells each customer, and is taken back', async () => {
    const [ann, ben, cem] = await three();
    await house.owner.patch(`/customers/${ben}`, { tag_ids: [other.id, tag.id] }).gives(200);
    const live = await house.live();
    const begun = await house.owner.post('/bulk', { filter: { ids: [ann, ben, cem, ann] }, action: { add_tags: [tag.id] } }).gives(202);
    assert.match(begun.id, /^job_/);
    assert.deepEqual([begun.kind, begun.total, begun.asked, begun.started_by], ['bulk.tag', 3, { action: { add_tags: [tag.id] } }, (await house.user('owner')).id]);
    const job = await work.ended(begun.id);
    assert.deepEqual([...counts(job), job.done, job.total], ['done', 2, 1, 0, 3, 3]);
    assert.ok(job.finished_at && job.can_undo_until > job.finished_at);
    await live.hears('the end of the job', (event) => event.data.kind === 'job.finished' && event.data.subject?.id === job.id);
    live.close();
    assert.deepEqual((await work.customer(ann!)).tag_ids, [tag.id]);
    await house.lastHappened(ann!, 'customer.tagged', /Olive Owner/);
    const spine = await house.spine();
    const started = spine.find((event) => event.kind === 'job.started' && event.subject.id === job.id);
    assert.ok(started);
    assert.deepEqual((await work.rows(job.id, 'changed')).map((row) => [row.customer_id, row.name]), [[ann, 'Ann'], [cem, 'Cem']]);

    const back = await work.undone(job.id);
    assert.deepEqual([back.state, back.counts.undone, back.counts.kept, back.can_undo_until], ['undone', 2, 0, null]);
    assert.deepEqual([(await work.customer(ann!)).tag_ids, (await work.customer(ben!)).tag_ids], [[], [other.id, tag.id]]);
    await house.owner.post(`/jobs/${job.id}/undo`).refuses(409, 'job_undone');
    assert.deepEqual((await house.spine()).filter((event) => event.subject?.id === job.id).map((event) => event.kind), ['job.started', 'job.finished', 'job.undone']);
  });

  it('undone keeps what people have changed since, and names it', async () => {
    const [ann, ben, cem] = await three({ tag_ids: [other.id], custom: {} });
    const job = await work.done([ann!, ben!, cem!], { remove_tags: [other.id] });
    assert.deepEqual(counts(job), ['done', 3, 0, 0]);
    await house.owner.patch(`/customers/${ann}`, { tag_ids: [tag.id] }).gives(200);
    await house.owner.patch(`/customers/${ben}`, { source: 'changed elsewhere' }).gives(200);
    await house.owner.delete(`/customers/${cem}`).answers(204);
    const back = await work.undone(job.id);
    assert.deepEqual([back.state, back.counts.undone, back.counts.kept], ['undone', 1, 2]);
    assert.deepEqual((await work.rows(job.id, 'kept')).map((row) => [row.name, row.reason, row.fields]), [['Ann', 'changed_since', ['tag_ids']], ['Cem', 'gone', []]]);
    assert.deepEqual([(await work.customer(ann!)).tag_ids, (await work.customer(ben!)).tag_ids], [[tag.id], [other.id]]);
  });

  it('moves, with the status of the new folder, and back', async () => {
    const ids = await three({ folder_id: leads.id, status_id: open.id });
    const job = await work.done(ids, { move_to: clients.id, status_id: won.id });
    assert.deepEqual(counts(job), ['done', 3, 0, 0]);
    const moved = await work.customer(ids[0]!);
    assert.deepEqual([moved.folder_id, moved.status_id], [clients.id, won.id]);
    assert.ok(moved.customer_since, 'a folder of active customers says since when');
    const since = await house.owner.post('/statuses', { folder_id: clients.id, name: 'Paused' }).gives(201);
    await house.owner.patch(`/customers/${ids[1]}`, { status_id: since.id }).gives(200);
    const back = await work.undone(job.id);
    assert.deepEqual([back.counts.undone, back.counts.kept], [2, 1]);
    const [first, second] = [await work.customer(ids[0]!), await work.customer(ids[1]!)];
    assert.deepEqual([first.folder_id, first.status_id, first.customer_since], [leads.id, open.id, null]);
    assert.deepEqual([second.folder_id, second.status_id], [clients.id, since.id], 'folder and status go back together or stay');
    assert.deepEqual((await work.rows(job.id, 'kept'))[0]!.fields, ['status_id']);
  });

  it('sets a status, and says whom it does not fit', async () => {
    const ids = await three({ folder_id: clients.id });
    await house.owner.patch(`/customers/${ids[1]}`, { folder_id: leads.id }).gives(200);
    const job = await work.done(ids, { set_status: won.id });
    assert.deepEqual(counts(job), ['done', 2, 0, 1]);
    const [row] = await work.rows(job.id, 'failed');
    assert.deepEqual([row!.customer_id, row!.reason, row!.reasons.map((one: Json) => [one.pointer, one.code])], [ids[1], 'not_in_folder', [['/status_id', 'not_in_folder']]]);
    assert.equal((await work.undone(job.id)).counts.undone, 2);
    assert.equal((await work.customer(ids[0]!)).status_id, null);
  });

  it('assigns and takes off workers', async () => {
    const [staff, owner] = [await house.user('staff'), await house.user('owner')];
    const ids = await three({ workers: [{ user_id: owner.id, responsible: true }] });
    const job = await work.done(ids, { assign: { user_id: staff.id, responsible: true } });
    assert.deepEqual((await work.customer(ids[0]!)).workers, [{ user_id: owner.id, responsible: false }, { user_id: staff.id, responsible: true }]);
    await work.undone(job.id);
    assert.deepEqual((await work.customer(ids[0]!)).workers, [{ user_id: owner.id, responsible: true }]);
    const off = await work.done(ids, { unassign: { user_id: owner.id } });
    assert.equal(off.counts.changed, 3);
    assert.deepEqual((await work.customer(ids[0]!)).workers, []);
    await house.owner.post('/bulk', { filter: { ids }, action: { assign: { user_id: 'usr_0000000000001' } } }).refuses(422, 'invalid', ['/action/assign/user_id']);
  });

  it('sets fields, custom ones by their key alone', async () => {
    await house.owner.post('/fields', { key: 'size', label: 'Size', type: 'number' }).gives(201);
    await house.owner.post('/fields', { key: 'hue', label: 'Hue', type: 'text' }).gives(201);
    const ids = await three({ custom: { hue: 'red' } });
    const job = await work.done(ids, { set_field: { field: 'custom.size', value: 43 } });
    assert.deepEqual((await work.customer(ids[0]!)).custom, { hue: 'red', size: 43 });
    await house.owner.patch(`/customers/${ids[0]}`, { custom: { hue: 'blue' } }).gives(200);
    await house.owner.patch(`/customers/${ids[1]}`, { custom: { size: 44 } }).gives(200);
    const back = await work.undone(job.id);
    assert.deepEqual([back.counts.undone, back.counts.kept], [2, 1]);
    assert.deepEqual([(await work.customer(ids[0]!)).custom, (await work.customer(ids[1]!)).custom], [{ hue: 'blue' }, { hue: 'red', size: 44 }]);
    assert.deepEqual((await work.rows(job.id, 'kept'))[0]!.fields, ['custom.size']);
    for (const [field, value, member] of [['source', 'fair', 'source'], ['language', 'pt-BR', 'language'], ['newsletter', true, 'newsletter'], ['do_not_contact', ['sms'], 'do_not_contact']] as const) {
      assert.equal((await work.done(ids, { set_field: { field, value } })).counts.changed, 3, field);
      assert.deepEqual((await work.customer(ids[2]!))[member], value);
    }
    assert.equal((await work.done(ids, { set_field: { field: 'source', value: null } })).counts.changed, 3);
    assert.equal((await work.customer(ids[2]!)).source, null);
  });

  it('puts into the bin and brings back', async () => {
    const ids = await three();
    const job = await work.done(ids, { delete: true });
    assert.deepEqual(counts(job), ['done', 3, 0, 0]);
    await house.owner.get(`/customers/${ids[0]}`).refuses(410);
    await house.owner.post(`/customers/${ids[1]}/restoration`).gives(200);
    const back = await work.undone(job.id);
    assert.deepEqual([back.counts.undone, back.counts.kept], [2, 1]);
    await work.customer(ids[0]!);
    await work.done(ids, { delete: true });
    const restored = await work.done([...ids, 'cus_0000000000001'], { restore: true });
    assert.deepEqual(counts(restored), ['done', 3, 1, 0]);
    await house.owner.patch(`/customers/${ids[0]}`, { source: 'at work' }).gives(200);
    const again = await work.undone(restored.id);
    assert.deepEqual([again.counts.undone, again.counts.kept], [2, 1], 'whoever works with a customer again keeps it');
    await work.customer(ids[0]!);
    await house.owner.get(`/customers/${ids[2]}`).refuses(410);
  });

  it('takes a filter, fixed when it begins', async () => {
    const ids = await three({ source: 'filtered' });
    const job = await work.done({ field: 'source', is: 'filtered' }, { set_field: { field: 'source', value: 'moved on' } });
    assert.deepEqual([...counts(job), job.asked.filter], ['done', 3, 0, 0, { field: 'source', is: 'filtered' }]);
    for (const id of ids) assert.equal((await work.customer(id)).source, 'moved on');
    assert.deepEqual(counts(await work.done({ field: 'source', is: 'filtered' }, { delete: true })), ['done', 0, 0, 0]);
  });

  it('makes a file', async () => {
    const ids = await three();
    const job = await work.done([...ids, 'cus_0000000000001'], { export: { format: 'csv' } });
    assert.deepEqual([...counts(job), job.has_file, job.can_undo_until], ['done', 3, 1, 0, true, null]);
    const file = await house.owner.get(`/jobs/${job.id}/file`).answers(200);
    assert.match(file.header('content-type')!, /^text\/csv/);
    const lines = file.text.trimEnd().split('\r\n');
    assert.deepEqual([lines.length, lines[0]!.startsWith('id,kind,display_name'), lines.slice(1).map((line) => line.split(',')[2])], [4, true, ['Ann', 'Ben', 'Cem']]);
    await house.owner.post(`/jobs/${job.id}/undo`).refuses(409, 'nothing_to_undo');
    const none = await work.done([], { export: {} });
    assert.equal((await house.owner.get(`/jobs/${none.id}/file`).answers(200)).text.trimEnd().split('\r\n').length, 1);
  });

  it('of a wrong filter or action is refused with the place', async () => {
    const ids = await three();
    const good = { add_tags: [tag.id] };
    for (const [body, pointer] of [
      [{ filter: { ids }, action: {} }, '/action'],
      [{ filter: { ids }, action: { ...good, delete: true } }, '/action'],
      [{ filter: { ids }, action: { add_tags: [] } }, '/action/add_tags'],
      [{ filter: { ids }, action: { add_tags: [tag.id, 'tag_0000000000001'] } }, '/action/add_tags/1'],
      [{ filter: { ids }, action: { add_tags: ['x'] } }, '/action/add_tags/0'],
      [{ filter: { ids }, action: { move_to: 'fol_0000000000001' } }, '/action/move_to'],
      [{ filter: { ids }, action: { move_to: leads.id, status_id: won.id } }, '/action/status_id'],
      [{ filter: { ids }, action: { ...good, status_id: won.id } }, '/action/status_id'],
      [{ filter: { ids }, action: { set_field: { field: 'version', value: 1 } } }, '/action/set_field/field'],
      [{ filter: { ids }, action: { set_field: { field: 'custom.nope', value: 1 } } }, '/action/set_field/field'],
      [{ filter: { ids }, action: { set_field: { field: 'custom.size', value: 'big' } } }, '/action/set_field/value'],
      [{ filter: { ids }, action: { set_field: { field: 'newsletter', value: 'yes' } } }, '/action/set_field/value'],
      [{ filter: { ids }, action: { export: { format: 'pdf' } } }, '/action/export/format'],
      [{ filter: { ids }, action: { dance: true } }, '/action/dance'],
      [{ filter: { ids: [ids[0], 'x'] }, action: good }, '/filter/ids/1'],
      [{ filter: { ids: 'all' }, action: good }, '/filter/ids'],
      [{ filter: { ids, search: 'x' }, action: good }, '/filter/search'],
      [{ filter: { ids: Array.from({ length: 10_001 }, () => ids[0]) }, action: good }, '/filter/ids'],
      [{ filter: { field: 'colour', is: 'red' }, action: good }, '/filter/field'],
      [{ filter: { all: [] }, action: { restore: true } }, '/filter'],
      [{ filter: 5, action: good }, '/filter'],
    ] as const)
      for (const path of ['/bulk', '/bulk/preview']) await house.owner.post(path, body).refuses(422, 'invalid', [pointer]);
    for (const path of ['/bulk', '/bulk/preview']) await house.owner.post(path, { action: good }).refuses(422, 'invalid');
  });

  it('tells before what it will do', async () => {
    await house.owner.post('/fields', { key: 'contract', label: 'Contract', type: 'text', required: true, folder_ids: [clients.id] }).gives(201);
    await house.owner.post('/fields', { key: 'hope', label: 'Hope', type: 'text', folder_ids: [leads.id] }).gives(201);
    const ids = await three({ folder_id: leads.id, status_id: open.id, custom: { hope: 'high' } });
    const moving = await house.owner.post('/bulk/preview', { filter: { ids }, action: { move_to: clients.id } }).gives(200);
    assert.deepEqual([moving.kind, moving.matching, moving.looked_at, moving.changed, moving.skipped, moving.failed, moving.problems], ['bulk.move', 3, 3, 3, 0, 0, []]);
    assert.deepEqual(moving.move.statuses, [{ from_id: open.id, to_id: null, from_name: 'Open', to_name: '', lost: true, customers: 3 }]);
    assert.deepEqual(moving.move.missing.filter((one: Json) => one.key === 'contract'), [{ key: 'contract', label: 'Contract', customers: 3 }]);
    assert.deepEqual(moving.move.hidden, [{ key: 'hope', label: 'Hope', customers: 3 }]);
    assert.deepEqual(moving.examples.map((one: Json) => [one.id, one.display_name, one.outcome]), ids.map((id, index) => [id, ['Ann', 'Ben', 'Cem'][index], 'changed']));
    const change = moving.examples[0].changes.find((one: Json) => one.field === 'folder_id');
    assert.deepEqual([change.from_text, change.to_text], ['Fresh', 'Served']);
    const status = await house.owner.post('/bulk/preview', { filter: { ids }, action: { set_status: won.id } }).gives(200);
    assert.deepEqual([status.changed, status.failed, status.problems.map((one: Json) => [one.code, one.customers]), status.move], [0, 3, [['not_in_folder', 3]], null]);
    const gone = await house.owner.post('/bulk/preview', { filter: { ids: [...ids, 'cus_0000000000001'] }, action: { delete: true } }).gives(200);
    assert.deepEqual([gone.matching, gone.changed, gone.skipped], [4, 3, 1]);
    assert.equal((await work.customer(ids[0]!)).version, 1, 'a preview changes nothing');
    const many = await work.many(30, 'previewed');
    const some = await house.owner.post('/bulk/preview', { filter: { field: 'source', is: 'previewed' }, action: { add_tags: [tag.id] } }).gives(200);
    assert.deepEqual([some.matching, some.changed, some.examples.length], [many.length, 30, 10]);
  });

  it('asks for the right that the action takes', async () => {
    const ids = await three();
    const [staff, reader] = [house.as('staff'), house.as('read_only')];
    await reader.post('/bulk', { filter: { ids }, action: { add_tags: [tag.id] } }).refuses(403, 'not_allowed');
    await reader.post('/bulk/preview', { filter: { ids }, action: { add_tags: [tag.id] } }).refuses(403, 'not_allowed');
    await staff.post('/bulk', { filter: { ids }, action: { export: { format: 'csv' } } }).refuses(403, 'not_allowed');
    const { key } = await house.owner.post('/keys', { name: 'editor', scopes: ['customers.view', 'customers.edit', 'jobs.view'] }).gives(201);
    const editor = house.with({ authorization: `Bearer ${key}` });
    await editor.post('/bulk', { filter: { ids }, action: { delete: true } }).refuses(403, 'not_allowed');
    const job = await work.done(ids, { add_tags: [tag.id] }, staff);
    assert.deepEqual(counts(job), ['done', 3, 0, 0]);
    await house.lastHappened(ids[0]!, 'customer.tagged', /Stan Staff/);
    assert.equal((await staff.get(`/jobs/${job.id}`).gives(200)).started_by, (await house.user('staff')).id);
    assert.ok((await staff.all('/jobs')).every((one) => one.started_by === job.started_by));
    const owners = await work.done(ids, { remove_tags: [tag.id] });
    await staff.get(`/jobs/${owners.id}`).refuses(404);
    await staff.post(`/jobs/${owners.id}/undo`).refuses(404);
    await staff.get(`/jobs/${owners.id}/rows`).refuses(404);
    assert.ok((await house.as('manager').all('/jobs')).some((one) => one.id === owners.id));
    assert.ok((await house.owner.all('/jobs?mine=true')).every((one) => one.started_by === owners.started_by));
    await reader.post(`/jobs/${job.id}/undo`).refuses(403);
  });

  it('is done once for one Idempotency-Key', async () => {
    const ids = await three();
    const options = { headers: { 'idempotency-key': 'bulk once' } };
    const first = await house.owner.post('/bulk', { filter: { ids }, action: { add_tags: [tag.id] } }, options).gives(202);
    assert.equal((await house.owner.post('/bulk', { filter: { ids }, action: { add_tags: [tag.id] } }, options).gives(202)).id, first.id);
    await work.ended(first.id);
  });
});

forBoth('a long bulk change', (house) => {
  const work = new Work(house);
  const size = 3_000;
  let ids: string[], serial = 0;
  before(async () => (ids = await work.many(size, 'crowd')));

  /** Begins to tag the crowd and answers once some, but not all, are done. */
  const underWay = async (as: Client = house.owner): Promise<{ tag: string; id: string }> => {
    for (let tries = 0; tries < 5; tries++) {
      const tag = (await house.owner.post('/tags', { name: `Crowd ${++serial}` }).gives(201)).id;
      const { id } = await as.post('/bulk', { filter: { field: 'source', is: 'crowd' }, action: { add_tags: [tag] } }).gives(202);
      const job = await house.owner.until('some progress', async () => {
        const now = await house.owner.get(`/jobs/${id}`).gives(200);
        return now.done > 0 && now;
      }, 30_000);
      if (job.state === 'running' && job.done < size - 600) return { tag, id };
      await work.ended(id);
    }
    return assert.fail('the job was always done at once');
  };
  const tagged = async (tag: string) => (await house.owner.get(`/customers?tag_id=${tag}&limit=1`).gives(200)).total;

  it('stops in the middle, and what was done is taken back', async () => {
    const { tag, id } = await underWay();
    const stopped = await house.owner.post(`/jobs/${id}/stop`).gives(200);
    assert.equal(stopped.state, 'stopped');
    assert.ok(stopped.done > 0 && stopped.done < size, `${stopped.done} of ${size}`);
    await house.owner.post(`/jobs/${id}/stop`).refuses(409, 'job_ended');
    const later = await house.owner.get(`/jobs/${id}`).gives(200);
    assert.deepEqual([later.done, later.counts.changed, await tagged(tag)], [stopped.done, stopped.done, stopped.done]);
    const back = await work.undone(id);
    assert.deepEqual([back.state, back.counts.undone, await tagged(tag)], ['undone', stopped.done, 0]);
    assert.deepEqual((await house.spine()).filter((event) => event.subject?.id === id).map((event) => event.kind), ['job.started', 'job.stopped', 'job.undone']);
  });

  it('killed in the middle goes on, and does nothing twice', async () => {
    const { tag, id } = await underWay();
    await house.restart('SIGKILL');
    const job = await work.ended(id);
    assert.deepEqual([...counts(job), job.done, await tagged(tag)], ['done', size, 0, 0, size, size]);
    const events = (await house.spine()).filter((event) => event.kind === 'customer.tagged' && event.changes?.some((change: Json) => change.to?.includes(tag)));
    assert.equal(events.length, size, 'each was told once');
    assert.equal(new Set(events.map((event) => event.subject.id)).size, size);
    await house.owner.post(`/jobs/${id}/undo`).gives(202);
    await house.restart('SIGKILL');
    const back = await work.ended(id);
    assert.deepEqual([back.state, back.counts.undone, back.counts.kept, await tagged(tag)], ['undone', size, 0, 0]);
  });

  it('stops when whoever asked for it may do it no more', async () => {
    const staff = await house.user('staff');
    const { tag, id } = await underWay(house.as('staff'));
    await house.owner.patch(`/users/${staff.id}`, { state: 'disabled' }).gives(200);
    const job = await work.ended(id);
    assert.equal(job.state, 'stopped');
    assert.match(job.problem, /Stan Staff may no longer/);
    assert.ok(job.done < size);
    assert.equal(await tagged(tag), job.counts.changed);
    await house.owner.patch(`/users/${staff.id}`, { state: 'active' }).gives(200);
    assert.equal((await work.undone(id)).counts.undone, job.counts.changed);
  });

  it('makes a whole file, also when killed while it writes', async () => {
    const { id } = await house.owner.post('/bulk', { filter: { ids }, action: { export: { format: 'csv' } } }).gives(202);
    await house.restart('SIGKILL');
    await work.ended(id);
    const lines = (await house.owner.get(`/jobs/${id}/file`).answers(200)).text.trimEnd().split('\r\n');
    assert.equal(lines.length, size + 1);
    assert.equal(new Set(lines.map((line) => line.split(',')[0])).size, size + 1);
  });
});

forBoth('the file of an export', (house) => {
  const work = new Work(house);
  const allowed = ['customers.view', 'customers.edit', 'customers.export', 'customers.sensitive', 'jobs.view', 'jobs.edit', 'folders.view', 'fields.view'];
  let role: Json, key: string, maker: Client, folder: Json, ids: string[];
  const become = (change: Json) => house.owner.patch(`/roles/${role.id}`, change).gives(200);
  const made = async (sensitive = true) => (await work.done(ids, { export: { format: 'csv', sensitive } }, maker)).id;
  const take = (job: string, as = maker) => as.get(`/jobs/${job}/file`);
  const idsIn = (text: string) => [...text.matchAll(/^cus_[0-9a-z]{13}/gm)].map(([id]) => id);

  before(async () => {
    role = await house.owner.post('/roles', { name: 'Takes files', permissions: allowed, visibility: 'all' }).gives(201);
    const user = await house.owner.post('/users', { name: 'Fay Files', email: 'fay@example.com', role_id: role.id }).gives(201);
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    await house.browser.post('/session/invitation', { token: decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!), password: 'nine silver anchors' }).gives(201);
    ({ key } = await house.owner.post('/keys', { name: 'Fay', user_id: user.id }).gives(201));
    maker = house.with({ authorization: `Bearer ${key}` });
    await house.owner.post('/fields', { key: 'passport', label: 'Passport', type: 'text', sensitive: true }).gives(201);
    folder = await house.owner.post('/folders', { name: 'Closing' }).gives(201);
    ids = [];
    for (const name of ['Ann', 'Ben', 'Cem']) ids.push((await house.customer({ display_name: name, custom: { passport: `P ${name}` } })).id);
  });

  it('is asked for again with the rights of its maker at that time', async () => {
    const job = await made();
    assert.match((await take(job).answers(200)).text, /P Ann/);
    await become({ permissions: allowed.filter((one) => one !== 'customers.export') });
    await take(job).refuses(403, 'not_allowed');
    await become({ permissions: allowed.filter((one) => one !== 'customers.sensitive') });
    assert.match((await take(job).refuses(403, 'file_beyond_sight')).detail, /export again/);
    await maker.post('/bulk', { filter: { ids }, action: { export: { sensitive: true } } }).refuses(403, 'not_allowed');
    const without = await made(false);
    assert.doesNotMatch((await take(without).answers(200)).text, /passport|P Ann/);
    await become({ permissions: allowed, visibility: 'own' });
    await take(job).refuses(403, 'file_beyond_sight');
    const none = await made();
    assert.deepEqual(idsIn((await take(none).answers(200)).text), []);
    await become({ visibility: 'all' });
    for (const one of [job, without, none]) await take(one).answers(200);
  });

  it('holds no sensitive fields unless they are asked for by who may read them', async () => {
    assert.doesNotMatch((await take(await made(false)).answers(200)).text, /passport|P Ann/);
    const file = (query: string, as = maker) => as.get(`/exports/customers.csv?ids=${ids.join(',')}${query}`);
    assert.doesNotMatch((await file('').answers(200)).text, /passport|P Ann/);
    assert.doesNotMatch((await file('&sensitive=false').answers(200)).text, /passport|P Ann/);
    assert.match((await file('&sensitive=true').answers(200)).text, /custom\.passport[^]*P Ann/);
    await file('&sensitive=perhaps').refuses(422, 'invalid', ['?sensitive']);
    await become({ permissions: allowed.filter((one) => one !== 'customers.sensitive') });
    await file('&sensitive=true').refuses(403, 'not_allowed');
    await become({ permissions: allowed });
  });

  it('is not given when one of its customers went where its maker does not see', async () => {
    const job = await made();
    await house.owner.patch(`/folders/${folder.id}`, { access: [{ to: role.id, level: 'none' }] }).gives(200);
    await take(job).answers(200);
    await house.owner.patch(`/customers/${ids[1]}`, { folder_id: folder.id }).gives(200);
    await take(job).refuses(403, 'file_beyond_sight');
    const fewer = await made();
    assert.deepEqual(idsIn((await take(fewer).answers(200)).text), [ids[0], ids[2]]);
    // What the owner had made, the owner sees.
    await take((await work.done(ids, { export: {} })).id, house.owner).answers(200);
    await house.owner.patch(`/customers/${ids[1]}`, { folder_id: null }).gives(200);
    await take(job).answers(200);
    await house.owner.patch(`/folders/${folder.id}`, { access: [] }).gives(200);
  });

  it('holds nobody beyond the rights, whenever they shrink while it is made', async () => {
    const many = await work.many(1_000, 'shrinking');
    for (let round = 0; round < 6; round++) {
      const { id } = await maker.post('/bulk', { filter: { ids: many }, action: { export: {} } }).gives(202);
      const progress = async () => (await house.owner.get(`/jobs/${id}`).gives(200)).done >= round * 200;
      await house.owner.until('so far', progress);
      await become({ visibility: 'own' });
      assert.ok(['done', 'stopped'].includes((await work.ended(id)).state));
      const answer = await take(id).answer;
      assert.ok([200, 403].includes(answer.status), String(answer));
      if (answer.status === 200) assert.deepEqual(idsIn(answer.text), [], 'rows of before');
      await become({ visibility: 'all' });
      const other = await maker.post('/bulk', { filter: { ids: many }, action: { export: { sensitive: true } } }).gives(202);
      await become({ permissions: allowed.filter((one) => one !== 'customers.sensitive') });
      const job = await work.ended(other.id);
      // All with the columns of before, all with those of after, or not to the end.
      if (job.state === 'stopped') assert.match(job.problem, /changed meanwhile/);
      else {
        const found = await take(other.id).answer;
        if (found.status === 200) assert.doesNotMatch(found.text, /passport/);
        else assert.equal(found.json.code, 'file_beyond_sight');
      }
      await become({ permissions: allowed });
    }
  });

  it('ends a download of a list before its end, when rights shrink while it is fetched', async () => {
    await house.owner.post('/fields', { key: 'about', label: 'About', type: 'long_text' }).gives(201);
    const about = 'long '.repeat(3_999);
    // More than fits between a server and a client who does not read.
    await Promise.all(Array.from({ length: 8 }, async (_, at) => {
      for (let one = 0; one < 125; one++) await house.customer({ display_name: `Talkative ${at} ${one}`, custom: { about } });
    }));
    const fetched = (meanwhile: () => Promise<unknown>) => new Promise<{ whole: boolean; bytes: number }>((done, lost) => {
      const url = `${house.server.address}/api/v1/exports/customers.csv?q=talkative`;
      const request = http.get(url, { headers: { authorization: `Bearer ${key}` } }, (response) => {
        assert.equal(response.statusCode, 200);
        let bytes = 0;
        const ended = () => done({ whole: response.complete, bytes });
        response.on('end', ended).on('error', ended);
        meanwhile().then(() => response.on('data', (piece) => (bytes += piece.length)), lost);
      });
      request.on('error', lost);
    });
    const whole = await fetched(() => house.owner.post('/roles', { name: 'Of no concern', permissions: ['customers.view'] }).gives(201));
    assert.deepEqual([whole.whole, whole.bytes > 19_000_000], [true, true], JSON.stringify(whole));
    const cut = await fetched(() => become({ visibility: 'own' }));
    assert.deepEqual([cut.whole, cut.bytes < whole.bytes], [false, true], JSON.stringify(cut));
    await become({ visibility: 'all' });
  });

  it('is kept apart from who is gone', async () => {
    const job = await made();
    await house.owner.delete(`/customers/${ids[2]}`).answers(204);
    await take(job).answers(200);
    await stored(house, 'update customers set bin_until=1 where bin_until is not null');
    await house.restart();
    maker = house.with({ authorization: `Bearer ${key}` });
    await house.owner.until('erased', async () => (await house.owner.get(`/customers/${ids[2]}`).answer).status === 404, 60_000);
    await take(job).refuses(403, 'file_beyond_sight');
  });
});
