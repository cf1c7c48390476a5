// Speaks to the API as one principal, so that tests read like stories:
//   const note = await staff.post('/notes', {…}).gives(201)
//   await staff.patch(`/notes/${note.id}`, { rank: 1 }).refuses(422, 'invalid', ['/rank'])
import assert from 'node:assert/strict';
import type http from 'node:http';
import { keepAlive, send, type Received } from './http.ts';
import type { Document } from './document.ts';
import { within } from './program.ts';

export type Headers = Record<string, string | undefined>;
export type Json = any;

const agent = keepAlive();

export class Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly bytes: Buffer;
  readonly asked: string;

  constructor(asked: string, received: Received) {
    this.asked = asked;
    this.status = received.status;
    this.headers = received.headers;
    this.rawHeaders = received.rawHeaders;
    this.bytes = received.body;
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }
  get json(): Json {
    return this.bytes.length ? JSON.parse(this.text) : undefined;
  }
  get etag(): string {
    assert.ok(this.headers.etag, `${this.asked}: no ETag`);
    return this.headers.etag;
  }
  header(name: string): string | undefined {
    const value = this.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }
  toString(): string {
    return `${this.asked} → ${this.status} ${this.text.slice(0, 2000)}`;
  }
}

/** Every refusal has one shape: RFC 9457 with a public code and, where a spot is to blame, pointers. */
export function assertProblem(answer: Answer, status: number, code?: string, pointers?: string[]): Json {
  assert.equal(answer.status, status, String(answer));
  assert.match(answer.header('content-type') ?? '', /^application\/problem\+json/, String(answer));
  const problem = answer.json;
  assert.equal(problem.status, status, String(answer));
  assert.match(problem.code, /^[a-z][a-z0-9_]*$/, String(answer));
  assert.ok(problem.type.endsWith(`/problems/${problem.code}`), String(answer));
  assert.ok(problem.title && typeof problem.detail === 'string', String(answer));
  for (const error of problem.errors ?? []) {
    assert.equal(typeof error.pointer, 'string', String(answer));
    assert.match(error.code, /^[a-z][a-z0-9_]*$/, String(answer));
    assert.ok(error.message.length > 3, String(answer));
  }
  assert.doesNotMatch(answer.text, /sqlite|SELECT |INSERT |\/src\/|\.cpp|terminate called|std::/, 'a refusal gives nothing of the inside away');
  if (code) assert.equal(problem.code, code, String(answer));
  if (pointers) assert.deepEqual((problem.errors ?? []).map((error: Json) => error.pointer).sort(), [...pointers].sort(), String(answer));
  return problem;
}

export class Call {
  readonly answer: Promise<Answer>;
  constructor(answer: Promise<Answer>) {
    this.answer = answer;
    answer.catch(() => {});
  }
  /** The body of an answer with this status. */
  async gives(status: number): Promise<Json> {
    return (await this.answers(status)).json;
  }
  /** The whole answer, which must have this status. */
  async answers(status: number): Promise<Answer> {
    const answer = await this.answer;
    assert.equal(answer.status, status, String(answer));
    return answer;
  }
  /** The problem of a refusal. `pointers`, where given, are all that are blamed. */
  async refuses(status: number, code?: string, pointers?: string[]): Promise<Json> {
    return assertProblem(await this.answer, status, code, pointers);
  }
}

export interface Options {
  headers?: Headers;
  /** Sent as it is instead of JSON. */
  bytes?: string | Buffer;
}

/** Paths stand under /api/v1, but for those that name another place themselves. */
export const fullPath = (path: string) => (/^\/(api\b|healthz|readyz|metrics|assets|icon|b\/|$|\?)/.test(path) ? path : `/api/v1${path}`);

const sessionIn = (cookies: string): string => /(?:^|; )((?:__Host-)?patron=[^;]+)/.exec(cookies)?.[1] ?? '';

export class Client {
  readonly address: string;
  private readonly principal: () => Promise<Headers>;
  private readonly document: Document | undefined;
  /** The session goes on under these, as a browser would send them: the cookie that came, by the one it came instead of. */
  private readonly renewed = new Map<string, string>();

  constructor(address: string, principal: Headers | (() => Promise<Headers>), document?: Document) {
    this.address = address;
    this.principal = typeof principal === 'function' ? principal : async () => principal;
    this.document = document;
  }

  call(method: string, path: string, body?: Json, options: Options = {}): Call {
    return new Call(this.perform(method, path, body, options));
  }

  private async perform(method: string, path: string, body: Json, options: Options): Promise<Answer> {
    const sent = options.bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    const headers: http.OutgoingHttpHeaders = {};
    const wanted = { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...(await this.principal()), ...options.headers };
    for (const [name, value] of Object.entries(wanted)) if (value !== undefined) headers[name] = value;
    const session = sessionIn(String(headers.cookie ?? ''));
    let kept = session;
    while (this.renewed.has(kept)) kept = this.renewed.get(kept)!;
    if (session) headers.cookie = String(headers.cookie).replace(session, kept);
    const where = fullPath(path);
    const received = await send({ method, url: this.address + where, headers, body: sent, agent });
    const answer = new Answer(`${method} ${where}`, received);
    assert.ok(answer.status < 500 || answer.status === 503 || answer.status === 507, `a client's mistake is never a 5xx: ${answer}`);
    this.document?.compare(method, where, answer);
    const fresh = sessionIn(answer.headers['set-cookie']?.[0] ?? '');
    if (session && fresh) this.renewed.set(kept, fresh);
    return answer;
  }

  get = (path: string, options?: Options) => this.call('GET', path, undefined, options);
  head = (path: string, options?: Options) => this.call('HEAD', path, undefined, options);
  post = (path: string, body?: Json, options?: Options) => this.call('POST', path, body, options);
  put = (path: string, body?: Json, options?: Options) => this.call('PUT', path, body, options);
  patch = (path: string, body?: Json, options?: Options) => this.call('PATCH', path, body, options);
  delete = (path: string, options?: Options) => this.call('DELETE', path, undefined, options);

  /** Every row of a list, page by page; checks that pages neither repeat nor leave out and agree with the total. */
  async all(path: string, limit = 200): Promise<Json[]> {
    const rows: Json[] = [];
    const join = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const page: Json = await this.get(`${path}${join}limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`).gives(200);
      assert.ok(page.data.length <= limit, `${path}: more rows than asked for`);
      assert.ok(page.data.length > 0 || page.next === null, `${path}: an empty page that has a next one`);
      rows.push(...page.data);
      if (page.total_is === 'exact' && page.next === null) assert.equal(rows.length, page.total, `${path}: pages hold as many as the total says`);
      cursor = page.next;
    } while (cursor);
    const ids = rows.map((row) => row.id).filter(Boolean);
    assert.equal(new Set(ids).size, ids.length, `${path}: a row came twice`);
    return rows;
  }

  /** Runs `task` until it answers something; fails with what it waited for. */
  async until<T>(what: string, task: () => Promise<T | undefined | false | null>, patience = 15_000): Promise<T> {
    const end = Date.now() + within(patience);
    for (;;) {
      const found = await task();
      if (found) return found;
      if (Date.now() > end) assert.fail(`waited ${within(patience) / 1000} s in vain for: ${what}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }
}
