// north-client.mjs ROUTER_URL: a plain client of a router, which knows nothing of authorization: it does what the suite's
// scenario expects of a client, and repeats a step for as long as the router says that its user has to log in first.
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { capabilities, prepare, steps } from './scenarios.mjs';

const LOGIN_REQUIRED = [-31008, -32042];
const PATIENCE_MS = 20_000;
const url = new URL(process.argv.at(-1));
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const until = Date.now() + PATIENCE_MS;

async function afterLogin(step) {
  for (;;) {
    try {
      const result = await step();
      // a list without the one server's tools is what is left of a server that asks for a login
      if (result?.tools?.length !== 0 || Date.now() > until) return;
    } catch (error) {
      if (!LOGIN_REQUIRED.includes(error.code) || Date.now() > until) throw error;
    }
    await pause(200);
  }
}

const client = new Client({ name: 'north-client', version: '1.0.0' }, { capabilities: capabilities(scenario) });
prepare(client, scenario);
await afterLogin(() => client.connect(new StreamableHTTPClientTransport(url)));
for (const step of steps(client, scenario)) await afterLogin(step);
await client.close();
