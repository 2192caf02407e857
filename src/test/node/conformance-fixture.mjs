// conformance-fixture.mjs PORT: the reference server of the conformance gate, at http://localhost:PORT/mcp.
// Sessions for the revisions up to 2025-11-25, single requests for 2026-07-28. Port 0 picks a free one; prints `ready PORT`.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import {
  NodeStreamableHTTPServerTransport,
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
  toWebRequest,
} from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { fixtureServer } from './conformance/fixture-server.mjs';
import { EventStore } from './event-store.mjs';

const sessions = new Map();
const singleRequests = toNodeHandler(createMcpHandler(fixtureServer, { legacy: 'reject' }));
const hostIsLocal = localhostHostValidation();
const originIsLocal = localhostOriginValidation();

async function openSession() {
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: new EventStore(),
    retryInterval: 200,
    onsessioninitialized: (id) => sessions.set(id, transport),
    onsessionclosed: (id) => sessions.delete(id),
  });
  await fixtureServer().connect(transport);
  return transport;
}

function refuse(res, status, message) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32001, message } }));
}

async function readJson(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

async function serve(req, res) {
  if (!hostIsLocal(req, res) || !originIsLocal(req, res)) return;
  if (new URL(req.url, 'http://localhost').pathname !== '/mcp') return refuse(res, 404, 'Not found');
  const body = await readJson(req);
  if (!(await isLegacyRequest(await toWebRequest(req, body), body))) return singleRequests(req, res, body);
  const id = req.headers['mcp-session-id'];
  if (id !== undefined && !sessions.has(id)) return refuse(res, 404, 'Session not found');
  const transport = sessions.get(id) ?? (await openSession());
  await transport.handleRequest(req, res, body);
}

const listener = createServer((req, res) =>
  serve(req, res).catch((error) => {
    console.error(error);
    if (!res.headersSent) refuse(res, 500, String(error.message));
  }),
);
listener.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`ready ${listener.address().port}`));
