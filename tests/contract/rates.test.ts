// How many requests one may send: --rate-limit, a bucket for each user, key or address.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

const limit = 5;

forBoth('a server with a rate limit', (house) => {
  const many = (count: number, ask: () => Promise<{ status: number; header: (name: string) => string | undefined; json: any }>) => Promise.all(Array.from({ length: count }, ask));

  it('holds back who asks too much, and nobody else', async () => {
    const [greedy, other] = [house.as('staff'), house.as('manager')];
    await Promise.all([house.key('staff'), house.key('manager')]);
    const answers = await many(limit * 10 + 100, () => greedy.get('/tags?limit=1').answer);
    const held = answers.filter((answer) => answer.status === 429);
    const passed = answers.filter((answer) => answer.status === 200);
    assert.equal(held.length + passed.length, answers.length);
    assert.ok(held.length >= 10, `${held.length} of ${answers.length}`);
    assert.ok(passed.length >= limit * 10, `${passed.length} passed: ten seconds' worth`);
    for (const answer of held) {
      assert.equal(answer.json.code, 'too_many_requests');
      assert.ok(Number(answer.header('retry-after')) >= 1);
    }
    await other.get('/tags?limit=1').gives(200);
    await house.stranger.get('/healthz').answers(200);
    let tag = 0;
    const changes = await many(limit * 10 + 100, () => greedy.post('/tags', { name: `Tag ${tag++}` }).answer);
    assert.ok(changes.some((answer) => answer.status === 429), 'changes too');
    assert.ok(changes.every((answer) => [201, 429].includes(answer.status)));
  });

  it('lets them go on after a while', async () => {
    await new Promise((resume) => setTimeout(resume, 1_300));
    await house.as('staff').get('/tags?limit=1').gives(200);
  });

  it('holds strangers back by their address', async () => {
    const answers = await many(limit * 10 + 100, () => house.with({ authorization: 'Bearer pk_guess' }).get('/customers').answer);
    assert.ok(answers.some((answer) => answer.status === 429) && answers.every((answer) => [401, 429].includes(answer.status)));
    await house.owner.get('/tags?limit=1').gives(200);
    assert.match((await house.stranger.get('/metrics').answers(200)).text, /patron_held_back_total [1-9]/);
  });

  it('does not hold the commands on the socket back', async () => {
    for (let round = 0; round < 15; round++) await house.command(['user', 'list']);
  });
}, { serve: ['--rate-limit', String(limit)] });
