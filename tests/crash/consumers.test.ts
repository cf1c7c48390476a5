// The spine while the server is killed every two seconds: eight writers go on, four programs follow, and each of them has
// in the end the same story, in order, without a gap and with nothing in it that did not happen.
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { Client, type Json } from '../support/client.ts';
import { assertWhole } from '../support/database.ts';
import { engines, House } from '../support/house.ts';
import { Live } from '../support/live.ts';
import { within } from '../support/program.ts';

const wanted = process.env.PATRON_TEST_LONG === 'yes' ? 100_000 : 5_000;
const writers = 8;
const betweenKills = 2_000;
const pause = (time: number) => new Promise((resume) => setTimeout(resume, time));

/** What all share: the address of the server that runs now, and whether anything is still to come. */
class Course {
  address = '';
  writing = true;
  last = Infinity;
  readonly headers: Record<string, string>;
  constructor(key: string) {
    this.headers = { authorization: `Bearer ${key}` };
  }
  get client(): Client {
    return new Client(this.address, this.headers);
  }
}

const isGone = (error: any) => ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code) || error.status === 503;

/** Repeats a request until a server answers it; the key makes that harmless. */
async function insist(course: Course, method: string, path: string, body: Json, key: string): Promise<Json> {
  for (;;) {
    try {
      const answer = await course.client.call(method, path, body, { headers: { 'idempotency-key': key } }).answer;
      if (answer.status !== 409 && answer.status !== 503) return assert.ok(answer.status < 300, String(answer)), answer.json;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await pause(10);
  }
}

/** Keeps what it was told, once each: what comes twice is dropped, what comes out of turn is an anomaly. */
class Consumer {
  readonly story: string[] = [];
  /** What the writers wrote, by customer; the live stream does not tell it. */
  readonly written = new Map<string, string[]>();
  position: number;
  constructor(start: number) {
    this.position = start;
  }
  take(event: Json): void {
    if (event.position <= this.position) return;
    assert.equal(event.position, this.position + 1, 'no position is left out');
    this.position = event.position;
    this.story.push(`${event.position} ${event.kind} ${event.subject?.id}`);
    for (const change of event.changes ?? []) {
      if (change.field !== 'source') continue;
      const list = this.written.get(event.subject.id) ?? [];
      this.written.set(event.subject.id, list);
      list.push(change.to);
    }
  }
}

async function follow(course: Course, consumer: Consumer, limit: number, until?: number): Promise<void> {
  while (consumer.position < (until ?? course.last)) {
    try {
      const page = await course.client.get(`/events?after=${consumer.position}&limit=${limit}`).gives(200);
      for (const event of page.data) consumer.take(event);
      if (page.data.length === 0) await pause(20);
    } catch (error) {
      if (error instanceof assert.AssertionError && !/503/.test(error.message)) throw error;
      await pause(20);
    }
  }
}

/** The live stream; after each kill it goes on where it stopped. */
async function listen(course: Course, consumer: Consumer): Promise<void> {
  while (consumer.position < course.last) {
    const live = await Live.open(course.address, course.headers, String(consumer.position)).catch((error) => {
      if (!isGone(error)) throw error;
    });
    if (!live) await pause(20);
    else {
      for (let heard = 0; consumer.position < course.last && !(live.ended && heard === live.events.length); ) {
        if (heard === live.events.length) await pause(10);
        for (; heard < live.events.length; heard++) {
          const { data } = live.events[heard]!;
          // Too far behind: what was missed is fetched.
          if (data.kind === 'live.reset') await follow(course, consumer, 200, data.position);
          else if (data.position !== undefined) consumer.take(data);
        }
      }
      live.close();
    }
  }
}

const isSame = (one: string[] | undefined, other: string[]) => one?.length === other.length && one.every((line, index) => line === other[index]);

describe(`the spine under ${writers} writers and 4 programs that follow, killed every ${betweenKills / 1000} s`, () => {
  for (const engine of engines)
    it(`tells ${wanted} events to each of them alike (${engine})`, { timeout: 3_600_000 }, async () => {
      const house = new House(engine);
      await house.found();
      try {
        const course = new Course(house.ownerKey);
        course.address = house.server.address;
        await house.restSegments();
        const start = (await house.spine()).at(-1)!.position;
        const customers = await Promise.all(Array.from({ length: writers }, (_, writer) => house.customer({ display_name: `Person ${writer}` })));
        const consumers = Array.from({ length: 4 }, () => new Consumer(start));
        const following = [follow(course, consumers[0]!, 200), follow(course, consumers[1]!, 7), listen(course, consumers[2]!), listen(course, consumers[3]!)];
        const steps = Math.ceil(wanted / writers);
        const writing = Promise.all(customers.map(async (customer, writer) => {
          for (let step = 0; step < steps; step++) await insist(course, 'PATCH', `/customers/${customer.id}`, { source: `${step}` }, `${writer}-${step}`);
        })).finally(() => (course.writing = false));
        let kills = 0;
        while (course.writing) {
          await Promise.race([pause(betweenKills), writing]);
          if (!course.writing && kills > 0) break;
          await house.server.end('SIGKILL');
          await house.open();
          course.address = house.server.address;
          kills++;
          await assertWhole(house, `after kill ${kills}`);
        }
        await writing;
        course.last = start + writers + steps * writers;
        await Promise.race([Promise.all(following), pause(within(120_000)).then(() => assert.fail(`the last position is ${course.last}; they came to ${consumers.map((one) => one.position)}`))]);
        for (const consumer of consumers) assert.ok(isSame(consumer.story, consumers[0]!.story), 'all heard the same');
        assert.equal(consumers[0]!.story.length, writers + steps * writers, 'one event for each change, and none more');
        const serials = Array.from({ length: steps }, (_, step) => `${step}`);
        for (const customer of customers)
          for (const consumer of consumers.slice(0, 2)) assert.ok(isSame(consumer.written.get(customer.id), serials), 'each customer’s changes once, in their order');
        await assertWhole(house, 'in the end');
      } finally {
        await house.close();
      }
    });
});
