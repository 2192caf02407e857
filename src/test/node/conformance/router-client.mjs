// router-client.mjs SERVER_URL: makes a router look like the client under test. It starts the router with SERVER_URL as its only
// server, plays the user who opens the links of pending logins, and runs north-client.mjs against the router.
//   ROUTER_COMMAND  a command line with {PORT}, {CONSOLE_PORT}, {CONFIG} and {DATA} in it
//   GATE_OUT        a directory for the servers file and the router's log
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Human } from './human.mjs';

const START_MS = 30_000;
const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const out = process.env.GATE_OUT;

/** What an administrator writes beside the URL: nothing, where all is discovered. */
function settings() {
  const { client_id, client_secret, private_key_pem: private_key, signing_algorithm: key_algorithm } = context;
  switch (scenario) {
    case 'auth/pre-registration':
      return { router: { oauth: { client_id, client_secret } } };
    case 'auth/client-credentials-basic':
      return { router: { oauth: { grant: 'client_credentials', client_id, client_secret } } };
    case 'auth/client-credentials-jwt':
      return { router: { oauth: { grant: 'client_credentials', client_id, private_key, key_algorithm } } };
    default:
      return {};
  }
}

// the suite expects this very client id where it offers metadata documents; it does not fetch it
const environment =
  scenario === 'auth/basic-cimd'
    ? { MCP_ROUTER_OAUTH_CLIENTDOCUMENT: 'https://conformance-test.local/client-metadata.json' }
    : {};

async function freePorts(count) {
  const open = Array.from({ length: count }, () => net.createServer().listen(0, '127.0.0.1'));
  await Promise.all(open.map((server) => once(server, 'listening')));
  const ports = open.map((server) => server.address().port);
  await Promise.all(open.map((server) => once(server.close(), 'close')));
  return ports;
}

const [port, consolePort] = await freePorts(2);
const config = join(out, 'mcp-servers.yaml');
const data = join(out, 'data');
mkdirSync(data, { recursive: true });
// the suite's servers listen on loopback, which no server may name unless the administrator says so
const servers = { upstream: { type: 'streamable-http', url, ...settings() } };
writeFileSync(config, JSON.stringify({ mcpSettings: { allowedDomains: ['localhost', '127.0.0.1'] }, mcpServers: servers }, null, 1));
const places = { PORT: port, CONSOLE_PORT: consolePort, CONFIG: config, DATA: data };
const [program, ...args] = process.env.ROUTER_COMMAND.split(' ').map((word) => word.replace(/\{(\w+)\}/g, (_, name) => places[name]));
const log = openSync(join(out, 'router.log'), 'w');
const { NODE_OPTIONS, ...inherited } = process.env;
const router = spawn(program, args, { stdio: ['ignore', log, log], env: { ...inherited, ...environment } });
const ended = once(router, 'exit');
process.on('SIGTERM', () => stop(1));

async function stop(code) {
  router.kill('SIGTERM');
  const killer = setTimeout(() => router.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(killer);
  process.exit(code);
}

async function untilItAnswers() {
  const until = Date.now() + START_MS;
  const answers = () =>
    new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true))).on('error', () => resolve(false));
    });
  while (!(await answers())) {
    if (Date.now() > until || router.exitCode !== null) throw new Error('the router did not start, see router.log');
    await pause(50);
  }
}

/** Opens every link once; a link that does not lead on is the router's or the scenario's affair. */
async function playHuman() {
  const human = new Human();
  const opened = new Set();
  for (;;) {
    for (const { authorizationUrl: link } of await pendingLogins()) {
      if (opened.has(link)) continue;
      opened.add(link);
      await human.open(link).then(
        (status) => console.error(`human: ${link} led to ${status}`),
        (error) => console.error(`human: ${link}: ${error.message}`),
      );
    }
    await pause(100);
  }
}

async function pendingLogins() {
  try {
    const answer = await fetch(`http://localhost:${consolePort}/api/logins`);
    return answer.ok ? await answer.json() : [];
  } catch {
    return []; // the control plane may still be on its way up
  }
}

try {
  await untilItAnswers();
  playHuman();
  const north = [join(import.meta.dirname, 'north-client.mjs'), `http://localhost:${port}/servers/upstream/mcp`];
  const client = spawn(process.execPath, north, { stdio: 'inherit' });
  const [code] = await once(client, 'exit');
  await stop(code ?? 1);
} catch (error) {
  console.error(error.message);
  await stop(1);
}
