// Both databases answer alike: the same random story told to each, answer by answer.
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { engines, House } from '../support/house.ts';
import { Chance } from '../support/random.ts';
import type { Json } from '../support/client.ts';

const long = process.env.PATRON_TEST_LONG === 'yes';
// Under --long as many operations as ten thousand sequences of 25, told in longer stories so that each builds on the last.
const stories = long ? 100 : 4;
const steps = long ? 2_500 : 250;

/** Ids, times and positions differ between two runs: each is replaced by its place of first appearance. */
class Plain {
  private readonly names = new Map<string, string>();
  text(value: Json): Json {
    return JSON.parse(JSON.stringify(value ?? null)
      .replace(/\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{13}\b/g, (id, kind) => this.names.get(id) ?? (this.names.set(id, `${kind}#${this.names.size}`), this.names.get(id)!))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'time')
      .replace(/"position":\d+/g, '"position":0')
      .replace(/"next":"[^"]*"/g, '"next":"cursor"'));
  }
}

interface Step {
  method: string;
  path: string;
  body?: Json;
}

const words = ['Ann', 'Björn', 'Zoë', 'O’Neill', 'ål', 'Straße', '王', '100%', 'a_b', 'É', '', ' x ', '=1', 'ΑΣ', 'İstanbul', 'ﬁn'];
const sorts = ['display_name', '-display_name', 'created_at', '-created_at', 'customer_since', '-customer_since', 'custom.num', '-custom.num', 'custom.txt', '-custom.date'];

function step(chance: Chance, ids: Record<string, string[]>): Step {
  const some = (kind: string) => (ids[kind]!.length ? chance.one(ids[kind]!) : `${kind.slice(0, 3)}_0000000000001`);
  const text = () => `${chance.one(words)} ${chance.one(words)}${chance.below(30)}`;
  const members = (): Json => ({
    ...(chance.below(2) ? { display_name: text() } : {}), ...(chance.below(3) ? { given_name: chance.one(words), family_name: chance.one(words) } : {}),
    ...(chance.below(3) ? {} : { company_name: chance.one([text(), null]) }), ...(chance.below(3) ? {} : { emails: [{ address: `p${chance.below(40)}@example.com` }] }),
    ...(chance.below(3) ? {} : { phones: [{ number: chance.one(['0711 2842222', '+1 (514) 721-4711', 'none', '+47 22 44 22 22']) }] }),
    ...(chance.below(3) ? {} : { folder_id: chance.one([some('folders'), null]) }), ...(chance.below(3) ? {} : { tag_ids: [some('tags')] }),
    ...(chance.below(3) ? {} : { customer_since: chance.one(['2020-01-01', '1999-12-31', '2024-02-29', '2023-02-29']) }),
    ...(chance.below(2) ? {} : { custom: chance.one<Json>([{ num: chance.below(10) - 3.5 }, { txt: text() }, { date: `20${10 + chance.below(10)}-01-01` }, { num: null }, { txt: 'x', num: 1e15 }, { nope: 1 }]) }),
    ...(chance.below(12) ? {} : { language: chance.one(['de', 'xx-', null]) }),
  });
  const dice = chance.below(100);
  if (dice < 25) return { method: 'POST', path: '/customers', body: members() };
  if (dice < 40) return { method: 'PATCH', path: `/customers/${some('customers')}`, body: members() };
  if (dice < 45) return { method: 'DELETE', path: `/customers/${some('customers')}` };
  if (dice < 48) return { method: 'POST', path: `/customers/${some('customers')}/restoration` };
  if (dice < 53) return { method: 'POST', path: '/notes', body: { customer_id: some('customers'), body: text() } };
  if (dice < 55) return { method: 'POST', path: '/folders', body: { name: text(), ...(chance.below(2) ? { parent_id: some('folders') } : {}) } };
  if (dice < 57) return { method: 'POST', path: '/tags', body: { name: text() } };
  if (dice < 58) return { method: 'DELETE', path: `/${chance.one(['tags', 'folders'])}/${some(chance.one(['tags', 'folders']))}` };
  if (dice < 60) return { method: 'POST', path: '/relations', body: { from_id: some('customers'), to_id: some('customers'), kind: 'family' } };
  if (dice < 66) return { method: 'GET', path: `/customers/${some('customers')}/timeline?limit=200` };
  if (dice < 70) return { method: 'GET', path: `/customers/${some('customers')}` };
  const filters = [`q=${encodeURIComponent(chance.one(words))}`, `folder_id=${some('folders')}`, `within=${some('folders')}`, `tag_id=${some('tags')}`, 'custom.num[gte]=0', 'custom.num=1', 'custom.txt=x', 'custom.date[lt]=2015-01-01',
    'customer_since[gte]=2020-01-01', 'in_bin=true', `email=p${chance.below(40)}@example.com`, 'kind=person'];
  const query = [...(chance.below(3) ? [chance.one(filters)] : []), ...(chance.below(3) ? [] : [chance.one(filters)])];
  return { method: 'GET', path: `/customers?limit=${chance.one([1, 7, 200])}&sort=${chance.one(sorts)}${query.map((one) => `&${one}`).join('')}` };
}

describe('both databases', () => {
  it('are both here to be compared', () => assert.deepEqual(engines, ['sqlite', 'postgres']));

  for (let story = 0; story < stories; story++)
    it(`answer the same random story alike (${story + 1})`, async () => {
      const houses = engines.map((engine) => new House(engine));
      try {
        await Promise.all(houses.map((house) => house.found()));
        const tellings = await Promise.all(houses.map(async (house) => {
          const chance = new Chance(1000 + story);
          const plain = new Plain();
          const ids: Record<string, string[]> = { customers: [], folders: [], tags: [] };
          for (const [key, type] of [['num', 'number'], ['txt', 'text'], ['date', 'date']]) await house.owner.post('/fields', { key, label: key, type }).gives(201);
          const told: [string, number, Json][] = [];
          for (let index = 0; index < steps; index++) {
            const { method, path, body } = step(chance, ids);
            const answer = await house.owner.call(method, path, body).answer;
            if (answer.status === 201) ids[path.slice(1)]?.push(answer.json.id);
            told.push([`${index}: ${method} ${plain.text(path)} ${JSON.stringify(plain.text(body))}`, answer.status, plain.text(answer.json)]);
          }
          return told;
        }));
        const [one, two] = tellings as [typeof tellings[0], typeof tellings[0]];
        for (let index = 0; index < steps; index++) assert.deepEqual(two[index], one[index]);
        assert.ok(one.filter(([, status]) => status < 300).length > steps / 2);
      } finally {
        await Promise.all(houses.map((house) => house.close()));
      }
    });
});
