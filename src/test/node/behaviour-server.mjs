// behaviour-server.mjs stdio | sse PORT | http PORT | ws PORT [--delay-init MS] [--exit-on-start] [--json]
// One scripted MCP server for the behaviour suites, with the same tools on every transport (behaviour/tools.mjs).
// Addresses: http://127.0.0.1:PORT/sse, http://127.0.0.1:PORT/mcp, ws://127.0.0.1:PORT/; port 0 picks a free one.
// --json answers with plain JSON instead of event streams (http only).
// Prints `ready PORT` on stdout (stdio: one JSON line on stderr). GET /stats says what happened, except on stdio.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false, // further arguments are for the tool `env` to show
  options: { 'delay-init': { type: 'string' }, 'exit-on-start': { type: 'boolean' }, json: { type: 'boolean' } },
});
const [kind, port] = positionals;

if (!JSON.rawJSON) {
  console.error(`Node ${process.version} is too old: start this with node_modules/node/bin/node (22 or newer)`);
  process.exit(2);
}
if (values['exit-on-start']) {
  console.error('exiting at once, as asked');
  process.exit(3);
}

const { stdio, sse, http, ws } = await import('./behaviour/transports.mjs');
const options = { delayInit: Number(values['delay-init'] ?? 0), json: values.json };
const start = {
  stdio: () => stdio(options),
  sse: () => sse(Number(port), options),
  http: () => http(Number(port), options),
  ws: () => ws(Number(port), options),
}[kind];
if (!start) {
  console.error(
    'usage: behaviour-server.mjs stdio | sse PORT | http PORT | ws PORT [--delay-init MS] [--exit-on-start]',
  );
  process.exit(2);
}
await start();
