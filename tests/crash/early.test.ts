// Whoever waits for a server asks from its first moment on: probes, browsers that come back, programs that follow. Nothing
// that a request needs may still be put in place then. Built with ThreadSanitizer this shows what is.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { forBoth } from '../support/house.ts';
import { send } from '../support/http.ts';
import { Serving } from '../support/program.ts';

const rounds = 8;

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resume) => probe.once('listening', resume));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resume) => probe.close(resume));
  return port;
}

forBoth('asked while it starts', (house) => {
  it(`answers, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round++) {
      await house.server.end();
      const port = await freePort();
      let started: boolean | undefined;
      const asking = Promise.all(['/healthz', '/readyz', '/metrics', '/api/v1/tags', '/api/v1/customers?limit=1', '/api/v1/session'].map(async (path) => {
        const statuses: number[] = [];
        while (started === undefined || (started && statuses.at(-1) !== 200)) {
          const answer = await send({ method: 'GET', url: `http://127.0.0.1:${port}${path}`, headers: { authorization: `Bearer ${house.ownerKey}` } }).catch((error) => {
            assert.ok(['ECONNREFUSED', 'ECONNRESET'].includes(error.code), `${path}: ${error}`);
          });
          if (answer) statuses.push(answer.status);
          // As soon as it can be asked, it is asked; while there is nobody, the starting program gets the processor.
          else await new Promise((resume) => setTimeout(resume, 1));
        }
        assert.deepEqual(statuses.filter((status) => ![200, 503].includes(status)), [], path);
      }));
      house.server = await Serving.start([...house.where, '--listen', `127.0.0.1:${port}`]).catch((error) => {
        started = false;
        throw error;
      });
      started = true;
      await asking;
    }
  });
});
