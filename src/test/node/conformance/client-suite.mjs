// client-suite.mjs OUT CLIENT.mjs: runs the client scenarios of client-scenarios.json, two at a time, with CLIENT.mjs as the client
// under test (the suite appends the URL of the server that it plays). OUT/table.json says which checks passed, by suite and scenario.
// ONLY=regular expression runs fewer. ROUTER_COMMAND, where it is set, starts one router for each of the two (router-process.mjs).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRouter } from './router-process.mjs';

const AT_ONCE = 2;
const PATIENCE_MS = 30_000;
const here = import.meta.dirname;
const modules = join(here, '..', 'node_modules');
const [out, client] = process.argv.slice(2);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const suites = JSON.parse(readFileSync(join(here, 'client-scenarios.json'), 'utf8'));
const queue = suites
  .flatMap(({ suite, scenarios, options = [] }) => scenarios.map((scenario) => ({ suite, scenario, options })))
  .filter(({ suite, scenario }) => new RegExp(process.env.ONLY ?? '').test(`${suite} ${scenario}`));
const total = queue.length;
const table = {};
const workers = Array.from({ length: AT_ONCE }, (_, worker) => work(join(out, `router-${worker}`)));
// both have to end, or the router of one outlives the failure of the other
for (const { reason } of await Promise.allSettled(workers)) {
  if (reason) console.error(reason.message);
}
const sorted = Object.fromEntries(Object.entries(table).sort());
writeFileSync(join(out, 'table.json'), JSON.stringify(sorted, null, 1));
console.log(`${Object.keys(table).length} of ${total} scenarios ran`);
process.exitCode = Object.keys(table).length === total ? 0 : 1;

async function work(directory) {
  const router = process.env.ROUTER_COMMAND ? await startRouter(process.env.ROUTER_COMMAND, directory) : undefined;
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const name = `${next.suite} ${next.scenario}`;
      table[name] = await run(next, name.replaceAll(/[ /]/g, '-'), router);
    }
  } finally {
    await router?.stop();
  }
}

async function run({ suite, scenario, options }, name, router) {
  const directory = join(out, name);
  mkdirSync(directory);
  const command = `node ${join(here, client)}`;
  const args = [join(modules, suite, 'dist/index.js'), 'client', '--command', command, '--scenario', scenario];
  const runner = spawn(process.execPath, [...args, '-o', directory, '--timeout', String(PATIENCE_MS), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${join(here, '..', 'loopback.mjs')}`,
      // a name of its own for each scenario, so that nothing that the router remembers of another one counts
      GATE_SERVER: name,
      GATE_ROUTER: JSON.stringify(router ?? {}),
    },
  });
  const log = [];
  runner.stdout.on('data', (data) => log.push(data));
  runner.stderr.on('data', (data) => log.push(data));
  // the suite's own exit code says that some check failed, which the comparison decides
  await once(runner, 'close');
  writeFileSync(join(directory, 'runner.log'), Buffer.concat(log));
  return { ...checks(directory), ended: ending(Buffer.concat(log).toString()) };
}

function ending(log) {
  if (/Client timed out/i.test(log)) return 'too late';
  return /Client exited with code/.test(log) ? 'with an error' : 'well';
}

function checks(directory) {
  const file = readdirSync(directory, { recursive: true }).find((name) => name.endsWith('checks.json'));
  const found = file ? JSON.parse(readFileSync(join(directory, file), 'utf8')) : [];
  const ids = (status) => [...new Set(found.filter((check) => check.status === status).map((check) => check.id))].sort();
  return { passed: ids('SUCCESS'), failed: ids('FAILURE'), warned: ids('WARNING') };
}
