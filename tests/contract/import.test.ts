// Import and export of customers: the mess of real files, counts that add up, the same again changes nothing.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { forBoth, House } from '../support/house.ts';
import { freshFolder, root, within } from '../support/program.ts';
import type { Json } from '../support/client.ts';

const data = (name: string) => path.join(root, 'tests/data', name);
const chinook = (name: string) => path.join(root, '../shared/data/chinook', name);

interface Counts { id: string; rows: number; created: number; updated: number; skipped: number; failed: number }

async function imports(house: House, file: string, ...flags: string[]): Promise<Counts> {
  const outcome = await house.command(['import', 'customers', file, '--json', ...flags]);
  const counts = JSON.parse(outcome.out);
  assert.equal(counts.created + counts.updated + counts.skipped + counts.failed, counts.rows, 'the counts add up to the rows');
  return counts;
}
const brief = ({ rows, created, updated, skipped, failed }: Counts) => ({ rows, created, updated, skipped, failed });
const named = async (house: House, name: string): Promise<Json> => {
  const found = (await house.owner.all('/customers')).filter((row) => row.display_name === name);
  assert.equal(found.length, 1, `one customer called ${name}`);
  return found[0];
};

forBoth('an import from the command line', (house) => {
  it('brings a shop’s customers and their workers in, and the same again changes nothing', async () => {
    await house.command(['import', 'staff', data('shop-employees.csv')]);
    assert.ok((await house.owner.all('/users')).some((user) => user.email === 'jane.doe@example.com' && user.import_keys.some((one: Json) => one.key === '3')));
    const flags = ['--map', 'SupportRepId=worker', '--source', 'shop'];
    assert.deepEqual(brief(await imports(house, data('shop-customers.csv'), ...flags)), { rows: 6, created: 6, updated: 0, skipped: 0, failed: 0 });
    const joana = await named(house, 'Joana Prates');
    assert.deepEqual([joana.company_name, joana.addresses[0].city, joana.addresses[0].country, joana.addresses[0].line1], ['Padaria Aurora', 'São Paulo', 'BR', 'Rua das Flores, 12']);
    assert.equal(joana.phones[0].e164, '+551130335446');
    assert.deepEqual(joana.import_keys, [{ source: 'shop', key: '1' }]);
    const jane = (await house.owner.all('/users')).find((user) => user.email === 'jane.doe@example.com');
    assert.deepEqual(joana.workers.map((worker: Json) => [worker.user_id, worker.responsible]), [[jane.id, true]]);
    assert.equal((await named(house, 'Jörg Müßig')).phones[0].e164, '+497112842222');
    assert.equal((await named(house, 'František Wíchterl')).addresses[0].country, 'CZ');
    assert.equal((await house.timeline(joana.id)).at(-1).actor.kind, 'import');
    const events = (await house.spine()).length;
    assert.deepEqual(brief(await imports(house, data('shop-customers.csv'), ...flags)), { rows: 6, created: 0, updated: 0, skipped: 6, failed: 0 });
    assert.equal((await house.spine()).slice(events).filter((event) => event.kind.startsWith('customer.')).length, 0);
  });

  it('of the Chinook sample: 59 of 59, and again 59 unchanged', async (context) => {
    if (!existsSync(chinook('customers.csv'))) return context.skip('the sample is not beside this clone');
    const own = new House(house.engine);
    await own.found();
    try {
      await own.command(['import', 'staff', chinook('employees.csv')]);
      const flags = ['--map', 'SupportRepId=worker'];
      assert.deepEqual(brief(await imports(own, chinook('customers.csv'), ...flags)), { rows: 59, created: 59, updated: 0, skipped: 0, failed: 0 });
      const luis = await named(own, 'Luís Gonçalves');
      assert.equal(luis.company_name, 'Embraer - Empresa Brasileira de Aeronáutica S.A.');
      assert.equal(luis.import_keys[0].key, '1');
      const jane = (await own.owner.all('/users')).find((user) => user.name === 'Jane Peacock');
      assert.equal(luis.workers[0].user_id, jane.id);
      const customers = await own.owner.all('/customers');
      assert.equal(new Set(customers.map((row) => row.addresses[0].country)).size, 24);
      assert.ok(customers.every((row) => /^[A-Z]{2}$/.test(row.addresses[0].country)));
      assert.ok(customers.filter((row) => row.phones[0]?.e164).length >= 55, 'phones are understood where number and country allow');
      const again = await imports(own, chinook('customers.csv'), ...flags);
      assert.deepEqual(brief(again), { rows: 59, created: 0, updated: 0, skipped: 59, failed: 0 });
      const rows = await own.owner.all(`/imports/${again.id}/rows`);
      assert.ok(rows.every((row) => row.outcome === 'skipped' && row.reason === 'unchanged'));
      await imports(own, chinook('customers.csv'), ...flags, '--source', 'other').then((counts) => assert.equal(counts.created + counts.skipped + counts.updated, 59));
    } finally {
      await own.close();
    }
  });

  for (const file of ['messy-bom-semicolons', 'messy-latin1', 'messy-utf16le', 'messy-utf16be', 'messy-tabs', 'messy-bare-cr'])
    it(`reads ${file}`, async () => {
      const own = new House(house.engine);
      await own.found();
      try {
        assert.deepEqual(brief(await imports(own, data(`${file}.csv`))), { rows: 2, created: 2, updated: 0, skipped: 0, failed: 0 });
        const [one] = (await own.owner.all('/customers?q=zoe')).values();
        assert.equal(one.display_name, 'Zoë Groß');
        assert.equal(one.emails[0].address, 'zoe@example.com');
        assert.equal(one.addresses[0].city, 'Würzburg');
        const [note] = await own.owner.all(`/notes?customer_id=${one.id}`);
        assert.equal(note.body, 'sagt "hallo"');
        const jorg = (await own.owner.all('/customers?q=jorg'))[0];
        assert.match(jorg.display_name, /Müller/);
        assert.equal(jorg.phones[0].e164, '+497112842222');
        assert.match((await own.owner.all(`/notes?customer_id=${jorg.id}`))[0].body, /Zeile eins\n+Zeile zwei/);
      } finally {
        await own.close();
      }
    });

  it('understands headers in any case and what Google and Outlook call things', async () => {
    assert.equal((await imports(house, data('messy-headers.csv'))).created, 2);
    const ann = await named(house, 'Ann Lee');
    assert.deepEqual([ann.emails[0].address, ann.phones[0].e164, ann.addresses[0].postal_code, ann.addresses[0].city, ann.addresses[0].country], ['ann.lee@example.com', '+442079460018', 'N1 5LH', 'London', 'GB']);
    assert.equal((await named(house, 'Bob Ray')).phones[0].e164, '+15147214711');
    assert.equal((await imports(house, data('google-contacts.csv'))).created, 2);
    const grete = await named(house, 'Grete Hermann');
    assert.deepEqual(grete.emails.map((one: Json) => one.address), ['grete@example.com', 'grete.home@example.com']);
    assert.deepEqual([grete.company_name, grete.phones[0].e164, grete.addresses[0].city], ['Logik GmbH', '+4915123456789', 'Bremen']);
    assert.equal((await imports(house, data('outlook.csv'))).created, 2);
    const alan = (await house.owner.all('/customers?email=alan@example.com'))[0];
    assert.deepEqual(alan.phones.map((one: Json) => one.e164).sort(), ['+441908640404', '+447400123456']);
    assert.deepEqual([alan.addresses[0].city, alan.addresses[0].country], ['Milton Keynes', 'GB']);
  });

  it('gives every bad row its line and its reason, and lets the good ones in', async () => {
    const report = path.join(freshFolder(), 'failed.csv');
    const counts = await imports(house, data('messy-bad-rows.csv'), '--report', report);
    assert.ok(counts.created >= 1 && counts.failed >= 1, JSON.stringify(counts));
    const failed = await house.owner.all(`/imports/${counts.id}/rows?outcome=failed`);
    assert.equal(failed.length, counts.failed);
    for (const row of failed) {
      assert.ok(row.line >= 2 && row.reason, JSON.stringify(row));
      assert.ok(row.reasons.every((one: Json) => one.code && one.message));
    }
    const bad = failed.find((row) => JSON.stringify(row.values).includes('not-an-address'));
    assert.deepEqual([bad?.line, bad?.reasons[0].column], [3, 'email']);
    assert.match(readFileSync(report, 'utf8'), /not-an-address/);
    const file = await house.owner.get(`/imports/${counts.id}/failed.csv`).answers(200);
    assert.match(file.header('content-type')!, /^text\/csv/);
    assert.match(file.text, /reason/);
  });

  it('tries first without changing anything, and is taken back', async () => {
    const total = async () => (await house.owner.get('/customers?limit=1').gives(200)).total;
    const file = path.join(freshFolder(), 'more.csv');
    writeFileSync(file, 'name,email,shoe\nDry Run,dry@example.com,43\nWet Run,wet@example.com,44\n');
    const before = await total();
    assert.equal((await imports(house, file, '--dry-run')).created, 2);
    assert.equal(await total(), before);
    await house.owner.post('/folders', { name: 'From files' }).gives(201);
    await house.owner.post('/tags', { name: 'Imported' }).gives(201);
    const { id } = await imports(house, file, '--map', 'shoe=-', '--tag', 'Imported', '--folder', 'From files');
    assert.equal(await total(), before + 2);
    const dry = await named(house, 'Dry Run');
    const tag = (await house.owner.all('/tags')).find((one) => one.name === 'Imported');
    assert.deepEqual(dry.tag_ids, [tag.id]);
    assert.equal((await house.owner.get(`/folders/${dry.folder_id}`).gives(200)).name, 'From files');
    await house.command(['import', 'undo', id]);
    assert.equal(await total(), before);
  });

  it('fills, overwrites or keeps, as it is told', async () => {
    const folder = freshFolder();
    const write = (name: string, text: string) => (writeFileSync(path.join(folder, name), text), path.join(folder, name));
    const made = await house.customer({ display_name: 'Policy Person', company_name: 'Old', emails: [{ address: 'policy@example.com' }] });
    const now = async () => house.owner.get(`/customers/${made.id}`).gives(200);
    const file = write('policy.csv', 'email,company,city\npolicy@example.com,New,Ulm\n');
    assert.equal((await imports(house, file, '--match-on', 'email', '--policy', 'keep')).skipped, 1);
    assert.deepEqual([(await now()).company_name, (await now()).addresses.length], ['Old', 0]);
    assert.equal((await imports(house, file, '--match-on', 'email', '--policy', 'fill')).updated, 1);
    assert.deepEqual([(await now()).company_name, (await now()).addresses[0].city], ['Old', 'Ulm']);
    assert.equal((await imports(house, file, '--match-on', 'email', '--policy', 'overwrite')).updated, 1);
    assert.equal((await now()).company_name, 'New');
  });

  it('refuses what is no such file', async () => {
    const folder = freshFolder();
    for (const [name, bytes] of [['empty.csv', ''], ['zeroes.csv', Buffer.alloc(5000)], ['random.csv', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256))]] as const) {
      writeFileSync(path.join(folder, name), bytes);
      const outcome = await house.tries(['import', 'customers', path.join(folder, name)]);
      assert.ok(outcome.code === 1 || outcome.code === 0, `${name}: ${outcome.code} ${outcome.err}`);
      assert.doesNotMatch(outcome.err, /terminate called|Segmentation|Sanitizer/);
    }
    const missing = await house.tries(['import', 'customers', path.join(folder, 'nowhere.csv')]);
    assert.equal(missing.code, 1);
    assert.match(missing.err, /nowhere\.csv/);
    await house.stranger.get('/healthz').answers(200);
  });
});

forBoth('an import through the API', (house) => {
  const upload = (text: string | Buffer, name = 'list.csv') => house.owner.post(`/imports?filename=${name}`, undefined, { bytes: text, headers: { 'content-type': 'text/csv' } }).gives(201);
  const reaches = (id: string, state: string) => house.owner.until(`import ${state}`, async () => {
    const now = await house.owner.get(`/imports/${id}`).gives(200);
    return now.state === state && now;
  });

  it('goes from file to mapping to preview to customers, and back', async () => {
    const uploaded = await upload(readFileSync(data('shop-customers.csv')), 'shop-customers.csv');
    assert.equal(uploaded.state, 'uploaded');
    const email = uploaded.columns.find((column: Json) => column.name === 'Email');
    assert.equal(email.suggested, 'email');
    assert.equal(email.samples[0], 'joana.prates@example.com');
    const targets = (await house.owner.get('/imports/targets').gives(200)).data.map((one: Json) => one.field);
    for (const field of ['email', 'phone', 'address.city', 'note', 'worker', 'key']) assert.ok(targets.includes(field), field);
    await house.owner.patch(`/imports/${uploaded.id}`, { mapping: { ...uploaded.mapping, Fax: '-' } }).gives(200);
    await house.owner.patch(`/imports/${uploaded.id}`, { mapping: { Email: 'shoe_size' } }).refuses(422);
    await house.owner.post(`/imports/${uploaded.id}/preview`).answers(202);
    const previewed = await reaches(uploaded.id, 'previewed');
    assert.deepEqual(brief(previewed.counts), { rows: 6, created: 6, updated: 0, skipped: 0, failed: 0 });
    assert.equal((await house.owner.get('/customers').gives(200)).total, 0);
    await house.owner.post(`/imports/${uploaded.id}/run`).answers(202);
    const done = await reaches(uploaded.id, 'done');
    assert.equal(done.counts.created, 6);
    assert.equal((await house.owner.get('/customers').gives(200)).total, 6);
    await house.owner.post(`/imports/${uploaded.id}/run`).refuses(409);
    const undo = await house.owner.post(`/imports/${uploaded.id}/undo`).answer;
    assert.ok(undo.status < 300, String(undo));
    await reaches(uploaded.id, 'undone');
    assert.equal((await house.owner.get('/customers').gives(200)).total, 0);
  });

  it('takes a file whose columns fit nothing, to be mapped by hand', async () => {
    const uploaded = await upload('aaa,bbb\nPeter Pan,peter@example.com\n');
    await house.owner.patch(`/imports/${uploaded.id}`, { mapping: { aaa: 'display_name', bbb: 'email' } }).gives(200);
    await house.owner.post(`/imports/${uploaded.id}/run`).answers(202);
    assert.equal((await reaches(uploaded.id, 'done')).counts.created, 1);
    assert.equal((await house.owner.all('/customers?email=peter@example.com'))[0].display_name, 'Peter Pan');
  });

  it('imports ten thousand rows while others work, once even when killed in the middle', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `${index},Person ${index},many${index}@example.com`);
    const uploaded = await upload(`CustomerId,Name,Email\n${rows.join('\n')}\n`);
    await house.owner.post(`/imports/${uploaded.id}/run`).answers(202);
    await house.owner.until('some progress', async () => (await house.owner.get('/customers?q=person&limit=1').gives(200)).total > 300);
    const begun = Date.now();
    await house.customer({ display_name: 'In between' });
    assert.ok(Date.now() - begun < within(2_000), 'others are not kept waiting');
    await house.restart('SIGKILL');
    const after = await house.owner.until('an end', async () => {
      const now = await house.owner.get(`/imports/${uploaded.id}`).gives(200);
      return ['done', 'stopped'].includes(now.state) && now;
    }, 60_000);
    if (after.state === 'stopped') {
      await house.owner.post(`/imports/${uploaded.id}/run`).answers(202);
      await house.owner.until('done', async () => (await house.owner.get(`/imports/${uploaded.id}`).gives(200)).state === 'done', 60_000);
    }
    const { counts } = await house.owner.get(`/imports/${uploaded.id}`).gives(200);
    assert.equal(counts.created + counts.updated + counts.skipped + counts.failed, counts.rows);
    const keys = (await house.owner.all('/customers?email=many77@example.com')).length;
    assert.equal(keys, 1);
    const all = (await house.owner.all('/customers')).filter((row) => /^Person \d+$/.test(row.display_name));
    assert.equal(all.length, 10_000, 'every row once');
  });

  it('ends when whoever began it is disabled, and says so', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index},Later ${index}`);
    const manager = house.as('manager');
    const uploaded = await manager.post('/imports?filename=later.csv', undefined, { bytes: `CustomerId,Name\n${rows.join('\n')}\n`, headers: { 'content-type': 'text/csv' } }).gives(201);
    await manager.post(`/imports/${uploaded.id}/run`).answers(202);
    await house.owner.until('some progress', async () => (await house.owner.get('/customers?q=later&limit=1').gives(200)).total > 0);
    await house.owner.patch(`/users/${(await house.user('manager')).id}`, { state: 'disabled' }).gives(200);
    const ended = await reaches(uploaded.id, 'stopped');
    assert.match(ended.problem, /may not import any more/);
    assert.ok(ended.counts.rows < 20_000, `${ended.counts.rows} rows`);
    const made = (await house.owner.get('/customers?q=later&limit=1').gives(200)).total;
    assert.ok(made >= Math.min(ended.counts.created, 1) && made <= 20_000);
  });
});

forBoth('an export', (house) => {
  it('comes back through an import as it was, formulas and all', async () => {
    const names = ['=1+1', '+SUM(A1)', '-5', '@cmd', '\'quoted', 'with "quotes", commas; semicolons', 'Zoë Groß 王小明 🦊', 'plain', '=HYPERLINK("http://evil.example","x")'];
    for (const [index, name] of names.entries())
      await house.customer({ display_name: name, company_name: index % 2 ? '=2+3' : null, emails: [{ address: `cell${index}@example.com` }], phones: [{ number: '+49 711 2842222' }] });
    const line = await house.command(['export', 'customers', '--format', 'csv']);
    const streamed = await house.owner.get('/exports/customers.csv').answers(200);
    assert.match(streamed.header('content-type')!, /^text\/csv/);
    assert.match(streamed.header('content-disposition')!, /attachment/);
    for (const text of [line.out, streamed.text]) {
      const body = text.replace(/^\ufeff/, '');
      for (const cell of body.split(/\r?\n/).slice(1).join(',').split(','))
        assert.doesNotMatch(cell.replace(/^"/, ''), /^[=@\t\r]|^[+-](?![\d ()]+"?$)/, `an inert cell: ${cell}`);
      const file = path.join(freshFolder(), 'export.csv');
      writeFileSync(file, text);
      const other = new House(house.engine);
      await other.found();
      try {
        assert.equal((await imports(other, file)).created, names.length);
        assert.deepEqual((await other.owner.all('/customers')).map((row) => row.display_name).sort(), [...names].sort());
        assert.deepEqual((await other.owner.all('/customers')).map((row) => row.company_name).sort(), (await house.owner.all('/customers')).map((row) => row.company_name).sort());
        assert.ok((await other.owner.all('/customers')).every((row) => row.phones[0].number === '+49 711 2842222'));
      } finally {
        await other.close();
      }
    }
    assert.equal((await house.owner.get(`/exports/customers.csv?q=${encodeURIComponent('王小明')}`).answers(200)).text.trim().split('\n').length, 2);
    await house.as('read_only').get('/exports/customers.csv').refuses(403);
  });
});
