// Plain HTTP for tests: nothing is added to what a test sends but Host, and Content-Length where there is a body.
import http from 'node:http';
import net from 'node:net';
import { within } from './program.ts';

export interface Received {
  status: number;
  headers: http.IncomingHttpHeaders;
  rawHeaders: string[];
  body: Buffer;
}

export interface Sent {
  method: string;
  url: string;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Buffer;
  agent?: http.Agent;
}

export const keepAlive = () => new http.Agent({ keepAlive: true, maxSockets: 128 });

export function send({ method, url, headers = {}, body, agent }: Sent): Promise<Received> {
  return new Promise((done, lost) => {
    const sized = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    let answered = false;
    const request = http.request(url, { method, agent, headers: { ...sized, ...headers } }, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', lost);
      response.on('end', () =>
        done({ status: response.statusCode!, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks) }));
    });
    request.setTimeout(within(60_000), () => request.destroy(new Error(`no answer in time: ${method} ${url}`)));
    // Whoever is refused at the head need not get rid of the rest of the body.
    request.on('error', (error) => answered || lost(error));
    request.end(body);
  });
}

/** Writes bytes to the port as they are and answers all that comes back until the server closes or falls silent. */
export function sendBytes(port: number, bytes: string | Buffer, silence = 400, patience = 5_000): Promise<{ text: string; closed: boolean }> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let timer: NodeJS.Timeout;
    const finish = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      done({ text: Buffer.concat(chunks).toString('latin1'), closed });
    };
    const wait = (time: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), within(time));
    };
    wait(patience);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      wait(silence);
    });
    socket.on('end', () => finish(true));
    socket.on('close', () => finish(true));
    socket.on('error', () => finish(true));
  });
}
