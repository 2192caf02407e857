// A router of the gate's own: started once, given another server for each scenario by its servers file, as an administrator would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const START_MS = 90_000;
const STOP_MS = 10_000;

// the suite expects this very client id where it offers client metadata documents; it does not fetch the document
const CLIENT_DOCUMENT = { MCP_ROUTER_OAUTH_CLIENT_DOCUMENT: 'https://conformance-test.local/client-metadata.json' };

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    process.exit(1);
  });
}

/**
 * Starts `command`, a line with {PORT}, {CONSOLE_PORT}, {CONFIG} and {DATA} in it; all that it writes goes below `directory`.
 * Returns what router-client.mjs needs, and stop().
 */
export async function startRouter(command, directory) {
  const [port, consolePort] = await freePorts(2);
  const config = join(directory, 'mcp-servers.yaml');
  const data = join(directory, 'data');
  mkdirSync(data, { recursive: true });
  writeServers(config, {});
  const places = { PORT: port, CONSOLE_PORT: consolePort, CONFIG: config, DATA: data };
  const [program, ...args] = command.split(' ').map((word) => word.replace(/\{(\w+)\}/g, (_, name) => places[name]));
  const log = openSync(join(directory, 'router.log'), 'w');
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...CLIENT_DOCUMENT } });
  const ended = once(child, 'exit');
  running.add(child);
  child.on('exit', () => running.delete(child));
  const stop = async () => {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(killer);
  };
  if (!(await answers(port, child))) {
    await stop();
    throw new Error(`the router did not start, see ${join(directory, 'router.log')}`);
  }
  return { port, consolePort, config, stop };
}

/** Puts these servers in the place of all others. The suite's listen on loopback, which somebody has to allow. */
export function writeServers(config, mcpServers) {
  const file = { mcpSettings: { allowedDomains: ['localhost', '127.0.0.1'] }, mcpServers };
  writeFileSync(`${config}.next`, JSON.stringify(file, null, 1));
  renameSync(`${config}.next`, config);
}

async function answers(port, child) {
  const until = Date.now() + START_MS;
  while (Date.now() < until && child.exitCode === null) {
    const up = await new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true))).on('error', () => resolve(false));
    });
    if (up) return true;
    await pause(100);
  }
  return false;
}

async function freePorts(count) {
  const open = Array.from({ length: count }, () => net.createServer().listen(0, '127.0.0.1'));
  await Promise.all(open.map((server) => once(server, 'listening')));
  const ports = open.map((server) => server.address().port);
  await Promise.all(open.map((server) => once(server.close(), 'close')));
  return ports;
}
