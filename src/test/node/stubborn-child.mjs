// stubborn-child.mjs [PIDFILE]: a stdio MCP server that ignores SIGTERM and the end of its input, and has a child that does
// the same. Only SIGKILL of both ends it. Answers initialize, ping, tools/list and its one tool `pids`; writes both process
// ids to PIDFILE, one a line, so that a test can look for them when the server's owner is gone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const cling = () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE']) process.on(signal, () => {});
  setInterval(() => {}, 1000);
};

cling();
process.stdout.on('error', () => {}); // nobody reads any more: not a reason to go
process.stderr.on('error', () => {});

// it holds on to this process's own pipes, so their end is not seen before it is gone too; descriptor 3 says it is ready
const code = `(${cling})(); require('node:fs').writeSync(3, 'ready')`;
const grandchild = spawn(process.execPath, ['-e', code], { stdio: ['inherit', 'inherit', 'inherit', 'pipe'] });
await once(grandchild.stdio[3], 'data');
const pids = [process.pid, grandchild.pid];
if (process.argv[2]) writeFileSync(process.argv[2], `${pids.join('\n')}\n`);

const results = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'stubborn-child', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({
    tools: [{ name: 'pids', description: 'Own and child pid', inputSchema: { type: 'object' } }],
  }),
  'tools/call': () => ({ content: [{ type: 'text', text: JSON.stringify(pids) }] }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = results[method]?.(params);
  const answer = result ? { result } : { error: { code: -32601, message: 'Method not found' } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
});
