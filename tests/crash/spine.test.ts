// The spine under eight writers: no gap, no order turned round, nothing that was undone, and readers that see all of it.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { within } from '../support/program.ts';

forBoth('the spine', (house) => {
  it('stays in order without gaps for those who read behind eight writers', async () => {
    await house.restSegments();
    const start = (await house.spine()).at(-1)?.position ?? 0;
    let writing = true;
    const seen: number[] = [];
    const reader = (async () => {
      let after = start;
      for (let quiet = 0; quiet < 3; ) {
        const page = await house.owner.get(`/events?after=${after}&limit=200`).gives(200);
        for (const event of page.data) seen.push(event.position);
        after = page.data.at(-1)?.position ?? after;
        if (!writing && page.data.length === 0) quiet++;
      }
    })();
    const live = await house.live();
    const customers = await Promise.all(Array.from({ length: 8 }, (_, index) => house.customer({ display_name: `Person ${index}` })));
    await Promise.all(customers.map(async (customer, writer) => {
      for (let step = 0; step < 60; step++) {
        await house.owner.patch(`/customers/${customer.id}`, { source: `${writer}-${step}` }).gives(200);
        if (step % 10 === 0) await house.owner.patch(`/customers/${customer.id}`, { language: 'nonsense!' }).refuses(422);
      }
    }));
    writing = false;
    await reader;
    assert.deepEqual(seen, Array.from({ length: 8 * 61 }, (_, index) => start + 1 + index), 'a reader that tails sees each position once, in order');
    const last = seen.at(-1)!;
    await live.hears(`position ${last}`, (event) => event.data.position === last);
    const heard = live.events.map((event) => event.data.position).filter((position) => position !== undefined);
    assert.deepEqual(heard, seen, 'and so does the live stream');
    live.close();
    for (const customer of customers) {
      const told = (await house.timeline(customer.id)).map((event) => event.changes?.find((change: any) => change.field === 'source')?.to).filter(Boolean).reverse();
      const writer = customers.indexOf(customer);
      assert.deepEqual(told, Array.from({ length: 60 }, (_, step) => `${writer}-${step}`), 'each customer’s changes in the order they were made');
    }
  });

  it('holds nothing of what was refused', async () => {
    const before = (await house.spine()).length;
    await house.owner.post('/customers', { display_name: 'X', emails: [{ address: 'nope' }] }).refuses(422);
    await house.owner.post('/notes', { customer_id: 'cus_0000000000001', body: 'x' }).answer;
    await house.as('read_only').post('/customers', { display_name: 'X' }).refuses(403);
    const kinds = (await house.spine()).slice(before).map((event) => event.kind);
    assert.ok(!kinds.includes('customer.created') && !kinds.includes('note.written'), String(kinds));
  });
});

forBoth('ended by SIGTERM', (house) => {
  const rounds = process.env.PATRON_TEST_LONG === 'yes' ? 100 : 12;
  it(`under load, ${rounds} times, loses nothing acknowledged and breaks no answer off`, async () => {
    const acknowledged: string[] = [];
    const broken: string[] = [];
    for (let round = 0; round < rounds; round++) {
      let stopping = false;
      const owner = house.owner;
      const load = Promise.all(Array.from({ length: 8 }, async (_, writer) => {
        for (let step = 0; ; step++) {
          const name = `round ${round} writer ${writer} step ${step}`;
          try {
            const answer = await owner.post('/customers', { display_name: name }).answer;
            if (answer.status === 201) acknowledged.push(answer.json.id);
            else assert.equal(answer.status, 503, String(answer));
            if (answer.status === 503) return;
          } catch (error: any) {
            if (error instanceof assert.AssertionError) throw error;
            // A connection that is refused, or closed before a request was read on it, is no broken answer.
            if (!['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code) || !stopping) broken.push(`${name}: ${error.code ?? error.message}`);
            return;
          }
        }
      }));
      await new Promise((resume) => setTimeout(resume, 60 + 20 * (round % 5)));
      stopping = true;
      const begun = Date.now();
      const { code } = await house.server.end('SIGTERM');
      assert.equal(code, 0, house.server.output);
      assert.ok(Date.now() - begun < within(10_000), 'ends within ten seconds');
      await load;
      await house.open();
    }
    assert.deepEqual(broken, []);
    const stored = new Set((await house.owner.all('/customers')).map((row) => row.id));
    assert.deepEqual(acknowledged.filter((id) => !stored.has(id)), []);
    assert.ok(acknowledged.length > rounds * 8);
  });

  it('closes live streams and ends at once when idle', async () => {
    const live = await Live.open(house.server.address, { authorization: `Bearer ${house.ownerKey}` });
    const begun = Date.now();
    assert.equal((await house.server.end('SIGTERM')).code, 0);
    assert.ok(Date.now() - begun < within(3_000), `took ${Date.now() - begun} ms`);
    assert.ok(live.ended || (await new Promise((resume) => setTimeout(() => resume(live.ended), 200))));
    await house.open();
  });
});
