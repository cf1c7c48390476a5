// Lists: pages without gaps, filters that mean what they say, and nothing that is quietly ignored.
import { before, it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { Chance } from '../support/random.ts';

const cities = ['Stuttgart', 'Paris', 'Oslo', 'São Paulo'];
const countries: Record<string, string> = { Stuttgart: 'DE', Paris: 'FR', Oslo: 'NO', 'São Paulo': 'BR' };

forBoth('the list of customers', (house) => {
  const made: any[] = [];
  const folders: any = {};
  const tags: any = {};

  before(async () => {
    const owner = house.owner;
    folders.top = await owner.post('/folders', { name: 'Clients' }).gives(201);
    folders.sub = await owner.post('/folders', { name: 'Weddings', parent_id: folders.top.id }).gives(201);
    folders.other = await owner.post('/folders', { name: 'Leads', stage: 'lead' }).gives(201);
    for (const name of ['red', 'blue']) tags[name] = await owner.post('/tags', { name }).gives(201);
    const fields: [string, string, object][] = [['nickname', 'text', {}], ['guests', 'number', {}], ['birthday', 'date', {}], ['vip', 'checkbox', {}],
      ['budget', 'money', {}], ['met_at', 'date_time', {}], ['shape', 'choice', { options: [{ value: 'round', label: 'Round' }, { value: 'square', label: 'Square' }] }],
      ['likes', 'choices', { options: [{ value: 'tea', label: 'Tea' }, { value: 'cake', label: 'Cake' }] }]];
    for (const [key, type, more] of fields) await owner.post('/fields', { key, label: key, type, ...more }).gives(201);
    const chance = new Chance(7);
    for (let index = 0; index < 230; index++) {
      const city = chance.one(cities);
      made.push(await owner.post('/customers', {
        given_name: chance.one(['Ana', 'Björn', 'Chloé', 'Dörte', 'Eva']), family_name: `Number${String(index).padStart(3, '0')}`,
        kind: index % 3 ? 'person' : 'company', company_name: index % 3 ? null : `Firma ${index}`,
        folder_id: [folders.top.id, folders.sub.id, folders.other.id][index % 3],
        tag_ids: [...(index % 2 ? [tags.red.id] : []), ...(index % 5 ? [] : [tags.blue.id])],
        emails: [{ address: `person${index}@example.com` }],
        addresses: [{ kind: 'billing', city, country: countries[city] }],
        source: index % 4 ? 'web' : 'fair', language: index % 7 ? 'de' : 'fr', customer_since: `20${10 + (index % 10)}-01-15`,
        custom: { guests: index % 20, nickname: `nick${index % 11}`, birthday: `19${60 + (index % 40)}-06-${10 + (index % 20)}`, vip: index % 2 === 0,
          budget: { amount: index * 100, currency: 'EUR' }, met_at: `2024-01-01T00:00:${String(index % 60).padStart(2, '0')}.000Z`,
          shape: index % 2 ? 'round' : 'square', likes: index % 3 ? ['tea', 'cake'] : ['tea'] },
      }).gives(201));
    }
  });

  /** The ids that a query answers, page by page. */
  const ids = async (query: string, limit = 200) => (await house.owner.all(`/customers${query}`, limit)).map((row) => row.id);
  const same = async (query: string, fits: (customer: any, index: number) => boolean) => {
    const wanted = made.filter(fits).map((customer) => customer.id).sort();
    assert.ok(wanted.length > 0 && wanted.length < made.length, `${query}: the story must split the customers`);
    assert.deepEqual((await ids(query)).sort(), wanted, query);
  };

  it('has one form', async () => {
    const page = await house.owner.get('/customers').gives(200);
    assert.deepEqual(Object.keys(page).sort(), ['data', 'next', 'total', 'total_is']);
    assert.equal(page.data.length, 50);
    assert.equal(page.total, made.length);
    assert.equal(page.total_is, 'exact');
    assert.equal(typeof page.next, 'string');
    assert.deepEqual(page.data[0], await house.owner.get(`/customers/${page.data[0].id}`).gives(200));
  });

  it('takes a limit of 1 to 200 and refuses others', async () => {
    for (const limit of [1, 2, 200]) assert.equal((await house.owner.get(`/customers?limit=${limit}`).gives(200)).data.length, limit);
    for (const limit of ['0', '-1', '201', '1000000', '99999999999999999999', 'ten', '1.5', '', '0x10', '1e2', '+5', '%205'])
      await house.owner.get(`/customers?limit=${limit}`).answer.then((answer) => {
        assert.ok(answer.status === 422 || answer.status === 400, String(answer));
        assert.deepEqual(answer.json.errors.map((error: any) => error.pointer), ['?limit']);
      });
  });

  for (const sort of ['', 'display_name', '-display_name', 'created_at', '-created_at', 'updated_at', '-updated_at', 'activity_at', '-activity_at',
    'customer_since', '-customer_since', 'custom.guests', '-custom.guests', 'custom.nickname', 'custom.birthday'])
    it(`walks through pages without gap or repeat, sorted by ${sort || 'default'}`, async () => {
      const query = sort ? `?sort=${sort}` : '';
      const whole = await ids(query);
      assert.equal(whole.length, made.length);
      for (const limit of [7, 100]) assert.deepEqual(await ids(query, limit), whole, `pages of ${limit}`);
      if (sort.startsWith('-') && !sort.includes('activity')) {
        const value = (id: string) => {
          const customer = made.find((one) => one.id === id);
          return sort.startsWith('-custom.') ? customer.custom[sort.slice(8)] : customer[sort.slice(1)];
        };
        for (let index = 1; index < whole.length; index++) {
          const [before, after] = [value(whole[index - 1]), value(whole[index])];
          assert.ok(sort === '-display_name' ? before.localeCompare(after, 'en') >= 0 : before >= after, `${sort}: ${before}, then ${after}`);
        }
      }
    });

  it('sorts names as a person would', async () => {
    for (const name of ['Äpfel', 'apfel', 'Zebra', 'Ångström', 'öl', 'Oz', 'éclair', 'Eclipse']) await house.customer({ display_name: name, source: 'sorting' });
    const names = (await house.owner.all('/customers?source=sorting&sort=display_name')).map((row) => row.display_name);
    assert.deepEqual(names, [...names].sort(new Intl.Collator('en').compare));
    for (const row of await house.owner.all('/customers?source=sorting')) await house.owner.delete(`/customers/${row.id}`).answers(204);
  });

  it('does not skip or repeat when rows come and go between pages', async () => {
    const first = await house.owner.get('/customers?sort=created_at&limit=100').gives(200);
    const extra = await house.customer({ display_name: 'In between' });
    await house.owner.delete(`/customers/${extra.id}`).answers(204);
    const second = await house.owner.get(`/customers?sort=created_at&limit=100&cursor=${encodeURIComponent(first.next)}`).gives(200);
    assert.deepEqual([...first.data, ...second.data].map((row) => row.id), made.slice(0, 200).map((row) => row.id));
  });

  it('refuses a cursor that is broken or belongs to another question', async () => {
    const { next } = await house.owner.get('/customers?limit=10').gives(200);
    for (const cursor of ['', 'nonsense', 'AAAA', next.slice(0, -3), '%00', 'x'.repeat(5000)])
      assert.ok([400, 414, 422].includes((await house.owner.get(`/customers?limit=10&cursor=${cursor}`).answer).status), cursor);
    await house.owner.get(`/customers?limit=10&sort=display_name&cursor=${encodeURIComponent(next)}`).refuses(422);
    // Built by hand, holding what no row holds and no database takes; of the bin, which the database is asked for.
    await house.owner.post('/fields', { key: 'visits', label: 'Visits', type: 'number' }).gives(201);
    for (const [sort, value] of [['custom.visits', 'nan'], ['custom.visits', '-inf'], ['customer_since', 'a\0b']])
      for (const bin of ['', '&in_bin=true'])
        await house.owner.get(`/customers?sort=${sort}${bin}&cursor=${Buffer.from(`+${sort}:1:${value}`).toString('hex')}`).refuses(422, 'invalid', ['?cursor']);
  });

  it('refuses what it does not know', async () => {
    for (const parameter of ['colour', 'Limit', 'foldr_id', 'custom.unknown', 'created_at[between]', 'page', 'kind[gte]', 'q[gte]', '__proto__'])
      await house.owner.get(`/customers?${parameter}=1`).answer.then((answer) => assert.equal(answer.status, 422, String(answer)));
    await house.owner.get('/customers?sort=shoe_size').refuses(422, undefined, ['?sort']);
    await house.owner.get('/customers?folder_id=cus_0000000000001').refuses(422);
    await house.owner.get('/customers?created_at[gte]=yesterday').refuses(422);
    await house.owner.get('/customers?unread=perhaps').refuses(422);
    await house.owner.get('/customers?q=%ff').refuses(400);
    for (const path of ['/folders', '/tags', '/notes', '/users', '/fields', '/statuses', '/keys', '/relations', '/roles', '/events'])
      await house.owner.get(`${path}?nothing_such=1`).refuses(422);
    await house.owner.get(`/customers/${made[0].id}?nothing_such=1`).refuses(422);
  });

  it('filters by its fields', async () => {
    await same(`?folder_id=${folders.top.id}`, (_, index) => index % 3 === 0);
    await same(`?within=${folders.top.id}`, (_, index) => index % 3 !== 2);
    await same(`?tag_id=${tags.red.id}`, (_, index) => index % 2 === 1);
    await same(`?tag_id=${tags.red.id}&tag_id=${tags.blue.id}`, (_, index) => index % 2 === 1 && index % 5 === 0);
    await same('?kind=company', (_, index) => index % 3 === 0);
    await same('?source=fair', (_, index) => index % 4 === 0);
    await same('?language=fr', (_, index) => index % 7 === 0);
    await same('?country=BR', (customer) => customer.addresses[0].country === 'BR');
    await same(`?city=${encodeURIComponent('São Paulo')}`, (customer) => customer.addresses[0].city === 'São Paulo');
    await same('?email=person17@example.com', (_, index) => index === 17);
    await same('?email=PERSON17@example.com', (_, index) => index === 17);
    await same(`?ids=${made[3].id},${made[5].id}`, (_, index) => index === 3 || index === 5);
    await same(`?source=web&kind=person&country=DE`, (customer, index) => index % 4 !== 0 && index % 3 !== 0 && customer.addresses[0].country === 'DE');
    assert.deepEqual(await ids(`?folder_id=${folders.top.id}&source=nowhere`), []);
  });

  it('filters by ranges, brackets plain and escaped', async () => {
    const middle = made[100].created_at;
    await same(`?created_at[gte]=${middle}`, (customer) => customer.created_at >= middle);
    await same(`?created_at%5Bgt%5D=${middle}`, (customer) => customer.created_at > middle);
    await same(`?created_at[lt]=${middle}`, (customer) => customer.created_at < middle);
    await same(`?created_at%5blte%5d=${encodeURIComponent(middle)}`, (customer) => customer.created_at <= middle);
    await same('?customer_since[gte]=2013-01-01&customer_since[lt]=2016-01-01', (customer) => customer.customer_since >= '2013' && customer.customer_since < '2016');
  });

  it('filters by custom fields of every type', async () => {
    await same('?custom.nickname=nick3', (customer) => customer.custom.nickname === 'nick3');
    await same('?custom.guests=7', (customer) => customer.custom.guests === 7);
    await same('?custom.guests[gte]=15', (customer) => customer.custom.guests >= 15);
    await same('?custom.guests[gt]=2&custom.guests[lt]=11', (customer) => customer.custom.guests > 2 && customer.custom.guests < 11);
    await same('?custom.birthday[lt]=1975-01-01', (customer) => customer.custom.birthday < '1975-01-01');
    await same('?custom.vip=true', (customer) => customer.custom.vip);
    await same('?custom.vip=false', (customer) => !customer.custom.vip);
    await same('?custom.shape=round', (customer) => customer.custom.shape === 'round');
    await same('?custom.likes=cake', (customer) => customer.custom.likes.includes('cake'));
    await same('?custom.budget[gte]=10000', (customer) => customer.custom.budget.amount >= 10000);
    await same('?custom.met_at[gte]=2024-01-01T00:00:30.000Z', (customer) => customer.custom.met_at >= '2024-01-01T00:00:30.000Z');
    for (const bad of ['custom.guests=many', 'custom.guests[gte]=', 'custom.birthday[lt]=soon', 'custom.vip=maybe', 'custom.shape=triangle'])
      await house.owner.get(`/customers?${bad}`).refuses(422);
  });

  it('finds by worker, by “me” and by status', async () => {
    const staff = await house.user('staff');
    const status = await house.owner.post('/statuses', { folder_id: folders.top.id, name: 'Hot' }).gives(201);
    await house.owner.patch(`/customers/${made[0].id}`, { workers: [{ user_id: staff.id, responsible: true }], status_id: status.id }).gives(200);
    assert.deepEqual(await ids(`?worker_id=${staff.id}`), [made[0].id]);
    assert.deepEqual((await house.as('staff').all('/customers?worker_id=me')).map((row) => row.id), [made[0].id]);
    assert.deepEqual(await ids(`?status_id=${status.id}`), [made[0].id]);
  });

  it('answers compact rows for the list panel', async () => {
    const page = await house.owner.get('/customers?shape=row&limit=5').gives(200);
    assert.deepEqual(Object.keys(page.data[0]).sort(), ['activity', 'city', 'company_name', 'display_name', 'folder_id', 'id', 'kind', 'photo_id', 'responsible_id', 'segment_ids',
      'status_id', 'tag_ids', 'unread', 'version'].sort());
    await house.owner.get('/customers?shape=square').refuses(422);
  });

  it('counts what is new to me, and forgets it when I have seen it', async () => {
    const staff = await house.signedIn('staff');
    const target = made[50];
    await staff.post(`/customers/${target.id}/seen`).answers(204);
    await house.owner.post('/notes', { customer_id: target.id, body: 'Something new' }).gives(201);
    const unread = async () => (await staff.get(`/customers?shape=row&ids=${target.id}`).gives(200)).data[0].unread;
    assert.equal(await unread(), 1);
    assert.ok((await staff.all('/customers?unread=true')).some((row) => row.id === target.id));
    await staff.post(`/customers/${target.id}/seen`).answers(204);
    assert.equal(await unread(), 0);
    await staff.post('/notes', { customer_id: target.id, body: 'My own is not new to me' }).gives(201);
    assert.equal(await unread(), 0);
  });
});

forBoth('search', (house) => {
  const finds = async (q: string) => (await house.owner.all(`/customers?q=${encodeURIComponent(q)}`)).map((row) => row.display_name).sort();

  before(async () => {
    const tag = await house.owner.post('/tags', { name: 'Jazz club' }).gives(201);
    await house.customer({ display_name: 'François Tremblay', emails: [{ address: 'ftremblay@gmail.com' }], phones: [{ number: '+1 (514) 721-4711' }] });
    await house.customer({ display_name: 'Leonie Köhler', company_name: 'Groß & Söhne', phones: [{ number: '0711 2842222' }], tag_ids: [tag.id] });
    await house.customer({ display_name: 'Łukasz Żak' });
    await house.customer({ display_name: 'Ørsted Bjørn' });
    await house.customer({ display_name: '王小明' });
    await house.customer({ display_name: '100% Wool_Co' });
  });

  it('folds accents and case', async () => {
    for (const q of ['François', 'francois', 'FRANCOIS', 'tremblay fran', 'Tremb']) assert.deepEqual(await finds(q), ['François Tremblay'], q);
    for (const q of ['kohler', 'KÖHLER', 'Köhler', 'leonie k']) assert.deepEqual(await finds(q), ['Leonie Köhler'], q);
    assert.deepEqual(await finds('lukasz zak'), ['Łukasz Żak']);
    assert.deepEqual(await finds('orsted'), ['Ørsted Bjørn']);
    assert.deepEqual(await finds('小明'), ['王小明']);
  });

  it('finds by company, e-mail and tag', async () => {
    assert.deepEqual(await finds('gross sohne'), ['Leonie Köhler']);
    assert.deepEqual(await finds('Groß'), ['Leonie Köhler']);
    assert.deepEqual(await finds('ftremblay@gmail'), ['François Tremblay']);
    assert.deepEqual(await finds('jazz'), ['Leonie Köhler']);
  });

  it('finds a phone in any shape', async () => {
    for (const q of ['+1 514 721 4711', '5147214711', '514-721-4711', '(514) 721', '7214711', '+15147214711', '001 514 7214711']) assert.deepEqual(await finds(q), ['François Tremblay'], q);
    for (const q of ['0711 2842222', '+49 711 2842222', '2842222', '0049711 2842222']) assert.deepEqual(await finds(q), ['Leonie Köhler'], q);
  });

  it('takes signs for what they are', async () => {
    assert.deepEqual(await finds('100%'), ['100% Wool_Co']);
    assert.deepEqual(await finds('%'), ['100% Wool_Co']);
    for (const q of ['"', "'", '\\', '*', 'a" OR "b', "'; --", 'NEAR(', '(', ')', ':', '^', '_', '🦊', ' ', '\t', '-', '+', 'x'.repeat(1000)])
      assert.ok([200, 422].includes((await house.owner.get(`/customers?q=${encodeURIComponent(q)}`).answer).status), q);
    assert.deepEqual(await finds('nobody such'), []);
  });
});
