// client-compare.mjs BASELINE.json TABLE.json: exit 1 when a check that the reference client passes is lost, when one fails, or
// when a client that should have come through did not. BASELINE comes from client-suite.mjs with reference-client.mjs.
import { readFileSync } from 'node:fs';

const [baseline, table] = [2, 3].map((index) => JSON.parse(readFileSync(process.argv[index], 'utf8')));
/** What the router leaves out with good reason: it looks no further once it knows that it must not log in there. */
const UNNEEDED = { 'conformance-01 auth/resource-mismatch': ['authorization-server-metadata'] };
let passed = 0;
for (const [scenario, wanted] of Object.entries(baseline)) {
  const found = table[scenario] ?? { passed: [], failed: ['it did not run'], warned: [], ended: 'not at all' };
  const lost = wanted.passed.filter((id) => !found.passed.includes(id) && !UNNEEDED[scenario]?.includes(id));
  const broken = found.failed.filter((id) => !wanted.failed.includes(id));
  const stuck = wanted.ended === 'well' && found.ended !== 'well' ? [`the client ended ${found.ended}`] : [];
  const faults = [...lost.map((id) => `lost ${id}`), ...broken.map((id) => `failed ${id}`), ...stuck];
  if (faults.length > 0) console.log(`  ${scenario}: ${faults.join(', ')}`);
  else passed++;
}
const total = Object.keys(baseline).length;
console.log(`${passed} of ${total} client scenarios as the reference client passes them`);
process.exit(passed === total && total > 0 ? 0 : 1);
