// The command line: what it prints, how it exits, and how it refuses without harm.
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { engines, forBoth, House, people } from '../support/house.ts';
import { freshFolder, patron, program, run, Serving, start, within } from '../support/program.ts';

const clear = (text: string) => {
  assert.ok(text.trim().length > 10, 'says something');
  assert.doesNotMatch(text, /terminate called|what\(\)|SQLITE_|std::|\.cpp|errno|core dumped|Sanitizer/, text);
};

describe('the command line', () => {
  it('prints its version and its API document', async () => {
    const version = await patron(['version']);
    assert.deepEqual([version.code, version.err], [0, '']);
    assert.match(version.out, /^patron \d+\.\d+\.\d+\s*$|^\d+\.\d+\.\d+\s*$/);
    const document = await patron(['openapi']);
    assert.equal(document.code, 0);
    assert.match(JSON.parse(document.out).openapi, /^3\.1/);
    assert.equal((await patron(['openapi'])).out, document.out, 'the same every time');
  });

  it('helps everywhere', async () => {
    for (const args of [[], ['serve'], ['init'], ['business'], ['demo'], ['key'], ['key', 'add'], ['user'], ['user', 'add'], ['import'], ['import', 'customers'], ['import', 'staff'], ['export'], ['export', 'customers'], ['check'], ['audit'], ['openapi'], ['version']]) {
      const help = await patron([...args, '--help']);
      assert.equal(help.code, 0, `${args.join(' ')} --help: ${help.err}`);
      assert.ok((help.out + help.err).length > 40, args.join(' '));
    }
  });

  it('exits 2 on wrong usage', async () => {
    for (const args of [['dance'], ['serve', '--colour', 'red'], ['init'], ['import'], ['import', 'customers'], ['key', 'add'], ['--nonsense'], ['export', 'customers', '--format', 'stone']]) {
      const outcome = await patron(args);
      assert.equal(outcome.code, 2, `${args.join(' ')}: ${outcome.code} ${outcome.err}`);
      assert.equal(outcome.out, '', 'nothing on standard output');
      clear(outcome.err);
    }
  });

  it('exits 1 where nothing was made yet', async () => {
    const nowhere = path.join(freshFolder(), 'nothing');
    for (const args of [['key', 'add', '--name', 'x'], ['export', 'customers'], ['check'], ['audit']]) {
      const outcome = await patron([...args, '--data', nowhere]);
      assert.equal(outcome.code, 1, `${args.join(' ')}: ${outcome.err}`);
      clear(outcome.err);
    }
    assert.ok(!existsSync(nowhere) || readdirSync(nowhere).length === 0, 'and makes nothing');
  });

  it('takes settings by flag, environment and file, in that order', async () => {
    const folder = path.join(freshFolder(), 'data');
    const made = await patron(['init', '--data', folder, '--owner-email', 'o@example.com', '--owner-name', 'O', '--password-stdin'], { input: 'seven green kettles\n' });
    assert.equal(made.code, 0, made.err);
    const free = () => new Promise<number>((found) => {
      const probe = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as net.AddressInfo;
        probe.close(() => found(port));
      });
    });
    const [file, environment, flag] = [await free(), await free(), await free()];
    writeFileSync(path.join(folder, 'patron.toml'), `listen = "127.0.0.1:${file}"\n`);
    const started = async (args: string[], env: Record<string, string>) => {
      const child = start(program, ['serve', '--data', folder, ...args], env);
      let said = '';
      for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (said += text));
      for (let tries = 0; tries < within(200) && !/127\.0\.0\.1:\d+/.test(said); tries++) await new Promise((resume) => setTimeout(resume, 25));
      child.kill('SIGTERM');
      await new Promise((resume) => child.once('exit', resume));
      return Number(/127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
    };
    assert.equal(await started([], {}), file);
    assert.equal(await started([], { PATRON_LISTEN: `127.0.0.1:${environment}` }), environment);
    assert.equal(await started(['--listen', `127.0.0.1:${flag}`], { PATRON_LISTEN: `127.0.0.1:${environment}` }), flag);
    writeFileSync(path.join(folder, 'patron.toml'), 'listen = [broken\n');
    const broken = await patron(['serve', '--data', folder]);
    assert.ok(broken.code === 1 || broken.code === 2);
    assert.match(broken.err, /patron\.toml/);
  });

  it('offers a one-time link on an empty folder, which makes the owner once', async () => {
    const folder = path.join(freshFolder(), 'data');
    const server = await Serving.start(['--data', folder]);
    await new Promise((resume) => setTimeout(resume, within(200)));
    const token = /\/setup#token=([\w%-]+)/.exec(server.output)?.[1];
    assert.ok(token, server.output);
    const ask = async (method: string, route: string, body?: object) => {
      const answer = await fetch(`${server.address}/api/v1${route}`, { method, headers: { 'content-type': 'application/json', origin: server.address }, body: body && JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as any, cookie: answer.headers.get('set-cookie') };
    };
    assert.deepEqual((await ask('GET', '/setup')).body, { needed: true });
    const wish = { token, business_name: 'First', currency: 'EUR', country: 'DE', time_zone: 'Europe/Berlin', locale: 'de', owner_name: 'Olive', owner_email: 'olive@example.com', password: people.owner.password };
    assert.ok((await ask('POST', '/setup', { ...wish, token: 'wrong' })).status >= 400);
    assert.equal((await ask('POST', '/setup', { ...wish, password: 'short' })).status, 422);
    const done = await ask('POST', '/setup', wish);
    assert.equal(done.status, 201, JSON.stringify(done.body));
    assert.ok(done.cookie);
    assert.equal(done.body.user.email, 'olive@example.com');
    assert.ok((await ask('POST', '/setup', { ...wish, owner_email: 'second@example.com' })).status >= 400, 'once');
    assert.deepEqual((await ask('GET', '/setup')).body, { needed: false });
    await server.end();
  });

  it('makes the demo business, the same every time, and refuses a folder that has one', async () => {
    const [one, two] = [path.join(freshFolder(), 'data'), path.join(freshFolder(), 'data')];
    const first = await patron(['demo', '--data', one], { patience: 120_000 });
    assert.equal(first.code, 0, first.err);
    assert.match(first.out + first.err, /@/);
    assert.equal((await patron(['demo', '--data', two], { patience: 120_000 })).code, 0);
    const exported = async (folder: string) => (await patron(['export', 'customers', '--data', folder])).out;
    const text = await exported(one);
    assert.ok(text.trim().split('\n').length > 300, 'at least 300 customers');
    assert.equal(await exported(two), text);
    const again = await patron(['demo', '--data', one]);
    assert.equal(again.code, 1);
    clear(again.err);
    assert.equal(await exported(one), text);
    assert.equal((await patron(['check', '--data', one])).code, 0);
  });
});

forBoth('an installation', (house) => {
  it('keeps its data folder to itself', () => {
    const socket = readdirSync(house.folder).map((name) => path.join(house.folder, name)).filter((file) => statSync(file).isSocket());
    assert.equal(socket.length, 1, 'a socket for the other commands');
    assert.equal(statSync(socket[0]!).mode & 0o777, 0o600);
    assert.equal(statSync(house.folder).mode & 0o077, 0, 'nobody else reads the folder');
  });

  it('has one server: a second is refused with a clear word, and the first goes on', async () => {
    const second = await house.tries(['serve', '--listen', '127.0.0.1:0']);
    assert.equal(second.code, 1);
    clear(second.err);
    assert.match(second.err, /already|another|in use|running/i);
    await house.owner.get('/customers').gives(200);
  });

  it('does not start on a port that is taken', async () => {
    const own = new House(house.engine);
    await own.prepare();
    const made = await own.tries(['init', '--owner-email', 'o@example.com', '--owner-name', 'O', '--password-stdin'], 'seven green kettles\n');
    assert.equal(made.code, 0, made.err);
    const busy = await own.tries(['serve', '--listen', `127.0.0.1:${house.server.port}`]);
    assert.equal(busy.code, 1);
    clear(busy.err);
    assert.match(busy.err, new RegExp(String(house.server.port)));
    await own.open();
    await own.close();
  });

  it('is spoken to by commands beside the running server, and without it', async () => {
    await house.customer({ display_name: 'Line and server' });
    const beside = await house.command(['export', 'customers', '--format', 'csv']);
    assert.match(beside.out, /Line and server/);
    await house.command(['check']);
    const key = (await house.command(['key', 'add', '--name', 'beside'])).out.trim();
    await house.with({ authorization: `Bearer ${key}` }).get('/customers').gives(200);
    await house.command(['user', 'add', '--name', 'Lina Line', '--email', 'lina@example.com', '--role', 'staff']);
    assert.match((await house.command(['user', 'list'])).out, /lina@example\.com/);
    await house.command(['user', 'disable', 'lina@example.com']);
    await house.server.end();
    assert.equal((await house.command(['export', 'customers', '--format', 'csv'])).out, beside.out);
    await house.command(['check']);
    await house.open();
    assert.equal((await house.owner.all('/users')).find((user) => user.email === 'lina@example.com').state, 'disabled');
  });

  it('is used before its owner has chosen a password: commands, keys, and colleagues from a list', async () => {
    const own = new House(house.engine);
    await own.prepare();
    const made = await own.command(['init', '--owner-email', 'o@example.com', '--owner-name', 'Odd Owner']);
    assert.match(made.out, /\/join#token=\S+\n$/);
    const list = path.join(freshFolder(), 'staff.csv');
    writeFileSync(list, 'EmployeeId,FirstName,LastName,Email\n3,Jane,Peacock,jane@example.com\n');
    await own.command(['import', 'staff', list]);
    const customers = path.join(freshFolder(), 'customers.csv');
    writeFileSync(customers, 'CustomerId,Name,SupportRepId\n1,Ada Lovelace,3\n');
    const counts = JSON.parse((await own.command(['import', 'customers', customers, '--map', 'SupportRepId=worker', '--json'])).out);
    assert.deepEqual([counts.rows, counts.created], [1, 1]);
    const owners = (await own.command(['key', 'add', '--name', 'for the owner'])).out.trim();
    const janes = (await own.command(['key', 'add', '--name', 'for Jane', '--user', 'jane@example.com'])).out.trim();
    await own.open();
    const [ada] = (await own.with({ authorization: `Bearer ${owners}` }).get('/customers').gives(200)).data;
    const jane = own.with({ authorization: `Bearer ${janes}` });
    assert.equal((await jane.get(`/customers/${ada.id}`).gives(200)).workers.length, 1);
    await jane.post('/roles', { name: 'Mine', permissions: [] }).refuses(403);
    await own.command(['user', 'disable', 'jane@example.com']);
    await jane.get('/customers').refuses(401);
    const last = await own.tries(['user', 'disable', 'o@example.com']);
    assert.equal(last.code, 1, 'the only owner stays, invited or not');
    await own.browser.post('/session/invitation', { token: decodeURIComponent(/#token=(\S+)/.exec(made.out)![1]!), password: 'seven green kettles' }).gives(201);
    await own.with({ authorization: `Bearer ${owners}` }).get('/customers').gives(200);
    await own.close();
  });

  it('is made once', async () => {
    const again = await house.tries(['init', '--owner-email', 'x@example.com', '--owner-name', 'X', '--password-stdin'], 'seven green kettles\n');
    assert.equal(again.code, 1);
    clear(again.err);
    const weak = await patron(['init', '--data', path.join(freshFolder(), 'd'), '--owner-email', 'x@example.com', '--owner-name', 'X', '--password-stdin'], { input: 'short\n' });
    assert.equal(weak.code, 1);
    clear(weak.err);
  });

  it('refuses a database from a newer version, untouched', async () => {
    const own = new House(house.engine);
    await own.found();
    try {
      await own.server.end();
      const sql = "insert into migrations select * from migrations where false";
      const files = house.engine === 'sqlite' ? (readdirSync(own.folder, { recursive: true }) as string[]).filter((name) => /\.(db|sqlite3?)$/.test(name)).map((name) => path.join(own.folder, name)) : [];
      if (house.engine === 'sqlite') {
        const { DatabaseSync } = await import('node:sqlite');
        let aged = 0;
        for (const file of files) {
          const database = new DatabaseSync(file);
          if (database.prepare("select 1 from sqlite_master where name = 'migrations'").get()) {
            database.exec(sql);
            const columns = database.prepare('pragma table_info(migrations)').all().map((column: any) => column.name);
            database.exec(`create temp table newer as select * from migrations; update newer set number = 9999 where rowid in (select max(rowid) from newer); insert into migrations (${columns.join(', ')}) select ${columns.join(', ')} from newer where number = 9999`);
            aged++;
          }
          database.close();
        }
        assert.ok(aged > 0, `a table of migrations in ${files.join(', ')}`);
      } else {
        const tables = await run('psql', ['-X', '-A', '-t', '-d', own.databaseUrl!, '-c', "select table_schema from information_schema.tables where table_name = 'migrations'"]);
        const schemas = tables.out.trim().split('\n').filter(Boolean);
        assert.ok(schemas.length > 0, 'a table of migrations');
        for (const schema of schemas) {
          const aged = await run('psql', ['-X', '-v', 'ON_ERROR_STOP=1', '-d', own.databaseUrl!, '-c', `create temp table newer as select * from "${schema}".migrations order by number desc limit 1; update newer set number = 9999; insert into "${schema}".migrations select * from newer`]);
          assert.equal(aged.code, 0, aged.err);
        }
      }
      const refused = await own.tries(['serve', '--listen', '127.0.0.1:0']);
      assert.equal(refused.code, 1, refused.err);
      clear(refused.err);
      assert.match(refused.err, /newer/i);
    } finally {
      await own.close();
    }
  });
});

describe('a data folder that cannot be written', () => {
  const unprivileged = process.getuid!() === 0;
  for (const engine of engines.filter((one) => one === 'sqlite'))
    it(`is refused with a clear word (${engine})`, async () => {
      const house = new House(engine);
      await house.found();
      await house.server.end();
      chmodSync(path.dirname(house.folder), 0o755);
      const lock = (mode: number) => {
        for (const name of readdirSync(house.folder, { recursive: true }) as string[]) {
          const file = path.join(house.folder, name);
          if (!statSync(file).isDirectory()) chmodSync(file, mode & 0o666 ? 0o644 : 0o444);
          else chmodSync(file, mode);
        }
        chmodSync(house.folder, mode);
      };
      lock(0o555);
      // Root writes anywhere, so the program is run as somebody else there.
      const args = ['serve', '--listen', '127.0.0.1:0', '--data', house.folder];
      const outcome = unprivileged ? await run('runuser', ['-u', 'nobody', '--', program, ...args]) : await patron(args);
      assert.equal(outcome.code, 1, outcome.err);
      clear(outcome.err);
      lock(0o755);
      await house.open();
      await house.close();
    });

  it('a file where the folder should be is refused', async () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'data'), 'hello');
    const outcome = await patron(['serve', '--listen', '127.0.0.1:0', '--data', path.join(folder, 'data')]);
    assert.equal(outcome.code, 1);
    clear(outcome.err);
    assert.equal(readFileSync(path.join(folder, 'data'), 'utf8'), 'hello');
  });

  it('a damaged database is refused, and left as it is', async () => {
    const house = new House('sqlite');
    await house.found();
    await house.server.end();
    const files = (readdirSync(house.folder, { recursive: true }) as string[]).filter((name) => /\.(db|sqlite3?)$/.test(name)).map((name) => path.join(house.folder, name));
    assert.ok(files.length > 0, readdirSync(house.folder, { recursive: true }).join(', '));
    for (const file of files) writeFileSync(file, Buffer.alloc(8192, 0x5a));
    const outcome = await house.tries(['serve', '--listen', '127.0.0.1:0']);
    assert.equal(outcome.code, 1);
    clear(outcome.err);
    for (const file of files) assert.ok(readFileSync(file).equals(Buffer.alloc(8192, 0x5a)));
  });

  it('a database server that is away is named', async () => {
    const folder = path.join(freshFolder(), 'data');
    mkdirSync(folder);
    const outcome = await patron(['serve', '--listen', '127.0.0.1:0', '--data', folder, '--database', 'postgres://patron:hush@127.0.0.1:1/patron']);
    assert.equal(outcome.code, 1);
    clear(outcome.err);
    assert.doesNotMatch(outcome.err, /hush/, 'without its password');
  });
});
