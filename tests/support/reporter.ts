// What `node --test` says: one line a file, every failure in full, and the counts for ./dev in PATRON_TEST_COUNTS.
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import path from 'node:path';

function explain(error: any): string {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error || cause?.stack ? String(cause.stack) : inspect(cause, { depth: 6 });
  return text.split('\n').filter((line) => !line.includes('node:internal')).join('\n    ');
}

export default async function* report(events: AsyncIterable<any>): AsyncGenerator<string> {
  const trail: string[] = [];
  let file = '';
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      trail.length = data.nesting;
      trail[data.nesting] = data.name;
      file = data.file ?? file;
    } else if (type === 'test:fail') {
      const failure = data.details.error;
      if (failure?.failureType === 'subtestsFailed') continue;
      const place = `${path.relative(process.cwd(), data.file ?? file)}:${data.line ?? 0}`;
      yield `failed: ${[...trail.slice(0, data.nesting), data.name].join(' › ')}\n    at ${place}\n    ${explain(failure)}\n\n`;
    } else if (type === 'test:stderr' || type === 'test:stdout') {
      yield data.message;
    } else if (type === 'test:summary') {
      const { passed, failed, cancelled, skipped, todo } = data.counts;
      const counts = { passed, failed: failed + cancelled + todo, skipped };
      const seconds = (data.duration_ms / 1000).toFixed(1);
      if (data.file) yield `${path.relative(process.cwd(), data.file)}: ${passed} passed, ${counts.failed} failed, ${seconds} s\n`;
      else if (process.env.PATRON_TEST_COUNTS) writeFileSync(process.env.PATRON_TEST_COUNTS, JSON.stringify(counts));
    }
  }
}
