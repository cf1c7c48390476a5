// Bad input against every route that writes, as the API document lists them: always a 4xx that says where, never a 5xx, server alive.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { assertProblem, type Json } from '../support/client.ts';
import { changes, collectionOf, filled, nothing, samples, type Sample } from '../support/samples.ts';
import type { Route } from '../support/document.ts';

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const wrongValues: [string, Json][] = [['a number', 7], ['a truth', true], ['a list', []], ['an object', {}], ['a word', 'word'], ['a fraction', 1.5]];

forBoth('bad input', (house) => {
  let known: Record<string, Sample>;
  let written: Route[];

  before(async () => {
    known = await samples(house);
    written = house.document.routes.filter(changes);
  });

  const jsonRoutes = () => written.filter((route) => house.document.bodySchema(route.operation) && !filled(route, known).includes(nothing));
  const send = (route: Route, bytes: string | Buffer, headers: Record<string, string> = {}) =>
    house.owner.call(route.method, filled(route, known), undefined, { bytes, headers: { 'content-type': 'application/json', ...headers } }).answer;
  const alive = async () => {
    assert.equal(house.server.ended, false, house.server.output);
    await house.stranger.get('/healthz').answers(200);
  };

  it('has routes to be tried on', () => {
    assert.ok(written.length >= 30, `${written.length} routes that write`);
    for (const name of Object.keys(known)) assert.ok(written.some((route) => route.method === 'POST' && route.path === `/api/v1/${name}`), `POST /${name} is in the document`);
    for (const { method, path, operation } of house.document.routes) assert.ok(operation.operationId, `${method} ${path} has an operationId`);
  });

  it('that is no JSON is a 400', async () => {
    const texts: [string, string | Buffer][] = [
      ['nothing', ''], ['a word', 'hello'], ['half an object', '{"name": '], ['a comma too many', '{"name": "x",}'], ['single quotes', "{'name': 'x'}"],
      ['a comment', '{"name": "x"} // hi'], ['two values', '{"name": "x"} {}'], ['NaN', '{"name": NaN}'], ['a leading zero', '{"rank": 01}'], ['a bare plus', '{"rank": +1}'],
      ['a broken escape', '{"name": "\\x41"}'], ['half a surrogate pair', '{"name": "\\ud800"}'], ['a raw line end in text', '{"name": "a\nb"}'],
      ['broken UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
      ['overlong UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d])],
      ['a surrogate in UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])],
      ['UTF-16', Buffer.from('{"name": "x"}', 'utf16le')], ['a zero byte after it', '{"name": "x"}\0'],
    ];
    for (const route of jsonRoutes())
      for (const [what, text] of texts) assertProblem(await send(route, text), 400).code ?? assert.fail(what);
    await alive();
  });

  it('that is JSON but no object is a 422', async () => {
    for (const route of jsonRoutes())
      for (const text of ['[]', '"text"', '1', 'true', 'null', '[{}]'])
        assert.equal((await send(route, text)).status, 422, `${route.method} ${route.path} ${text}`);
  });

  it('with a member twice, too deep or with numbers beyond measure is a 422', async () => {
    for (const route of jsonRoutes()) {
      for (const [what, text] of [
        ['a member twice', '{"name": "a", "name": "b"}'], ['an unknown member twice', '{"zzz": 1, "zzz": 2}'], ['the same member, once escaped', '{"name": "a", "n\\u0061me": "b"}'],
        ['65 deep', `{"custom": ${deep(65)}}`], ['100,000 deep', `{"custom": ${deep(100_000)}}`], ['100,000 deep and open', `{"custom": ${'['.repeat(100_000)}`],
        ['a number beyond doubles', '{"rank": 1e400}'], ['a number of a thousand digits', `{"rank": ${'9'.repeat(1000)}}`],
      ] as const) {
        const answer = await send(route, text);
        assert.ok(answer.status === 422 || (text.endsWith('[') && answer.status === 400), `${what}: ${answer}`);
        assertProblem(answer, answer.status);
      }
    }
    await alive();
  });

  it('with a member that is unknown points at it', async () => {
    for (const route of jsonRoutes()) {
      const answer = await send(route, '{"no_such_member": 1}');
      const problem = assertProblem(answer, 422);
      assert.ok(problem.errors?.some((error: Json) => error.pointer === '/no_such_member'), String(answer));
    }
  });

  it('with the server’s own members is refused on every route', async () => {
    for (const route of jsonRoutes())
      for (const name of ['role', 'tenant_id', 'owner_id', 'balance', 'created_at', 'updated_at', 'id', 'version', '__proto__']) {
        if (house.document.bodySchema(route.operation)!.properties?.[name]) continue;
        const problem = assertProblem(await send(route, `{${JSON.stringify(name)}: "x"}`), 422);
        assert.ok(problem.errors?.some((error: Json) => error.pointer === `/${name}`), `${route.method} ${route.path} ${name}`);
      }
  });

  it('of the wrong type points at the member', async () => {
    let tried = 0;
    for (const route of jsonRoutes()) {
      const collection = collectionOf(route);
      const base = collection && known[collection] ? (route.method === 'POST' ? known[collection].create!() : {}) : {};
      for (const [name, given] of Object.entries<Json>(house.document.bodySchema(route.operation)!.properties ?? {})) {
        if (house.document.resolve(given).readOnly) continue;
        for (const [what, value] of wrongValues) {
          if (house.document.faults(given, value, '').length === 0) continue;
          const answer = await send(route, JSON.stringify({ ...base, [name]: value }));
          assert.ok(answer.status === 422 || answer.status === 403 || answer.status === 404 || answer.status === 409, `${name} as ${what}: ${answer}`);
          if (answer.status !== 422) continue;
          tried++;
          assert.ok(answer.json.errors?.some((error: Json) => error.pointer === `/${name}` || error.pointer.startsWith(`/${name}/`)), `${name} as ${what}: ${answer}`);
        }
      }
    }
    assert.ok(tried > 150, `${tried} wrong values`);
    await alive();
  });

  it('that is missing what is needed points at it', async () => {
    for (const route of written.filter((route) => route.method === 'POST')) {
      const collection = collectionOf(route);
      if (!collection || !known[collection]?.create) continue;
      for (const name of house.document.bodySchema(route.operation)?.required ?? []) {
        const body = known[collection].create();
        delete body[name];
        const problem = assertProblem(await send(route, JSON.stringify(body)), 422);
        assert.ok(problem.errors.some((error: Json) => error.pointer === `/${name}`), `${route.path} without ${name}: ${JSON.stringify(problem)}`);
      }
    }
    for (const [path, pointer] of [['/folders', '/name'], ['/tags', '/name'], ['/fields', '/label'], ['/notes', '/body'], ['/relations', '/kind'], ['/users', '/email'], ['/keys', '/name']]) {
      const body = known[path!.slice(1)]!.create!();
      delete body[pointer!.slice(1)];
      await house.owner.post(path!, body).refuses(422, 'invalid', [pointer!]);
    }
  });

  it('that is too long is refused where it is, and a body over 1 MiB as a whole', async () => {
    const long = 'x'.repeat(200_000);
    for (const [path, name] of [['/customers', 'display_name'], ['/customers', 'company_name'], ['/customers', 'source'], ['/folders', 'name'], ['/tags', 'name'], ['/statuses', 'name'],
      ['/fields', 'label'], ['/fields', 'key'], ['/notes', 'body'], ['/users', 'name'], ['/users', 'email'], ['/keys', 'name']])
      await house.owner.post(path!, { ...known[path!.slice(1)]!.create!(), [name!]: long }).refuses(422, 'invalid', [`/${name}`]);
    await house.owner.post('/notes', { ...known.notes!.create!(), body: '🦊'.repeat(20_000) }).gives(201);
    await house.owner.post('/notes', { ...known.notes!.create!(), body: '🦊'.repeat(20_001) }).refuses(422, 'invalid', ['/body']);
    for (const route of jsonRoutes().slice(0, 12)) assertProblem(await send(route, JSON.stringify({ name: 'x'.repeat(1 << 20) })), 413);
    await alive();
  });

  it('in another content type is a 415', async () => {
    for (const route of jsonRoutes())
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', 'application/json; charset=latin1'])
        assertProblem(await send(route, '{}', { 'content-type': type }), 415);
    for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON'])
      await house.owner.call('POST', '/tags', undefined, { bytes: JSON.stringify(known.tags!.create!()), headers: { 'content-type': type } }).gives(201);
  });

  it('in ids and references is a 404 in a path and a 422 in a body', async () => {
    for (const route of house.document.routes.filter((one) => /\{[^}]+\}/.test(one.path) && one.path.startsWith('/api/v1/') && !/files|photo/.test(one.path)))
      for (const id of ['nonsense', 'cus_', 'tag_zzzzzzzzzzzzzz', '%00', '%f0%28', '9'.repeat(400)]) {
        const answer = await house.owner.call(route.method, route.path.replace(/\{[^}]+\}/g, id), changes(route) && house.document.bodySchema(route.operation) ? {} : undefined).answer;
        assert.ok([400, 404, 422].includes(answer.status), String(answer));
      }
    for (const [path, name, value] of [['/notes', 'customer_id', known.folders!.id], ['/statuses', 'folder_id', known.customers!.id], ['/folders', 'parent_id', known.tags!.id], ['/users', 'role_id', known.users!.id],
      ['/relations', 'to_id', known.notes!.id], ['/keys', 'user_id', known.customers!.id]])
      await house.owner.post(path!, { ...known[path!.slice(1)]!.create!(), [name!]: value }).refuses(422, 'invalid', [`/${name}`]);
  });

  it('leaves methods that a route does not have at 405, with Allow', async () => {
    for (const [method, path] of [['PUT', '/customers'], ['DELETE', '/customers'], ['PATCH', '/customers'], ['POST', `/customers/${known.customers!.id}`], ['PUT', '/tags'], ['BREW', '/customers'], ['DELETE', '/healthz']]) {
      const answer = await house.owner.call(method!, path!).answer;
      assertProblem(answer, 405);
      assert.ok(answer.header('allow'), String(answer));
    }
    await house.owner.get('/no/such/thing').refuses(404);
    await house.owner.get('/api/v2/customers').refuses(404);
  });
});
