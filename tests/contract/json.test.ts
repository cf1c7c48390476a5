// RFC 8259 to the letter, told by what the server answers: 400 is no JSON, anything else was understood.
import { it } from 'node:test';
import assert from 'node:assert/strict';
import { forBoth } from '../support/house.ts';

const invalid = [
  '', ' ', '{', '}', '[', ']', '{]', '[}', '{"a"}', '{"a":}', '{:1}', '{"a":1,}', '{,}', '{"a":1 "b":2}', '{"a" 1}', '{a:1}', "{'a':1}", '{"a":1}}', '{"a":1}x', '{"a":1}{}', '{"a":1},', '[1,]', '[,1]', '[1,,2]',
  '[1 2]', '["a" "b"]', '["a', '["a]', 'tru', 'True', 'TRUE', 'nul', 'None', 'undefined', 'NaN', '[NaN]', '[Infinity]', '[-Infinity]', '[+1]', '[01]', '[-01]', '[1.]', '[.1]', '[-.1]', '[1e]', '[1e+]', '[1.e1]', '[0x1]',
  '[1_000]', '[-]', '[--1]', '[1-]', '["\\a"]', '["\\x00"]', '["\\u12"]', '["\\u12g4"]', '["\\U0041"]', '["\\"]', '["\n"]', '["\t"]', '["\u0000"]', '["\u001f"]', '[\u00a0]', '\ufeff[\u00a0]', '/* */ {}', '{} // x', '# {}',
  '["\\ud800"]', '["\\udc00"]', '["\\ud800\\ud800"]', '["\\ud800a"]', '{"a":1}\u0000', '[1]\u0085', '\u2028{}', '{"a":"b"]', '["a":1]', '{1:2}', '{null:1}', '[*]', '<a/>', 'a=b',
];
const valid = [
  '{}', ' {} ', '\t\r\n{}\n', '[]', 'null', 'true', '0', '-0', '0.0', '1e5', '1E+5', '1e-5', '123456789012345678901234567890', '1e400', '-1e400', '""', '"\\u0000"', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\ud83e\\udd8a"', '"🦊"',
  '"\u007f"', '"\u2028"', '{"":0}', '{"a":{"b":[1,2,{"c":null}]}}', '[[[[[[[[[[]]]]]]]]]]', '{"a":1,"a":2}', '["\\uDBFF\\uDFFF"]', '{"\\u0061":1}',
];

forBoth('the JSON reader', (house) => {
  const status = async (bytes: string | Buffer) => (await house.owner.post('/tags', undefined, { bytes }).answer).status;

  it('takes what is no JSON for a 400', async () => {
    for (const text of invalid) assert.equal(await status(text), 400, JSON.stringify(text));
    const bytes = [[0x22, 0x80, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xe2, 0x82, 0x22], [0x22, 0xf0, 0x9f, 0x98, 0x22], [0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], [0x22, 0xed, 0xbf, 0xbf, 0x22], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], [0xff, 0xfe, 0x7b, 0x00]];
    for (const one of bytes) assert.equal(await status(Buffer.from(one)), 400, String(one));
  });

  it('understands what is JSON, and refuses it only for what it means', async () => {
    for (const text of valid) assert.equal(await status(text), 422, JSON.stringify(text));
  });

  it('keeps whole numbers exact and refuses those that do not fit', async () => {
    await house.owner.post('/fields', { key: 'exact', label: 'Exact', type: 'number' }).gives(201);
    for (const number of ['9007199254740991', '-9007199254740991', '0', '12.5', '1e3']) {
      const made = await house.owner.post('/customers', undefined, { bytes: `{"display_name": "N", "custom": {"exact": ${number}}}` }).gives(201);
      assert.equal(made.custom.exact, Number(number));
    }
    await house.owner.post('/fields', { key: 'cash', label: 'Cash', type: 'money' }).gives(201);
    for (const amount of ['1.5', '9007199254740993', '1e400', '"12"', 'null'])
      await house.owner.post('/customers', undefined, { bytes: `{"display_name": "N", "custom": {"cash": {"amount": ${amount}, "currency": "EUR"}}}` })
        .answer.then((answer) => assert.equal(answer.status, 422, String(answer)));
  });

  it('writes what it read', async () => {
    const name = 'Ann "quoted" \\ back / 🦊 é';
    const made = await house.owner.post('/customers', { display_name: name }).answers(201);
    assert.equal(made.json.display_name, name);
    assert.match(made.header('content-type')!, /^application\/json/);
  });
});
