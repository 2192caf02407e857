// raw-echo.mjs stdio | sse PORT | http PORT | ws PORT: an MCP server that never parses what it echoes.
// Every request but the handshake is answered with {"content":[],"echo":PARAMS}, where PARAMS are the bytes that arrived.
// The tool `ask` sends the client the request in its `arguments` first, whose `id` must be "q", and echoes the whole answer.
// Messages are cut up by a scanner of their own (rawMembers), so that no number, key or escape is read and written again.
// Prints `ready PORT` on stdout (not on stdio); port 0 picks a free one.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const COLON = 0x3a;
const COMMA = 0x2c;

const skipBlank = (bytes, at) => {
  while (BLANK.has(bytes[at])) at++;
  return at;
};

function endOfString(bytes, at) {
  for (at++; bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  return at + 1;
}

function endOfValue(bytes, at) {
  for (let depth = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) at = endOfString(bytes, at) - 1;
    else if (OPEN.has(bytes[at])) depth++;
    else if (CLOSE.has(bytes[at]) && depth-- === 0) break;
    else if (depth === 0 && (bytes[at] === COMMA || BLANK.has(bytes[at]))) break;
    if (depth === 0 && (bytes[at] === QUOTE || CLOSE.has(bytes[at]))) return at + 1;
  }
  return at;
}

/** The members of an object: their keys as strings, their values as they stand. */
function rawMembers(bytes) {
  const members = {};
  let at = skipBlank(bytes, skipBlank(bytes, 0) + 1);
  while (bytes[at] === QUOTE) {
    const endOfKey = endOfString(bytes, at);
    const key = JSON.parse(bytes.subarray(at, endOfKey));
    const start = skipBlank(bytes, skipBlank(bytes, endOfKey) + 1);
    if (bytes[skipBlank(bytes, endOfKey)] !== COLON) throw new Error('no colon behind a key');
    const end = endOfValue(bytes, start);
    members[key] = bytes.subarray(start, end);
    at = skipBlank(bytes, end);
    if (bytes[at] === COMMA) at = skipBlank(bytes, at + 1);
  }
  return members;
}

const PAGES = {
  '': '{"tools":[{"name":"echo","inputSchema":{"type":"object"}}],"nextCursor":"second"}',
  second: '{"tools":[{"name":"ask","inputSchema":{"type":"object"}}]}',
};
const HELLO =
  '{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"raw-echo","version":"1.0.0"}}';

const joined = (...parts) => Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))));

/** One client's conversation; `send` takes the bytes of a message. */
function conversation(send) {
  let question; // the call that waits for the client's answer
  const answer = (id, result) => send(joined('{"jsonrpc":"2.0","id":', id, ',"result":', result, '}'), id);
  return (bytes) => {
    const { id, method, params = Buffer.from('null') } = rawMembers(bytes);
    const name = method && JSON.parse(method);
    if (id === undefined) return;
    if (name === undefined) return answer(question, joined('{"content":[],"echo":', bytes, '}'));
    if (name === 'initialize') return answer(id, HELLO);
    if (name === 'ping') return answer(id, '{}');
    if (name === 'tools/list') return answer(id, PAGES[cursorOf(params)]);
    const call = name === 'tools/call' ? rawMembers(params) : {};
    if (call.name?.toString() === '"ask"') {
      question = id;
      return send(call.arguments);
    }
    return answer(id, joined('{"content":[],"echo":', params, '}'));
  };
}

const cursorOf = (params) => (params[0] === 0x7b ? JSON.parse(rawMembers(params).cursor ?? '""') : '');

/** Line breaks stand between tokens only; where the framing has no place for them, a blank says the same. */
const onOneLine = (bytes) => Buffer.from(bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)));

function stdio() {
  const take = conversation((message) => process.stdout.write(joined(onOneLine(message), '\n')));
  let rest = Buffer.alloc(0);
  process.stdin.on('data', (chunk) => {
    rest = joined(rest, chunk);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      take(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
  });
  process.stdin.on('end', () => process.exit(0));
}

async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sse = (port) => {
  const takers = new Map();
  const serve = async (req, res) => {
    if (req.method === 'GET') {
      const session = randomUUID();
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write(`event: endpoint\ndata: /messages?session=${session}\n\n`);
      takers.set(
        session,
        conversation((message) => res.write(joined('event: message\ndata: ', onOneLine(message), '\n\n'))),
      );
      return res.on('close', () => takers.delete(session));
    }
    const take = takers.get(new URL(req.url, 'http://localhost').searchParams.get('session'));
    const body = await bodyOf(req);
    res.writeHead(take ? 202 : 404).end();
    return take?.(body);
  };
  listen(createServer(serve), port);
};

/** Answers with plain JSON, so that nothing needs framing; a call that asks first answers with an event stream. */
const http = (port) => {
  let asking; // the exchange whose stream carries the question and its answer
  const serve = async (req, res) => {
    if (req.method !== 'POST') return res.writeHead(405).end();
    const body = await bodyOf(req);
    const event = (message) => asking.write(joined('data: ', onOneLine(message), '\n\n'));
    const { id, method } = rawMembers(body);
    if (id === undefined) return res.writeHead(202).end();
    if (method === undefined) {
      res.writeHead(202).end();
      conversations.answered(body);
      return asking.end();
    }
    const send = (message, isReply) => {
      if (asking === res || !isReply) {
        if (asking !== res) {
          asking = res;
          res.writeHead(200, { 'content-type': 'text/event-stream' });
        }
        return event(message);
      }
      return res.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 'raw' }).end(message);
    };
    const take = conversation(send);
    conversations.answered = take;
    return take(body);
  };
  const conversations = { answered: () => {} };
  listen(createServer(serve), port);
};

const ws = (port) => {
  const listener = createServer((_, res) => res.writeHead(426).end('websocket only'));
  const sockets = new WebSocketServer({ server: listener, handleProtocols: () => 'mcp' });
  sockets.on('connection', (socket) => {
    const take = conversation((message) => socket.send(message, { binary: false }));
    socket.on('message', take);
  });
  listen(listener, port);
};

function listen(listener, port) {
  listener.listen(Number(port), '127.0.0.1', () => console.log(`ready ${listener.address().port}`));
}

const [kind, port] = process.argv.slice(2);
({ stdio, sse, http, ws })[kind](port);
