// Everything at once, as on a busy morning: writers, readers, live streams, imports, people who come and go. What the
// program says of itself meanwhile is watched: built with ThreadSanitizer this is where races show.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { assertWhole } from '../support/database.ts';
import { forBoth, roles } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { Chance } from '../support/random.ts';
import type { Json } from '../support/client.ts';

const lasting = process.env.PATRON_TEST_LONG === 'yes' ? 600_000 : 5_000;

forBoth('a busy morning', (house) => {
  it(`of ${lasting / 1000} s ends with everything in its place`, { timeout: lasting + 600_000 }, async () => {
    const end = Date.now() + lasting;
    const customers = await Promise.all(Array.from({ length: 20 }, (_, index) => house.customer({ display_name: `Customer ${index}` })));
    const folder = await house.owner.post('/folders', { name: 'Morning' }).gives(201);
    for (const role of roles) await house.key(role);
    const done: Record<string, number> = {};
    const again = async (what: string, seed: number, act: (chance: Chance, step: number) => Promise<unknown>) => {
      const chance = new Chance(seed);
      for (let step = 0; Date.now() < end; step++) {
        await act(chance, step);
        done[what] = (done[what] ?? 0) + 1;
      }
    };
    const any = (chance: Chance) => chance.one(customers).id;
    // Others change the same rows: what was read may be old or gone meanwhile.
    const allowed = (answer: Json) => assert.ok(answer.status < 300 || [404, 409, 410, 412, 422].includes(answer.status), String(answer));

    const writer = (seed: number) => again('changes', seed, async (chance, step) => {
      const owner = house.as(chance.one(['owner', 'manager', 'staff']));
      const dice = chance.below(10);
      const headers = chance.below(2) ? { 'idempotency-key': `${seed}-${step}` } : {};
      if (dice < 4) allowed(await owner.call('PATCH', `/customers/${any(chance)}`, { source: `${seed}-${step}`, emails: [{ address: `p${chance.below(99)}@example.com` }] }, { headers }).answer);
      else if (dice < 7) allowed(await owner.call('POST', '/notes', { customer_id: any(chance), body: `Note ${step}` }, { headers }).answer);
      else if (dice < 8) allowed(await owner.call('POST', '/customers', { display_name: `New ${seed} ${step}`, folder_id: folder.id }, { headers }).answer);
      else if (dice < 9) allowed(await owner.post('/tags', { name: `Tag ${chance.below(500)}` }).answer);
      else {
        const born = await owner.post('/customers', { display_name: `Short ${seed} ${step}` }).gives(201);
        allowed(await house.owner.delete(`/customers/${born.id}`).answer);
      }
    });
    const reader = (seed: number) => again('readings', seed, async (chance) => {
      const who = house.as(chance.one(roles));
      const path = chance.one(['/customers?limit=50', '/customers?q=cust', `/customers?folder_id=${folder.id}&sort=-created_at`, `/customers/${any(chance)}`, `/customers/${any(chance)}/timeline`, '/events?limit=50', '/folders', '/tags', '/notes', '/session']);
      allowed(await who.get(path).answer);
    });
    const listener = (seed: number) => again('streams', seed, async (chance) => {
      const live = await Live.open(house.server.address, { authorization: `Bearer ${await house.key(chance.one(roles))}` }, chance.below(2) ? '1' : undefined);
      await new Promise((resume) => setTimeout(resume, 100 + chance.below(900)));
      live.close();
    });
    const importer = (seed: number) => again('imports', seed, async (chance, step) => {
      const lines = Array.from({ length: 50 }, (_, row) => `Import ${seed} ${step} ${row},i${seed}-${step}-${row}@example.com,0711 28422${10 + chance.below(89)}`);
      const list = await house.owner.call('POST', '/imports?filename=people.csv', undefined, { bytes: `name,email,phone\n${lines.join('\n')}\n`, headers: { 'content-type': 'text/csv' } }).gives(201);
      const idle = () => house.owner.until('the end of its work', async () => !(await house.owner.get(`/imports/${list.id}`).gives(200)).job, 60_000);
      allowed(await house.owner.post(`/imports/${list.id}/preview`).answer);
      await idle();
      allowed(await house.owner.post(`/imports/${list.id}/run`).answer);
      if (chance.below(3) === 0) allowed(await house.owner.post(`/imports/${list.id}/stop`).answer);
      await idle();
      if (chance.below(3) === 0) allowed(await house.owner.post(`/imports/${list.id}/undo`).answer);
    });
    const visitor = (seed: number) => again('sign-ins', seed, async (chance) => {
      const person = await house.signedIn(chance.one(roles));
      await person.get('/session').answer;
      await person.delete('/session').answer;
      await new Promise((resume) => setTimeout(resume, 500));
    });

    await Promise.all([...Array(8).keys()].map((n) => writer(n + 1)).concat([11, 12, 13, 14].map(reader), [21, 22, 23].map(listener), [31, 32].map(importer), [41].map(visitor)));
    for (const what of ['changes', 'readings', 'streams', 'imports', 'sign-ins']) assert.ok(done[what]! > 0, `${what}: ${JSON.stringify(done)}`);
    await assertWhole(house, 'at noon');
    assert.equal((await house.server.end()).code, 0, house.server.output);
    await house.open();
  });
});
