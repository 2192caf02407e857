// report.mjs DIR...: counts the tests in the surefire and failsafe reports under the DIRs; prints `PASSED FAILED SKIPPED` and,
// on standard error, the name of each test that failed or was skipped.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const count = { passed: 0, failed: 0, skipped: 0 };
const reports = process.argv
  .slice(2)
  .filter(existsSync)
  .flatMap((dir) => readdirSync(dir).map((name) => join(dir, name)))
  .filter((path) => /TEST-.*\.xml$/.test(path));
for (const report of reports) {
  const cases = readFileSync(report, 'utf8').split('<testcase ').slice(1);
  for (const testcase of cases) {
    const outcome = /<(failure|error)[ >/]/.test(testcase)
      ? 'failed'
      : testcase.includes('<skipped')
        ? 'skipped'
        : 'passed';
    count[outcome]++;
    const attribute = (name) => testcase.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
    if (outcome !== 'passed') console.error(`${outcome}: ${attribute('classname')} ${attribute('name')}`);
  }
}
console.log(count.passed, count.failed, count.skipped);
