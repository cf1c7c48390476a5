// Wakes the planted faults one after the other and looks whether the tests of rights find them (S02b):
//   node tests/faults/run.ts PROGRAM [number…]
// The program is one that plant.ts made. With none awake the tests must pass; with each they must fail. Says for each fault
// which test found it first.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { faults } from './faults.ts';

const root = path.resolve(import.meta.dirname, '../..');
const [program, ...wanted] = process.argv.slice(2);
assert.ok(program, 'run.ts PROGRAM [number…]');
const files = ['tests/contract/policy.test.ts', 'tests/contract/visibility.test.ts', 'tests/contract/sections_seen.test.ts'];

/** What failed first in the file, or nothing. */
function firstFailure(file: string, number: number): Promise<string | undefined> {
  return new Promise((done) => {
    const env = { ...process.env, PATRON_PROGRAM: path.resolve(program!), PATRON_FAULT: String(number), PATRON_TEST_ENGINES: 'sqlite', PATRON_TEST_LONG: 'no' };
    const child = spawn(process.execPath, ['--no-warnings', '--test', '--test-timeout=600000', '--test-reporter=./tests/support/reporter.ts', '--test-reporter-destination=stdout', file], { cwd: root, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('close', (code) => done(code === 0 ? undefined : (/failed: (.*)/.exec(said)?.[1] ?? said.slice(-300))));
  });
}

async function found(number: number): Promise<string | undefined> {
  for (const file of files) {
    const failure = await firstFailure(file, number);
    if (failure) return `${path.basename(file)}: ${failure}`;
  }
  return undefined;
}

const numbers = wanted.length ? wanted.map(Number) : Array.from({ length: faults.length + 1 }, (_, number) => number);
const asked = numbers.length;
let good = 0;
const workers = [0, 1].map(async () => {
  for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
    const by = await found(number);
    const right = (number === 0) === (by === undefined);
    if (right) good++;
    const title = number ? `${number} ${faults[number - 1]!.name}` : 'none awake';
    console.log(`${right ? 'good' : 'WRONG'}  ${title} – ${by ?? 'nothing found'}`);
  }
});

await Promise.all(workers);
console.log(`${good} of ${asked} as they should be`);
process.exitCode = good === asked ? 0 : 1;
