// HTTP/1.1 framing: what is ambiguous is refused and the connection closed (RFC 9112); limits hold.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';
import { sendBytes } from '../support/http.ts';

forBoth('HTTP framing', (house) => {
  const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  const ask = (text: string | Buffer, silence?: number, patience?: number) => sendBytes(house.server.port, text, silence, patience);
  const refused = async (what: string, text: string | Buffer, allowed = [400]) => {
    const answer = await ask(text);
    const found = statuses(answer.text);
    assert.equal(found.length, 1, `${what}: one answer, got ${JSON.stringify(answer.text.slice(0, 300))}`);
    assert.ok(allowed.includes(found[0]!), `${what}: ${found[0]}`);
    assert.ok(answer.closed, `${what}: the connection is closed`);
  };
  const get = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';

  it('refuses what is ambiguous', async () => {
    const body = (head: string, rest: string) => `POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${head}\r\n\r\n${rest}${get}`;
    await refused('both lengths', body('Content-Length: 2\r\nTransfer-Encoding: chunked', '0\r\n\r\n'));
    await refused('two lengths', body('Content-Length: 2\r\nContent-Length: 3', '{}'));
    await refused('two equal lengths', body('Content-Length: 2\r\nContent-Length: 2', '{}'));
    await refused('a list of lengths', body('Content-Length: 2, 2', '{}'));
    await refused('a length with a sign', body('Content-Length: +2', '{}'));
    await refused('a negative length', body('Content-Length: -2', '{}'));
    await refused('a length in hexadecimal', body('Content-Length: 0x2', '{}'));
    await refused('an empty length', body('Content-Length: ', '{}'));
    await refused('an enormous length', body('Content-Length: 99999999999999999999999', '{}'), [400, 413]);
    await refused('an unknown coding', body('Transfer-Encoding: gzip, chunked', '0\r\n\r\n'), [400, 501]);
    await refused('chunked that is not last', body('Transfer-Encoding: chunked, identity', '0\r\n\r\n'), [400, 501]);
    await refused('chunked twice', body('Transfer-Encoding: chunked, chunked', '0\r\n\r\n'), [400, 501]);
    await refused('two Transfer-Encoding lines', body('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '0\r\n\r\n'), [400, 501]);
    await refused('chunked with odd letters before', body('Transfer-Encoding: \x0bchunked', '0\r\n\r\n'), [400, 501]);
    await refused('a space before the colon', body('Content-Length : 2', '{}'));
    await refused('a folded header', body('X-One: a\r\n b\r\nContent-Length: 2', '{}'));
    await refused('a header without a colon', body('Nonsense\r\nContent-Length: 2', '{}'));
    await refused('a bare CR in a header', body('X-One: a\rb\r\nContent-Length: 2', '{}'));
    await refused('a zero byte in a header', body('X-One: a\0b\r\nContent-Length: 2', '{}'));
    await refused('a broken chunk size', body('Transfer-Encoding: chunked', 'zz\r\n{}\r\n0\r\n\r\n'));
    await refused('a chunk size beyond measure', body('Transfer-Encoding: chunked', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'), [400, 413]);
    await refused('a chunk that is longer than it said', body('Transfer-Encoding: chunked', '1\r\n{}\r\n0\r\n\r\n'));
    await refused('no host', 'GET /healthz HTTP/1.1\r\n\r\n');
    await refused('two hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n');
    await refused('a host with a path', 'GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n');
    await refused('a host with a user', 'GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n');
    await refused('another version', 'GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n', [400, 505]);
    await refused('HTTP/0.9', 'GET /healthz\r\n\r\n');
    await refused('spaces in the target', 'GET /health z HTTP/1.1\r\nHost: x\r\n\r\n');
    await refused('a target that is no path', 'GET healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await refused('a control character in the target', 'GET /health\x01z HTTP/1.1\r\nHost: x\r\n\r\n');
    await refused('bytes that are no HTTP', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x0d, 0x0a, 0x0d, 0x0a]));
  });

  it('keeps to its limits', async () => {
    await refused('a long target', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, [414, 431]);
    await refused('a long header', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-One: ${'x'.repeat(40_000)}\r\n\r\n`, [431]);
    await refused('many headers', `GET /healthz HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 200 }, (_, index) => `X-${index}: 1\r\n`).join('')}\r\n`, [431]);
    await refused('a body beyond the limit', `POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${(1 << 20) + 1}\r\n\r\n`, [413]);
  });

  it('does not do TRACE or CONNECT', async () => {
    for (const method of ['TRACE', 'CONNECT']) {
      const { text } = await ask(`${method} /healthz HTTP/1.1\r\nHost: x\r\nX-Secret: hush\r\nConnection: close\r\n\r\n`);
      assert.equal(statuses(text)[0], 405);
      assert.doesNotMatch(text, /hush/);
    }
  });

  it('answers pipelined requests in order, in whatever pieces they come', async () => {
    const { text } = await ask(get + get.replace('/healthz', '/api/nothing') + get);
    assert.deepEqual(statuses(text), [200, 404, 200]);
    const key = house.ownerKey;
    const chunked = `POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
      '5\r\n{"nam\r\n6;extension=1\r\ne": "c\r\n8\r\nhunked"}\r\n0\r\n\r\n';
    assert.deepEqual(statuses((await ask(chunked + get)).text), [201, 200]);
  });

  it('answers HEAD like GET without a body', async () => {
    const { text } = await ask('HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.equal(statuses(text)[0], 200);
    assert.ok(text.endsWith('\r\n\r\n'), text);
  });

  it('says Continue where that was asked for', async () => {
    const { text } = await ask('POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{}');
    assert.ok(statuses(text).at(-1)! >= 400 && statuses(text).at(-1)! < 500, text.slice(0, 200));
  });

  it('lives on after a thousand broken requests', async () => {
    const pieces = ['GET ', '/healthz', ' HTTP/1.1', '\r\n', '\n', 'Host: x', 'Content-Length: 5', 'Transfer-Encoding: chunked', '\0', 'ÿ', ':', ' ', '\t', '0\r\n\r\n', '{"a":1}'];
    let state = 99;
    const pick = () => (state = (state * 1103515245 + 12345) % 2147483648) % pieces.length;
    for (let round = 0; round < 100; round++)
      await Promise.all(Array.from({ length: 10 }, () => ask(Array.from({ length: 3 + pick() }, () => pieces[pick()]).join('') + '\r\n\r\n', 30, 150)));
    await house.stranger.get('/healthz').answers(200);
  });
});
