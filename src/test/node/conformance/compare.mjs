// compare.mjs DIRECT.json VIA.json [MINIMUM]: exit 1 when a check that passes directly is lost on the way through the
// router, when a new one fails, or when fewer than MINIMUM checks pass directly (a gate that compares nothing is no gate).
import { readFileSync } from 'node:fs';

const [direct, via] = [2, 3].map((index) => JSON.parse(readFileSync(process.argv[index], 'utf8')));
const minimum = Number(process.argv[4] ?? 1);
const missing = (wanted, found) => {
  const left = [...found];
  return wanted.filter((id) => {
    const index = left.indexOf(id);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
};

let faults = 0;
const fault = (line) => {
  faults++;
  console.log(line);
};
for (const [scenario, wanted] of Object.entries(direct)) {
  const found = via[scenario];
  if (!found) {
    fault(`MISSING  ${scenario}`);
    continue;
  }
  const lost = missing(wanted.passed, found.passed);
  const broken = missing(found.failed, wanted.failed);
  if (lost.length > 0) fault(`LOST     ${scenario}: ${lost.join(', ')}`);
  if (broken.length > 0) fault(`BROKEN   ${scenario}: ${broken.join(', ')}`);
}
const passed = (table) => Object.values(table).reduce((sum, row) => sum + row.passed.length, 0);
if (passed(direct) < minimum) fault(`FIXTURE  only ${passed(direct)} of ${minimum} checks pass directly`);
console.log(`${passed(direct)} checks pass directly, ${passed(via)} through the router`);
process.exit(faults > 0 ? 1 : 0);
