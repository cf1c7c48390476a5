// A phone that shows codes: the program oathtool, so that the codes are not made by what checks them.
import assert from 'node:assert/strict';
import { stored } from './database.ts';
import type { House } from './house.ts';
import { run } from './program.ts';

export async function codeOf(secret: string, offset = 0): Promise<string> {
  const at = new Date(Date.now() + offset * 1000).toISOString().replace('T', ' ').slice(0, 19);
  const outcome = await run('oathtool', ['--totp', '--base32', '--now', `${at} UTC`, secret]);
  assert.equal(outcome.code, 0, outcome.err);
  return outcome.out.trim();
}

/** As if no code had been taken yet: half a minute is long for a test. */
export const forgetCodes = (house: House) => stored(house, 'update codes set last_step=0');
