// summarize.mjs DIR: reads the suite's checks.json files under DIR, writes DIR/table.json and prints the totals.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const dir = process.argv[2];
const table = {};
for (const file of readdirSync(dir, { recursive: true })) {
  if (basename(file) !== 'checks.json') continue;
  const scenario = basename(dirname(file)).replace(/-\d{4}-\d\d-\d\dT[\d\-:.]+Z?$/, '');
  const checks = JSON.parse(readFileSync(join(dir, file), 'utf8'));
  const withStatus = (status) => checks.filter((check) => check.status === status).map((check) => check.id);
  table[scenario] = {
    passed: withStatus('SUCCESS'),
    failed: withStatus('FAILURE'),
    warned: withStatus('WARNING'),
    skipped: withStatus('SKIPPED'),
  };
}

const rows = Object.values(table);
const count = (status) => rows.reduce((sum, row) => sum + row[status].length, 0);
const clean = rows.filter((row) => row.failed.length === 0).length;
for (const [scenario, row] of Object.entries(table)) {
  for (const status of ['failed', 'warned', 'skipped']) {
    if (row[status].length > 0) console.log(`  ${status.padEnd(8)} ${scenario}: ${row[status].join(', ')}`);
  }
}
console.log(
  `${count('passed')} checks passed, ${count('failed')} failed, ${count('warned')} warned, ` +
    `${count('skipped')} skipped; ${clean}/${rows.length} scenarios without a failure`,
);
writeFileSync(join(dir, 'table.json'), JSON.stringify(table, null, 1));
