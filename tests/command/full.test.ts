// A disk that is full: nothing that was said yes to is lost, reading goes on, and writing goes on by itself when there is room.
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, statfsSync, writeFileSync, appendFileSync } from 'node:fs';
import path from 'node:path';
import { House } from '../support/house.ts';
import { freshFolder, run, within } from '../support/program.ts';

/** A small disk of its own, or nothing where the system does not let us mount one. */
async function smallDisk(): Promise<{ folder: string; fill: () => void; free: () => void; unmount: () => Promise<void> } | undefined> {
  const folder = path.join(freshFolder(), 'disk');
  mkdirSync(folder);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'patron-test', folder]).catch(() => ({ code: 1 }));
  if (mounted.code !== 0) return undefined;
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill() {
      writeFileSync(filler, '');
      for (let piece = 1 << 20; piece >= 1; piece = piece >> 1)
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(piece, 1));
        } catch (error: any) {
          assert.equal(error.code, 'ENOSPC');
        }
      assert.equal(statfsSync(folder).bavail, 0);
    },
    free: () => rmSync(filler),
    unmount: async () => void (await run('umount', ['-l', folder])),
  };
}

describe('a full disk', () => {
  it('refuses changes with 507, goes on reading, and goes on writing when there is room', async (context) => {
    const disk = await smallDisk();
    if (!disk) return context.skip('no disk of our own can be mounted here: this takes root');
    const house = new House('sqlite');
    try {
      await house.prepare();
      house.folder = path.join(disk.folder, 'data');
      await house.command(['init', '--owner-email', 'o@example.com', '--owner-name', 'O', '--password-stdin'], 'seven green kettles\n');
      house.ownerKey = (await house.command(['key', 'add', '--name', 'O'])).out.trim();
      await house.open();
      const kept = await house.customer({ display_name: 'Before' });
      disk.fill();
      const promised: string[] = [kept.id];
      let refused = 0;
      for (let tries = 0; tries < 200 && refused < 20; tries++) {
        const answer = await house.owner.post('/customers', { display_name: `While full ${tries} ${'x'.repeat(100)}` }).answer;
        if (answer.status === 201) promised.push(answer.json.id);
        else {
          assert.equal(answer.status, 507, String(answer));
          assert.equal(answer.json.code, 'disk_full');
          refused++;
        }
      }
      assert.ok(refused >= 20, `${refused} refused`);
      const upload = await house.owner.post('/files?filename=a.txt', undefined, { bytes: Buffer.alloc(1 << 20, 65), headers: { 'content-type': 'text/plain' } }).answer;
      assert.equal(upload.status, 507, String(upload));
      for (const id of promised) await house.owner.get(`/customers/${id}`).gives(200);
      assert.equal((await house.owner.get('/customers').gives(200)).total, promised.length);
      assert.equal((await house.stranger.get('/healthz').answer).status, 200);
      disk.free();
      const begun = Date.now();
      const again = await house.owner.until('writing goes on', async () => {
        const answer = await house.owner.post('/customers', { display_name: 'Room again' }).answer;
        return answer.status === 201 ? answer.json : undefined;
      }, 5_000);
      assert.ok(Date.now() - begun <= within(5_000));
      promised.push(again.id);
      await house.command(['check']);
      await house.restart('SIGKILL');
      for (const id of promised) await house.owner.get(`/customers/${id}`).gives(200);
      assert.equal((await house.owner.get('/customers').gives(200)).total, promised.length);
      await house.command(['check']);
    } finally {
      await house.close();
      await disk.unmount();
    }
  });

  it('does not let a server start that cannot write, and says why', async (context) => {
    const disk = await smallDisk();
    if (!disk) return context.skip('no disk of our own can be mounted here: this takes root');
    const house = new House('sqlite');
    try {
      await house.prepare();
      house.folder = path.join(disk.folder, 'data');
      disk.fill();
      const outcome = await house.tries(['init', '--owner-email', 'o@example.com', '--owner-name', 'O', '--password-stdin'], 'seven green kettles\n');
      assert.equal(outcome.code, 1, outcome.err);
      assert.match(outcome.err, /full|No space/i);
      assert.doesNotMatch(outcome.err, /terminate called|what\(\)|SQLITE_|std::/);
      disk.free();
      await house.command(['init', '--owner-email', 'o@example.com', '--owner-name', 'O', '--password-stdin'], 'seven green kettles\n');
      await house.command(['check']);
    } finally {
      await house.close();
      await disk.unmount();
    }
  });
});
