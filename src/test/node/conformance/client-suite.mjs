// client-suite.mjs OUT COMMAND...: runs the client scenarios of client-scenarios.json, two at a time, with COMMAND as the client
// under test (the suite appends the URL of the server that it plays). OUT/table.json says which checks passed, by suite and scenario.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const AT_ONCE = 2;
const PATIENCE_MS = 60_000;
const here = import.meta.dirname;
const modules = join(here, '..', 'node_modules');
const [out, ...command] = process.argv.slice(2);
const suites = JSON.parse(readFileSync(join(here, 'client-scenarios.json'), 'utf8'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const queue = suites.flatMap(({ suite, scenarios, options = [] }) => scenarios.map((scenario) => ({ suite, scenario, options })));
const table = {};
const total = queue.length;
await Promise.all(Array.from({ length: AT_ONCE }, work));
const sorted = Object.fromEntries(Object.entries(table).sort());
writeFileSync(join(out, 'table.json'), JSON.stringify(sorted, null, 1));
console.log(`${Object.keys(table).length} of ${total} scenarios ran`);

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const key = `${next.suite} ${next.scenario}`;
    table[key] = await run(next, join(out, key.replaceAll(/[ /]/g, '-')));
  }
}

async function run({ suite, scenario, options }, directory) {
  mkdirSync(directory, { recursive: true });
  const args = [join(modules, suite, 'dist/index.js'), 'client', '--command', command.join(' '), '--scenario', scenario];
  const env = { ...process.env, GATE_OUT: directory, NODE_OPTIONS: `--import ${join(here, '..', 'loopback.mjs')}` };
  const runner = spawn(process.execPath, [...args, '-o', directory, '--timeout', String(PATIENCE_MS), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const log = [];
  runner.stdout.on('data', (data) => log.push(data));
  runner.stderr.on('data', (data) => log.push(data));
  // the suite's own exit code says that some check failed, which the comparison decides
  await new Promise((ended) => runner.on('close', ended));
  writeFileSync(join(directory, 'runner.log'), Buffer.concat(log));
  return { ...checks(directory), ended: ending(Buffer.concat(log).toString()) };
}

function ending(log) {
  if (/Client timed out/i.test(log)) return 'too late';
  return /Client exited with code/.test(log) ? 'with an error' : 'well';
}

function checks(directory) {
  const file = readdirSync(directory, { recursive: true }).find((name) => name.endsWith('checks.json'));
  const found = file && existsSync(join(directory, file)) ? JSON.parse(readFileSync(join(directory, file), 'utf8')) : [];
  const ids = (status) => [...new Set(found.filter((check) => check.status === status).map((check) => check.id))].sort();
  return { passed: ids('SUCCESS'), failed: ids('FAILURE'), warned: ids('WARNING') };
}
