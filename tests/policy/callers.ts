// Takes on everybody of the policy's table of callers: people, their keys and cookies, and one caller for each right.
import assert from 'node:assert/strict';
import type { Headers, Json } from '../support/client.ts';
import { people, type House } from '../support/house.ts';
import type { Policy, Sight } from './table.ts';

export interface Caller {
  name: string;
  headers: Headers;
  rights: Set<string>;
  sight: Sight;
  /** How far they see notes and relations. */
  hanging: Sight;
  /** Of the role: owner, manager, or anything else. */
  role: string;
  /** How far the role sees, 0 (none) to 3 (all). */
  reach: number;
  userId: string;
  /** A key of theirs that they may see and nobody uses. */
  spareKey: string;
  /** Signed in with a password, not by a key. */
  signedIn: boolean;
  /** One of the many that differ by a single right: tried in few standings. */
  narrow: boolean;
}

export interface Staff {
  callers: Caller[];
  /** Users by a word: least, second owner, mate, colleague, and the name of each caller with a user of their own. */
  users: Map<string, Json>;
  roles: Map<string, Json>;
  keys: Map<string, string>;
  teams: Json[];
  neighbour: Headers;
}

const reachOf: Record<Sight, number> = { owner: 3, all: 3, team: 2, own: 1, none: 0, elsewhere: 3, nobody: 0 };

class Office {
  readonly house: House;
  serial = 0;
  constructor(house: House) {
    this.house = house;
  }

  /** Somebody who has joined; answers the user and their cookie. */
  async engage(name: string, roleId: string): Promise<{ user: Json; cookie: string }> {
    const owner = this.house.owner;
    const number = ++this.serial;
    const user = await owner.post('/users', { name, email: `policy${number}@example.com`, role_id: roleId }).gives(201);
    const { url } = await owner.post(`/users/${user.id}/invitation`).gives(201);
    const token = decodeURIComponent(/#token=([^&]+)/.exec(url)![1]!);
    const joined = await this.house.browser.post('/session/invitation', { token, password: `brass lantern ${number} ${user.id}` }).answers(201);
    return { user, cookie: joined.headers['set-cookie']![0]!.split(';')[0]! };
  }

  async key(name: string, userId: string, more: Json = {}): Promise<Json> {
    return this.house.owner.post('/keys', { name, user_id: userId, ...more }).gives(201);
  }

  /** Signs in by password, as often as is wanted. */
  async signIn(user: Json): Promise<string> {
    const number = /policy(\d+)@/.exec(user.email)![1];
    const answer = await this.house.browser.post('/session', { email: user.email, password: `brass lantern ${number} ${user.id}` }).answers(201);
    return answer.headers['set-cookie']![0]!.split(';')[0]!;
  }
}

const bearer = (key: string): Headers => ({ authorization: `Bearer ${key}` });

export class Engaging {
  private readonly house: House;
  private readonly policy: Policy;
  private readonly office: Office;
  readonly staff: Staff = { callers: [], users: new Map(), roles: new Map(), keys: new Map(), teams: [], neighbour: {} };

  constructor(house: House, policy: Policy) {
    this.house = house;
    this.policy = policy;
    this.office = new Office(house);
  }

  async all(): Promise<Staff> {
    await this.makeRoles();
    for (const [word, role] of [['least', 'least'], ['second owner', 'owner'], ['mate', 'staff'], ['colleague', 'staff']] as const) {
      const { user } = await this.office.engage(word, this.staff.roles.get(role)!.id);
      this.staff.users.set(word, user);
      this.staff.keys.set(word, (await this.office.key(word, user.id)).id);
    }
    await this.addNamed();
    await Promise.all(this.policy.rights.map((right) => this.addOnly(right)));
    for (const right of this.policy.rights) await this.addAllBut(right);
    await this.addTeams();
    return this.staff;
  }

  /** A session of that user that nobody uses. */
  async freshSession(word: string): Promise<string> {
    const user = this.staff.users.get(word)!;
    const headers = { ...this.house.sameOrigin, cookie: await this.office.signIn(user) };
    const sessions = await this.house.with(headers).get('/sessions').gives(200);
    return sessions.data.find((one: Json) => one.current).id;
  }

  private async makeRoles(): Promise<void> {
    const { owner } = this.house;
    for (const role of await owner.all('/roles')) this.staff.roles.set(role.key, role);
    const make = async (word: string, permissions: string[], visibility: string) =>
      this.staff.roles.set(word, await owner.post('/roles', { name: `Policy ${word}`, permissions, visibility }).gives(201));
    await make('least', [], 'none');
    for (const sight of ['team', 'own', 'none']) await make(sight, [...this.policy.rightsOf('staff+export')], sight);
    const area_visibility = ['notes', 'relations'].map((area) => ({ area, visibility: 'own' }));
    this.staff.roles.set("own's notes", await owner.post('/roles', { name: 'Policy notes', permissions: [...this.policy.rightsOf('staff+export')], visibility: 'all', area_visibility }).gives(201));
    for (const right of this.policy.rights) await make(right, [...this.onlyRight(right)], 'all');
  }

  /** A right alone is no role: whoever works with something has to see it. */
  private onlyRight(right: string): Set<string> {
    return new Set([right, right.replace(/\..*/, '.view')]);
  }

  private add(name: string, headers: Headers, more: Partial<Caller>): void {
    const { rights, sight, hanging } = this.policy.callers.find((one) => one.name === name) ?? { rights: 'none', sight: 'all' as Sight, hanging: more.sight ?? ('all' as Sight) };
    this.staff.callers.push({ name, headers, rights: this.policy.rightsOf(rights), sight, hanging, role: rights, reach: reachOf[sight], userId: '', spareKey: '', signedIn: false, narrow: false, ...more });
  }

  private async addNamed(): Promise<void> {
    for (const { name } of this.policy.callers) {
      const make = this.makers[name];
      assert.ok(make, `the policy names a caller that nobody makes: ${name}`);
      await make(name);
    }
  }

  private readonly makers: Record<string, (name: string) => Promise<void>> = {
    owner: async (name) => {
      const user = await this.house.user('owner');
      this.staff.users.set(name, user);
      this.staff.keys.set(name, (await this.office.key('Spare', user.id)).id);
      this.add(name, bearer(this.house.ownerKey), { userId: user.id, spareKey: this.staff.keys.get(name)! });
    },
    "owner's browser": async (name) => {
      this.add(name, { ...this.house.sameOrigin, cookie: await this.house.signIn('owner') }, { userId: this.staff.users.get('owner')!.id, spareKey: this.staff.keys.get('owner')!, signedIn: true });
    },
    manager: (name) => this.addPerson(name, 'manager'),
    staff: (name) => this.addPerson(name, 'staff'),
    'read-only': (name) => this.addPerson(name, 'read_only'),
    team: (name) => this.addPerson(name, 'team'),
    own: (name) => this.addPerson(name, 'own'),
    none: (name) => this.addPerson(name, 'none'),
    "own's notes": (name) => this.addPerson(name, "own's notes"),
    "staff's browser": async (name) => {
      const user = this.staff.users.get('staff')!;
      this.add(name, { ...this.house.sameOrigin, cookie: await this.office.signIn(user) }, { userId: user.id, spareKey: this.staff.keys.get('staff')!, signedIn: true });
    },
    'own by scope': async (name) => {
      const user = this.staff.users.get('own')!;
      const { rights } = this.policy.callers.find((one) => one.name === name)!;
      const { key } = await this.office.key(name, user.id, { scopes: rights.split(' ') });
      this.add(name, bearer(key), { userId: user.id, spareKey: this.staff.keys.get('own')! });
    },
    neighbour: async (name) => {
      await this.house.command(['business', 'add', 'next-door', '--name', 'Next Door', '--owner-email', 'otto@example.com', '--owner-name', 'Otto Other',
        '--currency', 'USD', '--country', 'US', '--time-zone', 'America/New_York', '--locale', 'en', '--password-stdin'], 'nine yellow bicycles\n');
      const key = (await this.house.command(['key', 'add', '--name', 'other', '--business', 'next-door'])).out.trim();
      this.staff.neighbour = bearer(key);
      const session = await this.house.with(bearer(key)).get('/session').gives(200);
      this.add(name, bearer(key), { userId: session.user.id, role: 'owner' });
    },
    'signed out': async (name) => this.add(name, {}, {}),
    disabled: async (name) => {
      const { user } = await this.office.engage('Gone', this.staff.roles.get('staff')!.id);
      const { key } = await this.office.key('gone', user.id);
      await this.house.owner.delete(`/users/${user.id}`).answers(204);
      this.add(name, bearer(key), {});
    },
    expired: async (name) => {
      const user = this.staff.users.get('mate')!;
      const { key } = await this.office.key('short', user.id, { expires_at: new Date(Date.now() + 1_000).toISOString() });
      await new Promise((later) => setTimeout(later, 1_500));
      this.add(name, bearer(key), {});
    },
    revoked: async (name) => {
      const made = await this.office.key('revoked', this.staff.users.get('mate')!.id);
      await this.house.owner.delete(`/keys/${made.id}`).answers(204);
      this.add(name, bearer(made.key), {});
    },
    'made up': async (name) => this.add(name, bearer('pk_1_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjk'), {}),
    'ended session': async (name) => {
      const headers = { ...this.house.sameOrigin, cookie: await this.office.signIn(this.staff.users.get('mate')!) };
      await this.house.with(headers).delete('/session').answers(204);
      this.add(name, headers, {});
    },
  };

  private async addPerson(name: string, role: string): Promise<void> {
    const { user } = await this.office.engage(people[role as 'staff']?.name ?? name, this.staff.roles.get(role)!.id);
    this.staff.users.set(name, user);
    this.staff.keys.set(name, (await this.office.key('Spare', user.id)).id);
    this.add(name, bearer((await this.office.key(name, user.id)).key), { userId: user.id, spareKey: this.staff.keys.get(name)! });
  }

  private async addOnly(right: string): Promise<void> {
    const { user } = await this.office.engage(`Only ${right}`, this.staff.roles.get(right)!.id);
    const spareKey = (await this.office.key('Spare', user.id)).id;
    this.staff.users.set(`only ${right}`, user);
    this.add(`only ${right}`, bearer((await this.office.key('only', user.id)).key), { rights: this.onlyRight(right), role: 'custom', reach: 3, userId: user.id, spareKey, narrow: true });
  }

  private async addAllBut(right: string): Promise<void> {
    const user = this.staff.users.get('owner')!;
    const scopes = this.policy.rights.filter((one) => one !== right);
    const { key } = await this.office.key(`all but ${right}`, user.id, { scopes });
    this.add(`all but ${right}`, bearer(key), { rights: new Set(scopes), sight: 'owner', role: 'owner', reach: 3, userId: user.id, spareKey: this.staff.keys.get('owner')!, narrow: true });
  }

  /** All who are tried are in both teams, the mate in the first; the colleague is in none. */
  private async addTeams(): Promise<void> {
    const members = [...this.staff.users].filter(([word]) => !['owner', 'least', 'second owner', 'mate', 'colleague'].includes(word)).map(([, user]) => user.id);
    for (const [name, user_ids] of [['First', [...members, this.staff.users.get('mate')!.id]], ['Second', members]] as const)
      this.staff.teams.push(await this.house.owner.post('/teams', { name, user_ids }).gives(201));
  }
}
