// Makes one record of each kind in each standing of the policy, in this business and next door.
import type { Client, Json } from '../support/client.ts';
import type { House } from '../support/house.ts';
import { portrait } from '../support/picture.ts';
import { Chance } from '../support/random.ts';
import type { Caller, Engaging, Staff } from './callers.ts';
import type { Policy } from './table.ts';

export const missing: Record<string, string> = {
  customer: 'cus_0000000000001', note: 'not_0000000000001', relation: 'rel_0000000000001', file: 'fil_0000000000001', folder: 'fol_0000000000001',
  status: 'sta_0000000000001', user: 'usr_0000000000001', role: 'rol_0000000000001', team: 'tea_0000000000001', key: 'key_0000000000001',
  session: 'ses_0000000000001', tag: 'tag_0000000000001', field: 'fld_0000000000001', segment: 'seg_0000000000001', view: 'viw_0000000000001',
  job: 'job_0000000000001', import: 'imp_0000000000001',
};

/** What hangs on one customer. */
interface Standing {
  customer: string;
  note: string;
  relation: string;
  file: string;
  /** Two words that stand nowhere else. */
  name: string;
}

const following = ['customer', 'note', 'relation', 'file'] as const;
const ownStandings: Record<string, string[]> = {
  user: ['oneself', 'least', 'second owner', "neighbour's", 'missing'],
  role: ['least', "manager's", "owner's", "neighbour's", 'missing'],
  key: ['own', 'least', 'second owner', "neighbour's", 'missing'],
  session: ['least', 'second owner', "neighbour's", 'missing'],
  view: ['shared', 'private', "neighbour's", 'missing'],
  job: ["owner's", "own's", "neighbour's", 'missing'],
};
const narrowStandings: Record<string, string[]> = { customer: ["nobody's", 'closed', 'missing'], folder: ['plain', 'closed', 'missing'] };

export class Records {
  readonly standings = new Map<string, Standing>();
  /** By kind, then by standing. */
  readonly ids = new Map<string, Map<string, string>>();
  readonly names = new Map<string, string>();
  otherBusiness!: Client;
  private readonly house: House;
  private readonly policy: Policy;
  private readonly staff: Staff;
  private readonly engaging: Engaging;
  private readonly chance = new Chance(4711);

  constructor(house: House, policy: Policy, staff: Staff, engaging: Engaging) {
    this.house = house;
    this.policy = policy;
    this.staff = staff;
    this.engaging = engaging;
  }

  /** In which standings a kind of record is tried for that caller. */
  standingsOf(kind: string, caller: Caller): string[] {
    const like = following.includes(kind as 'note') ? 'customer' : kind === 'status' ? 'folder' : kind;
    if (caller.narrow && narrowStandings[like]) return narrowStandings[like]!.filter((one) => one !== 'closed' || caller.sight !== 'owner');
    const all = like === 'customer' ? [...this.policy.customers.keys(), ...(kind === 'file' ? this.policy.files.keys() : [])] : like === 'folder' ? [...this.policy.folders.keys()] : (ownStandings[kind] ?? ['there', "neighbour's", 'missing']);
    if (caller.narrow) return all.filter((one) => one !== "neighbour's");
    // What is next door, and oneself, is the neighbour's own business.
    return caller.sight === 'elsewhere' ? all.filter((one) => !["neighbour's", 'oneself', 'own'].includes(one)) : all;
  }

  id(kind: string, standing: string, caller: Caller): string {
    if (standing === 'missing') return missing[kind]!;
    if (following.includes(kind as 'note') && !this.policy.files.has(standing)) {
      const own = this.standings.get(`${standing} of ${caller.userId}`);
      return (own ?? this.standings.get(standing))![kind as 'note'];
    }
    if (kind === 'user' && standing === 'oneself') return caller.userId || this.staff.users.get('least')!.id;
    if (kind === 'key' && standing === 'own') return caller.spareKey || this.staff.keys.get('least')!;
    const id = this.ids.get(kind)?.get(standing);
    if (!id) throw new Error(`there is no ${kind} that is ${standing}`);
    return id;
  }

  /** The name that a customer has, or one that nobody has. */
  nameOf(standing: string, caller: Caller): string {
    return (this.standings.get(`${standing} of ${caller.userId}`) ?? this.standings.get(standing))?.name ?? 'Xqvwyl Jkzrtop';
  }

  async all(): Promise<void> {
    this.otherBusiness = this.house.with(this.staff.neighbour);
    await this.folders();
    await this.customers();
    await this.files();
    await this.setUp(this.house.owner, 'there', this.house.ownerKey);
    await this.setUp(this.otherBusiness, "neighbour's", undefined);
    await this.people();
    await this.jobs();
  }

  private keep(kind: string, standing: string, id: string): void {
    if (!this.ids.has(kind)) this.ids.set(kind, new Map());
    this.ids.get(kind)!.set(standing, id);
  }

  private word(): string {
    const sounds = ['bra', 'gol', 'fen', 'dru', 'kip', 'mox', 'tul', 'wes', 'zan', 'hob', 'jir', 'pes', 'vok', 'lud', 'cym', 'nax'];
    const word = Array.from({ length: 4 }, () => this.chance.one(sounds)).join('');
    return word[0]!.toUpperCase() + word.slice(1);
  }

  private get restricted(): string[] {
    return [...this.staff.roles].filter(([word]) => word !== 'owner' && word !== 'least').map(([, role]) => role.id);
  }

  private async folder(standing: string, members: Json): Promise<string> {
    const { owner } = this.house;
    const name = `${this.word()} ${this.word()}`;
    const made = await owner.post('/folders', { name, ...members }).gives(201);
    this.keep('folder', standing, made.id);
    this.names.set(made.id, name);
    const status = await owner.post('/statuses', { folder_id: made.id, name: this.word() }).gives(201);
    this.keep('status', standing, status.id);
    this.names.set(status.id, status.name);
    return made.id;
  }

  private async folders(): Promise<void> {
    const rule = (level: string, tos = this.restricted) => tos.map((to) => ({ to, level }));
    const everyone = this.staff.callers.map((one) => one.userId);
    const people = [...this.staff.users.values()].map((user) => user.id).filter((id) => everyone.includes(id) && id !== this.staff.users.get('owner')!.id);
    const [first, second] = this.staff.teams.map((team) => team.id);
    await this.folder('plain', {});
    const closed = await this.folder('closed', { access: rule('none') });
    await this.folder('inside closed', { parent_id: closed });
    await this.folder('reopened', { parent_id: closed, access: rule('work') });
    await this.folder('managed inside closed', { parent_id: closed, access: rule('manage') });
    await this.folder('glass', { access: rule('see') });
    await this.folder('open', { access: rule('work') });
    await this.folder('managed', { access: rule('manage') });
    await this.folder('person before role', { access: [...rule('none'), ...rule('work', people)] });
    await this.folder('team before role', { access: [...rule('work'), ...rule('none', [second])] });
    await this.folder('least of teams', { access: [...rule('manage', [first]), ...rule('none', [second])] });
  }

  /** A customer with a note, a photo and a relation to somebody whom all see. */
  private async stand(standing: string, folder: string, workers: Json[]): Promise<Standing> {
    const { owner } = this.house;
    const name = `${this.word()} ${this.word()}`;
    const made = await owner.post('/customers', { display_name: name, source: 'policy', folder_id: this.ids.get('folder')!.get(folder), workers }).gives(201);
    const note = await owner.post('/notes', { customer_id: made.id, body: `About ${name}` }).gives(201);
    const seen = await owner.put(`/customers/${made.id}/photo`, undefined, { bytes: portrait(7), headers: { 'content-type': 'image/png' } }).gives(200);
    const hub = this.standings.get('open');
    const relation = hub ? (await owner.post('/relations', { from_id: made.id, to_id: hub.customer, kind: 'other' }).gives(201)).id : '';
    if (hub) await owner.post('/relations', { from_id: hub.customer, to_id: made.id, kind: 'other' }).gives(201);
    const one = { customer: made.id, note: note.id, relation, file: seen.photo_id, name };
    this.standings.set(standing, one);
    return one;
  }

  private async customers(): Promise<void> {
    const worker = (word: string, responsible: boolean) => ({ user_id: this.staff.users.get(word)!.id, responsible });
    const callers = new Set(this.staff.callers.filter((one) => one.userId && !one.narrow && one.sight !== 'elsewhere').map((one) => one.userId));
    const assigned = [...callers].map((user_id) => ({ user_id, responsible: false }));
    const closed: Json[] = [];
    // Whom all see was out of their sight before.
    const open = await this.stand('open', 'closed', []);
    await this.house.owner.patch(`/customers/${open.customer}`, { folder_id: this.ids.get('folder')!.get('open') }).gives(200);
    await this.stand('managed', 'managed', []);
    const [hub, other] = [this.standings.get('open')!, this.standings.get('managed')!];
    hub.relation = other.relation;
    for (const user_id of callers) await this.stand(`responsible of ${user_id}`, 'plain', [{ user_id, responsible: true }]);
    this.standings.set('responsible', this.standings.get(`responsible of ${this.staff.users.get('owner')!.id}`)!);
    await this.stand('assigned', 'plain', [worker('mate', true), ...assigned]);
    await this.stand("team's", 'plain', [worker('mate', true)]);
    await this.stand("colleague's", 'plain', [worker('colleague', true)]);
    await this.stand("nobody's", 'plain', []);
    await this.stand('closed', 'closed', closed);
    await this.stand('closed, assigned', 'closed', assigned);
    await this.stand('inside closed', 'inside closed', []);
    await this.stand('reopened', 'reopened', []);
    await this.stand('managed inside closed', 'managed inside closed', []);
    await this.stand('glass', 'glass', []);
    await this.stand('glass, assigned', 'glass', assigned);
    await this.stand("glass, team's", 'glass', [worker('mate', true)]);
    for (const folder of ['person before role', 'team before role', 'least of teams']) await this.stand(folder, folder, []);
    const [binned, binnedClosed] = [await this.stand('binned', 'plain', assigned), await this.stand('binned, closed', 'closed', [])];
    for (const one of [binned, binnedClosed]) await this.house.owner.delete(`/customers/${one.customer}`).answers(204);
  }

  private async files(): Promise<void> {
    const { owner } = this.house;
    await owner.post('/fields', { key: 'paper', label: 'Paper', type: 'file' }).gives(201);
    for (const [standing, holder] of [['loose', ''], ['in a field', 'assigned'], ['in a field, closed', 'closed']] as const) {
      const { id } = await owner.post('/files?filename=paper.txt', undefined, { bytes: standing, headers: { 'content-type': 'text/plain' } }).gives(201);
      this.keep('file', standing, id);
      if (holder) await owner.patch(`/customers/${this.standings.get(holder)!.customer}`, { custom: { paper: id } }).gives(200);
    }
  }

  /** What has no place of its own: one of each. */
  private async setUp(owner: Client, standing: string, ownerKey: string | undefined): Promise<void> {
    const make = async (kind: string, path: string, body: Json) => this.keep(kind, standing, (await owner.post(path, body).gives(201)).id);
    if (!ownerKey) await this.nextDoor(owner);
    const closed = this.ids.get('folder')!.get('closed');
    await make('tag', '/tags', { name: `Tag ${standing}` });
    await make('field', '/fields', { key: 'policy_field', label: 'Policy', type: 'text', folder_ids: ownerKey ? [this.ids.get('folder')!.get('plain'), closed] : [] });
    await make('segment', '/segments', { name: `Everybody ${standing}`, filter: { field: 'source', is: 'policy' } });
    await make('team', '/teams', { name: `Team ${standing}`, user_ids: [] });
    const upload = await owner.post('/imports?filename=policy.csv', undefined, { bytes: 'name,email\nPolicy,policy@example.com\n', headers: { 'content-type': 'text/csv' } }).gives(201);
    this.keep('import', standing, upload.id);
  }

  private async nextDoor(owner: Client): Promise<void> {
    const made = await owner.post('/customers', { display_name: 'Next Door One', source: 'policy' }).gives(201);
    const other = await owner.post('/customers', { display_name: 'Next Door Two', source: 'policy' }).gives(201);
    const note = await owner.post('/notes', { customer_id: made.id, body: 'Next door' }).gives(201);
    const relation = await owner.post('/relations', { from_id: made.id, to_id: other.id, kind: 'other' }).gives(201);
    const seen = await owner.put(`/customers/${made.id}/photo`, undefined, { bytes: portrait(9), headers: { 'content-type': 'image/png' } }).gives(200);
    this.standings.set("neighbour's", { customer: made.id, note: note.id, relation: relation.id, file: seen.photo_id, name: 'Next Door One' });
    const keep = (kind: string, id: string) => this.keep(kind, "neighbour's", id);
    keep('folder', (await owner.all('/folders'))[0].id);
    keep('status', (await owner.all('/statuses'))[0].id);
    const session = await owner.get('/session').gives(200);
    keep('user', session.user.id);
    keep('role', session.role.id);
    keep('key', (await owner.all('/keys'))[0].id);
    const signedIn = await this.house.browser.post('/session', { email: 'otto@example.com', password: 'nine yellow bicycles', business: 'next-door' }).answers(201);
    const cookie = signedIn.headers['set-cookie']![0]!.split(';')[0]!;
    keep('session', (await this.house.with({ ...this.house.sameOrigin, cookie }).get('/sessions').gives(200)).data[0].id);
    keep('view', (await owner.post('/views', { name: 'Theirs', shared: true }).gives(201)).id);
    keep('job', await this.exported(owner));
  }

  private async people(): Promise<void> {
    const { owner } = this.house;
    for (const word of ['least', 'second owner']) {
      this.keep('user', word, this.staff.users.get(word)!.id);
      this.keep('key', word, this.staff.keys.get(word)!);
      this.keep('session', word, await this.engaging.freshSession(word));
    }
    for (const [standing, role] of [['least', 'least'], ["manager's", 'manager'], ["owner's", 'owner']] as const) this.keep('role', standing, this.staff.roles.get(role)!.id);
    this.keep('view', 'shared', (await owner.post('/views', { name: 'Shared', shared: true }).gives(201)).id);
    this.keep('view', 'private', (await owner.post('/views', { name: 'Private' }).gives(201)).id);
  }

  /** Everybody whom that caller sees, taken out as a file by a job. */
  private async exported(as: Client): Promise<string> {
    const { id } = await as.post('/bulk', { filter: { all: [] }, action: { export: { format: 'csv' } } }).gives(202);
    await as.until('the export', async () => (await as.get(`/jobs/${id}`).gives(200)).has_file);
    return id;
  }

  private async jobs(): Promise<void> {
    this.keep('job', "owner's", await this.exported(this.house.owner));
    const own = this.staff.callers.find((one) => one.name === 'own')!;
    this.keep('job', "own's", await this.exported(this.house.with(own.headers)));
  }

  /** Ids and names that this caller must never be told. */
  hiddenFrom(caller: Caller): { ids: Set<string>; words: string[] } {
    const ids = new Set<string>();
    const words: string[] = [];
    for (const [key, one] of this.standings) {
      const standing = key.replace(/ of usr_.*/, '');
      if (standing === "neighbour's" ? caller.sight === 'elsewhere' : this.isShown(key, standing, caller)) continue;
      for (const kind of following) ids.add(one[kind]);
      words.push(one.name);
    }
    // Of customers in sight what hangs on them may be out of it.
    for (const [key, one] of caller.hanging === caller.sight ? [] : this.standings) {
      const standing = key.replace(/ of usr_.*/, '');
      if (!this.isShown(key, standing, { ...caller, sight: caller.hanging })) for (const kind of ['note', 'relation'] as const) ids.add(one[kind]);
    }
    for (const kind of ['folder', 'status'])
      for (const [standing, id] of this.ids.get(kind)!) {
        const level = this.policy.folders.get(standing);
        const hidden = caller.sight === 'elsewhere' ? standing !== "neighbour's" : standing === "neighbour's" || (caller.sight !== 'owner' && level === 'none');
        if (!hidden) continue;
        ids.add(id);
        if (this.names.has(id)) words.push(this.names.get(id)!);
      }
    return { ids, words };
  }

  private isShown(key: string, standing: string, caller: Caller): boolean {
    if (this.policy.customers.get(standing)![caller.sight] === '') return false;
    if (standing !== 'responsible' || caller.sight === 'owner' || caller.sight === 'all') return true;
    // Others of the team are responsible as well, and the team sees theirs; but for the owner's, who is in no team.
    return key.endsWith(caller.userId) || (caller.sight === 'team' && !key.endsWith(this.staff.users.get('owner')!.id));
  }
}
