// The program under test: commands that end, and servers that run until they are stopped or killed.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const program = process.env.PATRON_PROGRAM ?? path.join(root, 'build/release/patron');

/** Whether it is a build that a sanitizer watches: `build/sanitize` or `build/threads`, wherever they lie. */
export const watched = /\/(sanitize|threads)\/patron$/.test(program);

/** So many milliseconds; watched, the program takes many times as long, and gets it. */
export const within = (milliseconds: number) => (watched ? 10 : 1) * milliseconds;

const running = new Set<ChildProcess>();
const folders = new Set<string>();
/** What sanitizers said, of whatever program a test started: each is a failure of the file, whatever its tests looked at. */
const findings: string[] = [];
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const finding of findings) console.error(finding);
  if (findings.length) process.exitCode = 1;
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch (error) {
      console.error(`${folder} stays: ${error}`);
    }
  }
});

/** A fresh folder that is gone when the test file ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'patron-test-'));
  folders.add(folder);
  return folder;
}

/** Reads along for a sanitizer's report, and keeps all that is said from there on. */
function watchFor(): (text: string | Buffer) => void {
  let before = '';
  let at = -1;
  return (text) => {
    if (at >= 0) {
      findings[at] += text;
      return;
    }
    before += text;
    const begin = before.search(/(Address|Leak|Thread|UndefinedBehavior)Sanitizer|[^\n]*: runtime error: /);
    if (begin >= 0) at = findings.push(before.slice(begin)) - 1;
    else before = before.slice(-1_000);
  };
}

export function start(file: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  child.on('error', () => running.delete(child));
  child.stderr!.on('data', watchFor());
  if (child.pid && process.env.PATRON_TEST_PROCESSES) writeFileSync(path.join(process.env.PATRON_TEST_PROCESSES, String(child.pid)), '');
  return child;
}

export interface Outcome {
  /** null when a signal ended it, which `err` then names. */
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command to its end. A command that takes longer than its patience is killed and answers code null. */
export async function run(file: string, args: string[], options: { input?: string | Buffer; env?: Record<string, string>; patience?: number } = {}): Promise<Outcome> {
  const child = start(file, args, options.env);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout!.on('data', (chunk) => out.push(chunk));
  child.stderr!.on('data', (chunk) => err.push(chunk));
  child.stdin!.on('error', () => {});
  child.stdin!.end(options.input ?? '');
  const timer = setTimeout(() => child.kill('SIGKILL'), within(options.patience ?? 60_000));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() + (signal ? `(ended by ${signal})` : '') };
}

export const patron = (args: string[], options: Parameters<typeof run>[2] = {}) => run(program, args, options);

/** A `patron serve` that runs. */
export class Serving {
  readonly address: string;
  readonly port: number;
  readonly child: ChildProcess;
  private readonly said: string[];
  private readonly over: Promise<unknown>;
  private told = false;

  private constructor(child: ChildProcess, address: string, said: string[]) {
    this.child = child;
    this.address = address;
    this.port = Number(new URL(address).port);
    this.said = said;
    this.over = once(child, 'close');
  }

  /** Everything it wrote, both streams. */
  get output(): string {
    return this.said.join('');
  }

  /** Starts it on a free port and waits until it answers. Throws with all it said when it ends first. */
  static async start(args: string[], env: Record<string, string> = {}): Promise<Serving> {
    const listen = args.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
    const child = start(program, ['serve', ...listen, ...args], env);
    const said: string[] = [];
    let listener: () => void = () => {};
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        said.push(text);
        listener();
      });
    }
    const address = await new Promise<string>((found, lost) => {
      const patience = setTimeout(() => lost(new Error(`no address in time; it said:\n${said.join('')}`)), within(20_000));
      listener = () => {
        const match = /https?:\/\/[\w.\[\]:-]+:\d+/.exec(said.join(''));
        if (!match) return;
        clearTimeout(patience);
        found(match[0]);
      };
      child.once('error', lost);
      child.once('exit', (code, signal) => {
        clearTimeout(patience);
        setTimeout(() => lost(new Error(`patron serve ended (${code ?? signal}) and said:\n${said.join('')}`)), 50);
      });
    });
    const serving = new Serving(child, address, said);
    await serving.ready();
    return serving;
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < within(200); tries++) {
      const answer = await fetch(`${this.address}/readyz`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer?.ok) return;
      if (this.ended) break;
      await new Promise((resume) => setTimeout(resume, 25));
    }
    throw new Error(`/readyz never said yes; the server said:\n${this.output}`);
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends it when nothing is asked of it any more: at once, but for one that is watched, as only a kind end counts what leaked. */
  async dismiss(): Promise<void> {
    if (this.told) return;
    const { code } = await this.end(watched ? 'SIGTERM' : 'SIGKILL');
    if (watched && code !== 0) throw new Error(`the server ended with ${code} and said:\n${this.output}`);
  }

  /** Sends the signal and waits for the end. One that had ended before it was told to fails. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: string | null }> {
    if (this.ended && !this.told) throw new Error(`the server ended by itself (${this.child.exitCode ?? this.child.signalCode}) and said:\n${this.output}`);
    this.told = true;
    if (!this.ended) this.child.kill(signal);
    const patience = setTimeout(() => this.child.kill('SIGKILL'), within(20_000));
    await this.over;
    clearTimeout(patience);
    return { code: this.child.exitCode, signal: this.child.signalCode };
  }
}
