// What guessing and listening bring, in figures: S12, S13. In full under --long, as much as shows that it runs otherwise.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import type { Client } from '../support/client.ts';
import { stored } from '../support/database.ts';
import { forBoth, people, type House } from '../support/house.ts';

const long = process.env.PATRON_TEST_LONG === 'yes';
const behindProxy = { serve: ['--trusted-proxy', '127.0.0.1', '--rate-limit', '0'] };

let places = 0;
/** A browser in a place of the world that nobody asked from before. */
const elsewhere = (house: House): Client => {
  const place = places++;
  return house.with({ ...house.sameOrigin, 'x-forwarded-for': `100.${64 + (place >> 16)}.${(place >> 8) & 255}.${place & 255}` });
};

forBoth('guessing in earnest', (house) => {
  const guesses = long ? 100_000 : 2_000;
  const rounds = long ? 100 : 20;

  it(`finds nothing in ${guesses} guesses from as many places, half an hour after each lock, though every hundredth is right`, async () => {
    const { email, password } = people.staff;
    await house.key('staff');
    const seen = new Map<number, number>();
    for (let round = 0; round < rounds; round++) {
      await stored(house, `update tries set locked_until=locked_until-${31 * 60_000}, first_at=first_at-${31 * 60_000} where locked_until<253402300799000`);
      let next = 0;
      const each = guesses / rounds;
      await Promise.all(Array.from({ length: 8 }, async () => {
        while (next < each) {
          // The first ten are looked at. A list that has the right one among those has it by luck.
          const right = next >= 19 && next % 100 === 19;
          next++;
          const { status } = await elsewhere(house).post('/session', { email, password: right ? password : `guess ${round} ${next}` }).answer;
          seen.set(status, (seen.get(status) ?? 0) + 1);
        }
      }));
    }
    console.log(`S12, ${house.engine}: ${guesses} guesses, ${seen.get(201) ?? 0} successes, ${seen.get(401)} looked at, ${seen.get(429)} held back`);
    assert.deepEqual([seen.get(201), seen.get(401), seen.get(429)], [undefined, 100, guesses - 100]);
  });
}, behindProxy);

/** Two-sided p of the hypothesis that both come from one distribution: Mann–Whitney U, normal approximation, ties corrected. */
function mannWhitney(one: number[], other: number[]): number {
  const all = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))].sort((a, b) => a.value - b.value);
  let ranks = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to++;
    for (let i = from; i < to; i++) if (all[i]!.first) ranks += (from + to + 1) / 2;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const [n, m, total] = [one.length, other.length, all.length];
  const u = ranks - (n * (n + 1)) / 2;
  const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / spread;
  // Abramowitz and Stegun 26.2.17 of the normal distribution.
  const t = 1 / (1 + 0.2316419 * z);
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))));
  return Math.min(1, 2 * tail);
}

it('Mann–Whitney tells apart what differs, and not what does not', () => {
  // Hollander and Wolfe, Nonparametric Statistical Methods, 1973, page 69: U = 35, exact p 0.2544.
  const p = mannWhitney([0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46], [1.15, 0.88, 0.9, 0.74, 1.21]);
  assert.ok(p > 0.24 && p < 0.27, `${p}`);
  const about = (middle: number) => Array.from({ length: 500 }, (_, i) => middle + ((i * 7919) % 1000) / 1000);
  assert.ok(mannWhitney(about(10), about(10)) > 0.9);
  assert.ok(mannWhitney(about(10), about(10.1)) < 0.01);
});

forBoth('what time tells of accounts', (house) => {
  const pairs = long ? 500 : 20;
  const { email } = people.staff;
  /** Of a link that was made for somebody and has expired. */
  let link = '';
  let links = 0;
  before(async () => {
    const user = await house.user('staff');
    const { url } = await house.owner.post(`/users/${user.id}/invitation`).gives(201);
    link = decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!);
    await stored(house, 'update links set expires_at=1');
  });
  /** One that never was. */
  const strange = () => link.slice(0, 7) + String(links++).padStart(52, '0');

  const ways: [string, (known: boolean) => [string, object], number][] = [
    ['signing in', (known) => ['/session', { email: known ? email : 'nobody@example.com', password: 'not the right password' }], 401],
    ['asking for a new password', (known) => ['/session/reset', { email: known ? email : 'nobody@example.com' }], 202],
    ['a link that is void', (known) => ['/session/invitation', { token: known ? link : strange(), password: 'a wholly other one' }], 422],
  ];

  async function measure(ask: (known: boolean) => [string, object], status: number): Promise<number> {
    const times: Record<'true' | 'false', number[]> = { true: [], false: [] };
    for (let i = 0; i < pairs; i++) {
      // Three letters an hour and ten guesses are looked at; what comes later is answered sooner, to everybody.
      if (i % 3 === 0) await stored(house, 'delete from tries');
      for (const known of Math.random() < 0.5 ? [true, false] : [false, true]) {
        const [path, body] = ask(known);
        const client = elsewhere(house);
        const begun = performance.now();
        const answer = await client.post(path, body).answer;
        times[`${known}`].push(performance.now() - begun);
        assert.equal(answer.status, status, String(answer));
      }
    }
    return mannWhitney(times.true, times.false);
  }

  for (const [what, ask, status] of ways)
    it(`is nothing: ${what}`, async () => {
      let p = await measure(ask, status);
      console.log(`S13, ${house.engine}, ${what}: ${pairs}+${pairs}, p=${p.toFixed(3)}`);
      if (!long || p > 0.01) return;
      // Of a hundred honest measurements one is below: twice in a row is none.
      p = await measure(ask, status);
      console.log(`S13, ${house.engine}, ${what}, once more: p=${p.toFixed(3)}`);
      assert.ok(p > 0.01, `it takes another time for an account that exists: p=${p}`);
    });
}, behindProxy);
