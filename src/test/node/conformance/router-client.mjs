// router-client.mjs SERVER_URL: makes a router look like the client under test. It gives the router SERVER_URL as its only
// server, plays the user who opens the links of pending logins, and runs north-client.mjs against the router.
// GATE_ROUTER says where the router is: {"port", "consolePort", "config"}; GATE_SERVER is the server's name there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Human } from './human.mjs';
import { writeServers } from './router-process.mjs';

const url = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const router = JSON.parse(process.env.GATE_ROUTER);
const server = process.env.GATE_SERVER;

/** What an administrator writes beside the URL: nothing, where all is discovered. */
function settings() {
  const { client_id: clientId, client_secret: clientSecret, private_key_pem: privateKey, signing_algorithm: keyAlgorithm } = context;
  switch (scenario) {
    case 'auth/pre-registration':
      return { router: { oauth: { clientId, clientSecret } } };
    case 'auth/client-credentials-basic':
      return { router: { oauth: { grant: 'client_credentials', clientId, clientSecret } } };
    case 'auth/client-credentials-jwt':
      return { router: { oauth: { grant: 'client_credentials', clientId, privateKey, keyAlgorithm } } };
    case 'auth/cross-app-access-complete-flow': {
      const identityProvider = { tokenUrl: context.idp_token_endpoint, clientId: context.idp_client_id };
      return { router: { oauth: { grant: 'identity_assertion', clientId, clientSecret, identityProvider } } };
    }
    default:
      return {};
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
  const answer = await fetch(`http://localhost:${router.consolePort}/api/logins`).catch((error) => console.error(error.message));
  return answer?.ok ? (await answer.json()).filter((login) => login.server === server) : [];
}

writeServers(router.config, { [server]: { type: 'streamable-http', url, ...settings() } });
playHuman();
const north = [join(import.meta.dirname, 'north-client.mjs'), `http://localhost:${router.port}/servers/${server}/mcp`];
const [code] = await once(spawn(process.execPath, north, { stdio: 'inherit' }), 'exit');
process.exit(code ?? 1);
