// Listens to the live stream as a browser does.
import assert from 'node:assert/strict';
import http from 'node:http';
import type { Headers, Json } from './client.ts';
import { within } from './program.ts';

export interface LiveEvent {
  id: string | undefined;
  data: Json;
  heardAt: number;
}

export class Live {
  readonly events: LiveEvent[] = [];
  readonly comments: string[] = [];
  headers: http.IncomingHttpHeaders = {};
  ended = false;
  private request!: http.ClientRequest;

  static open(address: string, headers: Headers, lastEventId?: string): Promise<Live> {
    const live = new Live();
    const sent: http.OutgoingHttpHeaders = { accept: 'text/event-stream' };
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) sent[name] = value;
    if (lastEventId !== undefined) sent['last-event-id'] = lastEventId;
    return new Promise((opened, lost) => {
      live.request = http.get(`${address}/api/v1/live`, { headers: sent, agent: false }, (response) => {
        live.headers = response.headers;
        if (response.statusCode !== 200) {
          response.resume();
          lost(Object.assign(new Error(`live: ${response.statusCode}`), { status: response.statusCode }));
          return;
        }
        response.setEncoding('utf8');
        let rest = '';
        response.on('data', (text: string) => {
          rest += text;
          for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
            live.take(rest.slice(0, end));
            rest = rest.slice(end + 2);
          }
        });
        response.on('close', () => (live.ended = true));
        response.on('error', () => (live.ended = true));
        opened(live);
      });
      live.request.on('error', (error) => {
        live.ended = true;
        lost(error);
      });
    });
  }

  private take(block: string): void {
    let id: string | undefined;
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments.push(line);
      else if (line.startsWith('id:')) id = line.slice(3).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    }
    if (data.length) this.events.push({ id, data: JSON.parse(data.join('\n')), heardAt: Date.now() });
  }

  /** The first event that fits, waiting for it at most so many milliseconds. */
  async hears(what: string, fits: (event: LiveEvent) => boolean, patience = 5_000): Promise<LiveEvent> {
    const end = Date.now() + within(patience);
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      if (Date.now() > end) assert.fail(`the live stream did not tell in time: ${what}; it told ${JSON.stringify(this.events.map((event) => event.data.kind))}`);
      await new Promise((resume) => setTimeout(resume, 10));
    }
  }

  close(): void {
    this.request.destroy();
  }
}
