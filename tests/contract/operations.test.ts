// What the people who run it look at: health, figures, documentation, memory; and the smaller things beside a customer: files, photos, lookalikes.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { forBoth, people } from '../support/house.ts';
import { portrait } from '../support/picture.ts';
import { watched, within } from '../support/program.ts';

const resident = (pid: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

forBoth('running it', (house) => {
  it('tells its health and its figures', async () => {
    await house.stranger.get('/healthz').answers(200);
    await house.stranger.get('/readyz').answers(200);
    const metrics = await house.stranger.get('/metrics').answer;
    assert.ok([200, 401, 403].includes(metrics.status));
    if (metrics.status === 200) assert.match(metrics.text, /^# TYPE \w+ (counter|gauge|histogram|summary)$/m);
  });

  it('shows its API to who reads', async () => {
    const document = await house.stranger.get('/api/openapi.json').answers(200);
    assert.match(document.json.openapi, /^3\.1/);
    for (const path of ['/api/v1/customers', '/api/v1/customers/{id}', '/api/v1/customers/{id}/timeline', '/api/v1/live'])
      assert.ok(house.document.routes.some((route) => route.path.replace(/\{[^}]+\}/g, '{id}') === path), path);
    const names = house.document.routes.map((route) => route.operation.operationId);
    assert.equal(new Set(names).size, names.length, 'operationIds are unique');
    const docs = await house.stranger.get('/api/docs').answers(200);
    assert.match(docs.header('content-type')!, /^text\/html/);
    assert.match(docs.text, /<title>[^<]*API/);
  });

  it('is small when idle', () => {
    if (!watched) assert.ok(resident(house.server.child.pid!) <= 60, `${resident(house.server.child.pid!).toFixed(0)} MB resident`);
  });

  it('stands two hundred people signing in at once', async () => {
    const before = resident(house.server.child.pid!);
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, resident(house.server.child.pid!))), 20);
    const { email, password } = people.owner;
    const signing = Promise.all(Array.from({ length: 200 }, () => house.browser.post('/session', { email, password }).answer));
    const slow: number[] = [];
    for (let round = 0; round < 20; round++) {
      const begun = Date.now();
      await house.owner.get('/customers?limit=1').gives(200);
      slow.push(Date.now() - begun);
    }
    for (const answer of await signing) assert.ok([201, 429, 503].includes(answer.status), String(answer));
    clearInterval(watch);
    if (!watched) assert.ok(most <= before + 300, `${before.toFixed(0)} MB, then ${most.toFixed(0)} MB`);
    slow.sort((one, two) => one - two);
    assert.ok(slow[10]! < within(1_000), `others are answered meanwhile: ${slow.join(', ')} ms`);
  });

  it('writes no secret into its log', async () => {
    const { key } = await house.owner.post('/keys', { name: 'hush' }).gives(201);
    await house.with({ authorization: `Bearer ${key}` }).get('/customers').gives(200);
    await house.browser.post('/session', { email: people.owner.email, password: 'canary-password-1' }).answer;
    const cookie = await house.signIn();
    await house.customer({ display_name: 'Canary Person', emails: [{ address: 'canary-mail@example.com' }] });
    await house.owner.get('/customers?q=canary-word').gives(200);
    await new Promise((resume) => setTimeout(resume, 100));
    for (const secret of [key, house.ownerKey, cookie.split('=')[1]!, people.owner.password, 'canary-password-1', 'canary-mail', 'canary-word', 'Canary Person'])
      assert.ok(!house.server.output.includes(secret), 'the log holds a secret');
  });
});

forBoth('files', (house) => {
  it('come back as they were, as attachments', async () => {
    const bytes = Buffer.from('Hello,\nworld 🦊');
    const made = await house.owner.post(`/files?filename=${encodeURIComponent('Zoë "x".txt')}`, undefined, { bytes, headers: { 'content-type': 'text/plain' } }).gives(201);
    assert.match(made.id, /^fil_/);
    assert.deepEqual([made.name, made.size], ['Zoë "x".txt', bytes.length]);
    const read = await house.owner.get(`/files/${made.id}/content`).answers(200);
    assert.ok(read.bytes.equals(bytes));
    assert.match(read.header('content-disposition')!, /^attachment/);
    assert.match(read.header('content-security-policy')!, /sandbox/);
    await house.stranger.get(`/files/${made.id}/content`).refuses(401);
  });

  it('that are too large, hostile by name, or lies, do no harm', async () => {
    const big = await house.owner.post('/files?filename=big.txt', undefined, { bytes: Buffer.alloc(26 << 20, 65), headers: { 'content-type': 'text/plain' } }).answer;
    assert.equal(big.status, 413, String(big));
    for (const name of ['../../../etc/cron.d/x', '..\\..\\x', '/etc/passwd', 'a\u0000b.txt', 'x'.repeat(5000), '.', '..', 'con', 'a/b', '\r\nSet-Cookie: x=1']) {
      const answer = await house.owner.post(`/files?filename=${encodeURIComponent(name)}`, undefined, { bytes: 'x', headers: { 'content-type': 'text/plain' } }).answer;
      assert.ok([201, 400, 415, 422].includes(answer.status), String(answer));
      if (answer.status === 201) assert.equal((await house.owner.get(`/files/${answer.json.id}/content`).answers(200)).header('set-cookie'), undefined);
    }
    for (const lie of ['<html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>']) {
      const answer = await house.owner.post('/files?filename=picture.png', undefined, { bytes: lie, headers: { 'content-type': 'image/png' } }).answer;
      if (answer.status !== 201) continue;
      const read = await house.owner.get(`/files/${answer.json.id}/content`).answers(200);
      assert.doesNotMatch(read.header('content-type')!, /html|svg|javascript/);
    }
  });

  it('are a customer’s photo', async () => {
    const made = await house.customer();
    const put = await house.owner.put(`/customers/${made.id}/photo`, undefined, { bytes: portrait(), headers: { 'content-type': 'image/png' } }).answer;
    assert.ok(put.status >= 200 && put.status < 300, String(put));
    const row = (await house.owner.get(`/customers?shape=row&ids=${made.id}`).gives(200)).data[0];
    assert.match(row.photo_id, /^fil_/);
    const read = await house.owner.get(`/files/${row.photo_id}/content`).answers(200);
    assert.match(read.header('content-type')!, /^image\/png/);
    const lie = await house.owner.put(`/customers/${made.id}/photo`, undefined, { bytes: '<script>', headers: { 'content-type': 'image/png' } }).answer;
    assert.ok([415, 422].includes(lie.status), String(lie));
    await house.owner.delete(`/customers/${made.id}/photo`).answers(204);
    assert.equal((await house.owner.get(`/customers?shape=row&ids=${made.id}`).gives(200)).data[0].photo_id, null);
  });
});

forBoth('lookalikes and summaries', (house) => {
  it('are shown before a second one is made', async () => {
    const made = await house.customer({ display_name: 'Leonie Köhler', emails: [{ address: 'leonie@example.com' }], phones: [{ number: '+49 711 2842222' }] });
    await house.customer({ display_name: 'Somebody Else' });
    for (const query of ['email=LEONIE@example.com', 'phone=0711%202842222', 'name=leonie%20kohler'])
      assert.deepEqual((await house.owner.get(`/customers/lookalikes?${query}`).gives(200)).data.map((row: any) => row.id), [made.id], query);
    assert.deepEqual((await house.owner.get('/customers/lookalikes?email=nobody@example.com').gives(200)).data, []);
  });

  it('count what a customer has', async () => {
    const [one, two] = [await house.customer(), await house.customer()];
    await house.owner.post('/notes', { customer_id: one.id, body: 'x' }).gives(201);
    await house.owner.post('/relations', { from_id: one.id, to_id: two.id, kind: 'family' }).gives(201);
    const summary = await house.owner.get(`/customers/${one.id}/summary`).gives(200);
    assert.equal(summary.counts.notes, 1);
    assert.equal(summary.counts.relations, 1);
    assert.ok(summary.activity.headline.length > 3);
  });
});
