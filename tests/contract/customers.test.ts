// The customer record from outside: every member, every way of changing it.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import type { Json } from '../support/client.ts';
import { forBoth } from '../support/house.ts';

const everything = {
  kind: 'person', given_name: 'Luís', family_name: 'Gonçalves', company_name: 'Embraer',
  emails: [{ address: 'luisg@embraer.com.br', label: 'work', primary: true }, { address: 'luis@example.org', label: 'home', primary: false }],
  phones: [{ number: '+55 (12) 3923-5555', label: 'work', primary: true }],
  addresses: [{ kind: 'billing', line1: 'Av. Brigadeiro Faria Lima, 2170', line2: null, city: 'São José dos Campos', region: 'SP',
    postal_code: '12227-000', country: 'BR', access_notes: 'Ring twice', primary: true }],
  preferred_contact: 'email', do_not_contact: ['sms'], newsletter: false, language: 'pt-BR', time_zone: 'America/Sao_Paulo',
  source: 'trade fair', customer_since: '2021-03-01',
};

forBoth('a customer', (house) => {
  it('is created with every member and read back the same', async () => {
    const folder = await house.owner.post('/folders', { name: 'Regulars' }).gives(201);
    const status = await house.owner.post('/statuses', { folder_id: folder.id, name: 'New', tone: 'info' }).gives(201);
    const tag = await house.owner.post('/tags', { name: 'VIP' }).gives(201);
    await house.owner.post('/fields', { key: 'loyalty_number', label: 'Loyalty number', type: 'text' }).gives(201);
    const worker = await house.user('staff');
    const sent = { ...everything, folder_id: folder.id, status_id: status.id, tag_ids: [tag.id],
      workers: [{ user_id: worker.id, responsible: true }], custom: { loyalty_number: 'A-1204' } };
    const answer = await house.owner.post('/customers', sent).answers(201);
    const made = answer.json;
    assert.match(made.id, /^cus_[0-9a-hjkmnp-tv-z]{13}$/);
    assert.equal(answer.header('location'), `/api/v1/customers/${made.id}`);
    assert.equal(made.version, 1);
    assert.equal(made.display_name, 'Luís Gonçalves');
    assert.match(made.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(made.phones[0].e164, '+551239235555');
    assert.equal(made.phones[0].number, '+55 (12) 3923-5555');
    for (const name of ['kind', 'given_name', 'family_name', 'company_name', 'preferred_contact', 'do_not_contact', 'newsletter', 'language',
      'time_zone', 'source', 'customer_since', 'folder_id', 'status_id', 'tag_ids', 'custom'] as const)
      assert.deepEqual(made[name], (sent as any)[name], name);
    assert.deepEqual(made.workers.map(({ user_id, responsible }: any) => ({ user_id, responsible })), sent.workers);
    for (const [index, email] of sent.emails.entries()) for (const [name, value] of Object.entries(email)) assert.equal(made.emails[index][name], value);
    for (const [name, value] of Object.entries(sent.addresses[0]!)) assert.equal(made.addresses[0][name], value);
    assert.deepEqual(made.import_keys, []);
    assert.equal('bin_until' in made, false);

    const read = await house.owner.get(`/customers/${made.id}`).answers(200);
    assert.deepEqual(read.json, made);
    assert.ok(read.etag);
    await house.lastHappened(made.id, 'customer.created', /Olive Owner/);
  });

  it('needs a name, an e-mail, a phone or a company, and is called by what there is', async () => {
    for (const empty of [{}, { newsletter: true }, { display_name: '' }, { display_name: '   ' }, { emails: [] }])
      await house.owner.post('/customers', empty).refuses(422, 'invalid');
    const named: [object, string][] = [
      [{ display_name: 'Grace' }, 'Grace'],
      [{ given_name: 'Grace' }, 'Grace'],
      [{ given_name: 'Grace', family_name: 'Hopper' }, 'Grace Hopper'],
      [{ company_name: 'Harbour & Sons' }, 'Harbour & Sons'],
      [{ emails: [{ address: 'grace@example.com' }] }, 'grace@example.com'],
      [{ phones: [{ number: '+49 711 2842222' }] }, '+49 711 2842222'],
      [{ display_name: 'Amazing Grace', given_name: 'Grace', family_name: 'Hopper' }, 'Amazing Grace'],
    ];
    for (const [members, name] of named) assert.equal((await house.owner.post('/customers', members).gives(201)).display_name, name);
  });

  it('keeps text after NFC and outer trimming, and refuses control characters', async () => {
    const made = await house.customer({ display_name: '  Zoe\u0308 \t' });
    assert.equal(made.display_name, 'Zoë');
    for (const bad of ['\u0000', 'a\u0007b', 'line\rline', 'x\u001by', '\u007f', 'a\u0085b', '\u009f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069']) {
      const refusal = await house.owner.post('/customers', { display_name: `Ann${bad}a` }).refuses(422, 'invalid', ['/display_name']);
      assert.equal(refusal.errors[0].code, 'control_character');
      for (const path of ['/customers?source=', '/customers?q=']) await house.owner.get(`${path}${encodeURIComponent(`Ann${bad}a`)}`).refuses(422, 'invalid');
      await house.owner.post(`/files?filename=${encodeURIComponent(`Ann${bad}a.txt`)}`, undefined, { bytes: 'x', headers: { 'content-type': 'text/plain' } }).refuses(422, 'invalid', ['?filename']);
    }
    for (const kept of ['Ann 🦊 Fox', 'Ann\u200eFox', 'Ann\u200fFox', 'Ann\u061cFox', 'Ann\tFox', 'Ann\nFox', 'Ann\ufdd0Fox', 'Ann\ue000Fox', 'Ann\u200dFox', 'محمد', '王小明', 'O’Brien', '<b>Bold</b>', '"quoted"', "Robert'); DROP TABLE customers;--", '=1+1'])
      assert.equal((await house.customer({ display_name: kept })).display_name, kept);
  });

  it('says with pointers what it does not take', async () => {
    const cases: [string, object, string[]][] = [
      ['an unknown member', { shoe_size: 43 }, ['/shoe_size']],
      ['a member of the list that is unknown', { emails: [{ address: 'a@example.com', speed: 1 }] }, ['/emails/0/speed']],
      ['no e-mail address', { emails: [{ address: 'fine@example.com' }, { address: 'not an address' }] }, ['/emails/1/address']],
      ['a string for a list', { emails: 'a@example.com' }, ['/emails']],
      ['a country that is none', { addresses: [{ kind: 'billing', country: 'XX' }] }, ['/addresses/0/country']],
      ['a kind of address that is none', { addresses: [{ kind: 'summer', city: 'Rome' }] }, ['/addresses/0/kind']],
      ['a language that is none', { language: 'english please' }, ['/language']],
      ['a time zone that is none', { time_zone: 'Mars/Olympus' }, ['/time_zone']],
      ['a date that is none', { customer_since: '2021-02-30' }, ['/customer_since']],
      ['a date of another form', { customer_since: '01.03.2021' }, ['/customer_since']],
      ['a folder of the wrong type of id', { folder_id: 'cus_0000000000001' }, ['/folder_id']],
      ['a folder that is nowhere', { folder_id: 'fol_0000000000001' }, ['/folder_id']],
      ['a tag that is nowhere', { tag_ids: ['tag_0000000000001'] }, ['/tag_ids/0']],
      ['a worker that is nobody', { workers: [{ user_id: 'usr_0000000000001', responsible: true }] }, ['/workers/0/user_id']],
      ['a truth that is a word', { newsletter: 'yes' }, ['/newsletter']],
      ['a kind that is none', { kind: 'robot' }, ['/kind']],
      ['a way of contact that is none', { preferred_contact: 'pigeon' }, ['/preferred_contact']],
      ['a custom field that is none', { custom: { nothing_such: 1 } }, ['/custom/nothing_such']],
      ['two mistakes', { language: 4, newsletter: 4 }, ['/language', '/newsletter']],
    ];
    for (const [what, members, pointers] of cases) {
      const problem = await house.owner.post('/customers', { display_name: 'Ann', ...members }).answer;
      assert.equal(problem.status, 422, `${what}: ${problem}`);
      assert.deepEqual(problem.json.errors.map((error: any) => error.pointer).sort(), pointers, what);
    }
  });

  it('never takes what is the server’s own (mass assignment)', async () => {
    const made = await house.customer();
    for (const name of ['id', 'version', 'created_at', 'updated_at', 'role', 'tenant_id', 'business_id', 'owner_id', 'balance', 'bin_until', '__proto__', 'constructor', 'sort_key', 'deleted_at']) {
      const body = `{"display_name": "Eve", ${JSON.stringify(name)}: "1"}`;
      await house.owner.post('/customers', undefined, { bytes: body }).refuses(422, 'invalid', [`/${name}`]);
      await house.owner.patch(`/customers/${made.id}`, undefined, { bytes: body }).refuses(422, 'invalid', [`/${name}`]);
    }
    assert.deepEqual(await house.owner.get(`/customers/${made.id}`).gives(200), made);
  });

  it('reads national numbers by the address’s country, else the business’s, and keeps what it cannot read', async () => {
    const phones = async (members: object) => (await house.customer(members)).phones[0];
    assert.equal((await phones({ phones: [{ number: '0711 2842222' }] })).e164, '+497112842222');
    assert.equal((await phones({ phones: [{ number: '(514) 721-4711' }], addresses: [{ kind: 'billing', country: 'CA' }] })).e164, '+15147214711');
    assert.equal((await phones({ phones: [{ number: '020 7946 0018', country: 'GB' }] })).e164, '+442079460018');
    const odd = await phones({ phones: [{ number: 'ask the porter' }] });
    assert.equal(odd.number, 'ask the porter');
    assert.equal(odd.e164, null);
  });

  it('reads a number anew when the country changes, and leaves it while that stays', async () => {
    const made = await house.customer({ phones: [{ number: '020 7946 0018' }, { number: '030 901820', country: 'DE' }], addresses: [{ kind: 'billing', country: 'GB' }] });
    const changed = async (members: object) => (await house.owner.patch(`/customers/${made.id}`, members).gives(200)).phones.map((phone: Json) => phone.e164);
    assert.deepEqual(await changed({ source: 'fair' }), ['+442079460018', '+4930901820']);
    assert.deepEqual(await changed({ addresses: [{ kind: 'billing', country: 'DE' }] }), [null, '+4930901820']);
    assert.deepEqual(await changed({ addresses: [], source: 'web' }), [null, '+4930901820']);
    assert.deepEqual(await changed({ phones: [{ number: '+44 20 7946 0018' }] }), ['+442079460018']);
  });
});

forBoth('changing a customer', (house) => {
  it('leaves what is absent, clears what is null, replaces lists whole', async () => {
    const made = await house.customer({ ...everything });
    const once = await house.owner.patch(`/customers/${made.id}`, { company_name: null, emails: [{ address: 'new@example.com' }] }).gives(200);
    assert.equal(once.company_name, null);
    assert.equal(once.emails.length, 1);
    assert.equal(once.emails[0].address, 'new@example.com');
    assert.equal(once.given_name, 'Luís');
    assert.deepEqual(once.phones, made.phones);
    assert.equal(once.version, made.version + 1);
    assert.ok(once.updated_at >= made.updated_at);
    assert.equal(once.created_at, made.created_at);
    const twice = await house.owner.patch(`/customers/${made.id}`, { phones: [], do_not_contact: [] }).gives(200);
    assert.deepEqual([twice.phones, twice.do_not_contact], [[], []]);
  });

  it('merges custom values by key', async () => {
    for (const key of ['colour', 'size']) await house.owner.post('/fields', { key, label: key, type: 'text' }).gives(201);
    const made = await house.customer({ custom: { colour: 'red', size: 'L' } });
    const path = `/customers/${made.id}`;
    assert.deepEqual((await house.owner.patch(path, { custom: { colour: 'blue' } }).gives(200)).custom, { colour: 'blue', size: 'L' });
    assert.deepEqual((await house.owner.patch(path, { custom: { size: null } }).gives(200)).custom, { colour: 'blue' });
    assert.deepEqual((await house.owner.patch(path, { custom: {} }).gives(200)).custom, { colour: 'blue' });
  });

  it('tells the feed each field, old → new, and nothing when nothing changed', async () => {
    const made = await house.customer({ display_name: 'Ada', company_name: 'Engines Ltd' });
    const changed = await house.owner.patch(`/customers/${made.id}`, { company_name: 'Engines & Co', language: 'en' }).gives(200);
    const event = await house.lastHappened(made.id, 'customer.updated', /Olive Owner/);
    const fields = Object.fromEntries(event.changes.map((change: any) => [change.field, [change.from, change.to]]));
    assert.deepEqual(fields, { company_name: ['Engines Ltd', 'Engines & Co'], language: [null, 'en'] });
    assert.equal(event.actor.name, 'Olive Owner');
    const same = await house.owner.patch(`/customers/${made.id}`, { company_name: 'Engines & Co' }).gives(200);
    assert.equal(same.version, changed.version);
    assert.equal((await house.timeline(made.id)).length, 2);
  });

  it('refuses what would leave it without a name, an e-mail, a phone or a company', async () => {
    const made = await house.customer({ display_name: 'Ada' });
    await house.owner.patch(`/customers/${made.id}`, { display_name: null }).refuses(422, 'invalid');
  });

  it('is refused with the record as it is now when it has moved on', async () => {
    const made = await house.customer();
    const path = `/customers/${made.id}`;
    const first = await house.owner.get(path).answers(200);
    const moved = await house.owner.patch(path, { source: 'fair' }, { headers: { 'if-match': first.etag } }).answers(200);
    assert.notEqual(moved.etag, first.etag);
    const late = await house.owner.patch(path, { source: 'web' }, { headers: { 'if-match': first.etag } }).refuses(412);
    assert.deepEqual(late.current, moved.json);
    await house.owner.delete(path, { headers: { 'if-match': first.etag } }).refuses(412);
    await house.owner.patch(path, { source: 'web' }, { headers: { 'if-match': moved.etag } }).gives(200);
    await house.owner.patch(path, { source: 'shop' }, { headers: { 'if-match': '*' } }).gives(200);
    await house.owner.patch(path, { source: 'x' }, { headers: { 'if-match': '"nonsense"' } }).refuses(412);
    const now = await house.owner.get(path).answers(200);
    await house.owner.patch(path, { source: 'list' }, { headers: { 'if-match': `"other", ${now.etag}` } }).gives(200);
  });

  it('answers 304 to who has it already', async () => {
    const made = await house.customer();
    const { etag } = await house.owner.get(`/customers/${made.id}`).answers(200);
    const again = await house.owner.get(`/customers/${made.id}`, { headers: { 'if-none-match': etag } }).answers(304);
    assert.equal(again.bytes.length, 0);
  });

  it('goes to the bin, answers 410 there, and comes back', async () => {
    const made = await house.customer({ display_name: 'Binny' });
    const path = `/customers/${made.id}`;
    const gone = await house.owner.delete(path).answers(204);
    assert.equal(gone.bytes.length, 0);
    const problem = await house.owner.get(path).refuses(410);
    assert.match(problem.bin_until, /^\d{4}-/);
    await house.owner.patch(path, { source: 'x' }).refuses(410);
    assert.ok(!(await house.owner.all('/customers')).some((row) => row.id === made.id));
    const binned = (await house.owner.all('/customers?in_bin=true')).find((row) => row.id === made.id);
    assert.equal(binned.bin_until, problem.bin_until);
    const back = await house.owner.post(`${path}/restoration`).gives(200);
    assert.equal(back.display_name, 'Binny');
    assert.equal('bin_until' in back, false);
    assert.deepEqual((await house.timeline(made.id)).map((event) => event.kind), ['customer.restored', 'customer.binned', 'customer.created']);
    await house.owner.get(path).gives(200);
  });

  it('does not confuse ids', async () => {
    const made = await house.customer();
    const bare = made.id.slice(4);
    for (const wrong of [`fol_${bare}`, bare, 'cus_', 'cus_0000000000001', `${made.id}0`, made.id.toUpperCase(), 'cus_zzzzzzzzzzzzz', 'cus_iiiiiiiiiiiii', '..%2f..', '%00', 'null'])
      await house.owner.get(`/customers/${wrong}`).refuses(404);
    await house.owner.get(`/folders/${made.id}`).refuses(404);
  });
});
