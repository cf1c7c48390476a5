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
  playwright() {
    return [report.stats.expected, report.stats.unexpected + report.stats.flaky + report.errors.length, report.stats.skipped];
  },
  node() {
    return [report.passed, report.failed, report.skipped];
  },
};

console.log(readers[kind!]!().join(' '));
