// websocket-server.mjs PORT: an MCP server at ws://127.0.0.1:PORT/, made with the official SDK; every connection has a server
// of its own. Port 0 picks a free one; prints `ready PORT`.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListRootsResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { acceptWebSockets } from './websocket-transport.mjs';

const text = (value) => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});

function simpleTools(server) {
  server.registerTool(
    'echo',
    { title: 'Echo', description: 'Says what it is told', inputSchema: { message: z.string() } },
    ({ message }) => text(`Echo: ${message}`),
  );
  server.registerTool(
    'add',
    {
      description: 'Adds two numbers',
      inputSchema: { a: z.number(), b: z.number() },
      outputSchema: { sum: z.number() },
      annotations: { readOnlyHint: true, idempotentHint: true },
    },
    ({ a, b }) => ({ ...text(String(a + b)), structuredContent: { sum: a + b } }),
  );
  server.registerTool('headers', { description: 'The headers of the websocket handshake' }, (extra) =>
    text(extra.requestInfo.headers),
  );
  server.registerTool(
    'slow',
    { description: 'Takes its time and reports progress', inputSchema: { steps: z.number(), delayMs: z.number() } },
    async ({ steps, delayMs }, extra) => {
      const progressToken = extra._meta?.progressToken;
      for (let progress = 1; progress <= steps; progress++) {
        await pause(delayMs, undefined, { signal: extra.signal });
        if (progressToken === undefined) continue;
        await extra.sendNotification({
          method: 'notifications/progress',
          params: { progressToken, progress, total: steps, message: `step ${progress}` },
        });
      }
      return text(`${steps} steps`);
    },
  );
}

function askingTools(server) {
  const ask = (name, description, request, resultSchema) =>
    server.registerTool(name, { description }, async (extra) => text(await extra.sendRequest(request, resultSchema)));
  const question = { role: 'user', content: { type: 'text', text: 'Say something' } };
  const form = { type: 'object', properties: { color: { type: 'string' } }, required: ['color'] };
  const asks = {
    elicit: [{ message: 'Which color?', requestedSchema: form }, 'elicitation/create', ElicitResultSchema],
    sample: [{ messages: [question], maxTokens: 50 }, 'sampling/createMessage', CreateMessageResultSchema],
    roots: [undefined, 'roots/list', ListRootsResultSchema],
  };
  for (const [name, [params, method, schema]] of Object.entries(asks)) {
    ask(name, `Sends ${method} to the client and returns the answer`, { method, params }, schema);
  }
}

const listener = createServer((_, res) => res.writeHead(426).end('websocket only'));
acceptWebSockets(listener, (transport) => {
  const server = new McpServer({ name: 'websocket-server', version: '1.0.0' });
  simpleTools(server);
  askingTools(server);
  server.connect(transport).catch((error) => console.error(error));
});
listener.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`ready ${listener.address().port}`));
