// How the behaviour server is reached, and how it misbehaves on each transport.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { EventStore } from '../event-store.mjs';
import { acceptWebSockets } from '../websocket-transport.mjs';
import { connectServer } from './server.mjs';
import { state, stats } from './state.mjs';

const GARBAGE = '{"jsonrpc": this is not JSON';
const BAD_EVENTS = `data: ${GARBAGE}\n\nevent: unheard-of\ndata: {}\n\nnonsense without a colon\n\n`;

export async function stdio(options) {
  const connection = {
    garbage: () => process.stdout.write(`${GARBAGE}\nplain words on stdout\n\n`),
    hangUp: () => process.exit(0),
    loseSessions: () => process.exit(0),
  };
  await connectServer(new StdioServerTransport(), connection, options);
  process.stdin.on('end', () => process.exit(0));
  console.error(JSON.stringify({ ready: true, pid: process.pid }));
}

export async function ws(port, options) {
  const listener = createServer(answerOther);
  const sockets = new Set();
  acceptWebSockets(listener, (transport, socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('ping', () => state.pings++);
    const connection = {
      garbage: () => socket.send(GARBAGE),
      hangUp: () => socket.terminate(),
      loseSessions: () => setTimeout(() => sockets.forEach((each) => each.terminate()), 50),
    };
    connectServer(transport, connection, options).catch(die);
  });
  await listen(listener, port);
}

export async function sse(port, options) {
  const streams = new Map();
  const listener = createServer(async (req, res) => {
    const url = new URL(req.url, 'http://localhost');
    const stream = streams.get(url.searchParams.get('sessionId'));
    if (req.method === 'GET' && url.pathname === '/sse') return open(res);
    if (req.method !== 'POST' || url.pathname !== '/messages') return answerOther(req, res);
    return stream ? stream.handlePostMessage(req, res) : res.writeHead(404).end('no such session');
  });
  async function open(res) {
    const transport = new SSEServerTransport('/messages', res);
    streams.set(transport.sessionId, transport);
    res.on('close', () => streams.delete(transport.sessionId));
    const connection = {
      garbage: () => res.write(BAD_EVENTS),
      hangUp: () => res.destroy(),
      loseSessions: () => setTimeout(() => [...streams.values()].forEach((each) => each.close()), 50),
    };
    await connectServer(transport, connection, options);
  }
  await listen(listener, port);
}

export async function http(port, options) {
  const sessions = new Map();
  let lostStatus = 404;
  const answers = new Map(); // the open POST of every request, for the misbehaviour below
  async function open() {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new EventStore(),
      retryInterval: 50,
      enableJsonResponse: options.json,
      onsessioninitialized: (id) => sessions.set(id, transport),
      onsessionclosed: (id) => sessions.delete(id),
    });
    const answerOf = (requestId) => answers.get(`${transport.sessionId} ${requestId}`);
    const connection = {
      garbage: (requestId) => writeGarbage(answerOf(requestId), options.json),
      hangUp: (requestId) => answerOf(requestId).destroy(),
      loseSessions: (status) => {
        lostStatus = status;
        sessions.clear();
      },
    };
    await connectServer(transport, connection, options);
    return transport;
  }
  const serve = async (req, res) => {
    if (new URL(req.url, 'http://localhost').pathname !== '/mcp') return answerOther(req, res);
    const body = req.method === 'POST' ? await readJson(req) : undefined;
    const id = req.headers['mcp-session-id'];
    if (id !== undefined && !sessions.has(id)) return refuse(res, lostStatus, 'No valid session');
    if (id === undefined && body?.method !== 'initialize') return refuse(res, 400, 'No session');
    const transport = sessions.get(id) ?? (await open());
    if (body?.id !== undefined) {
      const key = `${id} ${body.id}`;
      answers.set(key, res);
      res.on('close', () => answers.delete(key));
    }
    await transport.handleRequest(req, res, body);
  };
  const listener = createServer((req, res) => serve(req, res).catch((error) => refuse(res, 400, error.message)));
  await listen(listener, port);
}

async function writeGarbage(res, json) {
  if (json) return res.writeHead(200, { 'content-type': 'application/json' }).end(GARBAGE);
  while (!res.headersSent) await pause(5);
  res.write(BAD_EVENTS);
  await pause(20);
}

async function readJson(req) {
  let body = '';
  for await (const chunk of req.setEncoding('utf8')) body += chunk;
  return JSON.parse(body);
}

function refuse(res, status, message) {
  if (res.headersSent) return res.destroy();
  const error = { code: status === 404 ? -32001 : -32000, message };
  return res
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
}

function answerOther(req, res) {
  if (req.url !== '/stats') return res.writeHead(404).end();
  return res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(stats()));
}

function listen(listener, port) {
  return new Promise((resolve, reject) => {
    listener.on('error', reject);
    listener.listen(port, '127.0.0.1', () => {
      console.log(`ready ${listener.address().port}`);
      resolve();
    });
  });
}

function die(error) {
  console.error(error);
  process.exit(1);
}
