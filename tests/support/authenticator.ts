// An authenticator and its browser in software (Web Authentication Level 2), whose every word can be bent.
import { createHash, createSign, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Json } from './client.ts';

type Cbor = number | string | Buffer | Map<Cbor, Cbor> | Cbor[];

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
export function cbor(item: Cbor): Buffer {
  if (typeof item === 'number') return item < 0 ? head(1, -1 - item) : head(0, item);
  if (typeof item === 'string') return Buffer.concat([head(3, Buffer.byteLength(item)), Buffer.from(item)]);
  if (Buffer.isBuffer(item)) return Buffer.concat([head(2, item.length), item]);
  if (Array.isArray(item)) return Buffer.concat([head(4, item.length), ...item.map(cbor)]);
  return Buffer.concat([head(5, item.size), ...[...item].flatMap(([key, value]) => [cbor(key), cbor(value)])]);
}

export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest();
export const url64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url');

export type Algorithm = 'ES256' | 'RS256' | 'EdDSA';

/** What may be bent on the way. */
export interface Bent {
  type?: string;
  challenge?: string;
  origin?: string;
  crossOrigin?: unknown;
  host?: string;
  flags?: number;
  count?: number;
  clientData?: Buffer;
  authenticatorData?: (data: Buffer) => Buffer;
  coseKey?: (key: Map<Cbor, Cbor>) => Map<Cbor, Cbor>;
  attestation?: (object: Map<Cbor, Cbor>) => Map<Cbor, Cbor> | Buffer;
  signature?: (signature: Buffer) => Buffer;
  signedBy?: Authenticator;
  userHandle?: string | null;
}

const present = 0x01, verified = 0x04, attested = 0x40;

export class Authenticator {
  readonly id = randomBytes(32);
  readonly algorithm: Algorithm;
  count = 0;
  private readonly origin: string;
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  userHandle = '';

  constructor(origin: string, algorithm: Algorithm = 'ES256') {
    this.origin = origin;
    this.algorithm = algorithm;
    const made = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : algorithm === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
    this.privateKey = made.privateKey;
    this.publicKey = made.publicKey;
  }

  cose(): Map<Cbor, Cbor> {
    const jwk = this.publicKey.export({ format: 'jwk' });
    const bytes = (text: string | undefined) => Buffer.from(text!, 'base64url');
    if (this.algorithm === 'ES256') return new Map<Cbor, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, bytes(jwk.x)], [-3, bytes(jwk.y)]]);
    if (this.algorithm === 'RS256') return new Map<Cbor, Cbor>([[1, 3], [3, -257], [-1, bytes(jwk.n)], [-2, bytes(jwk.e)]]);
    return new Map<Cbor, Cbor>([[1, 1], [3, -8], [-1, 6], [-2, bytes(jwk.x)]]);
  }

  private clientData(type: string, challenge: string, bent: Bent): Buffer {
    if (bent.clientData) return bent.clientData;
    return Buffer.from(JSON.stringify({ type: bent.type ?? type, challenge: bent.challenge ?? challenge, origin: bent.origin ?? this.origin, crossOrigin: 'crossOrigin' in bent ? bent.crossOrigin : false }));
  }

  private data(host: string, flags: number, count: number, rest: Buffer = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count >>> 0);
    return Buffer.concat([sha256(host), Buffer.from([flags]), counter, rest]);
  }

  /** The end of navigator.credentials.create(), as POST /session/passkeys takes it. */
  create(question: Json, bent: Bent = {}): Json {
    this.userHandle = question.user_handle;
    const clientData = this.clientData('webauthn.create', question.challenge, bent);
    const key = cbor(bent.coseKey ? bent.coseKey(this.cose()) : this.cose());
    const length = Buffer.from([this.id.length >> 8, this.id.length & 255]);
    let data = this.data(bent.host ?? question.host, bent.flags ?? (present | verified | attested), bent.count ?? this.count, Buffer.concat([Buffer.alloc(16), length, this.id, key]));
    if (bent.authenticatorData) data = bent.authenticatorData(data);
    const object = new Map<Cbor, Cbor>([['fmt', 'none'], ['attStmt', new Map<Cbor, Cbor>()], ['authData', data]]);
    const made = bent.attestation ? bent.attestation(object) : object;
    return { client_data: url64(clientData), attestation: url64(Buffer.isBuffer(made) ? made : cbor(made)) };
  }

  private signs(bytes: Buffer): Buffer {
    return this.algorithm === 'EdDSA' ? sign(null, bytes, this.privateKey) : createSign('sha256').update(bytes).sign(this.privateKey);
  }

  /** The end of navigator.credentials.get(). */
  get(question: Json, bent: Bent = {}): Json {
    const clientData = this.clientData('webauthn.get', question.challenge, bent);
    this.count = bent.count ?? this.count + 1;
    let data = this.data(bent.host ?? question.host, bent.flags ?? (present | verified), this.count);
    if (bent.authenticatorData) data = bent.authenticatorData(data);
    let signature = (bent.signedBy ?? this).signs(Buffer.concat([data, sha256(clientData)]));
    if (bent.signature) signature = bent.signature(signature);
    const handle = bent.userHandle === undefined ? this.userHandle : bent.userHandle;
    return { id: url64(this.id), client_data: url64(clientData), authenticator_data: url64(data), signature: url64(signature), ...(handle === null ? {} : { user_handle: handle }) };
  }
}
