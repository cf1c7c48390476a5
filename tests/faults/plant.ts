// Copies the program's sources and plants every fault of faults.ts, each asleep until PATRON_FAULT names its number:
//   node tests/faults/plant.ts FOLDER
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { faults } from './faults.ts';

const root = path.resolve(import.meta.dirname, '../..');
const [to] = process.argv.slice(2);
assert.ok(to, 'plant.ts FOLDER');

const texts = new Map<string, string>();
faults.forEach(({ name, file, find, put }, at) => {
  const text = texts.get(file) ?? `#include "base/seeded.hpp"\n${readFileSync(path.join(root, file), 'utf8')}`;
  assert.equal(text.split(find).length - 1, 1, `${name}: its spot stands once in ${file}`);
  assert.ok(put.includes(`seeded(${at + 1})`), `${name}: is number ${at + 1}`);
  texts.set(file, text.replace(find, () => put));
});
// A header says first that it is read once.
const seeded = `#pragma once
#include <cstdlib>
inline bool seeded(int number) {
    static int const awake = [] { auto const* text = std::getenv("PATRON_FAULT"); return text ? std::atoi(text) : 0; }();
    return awake == number;
}
`;

mkdirSync(to, { recursive: true });
for (const name of ['src', 'apps', 'bench', 'cmake', 'CMakeLists.txt', 'web/dist']) cpSync(path.join(root, name), path.join(to, name), { recursive: true, preserveTimestamps: true, force: true });
texts.set('src/base/seeded.hpp', seeded);
for (const [file, text] of texts) {
  const where = path.join(to, file);
  mkdirSync(path.dirname(where), { recursive: true });
  writeFileSync(where, text);
}
console.log(`${faults.length} faults planted`);
