// One connection's MCP server: the official SDK's low-level Server, so that errors and odd results can be shaped at will.
import { setTimeout as pause } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  LoggingLevelSchema,
  McpError,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { state } from './state.mjs';
import { WEIRD, listTools, text } from './tools.mjs';

const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  prompts: { listChanged: true },
  completions: {},
  logging: {},
};
const LEVELS = LoggingLevelSchema.options;
const NAMES = ['Ada', 'Alan', 'Barbara', 'Grace'];

// numbers that a parser into doubles would change, and things that no revision knows
const WEIRD_RESULT = {
  content: [
    { type: 'hologram', depth: JSON.rawJSON('1.10'), nested: { unknown: null } },
    { type: 'text', text: 'known', price: JSON.rawJSON('12345678901234567890.123') },
  ],
  unknownField: [JSON.rawJSON('1e2'), JSON.rawJSON('-0.0'), 'ünïcödé \u2028'],
};

/**
 * Connects a fresh server to `transport`. `connection` says how to misbehave there:
 * garbage(requestId), hangUp(requestId), loseSessions(status).
 */
export async function connectServer(transport, connection, { delayInit = 0 } = {}) {
  const server = new Server(
    { name: 'behaviour-server', version: '1.0.0', title: 'Behaviour server' },
    { capabilities: CAPABILITIES, instructions: 'Call a tool to see a behaviour.' },
  );
  let lowest = LEVELS[0];
  const subscribed = new Set();
  Object.assign(connection, {
    server,
    logs: (level) => LEVELS.indexOf(level) >= LEVELS.indexOf(lowest),
    resourceUpdated: (uri) => (subscribed.has(uri) ? server.sendResourceUpdated({ uri }) : undefined),
  });
  server.setRequestHandler(SetLevelRequestSchema, ({ params }) => ((lowest = params.level), {}));
  server.setRequestHandler(SubscribeRequestSchema, ({ params }) => (subscribed.add(params.uri), {}));
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => (subscribed.delete(params.uri), {}));
  serveTools(server, connection);
  serveResources(server);
  servePrompts(server);
  shapeAnswers(transport, delayInit);
  state.opened++;
  state.connections.add(connection);
  server.onclose = () => state.connections.delete(connection) && state.closed++;
  await server.connect(transport);
}

function serveTools(server, connection) {
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listTools() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const call = state.tools.get(params.name);
    if (!call) throw new McpError(-32602, `Unknown tool: ${params.name}`);
    try {
      return await call(params.arguments ?? {}, { connection, extra, headers: extra.requestInfo?.headers });
    } catch (error) {
      // a refusal of the client's is the tool's failure; only the tool `throw` is meant to answer with an error
      if (error instanceof McpError && params.name === 'throw') throw error;
      return { ...text(`${params.name}: ${error.message}`), isError: true };
    }
  });
}

function serveResources(server) {
  const counter = { uri: 'test://counter', name: 'counter', mimeType: 'text/plain' };
  const template = { uriTemplate: 'test://item/{id}', name: 'item', mimeType: 'text/plain' };
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [counter] }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [template] }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const item = uri.match(/^test:\/\/item\/([^/]+)$/);
    if (uri !== counter.uri && !item) throw new McpError(-32002, 'Resource not found', { uri });
    return { contents: [{ uri, mimeType: 'text/plain', text: item ? `item ${item[1]}` : String(state.counter) }] };
  });
}

function servePrompts(server) {
  const greet = { name: 'greet', description: 'Greets', arguments: [{ name: 'name', required: true }] };
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [greet] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    if (params.name !== greet.name) throw new McpError(-32602, `Unknown prompt: ${params.name}`);
    return { messages: [{ role: 'user', content: { type: 'text', text: `Hello ${params.arguments?.name}` } }] };
  });
  server.setRequestHandler(CompleteRequestSchema, ({ params }) => {
    const values = NAMES.filter((name) => name.startsWith(params.argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
  });
}

/** Puts the weird result in place of its marker, and keeps the answer to initialize back. */
function shapeAnswers(transport, delayInit) {
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    if (message.result?.protocolVersion) await pause(delayInit);
    const weird = message.result?._meta?.[Object.keys(WEIRD._meta)[0]];
    await send(weird ? { ...message, result: WEIRD_RESULT } : message, options);
  };
}
