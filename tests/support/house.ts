// A whole installation for one test file: data folder, database, first business with its owner, people of every role.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Client, type Headers, type Json } from './client.ts';
import { Document } from './document.ts';
import { send } from './http.ts';
import { Live } from './live.ts';
import { freshFolder, patron, run, Serving, type Outcome } from './program.ts';

export type Engine = 'sqlite' | 'postgres';
export type Role = 'owner' | 'manager' | 'staff' | 'read_only';
export const roles: Role[] = ['owner', 'manager', 'staff', 'read_only'];

export const engines: Engine[] = (process.env.PATRON_TEST_ENGINES?.split(',') as Engine[] | undefined) ?? ['sqlite', 'postgres'];

export const people: Record<Role, { name: string; email: string; password: string }> = {
  owner: { name: 'Olive Owner', email: 'olive@example.com', password: 'seven green kettles' },
  manager: { name: 'Mona Manager', email: 'mona@example.com', password: 'eleven grey mittens' },
  staff: { name: 'Stan Staff', email: 'stan@example.com', password: 'twelve blue ladders' },
  read_only: { name: 'Rita Reader', email: 'rita@example.com', password: 'thirty red teapots!' },
};

export interface Founding {
  business?: string;
  currency?: string;
  country?: string;
  timeZone?: string;
  locale?: string;
  serve?: string[];
}

const madeUp = () => randomBytes(6).toString('hex');

/** A database that nobody used before; it is gone after `drop`. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = process.env.PATRON_TEST_POSTGRES;
  assert.ok(admin, 'PATRON_TEST_POSTGRES must name a PostgreSQL to test with; ./dev test starts one');
  const name = `patron_${madeUp()}`;
  const url = new URL(admin);
  const say = async (sql: string) => {
    const outcome = await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', admin, '-c', sql]);
    assert.equal(outcome.code, 0, outcome.err);
  };
  await say(`create database ${name}`);
  url.pathname = `/${name}`;
  // While autovacuum works in it, only a superuser may force it away: it is soon done.
  const drop = async () => {
    for (let left = 20; ; left--) {
      const outcome = await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', admin, '-c', `drop database if exists ${name} with (force)`]);
      if (outcome.code === 0) return;
      assert.ok(left > 0 && outcome.err.includes('pg_signal_backend'), outcome.err);
      await new Promise((later) => setTimeout(later, 500));
    }
  };
  return { url: url.href, drop };
}

export class House {
  readonly engine: Engine;
  readonly founding: Founding;
  folder = '';
  databaseUrl: string | undefined;
  server!: Serving;
  document!: Document;
  ownerKey = '';
  private keys = new Map<Role, Promise<string>>();
  private drop: () => Promise<void> = async () => {};

  constructor(engine: Engine, founding: Founding = {}) {
    this.engine = engine;
    this.founding = founding;
  }

  /** The flags that name this installation to any command. */
  get where(): string[] {
    return ['--data', this.folder, ...(this.databaseUrl ? ['--database', this.databaseUrl] : [])];
  }

  async prepare(): Promise<void> {
    this.folder = path.join(freshFolder(), 'data');
    if (this.engine === 'postgres') ({ url: this.databaseUrl, drop: this.drop } = await freshDatabase());
  }

  async found(): Promise<void> {
    await this.prepare();
    const { business = 'Harbour Music', currency = 'EUR', country = 'DE', timeZone = 'Europe/Berlin', locale = 'en' } = this.founding;
    await this.command(['init', '--owner-email', people.owner.email, '--owner-name', people.owner.name, '--business', business,
      '--currency', currency, '--country', country, '--time-zone', timeZone, '--locale', locale, '--password-stdin'], `${people.owner.password}\n`);
    this.ownerKey = (await this.command(['key', 'add', '--name', people.owner.name])).out.trim();
    assert.match(this.ownerKey, /^pk_\S+$/, 'patron key add prints the key alone on its line');
    await this.open();
  }

  async open(): Promise<void> {
    this.server = await Serving.start([...this.where, ...(this.founding.serve ?? [])]);
    if (this.document) return;
    const received = await send({ method: 'GET', url: `${this.server.address}/api/openapi.json` });
    assert.equal(received.status, 200);
    this.document = new Document(JSON.parse(received.body.toString()));
  }

  /** Ends the server the way the signal says and starts it again on the same data. */
  async restart(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.server.end(signal);
    await this.open();
  }

  async close(): Promise<void> {
    await this.server?.dismiss();
    await this.drop();
  }

  /** Runs a command on this installation; it must succeed. */
  async command(args: string[], input?: string): Promise<Outcome> {
    const outcome = await this.tries(args, input);
    assert.equal(outcome.code, 0, `patron ${args.join(' ')} said: ${outcome.err}${outcome.out}`);
    return outcome;
  }

  tries(args: string[], input?: string): Promise<Outcome> {
    return patron([...args, ...this.where], { input });
  }

  /** Speaks with that person's API key; the key bears the person's name, so the feed reads the same. */
  as(role: Role = 'owner'): Client {
    return new Client(this.server.address, async () => ({ authorization: `Bearer ${await this.key(role)}` }), this.document);
  }

  get owner(): Client {
    return this.as('owner');
  }

  /** Nobody: no key, no cookie. */
  get stranger(): Client {
    return new Client(this.server.address, {}, this.document);
  }

  with(headers: Headers): Client {
    return new Client(this.server.address, headers, this.document);
  }

  async key(role: Role): Promise<string> {
    if (role === 'owner') return this.ownerKey;
    if (!this.keys.has(role)) this.keys.set(role, this.engage(role));
    return this.keys.get(role)!;
  }

  /** Takes a person of that role on: invited by the owner, joined with a password, with a key. */
  private async engage(role: Role): Promise<string> {
    const { name, email, password } = people[role];
    const known = await this.owner.all('/roles');
    const user = await this.owner.post('/users', { name, email, role_id: known.find((one) => one.key === role).id }).gives(201);
    const invitation = await this.owner.post(`/users/${user.id}/invitation`).gives(201);
    const token = /#token=([^&]+)/.exec(invitation.url)?.[1];
    assert.ok(token, `the invitation's link carries a token: ${invitation.url}`);
    await this.browser.post('/session/invitation', { token: decodeURIComponent(token), password }).gives(201);
    return (await this.owner.post('/keys', { name, user_id: user.id }).gives(201)).key;
  }

  async user(role: Role): Promise<Json> {
    await this.key(role);
    const found = (await this.owner.all('/users')).find((one) => one.email === people[role].email);
    assert.ok(found, `${role} is among the users`);
    return found;
  }

  /** What the workspace's own pages send with every request. */
  get sameOrigin(): Headers {
    return { origin: this.server.address, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
  }

  /** A browser that nobody signed in with. */
  get browser(): Client {
    return this.with(this.sameOrigin);
  }

  /** Signs that person in and answers the cookie as `name=value`. */
  async signIn(role: Role = 'owner'): Promise<string> {
    await this.key(role);
    const { email, password } = people[role];
    const answer = await this.browser.post('/session', { email, password }).answers(201);
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
    assert.ok(cookie, 'signing in sets a cookie');
    return cookie;
  }

  async signedIn(role: Role = 'owner'): Promise<Client> {
    return this.with({ ...this.sameOrigin, cookie: await this.signIn(role) });
  }

  async live(role: Role = 'owner', lastEventId?: string): Promise<Live> {
    return Live.open(this.server.address, { authorization: `Bearer ${await this.key(role)}` }, lastEventId);
  }

  /** A customer with as little as a name. */
  customer(members: Json = {}): Promise<Json> {
    return this.owner.post('/customers', { display_name: 'Ada Lovelace', ...members }).gives(201);
  }

  /** Nobody enters or leaves a segment from now on: for stories in which nothing happens but what they tell. */
  async restSegments(): Promise<void> {
    for (const segment of await this.owner.all('/segments')) await this.owner.patch(`/segments/${segment.id}`, { enabled: false }).gives(200);
  }

  /** What happened to a customer, newest first. */
  async timeline(customerId: string, query = ''): Promise<Json[]> {
    return this.owner.all(`/customers/${customerId}/timeline${query}`);
  }

  /** The newest happening on a customer is of this kind and its line in the feed reads so. */
  async lastHappened(customerId: string, kind: string, headline?: RegExp): Promise<Json> {
    const { data } = await this.owner.get(`/customers/${customerId}/timeline?limit=1`).gives(200);
    assert.equal(data[0]?.kind, kind);
    if (headline) assert.match(data[0].headline, headline);
    return data[0];
  }

  /** What people and keys did behind that position; the house's own work goes on meanwhile. */
  async done(after: number): Promise<Json[]> {
    return (await this.spine(after)).filter((event) => ['user', 'key'].includes(event.actor.kind));
  }

  /** The whole spine, oldest first. */
  async spine(after = 0): Promise<Json[]> {
    const events: Json[] = [];
    for (;;) {
      const page = await this.owner.get(`/events?after=${after}&limit=200`).gives(200);
      events.push(...page.data);
      if (page.data.length === 0 || page.data.length < 200) return events;
      after = page.data.at(-1).position;
    }
  }
}

/** The same story on both databases, each with an installation of its own; ends with what every story must keep. */
export function forBoth(title: string, tell: (house: House) => void, founding: Founding = {}): void {
  for (const engine of engines) {
    describe(`${title} (${engine})`, () => {
      const house = new House(engine, founding);
      before(() => house.found());
      after(() => house.close());
      tell(house);
      it('answers only what the API document says, and its log is clean', () => {
        assert.deepEqual([...house.document.mismatches], []);
        assert.doesNotMatch(house.server.output, /AddressSanitizer|runtime error:|ThreadSanitizer|terminate called/);
      });
    });
  }
}
