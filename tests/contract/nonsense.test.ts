// Nonsense in every member of every body, in every parameter of every list and in every upload, as the API document lists
// them: never a 5xx, and where a member is wrong, the answer points at it.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { assertProblem, type Json } from '../support/client.ts';
import { changes, collectionOf, filled, nothing, samples, type Sample } from '../support/samples.ts';
import type { Document, Route } from '../support/document.ts';

const deep = (depth: number): Json => (depth === 0 ? 'x' : [deep(depth - 1)]);
const nonsense: [string, Json][] = [
  ['null', null], ['a truth', true], ['a number', 7], ['minus one', -1], ['a fraction', 1.5], ['2^53 + 1', 9007199254740993n], ['2^63 - 1', 9223372036854775807n], ['1e300', 1e300], ['5e-324', 5e-324],
  ['an empty text', ''], ['a space', ' '], ['a word', 'word'], ['a long text', 'ä'.repeat(120_000)], ['a zero byte', 'a\0b'], ['an escape', 'a\u001b[2J'], ['a bidi control', 'a\u202eb'], ['half a pair', '\ud83e'],
  ['a foreign id', 'xyz_0000000000001'], ['an id of nothing', 'cus_0000000000001'], ['no id', 'cus_!!!!!!!!!!!!!'], ['a day that is none', '2023-02-30'], ['a time that is none', '2026-11-21T25:00:00Z'], ['a year far off', '9999-12-31'],
  ['an injection', `'; DROP TABLE customers; --`], ['a format', '%s%n{0}${x}'],
  ['an empty list', []], ['a list of null', [null]], ['lists in lists', deep(40)], ['201 entries', Array(201).fill('x')], ['an empty object', {}], ['an object', { a: { b: [1, { c: null }] } }], ['a proto', JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}')],
];
const words = (value: Json) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `big:${inner}` : inner)).replace(/"big:(\d+)"/g, '$1');

/** Where in a body something may stand: the way to it, and its schema. Lists stand with one entry. */
function* spots(document: Document, given: Json, way: (string | number)[] = []): Generator<{ way: (string | number)[]; schema: Json }> {
  const schema = document.resolve(given);
  if (way.length) yield { way, schema: given };
  if (way.length > 8) return;
  for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    for (const spot of spots(document, part, way)) if (spot.way.length > way.length) yield spot;
  for (const [name, member] of Object.entries<Json>(schema.properties ?? {})) if (!document.resolve(member).readOnly) yield* spots(document, member, [...way, name]);
  if (schema.items) yield* spots(document, schema.items, [...way, 0]);
}

function placed(way: (string | number)[], value: Json): Json {
  return way.reduceRight<Json>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

forBoth('nonsense', (house) => {
  let known: Record<string, Sample>;
  before(async () => {
    known = await samples(house);
  });
  const bodies = () => house.document.routes.filter((route) => changes(route) && house.document.bodySchema(route.operation) && !filled(route, known).includes(nothing));
  const raw = () => house.document.routes.filter((route) => changes(route) && route.operation.requestBody?.content?.['application/octet-stream']);
  const alive = async () => {
    assert.equal(house.server.ended, false, house.server.output);
    await house.stranger.get('/healthz').answers(200);
  };
  const send = (route: Route, text: string) => house.owner.call(route.method, filled(route, known), undefined, { bytes: text, headers: { 'content-type': 'application/json' } }).answer;

  it('in any member, at any depth, is refused where it stands or is none', async () => {
    const walked = new Set<string>();
    let tried = 0, refused = 0;
    for (const route of bodies()) {
      const collection = collectionOf(route);
      for (const { way, schema } of spots(house.document, house.document.bodySchema(route.operation))) {
        walked.add(`${route.method} ${route.path} ${way.join('/')}`);
        for (const [what, value] of nonsense) {
          const base = route.method === 'POST' && collection && known[collection]?.create ? known[collection].create()
            : /\/bulk/.test(route.path) ? { filter: { ids: [known.customers!.id] } } : {};
          const answer = await send(route, words({ ...base, ...placed(way, value) }));
          const told = `${route.method} ${route.path} /${way.join('/')} as ${what}: ${answer}`;
          tried++;
          assert.ok(answer.status < 500 || (answer.status === 503 && answer.json.code === 'provider_unavailable'), told);
          if (answer.status !== 422) continue;
          refused++;
          const problem = assertProblem(answer, 422);
          assert.ok(problem.errors?.length, told);
          // Within an entry of a list the fault may be said to be what the entry lacks beside it.
          if (value !== null && house.document.faults(schema, typeof value === 'bigint' ? Number(value) : value, '').length > 0)
            assert.ok(problem.errors.some((error: Json) => error.pointer === '' || error.pointer.startsWith(`/${way.slice(0, Math.max(1, way.length - 1)).join('/')}`)), told);
        }
      }
    }
    assert.ok(walked.size > 120 && refused > tried / 3, `${walked.size} members, ${refused} of ${tried} refused`);
    for (const route of bodies())
      for (const name of Object.keys(house.document.bodySchema(route.operation)!.properties ?? {})) {
        if (house.document.resolve(house.document.bodySchema(route.operation)!.properties[name]).readOnly) continue;
        assert.ok(walked.has(`${route.method} ${route.path} ${name}`), `${route.path} ${name} was not walked`);
      }
    await alive();
  });

  it('in any parameter is refused with the parameter’s name', async () => {
    const texts = ['', ' ', '-', '%', '%zz', '%ff%fe', '%00', '%E2%80%AE', 'x'.repeat(5_000), '[]', '{}', 'null', '0', '-1', '1.5', '1e400', '99999999999999999999', `'; DROP TABLE x; --`, 'cus_0000000000001', '2026-13-45', '%F0%9F%A6%8A', 'a,b,,c', '*', '-nope', 'true'];
    let tried = 0;
    for (const route of house.document.routes.filter((one) => one.method === 'GET' && one.path.startsWith('/api/v1/') && !/\/live$/.test(one.path)))
      for (const parameter of (route.operation.parameters ?? []).map((one: Json) => house.document.resolve(one)).filter((one: Json) => one.in === 'query'))
        for (const text of [...texts, '[nope]=x', '[]=x', '=x']) {
          const name = encodeURIComponent(parameter.name.replace('.*', '.nothing'));
          const value = /^(%|\[.*=|=)/.test(text) ? text : encodeURIComponent(text);
          const answer = await house.owner.get(`${filled(route, known)}?${name}${value.startsWith('[') ? '' : '='}${value}`).answer;
          tried++;
          assert.ok(answer.status < 500, String(answer));
          if (answer.status === 422) assert.ok(assertProblem(answer, 422).errors?.some((error: Json) => error.pointer.startsWith('?')), String(answer));
        }
    assert.ok(tried > 1_000, `${tried} parameters`);
    await alive();
  });

  it('as an upload of any kind is refused', async () => {
    const starts = ['', '\0', 'RIFF', 'RIFF1234WEBP', 'RIFF1234WEBPVP8X', '\x89PNG\r\n\x1a\n', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'GIF89a', '\xff\xd8\xff', '\xff\xd8\xff\xc0', 'PK\x03\x04', 'PK\x03\x04PK\x05\x06', '%PDF-', 'ID3', '\0\0\0\x18ftyp', '\xff\xfe', '\xfe\xff\0', 'a,"b', ',,,\n,', '"'.repeat(3_000)];
    for (const route of raw())
      for (const extension of ['png', 'jpg', 'gif', 'webp', 'pdf', 'txt', 'csv', 'docx', 'xlsx', 'odt', 'mp3', 'm4a', 'mp4', 'wav', 'exe', ''])
        for (const start of starts) {
          const path = `${filled(route, known)}${route.operation.parameters?.some((one: Json) => house.document.resolve(one).name === 'filename') ? `?filename=a.${extension}` : ''}`;
          const answer = await house.owner.call(route.method, path, undefined, { bytes: Buffer.from(start, 'latin1'), headers: { 'content-type': 'application/octet-stream' } }).answer;
          assert.ok(answer.status < 500, `${path} ${JSON.stringify(start)}: ${answer}`);
          if (answer.status >= 400) assertProblem(answer, answer.status);
        }
    await alive();
  });
});
