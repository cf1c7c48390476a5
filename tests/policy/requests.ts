// What each row of the policy sends: in earnest where it is to be refused, harmless where it is to be allowed.
import type { Headers, Json } from '../support/client.ts';
import { portrait } from '../support/picture.ts';
import type { Caller, Engaging } from './callers.ts';
import type { Records } from './records.ts';
import type { Row } from './table.ts';

export interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body?: string | Buffer;
}

const json = { 'content-type': 'application/json' };
const png = { 'content-type': 'image/png' };
const csv = { 'content-type': 'text/csv' };

export class Requests {
  private readonly records: Records;
  private readonly engaging: Engaging;
  private serial = 0;

  constructor(records: Records, engaging: Engaging) {
    this.records = records;
    this.engaging = engaging;
  }

  async of(row: Row, caller: Caller, standing: string, earnest: boolean): Promise<Sent> {
    const fresh = row.sends === 'fresh' && !earnest;
    const id = row.of && (fresh ? await this.engaging.freshSession(standing) : this.records.id(row.of, standing, caller));
    const sent: Sent = { method: row.method, path: row.path.replace('{id}', row.by === 'path' ? id : 'nothing'), headers: {} };
    if (row.by.startsWith('?')) {
      const value = row.by === '?name' ? this.records.nameOf(standing, caller) : id;
      sent.path += `?${row.by.slice(1)}=${encodeURIComponent(value)}`;
    }
    if (row.path.endsWith('/tally')) sent.path += `${sent.path.includes('?') ? '&' : '?'}by=kind`;
    this.fill(sent, row, id, !earnest && (row.sends === 'wrong' || row.sends === 'taken') ? row.sends : '');
    if (row.sends === 'stale' && !earnest) sent.headers['if-match'] = '"0"';
    return sent;
  }

  private fill(sent: Sent, row: Row, id: string, mode: string): void {
    const where = `${row.method} ${row.path}`;
    const raw = this.raw(where, mode);
    if (raw) {
      sent.headers = { ...raw.headers };
      sent.body = raw.bytes;
      sent.path += raw.query ?? '';
      return;
    }
    const body = mode === 'wrong' ? this.wrong(where) : this.body(where, row.by, id, mode === 'taken');
    if (body === undefined) return;
    sent.headers = { ...json };
    sent.body = JSON.stringify(body);
  }

  private raw(where: string, mode: string): { headers: Headers; bytes: string | Buffer; query?: string } | undefined {
    switch (where) {
      case 'POST /api/v1/files':
        return { headers: { 'content-type': 'text/plain' }, bytes: 'policy', query: mode ? '' : '?filename=policy.txt' };
      case 'POST /api/v1/imports':
        return { headers: csv, bytes: 'name\nPolicy\n', query: mode ? '' : '?filename=policy.csv' };
      case 'PUT /api/v1/customers/{id}/photo':
        return { headers: png, bytes: portrait(++this.serial % 200) };
      default:
        return undefined;
    }
  }

  /** A body that is understood by nobody whom the right lets through. */
  private wrong(where: string): Json {
    return where === 'POST /api/v1/bulk' || where === 'POST /api/v1/bulk/preview' ? { filter: { ids: [] }, action: {} } : { nonsense: true };
  }

  private body(where: string, by: string, id: string, taken: boolean): Json {
    const number = ++this.serial;
    const least = this.records.ids.get('role')!.get('least')!;
    switch (where) {
      case 'POST /api/v1/csp-reports': return {};
      case 'POST /api/v1/session/password': return { current: 'surely not this one', password: `a new secret of many words ${number}` };
      case 'PATCH /api/v1/business': return { name: `Taken over ${number}` };
      // In earnest it would be set up; where it is let through, plain HTTP keeps it from being.
      case 'POST /api/v1/openid_providers': return { name: 'Elsewhere', issuer: taken ? 'http://accounts.example.com' : 'https://accounts.example.com', client_id: 'policy', client_secret: 'policy' };
      case 'PATCH /api/v1/openid_providers/{id}': return { name: 'Taken over' };
      case 'POST /api/v1/users': return { name: 'Intruder', email: taken ? 'olive@example.com' : `intruder${number}@example.com`, role_id: by ? id : least };
      case 'PATCH /api/v1/users/{id}': return { title: `Title ${number}` };
      case 'POST /api/v1/roles': return { name: `Role ${number}`, permissions: [], visibility: 'none' };
      case 'PATCH /api/v1/roles/{id}': return { name: `Role ${number}` };
      case 'POST /api/v1/teams': return { name: `Team ${number}`, user_ids: [] };
      case 'PATCH /api/v1/teams/{id}': return { name: `Team ${number}` };
      case 'POST /api/v1/keys': return { name: `Key ${number}` };
      case 'PATCH /api/v1/keys/{id}': return { name: 'Spare' };
      case 'POST /api/v1/tags': return { name: `Tag ${number}` };
      case 'PATCH /api/v1/tags/{id}': return { name: `Tag changed ${number}` };
      case 'POST /api/v1/folders': return { name: `Folder ${number}`, ...(by ? { parent_id: id } : {}) };
      case 'PATCH /api/v1/folders/{id}': return { tone: ['info', 'ok', 'warn', 'bad'][number % 4] };
      case 'POST /api/v1/statuses': return { folder_id: id, name: `Status ${number}` };
      case 'PATCH /api/v1/statuses/{id}': return { tone: ['info', 'ok', 'warn', 'bad'][number % 4] };
      case 'POST /api/v1/fields': return { key: taken ? 'policy_field' : `policy_${number}`, label: `Field ${number}`, type: 'text', ...(by ? { folder_ids: [id] } : {}) };
      case 'PATCH /api/v1/fields/{id}': return { label: `Field changed ${number}` };
      case 'POST /api/v1/customers': return { display_name: `Made ${number}`, ...(by ? { folder_id: id } : {}) };
      case 'PATCH /api/v1/customers/{id}': return { language: ['de', 'fr', 'it', 'es'][number % 4] };
      case 'PUT /api/v1/customers/{id}/presence': return {};
      case 'POST /api/v1/customers/{id}/undo': return { position: 1 };
      case 'POST /api/v1/session/second_factor/confirmation': return { code: '000000' };
      case 'POST /api/v1/session/proof': return { password: 'surely not this one' };
      case 'POST /api/v1/session/openid': return {};
      case 'POST /api/v1/session/openid/answer': return { state: 'none', code: 'none' };
      case 'POST /api/v1/session/passkeys': return { name: 'Mine', client_data: 'e30', attestation: 'oA' };
      case 'PATCH /api/v1/session/passkeys/{id}': return { name: 'Mine' };
      case 'POST /api/v1/segments': return { name: `Segment ${number}`, filter: { field: 'source', is: 'nobody at all' } };
      case 'POST /api/v1/segments/preview': return { filter: by ? { field: 'folder_id', is: id } : { field: 'source', is: 'policy' } };
      case 'PATCH /api/v1/segments/{id}': return { name: `Everybody ${number}` };
      case 'POST /api/v1/notes': return { customer_id: id, body: `Said ${number}` };
      case 'PATCH /api/v1/notes/{id}': return { pinned: number % 2 === 0 };
      case 'POST /api/v1/relations': return this.relation(by, id, taken, number);
      case 'PATCH /api/v1/relations/{id}': return { note: `Noted ${number}` };
      case 'PATCH /api/v1/imports/{id}': return { sample: 1 + (number % 5) };
      case 'POST /api/v1/views': return { name: `View ${number}`, ...(by ? { filter: { field: 'folder_id', is: id } } : {}) };
      case 'PATCH /api/v1/views/{id}': return { name: `View changed ${number}` };
      case 'POST /api/v1/bulk': return { filter: { ids: [this.records.standings.get("nobody's")!.customer] }, action: { set_field: { field: 'language', value: 'nl' } } };
      case 'POST /api/v1/bulk/preview': return { filter: { ids: by ? [id] : [] }, action: { set_field: { field: 'language', value: 'nl' } } };
      case 'POST /api/v1/setup': return { token: 'none', business_name: 'Mine' };
      case 'POST /api/v1/session': return { email: 'nobody@example.com', password: 'no password of anybody' };
      case 'POST /api/v1/session/invitation': return { token: 'none', password: 'no password of anybody' };
      default: return undefined;
    }
  }

  /** To somebody whom all see; the first relation of each kind stands already, so that a further one is refused harmlessly. */
  private relation(by: string, id: string, taken: boolean, number: number): Json {
    const hub = this.records.standings.get(id === this.records.standings.get('open')!.customer ? 'managed' : 'open')!.customer;
    const kind = taken ? 'other' : ['family', 'partner_of', 'referred'][number % 3];
    return by === '/from_id' ? { from_id: id, to_id: hub, kind } : { from_id: hub, to_id: id, kind };
  }
}
