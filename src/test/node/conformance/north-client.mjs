// north-client.mjs ROUTER_URL: a plain client of a router, which knows nothing of authorization: it does what the suite's
// scenario expects of a client, and repeats a step for as long as the router says that its user has to log in first.
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { capabilities, prepare, steps } from './scenarios.mjs';

/** The router's own code, and the one of URL elicitation. */
const LOGIN_REQUIRED = [-31008, -32042];
/** The router has not read its servers file yet. */
const NOT_FOUND = 404;
const url = new URL(process.argv.at(-1));
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
// these servers never let anybody in, and the client is to give up
const isHopeless = ['auth/scope-retry-limit', 'auth/resource-mismatch'].includes(scenario);
const until = Date.now() + (isHopeless ? 6_000 : 15_000);

async function patiently(step) {
  for (;;) {
    try {
      const result = await step();
      if (result?.tools?.length !== 0 || scenario === 'initialize') return;
      // a list without the one server's tools is what is left of a server that asks for a login; that of `initialize` has none
      if (Date.now() > until) throw new Error('the router lists no tools');
    } catch (error) {
      if (![...LOGIN_REQUIRED, NOT_FOUND].includes(error.code) || Date.now() > until) throw error;
    }
    await pause(200);
  }
}

// the suite plays a user who has logged in at their company; whoever stands before the router names them and brings their token
const { idp_id_token: token } = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const requestInit = token && { headers: { 'X-MCP-User-Id': 'employee', 'X-MCP-User-Token': token } };

let client;

async function connect() {
  client = new Client({ name: 'north-client', version: '1.0.0' }, { capabilities: capabilities(scenario) });
  prepare(client, scenario);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
}

await patiently(connect);
for (const step of steps(client, scenario)) await patiently(step);
await client.close();
