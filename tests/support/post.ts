// The mail that an installation wrote into its folder, as a mail program would show it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { House } from './house.ts';

export interface Message {
  head: Record<string, string>;
  text: string;
  raw: string;
  mode: number;
}

const decoded = (text: string) => Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');

export function messages(house: House): Message[] {
  const folder = path.join(house.folder, 'mail');
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.eml')).sort();
  } catch {
    return [];
  }
  return names.map((name) => {
    const file = path.join(folder, name);
    const raw = readFileSync(file, 'utf8');
    const cut = raw.search(/\r?\n\r?\n/);
    const head: Record<string, string> = {};
    for (const line of raw.slice(0, cut).replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) head[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
    const body = raw.slice(cut).trim();
    return { head, raw, text: head['content-transfer-encoding'] === 'quoted-printable' ? decoded(body) : body, mode: statSync(file).mode & 0o777 };
  });
}

/** The next message to that address, waiting for it. */
export async function messageTo(house: House, address: string, after = 0): Promise<Message> {
  return house.owner.until(`mail to ${address}`, async () => messages(house).slice(after).filter((one) => one.head.to?.includes(address)).at(-1));
}

export const tokenIn = (message: Message): string => {
  const token = /#token=(\S+)/.exec(message.text)?.[1];
  assert.ok(token, message.text);
  return token;
};
