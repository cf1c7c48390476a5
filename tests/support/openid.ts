// OpenID providers on this machine: a certified one (oidc-provider), and one made up here whose every word can be bent.
import assert from 'node:assert/strict';
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, constants, type KeyObject } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { Json } from './client.ts';
import type { House } from './house.ts';

export const client = { id: 'patron-in-the-tests', secret: 'a secret of the client that nobody may read' };

type Serve = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server that stands before anybody knows what it serves: its address goes into the flags of the program. */
export class Station {
  readonly server: http.Server;
  serve: Serve = (_, response) => void response.writeHead(503).end();
  private constructor(server: http.Server) {
    this.server = server;
  }

  static async open(): Promise<Station> {
    const server = http.createServer((request, response) => station.serve(request, response));
    const station = new Station(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    server.unref();
    return station;
  }
  get place(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get issuer(): string {
    return `http://${this.place}`;
  }
}

export interface Account {
  sub: string;
  email?: string;
  email_verified?: boolean;
}

/** How a house is founded whose server may call these. */
export const allowed = (...stations: Station[]) => ({ serve: stations.flatMap((station) => ['--allow-outbound', station.place]) });

export const setUp = (house: House, station: Station): Promise<Json> =>
  house.owner.post('/openid_providers', { name: 'Harbour ID', issuer: station.issuer, client_id: client.id, client_secret: client.secret }).gives(201);

/** The certified provider, with one client: the program under test. */
export function serveCertified(station: Station, accounts: Record<string, Account>, redirect: string): void {
  const provider = new Provider(station.issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => accounts[id] }),
    cookies: { keys: [randomBytes(16).toString('hex')] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
    jwks: { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'the one' }] },
  });
  const callback = provider.callback();
  station.serve = (request, response) => callback(request, response);
}

/** Walks through the provider's own pages as that account; answers what the browser comes back with. */
export async function walk(question: string, account: string, end: 'agree' | 'cancel' = 'agree'): Promise<Json> {
  const jar = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET', redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) jar.set(name!, value);
      else jar.delete(name!);
    }
    await answer.arrayBuffer();
    return answer;
  };
  let url = question;
  let answer = await go(url);
  for (let steps = 0; steps < 20; steps++) {
    const location = answer.headers.get('location');
    if (location) {
      url = new URL(location, url).href;
      if (new URL(url).pathname === '/sign-in/openid') return Object.fromEntries(new URL(url).searchParams);
      answer = await go(url);
      continue;
    }
    assert.equal(answer.status, 200, `${url} answered ${answer.status}`);
    if (end === 'cancel') answer = await go(`${url}/abort`);
    else answer = await go(url, jar.has('asked') ? { prompt: 'consent' } : { prompt: 'login', login: account, password: 'whatever' });
    jar.set('asked', '1');
  }
  throw new Error('the provider never sent the browser back');
}

const url64 = (what: string | Buffer) => Buffer.from(what).toString('base64url');

export type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'HS256' | 'EdDSA' | 'RS512' | 'none';

/** What may be bent in what the made-up provider says. */
export interface Bent {
  claims?: Json;
  without?: string[];
  header?: Json;
  algorithm?: Algorithm;
  /** Signed with a key that is not published under this id. */
  foreign?: boolean;
  /** A word about the whole token. */
  token?: (token: string) => string;
  discovery?: Json;
  jwks?: Json;
  /** Instead of an answer, at that path. */
  instead?: Record<string, Serve>;
  userinfo?: Json;
  /** Milliseconds that it takes over each answer. */
  slow?: number;
}

/** A provider in as few lines as there can be; it believes whoever asks. */
export class MadeUp {
  readonly station: Station;
  readonly rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly others = { rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }), ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  readonly ed = generateKeyPairSync('ed25519');
  bent: Bent = {};
  account: Account = { sub: 'made-up-1' };
  /** Paths that were asked, in order. */
  readonly asked: string[] = [];
  /** What came to the token endpoint. */
  readonly forms: Record<string, string>[] = [];
  private readonly codes = new Map<string, { nonce: string; challenge: string }>();

  constructor(station: Station) {
    this.station = station;
    station.serve = (request, response) => this.serve(request, response);
  }

  get jwks(): Json {
    const of = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });
    return { keys: [of(this.rsa.publicKey, 'r'), of(this.ec.publicKey, 'e'), of(this.ed.publicKey, 'd')] };
  }

  /** What the browser comes back with, without going anywhere. */
  answer(question: string): Json {
    const asked = new URL(question).searchParams;
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')! });
    return { code, state: asked.get('state')!, iss: this.station.issuer };
  }

  private token(nonce: string): string {
    const { algorithm = 'RS256', claims = {}, header = {}, without = [], foreign = false } = this.bent;
    const now = Math.floor(Date.now() / 1000);
    const said: Json = { iss: this.station.issuer, aud: client.id, iat: now, exp: now + 300, nonce, ...this.account, ...claims };
    for (const name of without) delete said[name];
    const kind = algorithm === 'ES256' ? 'ec' : 'rsa';
    const head = { alg: algorithm, typ: 'JWT', kid: algorithm === 'EdDSA' ? 'd' : kind === 'ec' ? 'e' : 'r', ...header };
    for (const name of without) if (name === 'kid') delete (head as Json).kid;
    const text = `${url64(JSON.stringify(head))}.${url64(JSON.stringify(said))}`;
    const key = (foreign ? this.others : { rsa: this.rsa, ec: this.ec })[kind].privateKey;
    const bytes = Buffer.from(text);
    const signature =
      algorithm === 'none' ? Buffer.alloc(0)
      : algorithm === 'HS256' ? createHmac('sha256', this.rsa.publicKey.export({ type: 'spki', format: 'pem' })).update(text).digest()
      : algorithm === 'EdDSA' ? sign(null, bytes, this.ed.privateKey)
      : algorithm === 'ES256' ? sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })
      : algorithm === 'PS256' ? sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
      : sign(algorithm === 'RS512' ? 'sha512' : 'sha256', bytes, key);
    const token = `${text}.${url64(signature)}`;
    return this.bent.token ? this.bent.token(token) : token;
  }

  private serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (this.bent.slow) setTimeout(() => this.say(request, response), this.bent.slow);
    else this.say(request, response);
  }

  private say(request: http.IncomingMessage, response: http.ServerResponse): void {
    const path = new URL(request.url!, this.station.issuer).pathname;
    this.asked.push(path);
    const special = this.bent.instead?.[path];
    if (special) return special(request, response);
    const json = (body: Json, status = 200) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const here = this.station.issuer;
    if (path === '/.well-known/openid-configuration')
      return json({
        issuer: here, authorization_endpoint: `${here}/authorize`, token_endpoint: `${here}/token`, jwks_uri: `${here}/keys`,
        response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
        code_challenge_methods_supported: ['S256'], authorization_response_iss_parameter_supported: true, ...this.bent.discovery,
      });
    if (path === '/keys') return json(this.bent.jwks ?? this.jwks);
    if (path === '/userinfo') return json(this.bent.userinfo ?? this.account);
    if (path !== '/token') return json({ error: 'not_found' }, 404);
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      this.forms.push({ ...form, authorization: request.headers.authorization ?? '' });
      const begun = this.codes.get(form.code!);
      this.codes.delete(form.code!);
      const proven = begun && createHash('sha256').update(form.code_verifier!).digest('base64url') === begun.challenge;
      if (!proven) return json({ error: 'invalid_grant' }, 400);
      json({ access_token: 'access-for-nobody', token_type: 'Bearer', id_token: this.token(begun.nonce) });
    });
  }
}

/** A browser: its cookies, and the way to the provider and back. */
export class Browser {
  readonly house: House;
  readonly jar = new Map<string, string>();
  constructor(house: House) {
    this.house = house;
  }
  get headers(): Record<string, string> {
    return { ...this.house.sameOrigin, cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
  keep(headers: http.IncomingHttpHeaders): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value) this.jar.set(name!, value);
      else this.jar.delete(name!);
    }
  }
  async begin(): Promise<string> {
    const answer = await this.house.with(this.headers).post('/session/openid', {}).answers(201);
    this.keep(answer.headers);
    return answer.json.url;
  }
  /** One request of whoever is signed in there. */
  async call(method: string, path: string, body?: Json) {
    const answer = await this.house.with(this.headers).call(method, path, body).answer;
    this.keep(answer.headers);
    return answer;
  }
  /** Sends what it came back with. */
  async end(back: Json) {
    const { state, code, iss, error } = back;
    const answer = await this.house.with(this.headers).post('/session/openid/answer', { state, code, iss, error }).answer;
    this.keep(answer.headers);
    return answer;
  }
}
