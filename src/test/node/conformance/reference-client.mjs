// reference-client.mjs SERVER_URL: the client under test that the official SDK makes (for enterprise-managed authorization, which
// the SDK does not have, with two requests of its own). It says which scenarios a client can
// pass at all (client-baseline.json), and proves the gate: what it passes and a router without OAuth does not, OAuth does.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { discoverAuthorizationServerMetadata, discoverOAuthProtectedResourceMetadata, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
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

async function token(endpoint, parameters, headers = {}) {
  const answer = await fetch(endpoint, { method: 'POST', headers, body: new URLSearchParams(parameters) });
  if (!answer.ok) throw new Error(`${endpoint}: ${await answer.text()}`);
  return (await answer.json()).access_token;
}

/** Enterprise-managed authorization: the user's identity provider vouches for them at the server's authorization server. */
async function vouchedFor() {
  const { resource, authorization_servers: [place] } = await discoverOAuthProtectedResourceMetadata(url);
  const { issuer, token_endpoint: endpoint } = await discoverAuthorizationServerMetadata(place);
  const assertion = await token(context.idp_token_endpoint, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requested_token_type: 'urn:ietf:params:oauth:token-type:id-jag',
    subject_token: context.idp_id_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    client_id: context.idp_client_id,
    audience: issuer,
    resource,
  });
  const secret = Buffer.from(`${context.client_id}:${context.client_secret}`).toString('base64');
  const grant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  return token(endpoint, grant, { authorization: `Basic ${secret}` });
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

const isVouched = scenario === 'auth/cross-app-access-complete-flow';
const authProvider = isVouched ? undefined : provider();
let client;
let transport;

async function connect() {
  client = new Client({ name: 'reference-client', version: '1.0.0' }, { capabilities: capabilities(scenario) });
  prepare(client, scenario);
  const requestInit = isVouched ? { headers: { authorization: `Bearer ${await vouchedFor()}` } } : undefined;
  transport = new StreamableHTTPClientTransport(url, { authProvider, requestInit });
  await client.connect(transport);
}

async function withLogins(work) {
  for (let login = 0; ; login++) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof UnauthorizedError && login < LOGINS && authProvider?.takeCode?.();
      if (!code) throw error;
      await transport.finishAuth(code);
    }
  }
}

await withLogins(connect);
for (const step of steps(client, scenario)) await withLogins(step);
await client.close();
