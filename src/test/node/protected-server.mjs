// protected-server.mjs http PORT ISSUER: an MCP server over streamable HTTP that the official SDK's own middleware protects; tokens
// come from the authorization server ISSUER, which is asked about each (RFC 7662). One tool, `whoami`. Prints `ready PORT`.
import express from 'express';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [, port, issuer] = process.argv.slice(2);
const SCOPE = 'mcp:basic';
const app = express();
const listener = app.listen(Number(port), '127.0.0.1', async () => {
  const resource = new URL(`http://127.0.0.1:${listener.address().port}/mcp`);
  await protect(resource);
  console.log(`ready ${resource.port}`);
});

async function protect(resource) {
  const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
  const verifyAccessToken = async (token) => {
    const answer = await fetch(metadata.introspection_endpoint, { method: 'POST', body: new URLSearchParams({ token }) });
    const known = await answer.json();
    if (!known.active || known.aud !== resource.href) throw new InvalidTokenError('not a token for this server');
    const { sub, jti, client_id: clientId, scope, exp: expiresAt } = known;
    return { token, clientId, scopes: scope.split(' '), expiresAt, resource, extra: { subject: sub, token: jti } };
  };
  const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resource);
  app.use(mcpAuthMetadataRouter({ oauthMetadata: metadata, resourceServerUrl: resource, scopesSupported: [SCOPE] }));
  app.all('/mcp', requireBearerAuth({ verifier: { verifyAccessToken }, requiredScopes: [SCOPE], resourceMetadataUrl }), serve);
}

/** No sessions: a server and a transport for each request. */
async function serve(req, res) {
  const server = new Server({ name: 'protected-server', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'whoami', inputSchema: { type: 'object' } }] }));
  server.setRequestHandler(CallToolRequestSchema, (_, { authInfo }) => ({
    content: [{ type: 'text', text: JSON.stringify(authInfo.extra) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => server.close());
  await server.connect(transport);
  await transport.handleRequest(req, res);
}
