// reference-client.mjs SERVER_URL: the client under test that the official SDK makes. It says which scenarios a client can
// pass at all (client-baseline.json), and proves the gate: what it passes and a router without OAuth does not, OAuth does.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { ClientCredentialsProvider, PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { capabilities, prepare, steps } from './scenarios.mjs';

const REDIRECT = 'http://localhost:3000/callback';
const LOGINS = 3;
const url = new URL(process.argv.at(-1));
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

/** A user who is logged in and says yes: the code is in the redirect. */
class Login {
  #information = context.client_id && { client_id: context.client_id, client_secret: context.client_secret };
  #tokens;
  #verifier;
  #code;
  redirectUrl = REDIRECT;
  clientMetadataUrl = 'https://conformance-test.local/client-metadata.json';
  clientMetadata = { client_name: 'reference-client', redirect_uris: [REDIRECT], application_type: 'native' };
  clientInformation = () => this.#information;
  saveClientInformation = (information) => void (this.#information = information);
  tokens = () => this.#tokens;
  saveTokens = (tokens) => void (this.#tokens = tokens);
  codeVerifier = () => this.#verifier;
  saveCodeVerifier = (verifier) => void (this.#verifier = verifier);

  async redirectToAuthorization(link) {
    const answer = await fetch(link, { redirect: 'manual' });
    this.#code = new URL(answer.headers.get('location')).searchParams.get('code');
  }

  takeCode() {
    const code = this.#code;
    this.#code = undefined;
    return code;
  }
}

function provider() {
  const { client_id: clientId, client_secret: clientSecret, private_key_pem: privateKey } = context;
  switch (scenario) {
    case 'auth/client-credentials-basic':
      return new ClientCredentialsProvider({ clientId, clientSecret });
    case 'auth/client-credentials-jwt':
      return new PrivateKeyJwtProvider({ clientId, privateKey, algorithm: context.signing_algorithm });
    default:
      return new Login();
  }
}

const authProvider = provider();
let client;
let transport;

async function connect() {
  client = new Client({ name: 'reference-client', version: '1.0.0' }, { capabilities: capabilities(scenario) });
  prepare(client, scenario);
  transport = new StreamableHTTPClientTransport(url, { authProvider });
  await client.connect(transport);
}

async function withLogins(work) {
  for (let login = 0; ; login++) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof UnauthorizedError && login < LOGINS && authProvider.takeCode?.();
      if (!code) throw error;
      await transport.finishAuth(code);
    }
  }
}

await withLogins(connect);
for (const step of steps(client, scenario)) await withLogins(step);
await client.close();
