// Reads a test runner's own report and prints "passed failed skipped". Usage: counts.ts KIND FILE
import { readFileSync } from 'node:fs';

const [kind, file] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file!, 'utf8'));

const readers: Record<string, () => [number, number, number]> = {
  gtest() {
    const cases = report.testsuites.flatMap((suite: any) => suite.testsuite);
    const ran = cases.filter((one: any) => one.status === 'RUN' && one.result !== 'SKIPPED');
    const failed = ran.filter((one: any) => one.failures?.length).length;
    const skipped = cases.filter((one: any) => one.result === 'SKIPPED').length;
    return [ran.length - failed, failed, skipped];
  },
  vitest() {
    const unread = report.testResults.filter((one: any) => one.status === 'failed' && one.assertionResults.length === 0);
    return [report.numPassedTests, report.numFailedTests + unread.length, report.numPendingTests];
  },
  // A story that passed when it was tried again is told by name: it waits for too little, or the workspace does. More than
  // two of them are no accident.
  playwright() {
    const { expected, unexpected, flaky, skipped } = report.stats;
    const told = (suite: any): string[] => [
      ...(suite.suites ?? []).flatMap(told),
      ...(suite.specs ?? []).filter((spec: any) => spec.tests.some((one: any) => one.status === 'flaky'))
        .map((spec: any) => `flaky: ${spec.file}:${spec.line} ${spec.title}: ${spec.tests[0].results[0].error?.message?.split('\n')[0] ?? ''}`),
    ];
    for (const line of report.suites.flatMap(told)) console.error(line);
    const borne = flaky <= 2 ? flaky : 0;
    return [expected + borne, unexpected + flaky - borne + report.errors.length, skipped];
  },
  node() {
    return [report.passed, report.failed, report.skipped];
  },
};

console.log(readers[kind!]!().join(' '));
