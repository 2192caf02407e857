// The tools of the behaviour server: each does one thing that a router has to get right.
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateMessageResultSchema,
  ElicitResultSchema,
  ListRootsResultSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { state, stats } from './state.mjs';

export const text = (value) => ({
  content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});

/** A result that no SDK type covers; the connection's send puts it in place of this marker. */
export const WEIRD = { content: [], _meta: { 'io.mcprouter/weird': true } };

async function* steps(count, delayMs, signal) {
  for (let step = 1; step <= count; step++) {
    yield step;
    // also after the last one: the SDK's client forgets a progress handler when the answer arrives right behind
    await pause(delayMs, undefined, { signal });
  }
}

const plain = {
  echo: ({ message }) => text(message),
  identity: (_, { headers }) => text(headers ? (headers['x-user-id'] ?? '') : (process.env.USER_ID ?? '')),
  headers: (_, { headers }) => text(headers ?? {}),
  env: ({ name }) =>
    text({
      names: Object.keys(process.env).sort(),
      argv: process.argv.slice(2),
      cwd: process.cwd(),
      value: process.env[name],
    }),
  stats: () => text(stats()),
  cancelled: () => text(state.cancelled),
  blob: ({ bytes }) => text('0123456789abcdef'.repeat(Math.ceil(bytes / 16)).slice(0, bytes)),
  weird: () => WEIRD,
};

const failing = {
  fail: ({ message = 'it failed' }) => ({ ...text(message), isError: true }),
  throw: ({ code = -32050, message = 'thrown', data = { reason: 'asked to' } }) => {
    throw new McpError(code, message, data);
  },
  die: ({ code = 7 }) => process.exit(code),
  hangUp: (_, { connection, extra }) => {
    connection.hangUp(extra.requestId);
    return new Promise(() => {});
  },
  loseSession: ({ status = 404 }, { connection }) => {
    connection.loseSessions(status);
    return text('every session is forgotten');
  },
  garbage: async (_, { connection, extra }) => {
    await connection.garbage(extra.requestId);
    return text('the answer after the garbage');
  },
};

const streaming = {
  progress: async ({ steps: total = 3, delayMs = 10 }, { extra }) => {
    const progressToken = extra._meta?.progressToken;
    for await (const progress of steps(total, delayMs, extra.signal)) {
      const params = { progressToken, progress, total, message: `step ${progress} of ${total}` };
      if (progressToken !== undefined) await extra.sendNotification({ method: 'notifications/progress', params });
    }
    return text(`${total} steps`);
  },
  sleep: async ({ ms = 60000, label = 'unnamed' }, { extra }) => {
    state.running.add(label);
    try {
      await pause(ms, undefined, { signal: extra.signal });
    } catch (error) {
      state.cancelled.push(label);
      throw error;
    } finally {
      state.running.delete(label);
    }
    return text(`slept ${ms} ms`);
  },
  // ends the event stream of this call (streamable HTTP only) and answers on the resumed one
  resume: async ({ delayMs = 100, label = 'unnamed' }, { extra }) => {
    extra.closeSSEStream?.();
    await streaming.sleep({ ms: delayMs, label }, { extra });
    return text(extra.closeSSEStream ? 'answered on a resumed stream' : 'this stream cannot be closed');
  },
  log: async ({ level = 'info', text: data }, { connection, extra }) => {
    const params = { level, logger: 'behaviour', data };
    if (connection.logs(level)) await extra.sendNotification({ method: 'notifications/message', params });
    return text('logged');
  },
};

const asking = {
  sample: async ({ prompt = 'Say something' }, { extra }) => {
    const messages = [{ role: 'user', content: { type: 'text', text: prompt } }];
    const request = { method: 'sampling/createMessage', params: { messages, maxTokens: 50 } };
    return text(await extra.sendRequest(request, CreateMessageResultSchema));
  },
  // says what progress the client reports while it samples
  sampleSlowly: async (_, { extra }) => {
    const messages = [{ role: 'user', content: { type: 'text', text: 'Take your time' } }];
    const request = { method: 'sampling/createMessage', params: { messages, maxTokens: 50 } };
    const onprogress = ({ progress }) =>
      extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data: `heard ${progress}` } });
    return text(await extra.sendRequest(request, CreateMessageResultSchema, { onprogress }));
  },
  elicit: async ({ label = 'unnamed' }, { extra }) => {
    const requestedSchema = { type: 'object', properties: { answer: { type: 'string' } } };
    const request = { method: 'elicitation/create', params: { message: label, requestedSchema } };
    return text({ label, ...(await extra.sendRequest(request, ElicitResultSchema)) });
  },
  // says that what the client was asked to do in a browser is done
  saysElicited: async ({ elicitationId }, { connection }) => {
    await connection.server.notification({ method: 'notifications/elicitation/complete', params: { elicitationId } });
    return text('said');
  },
  roots: async (_, { extra }) => text(await extra.sendRequest({ method: 'roots/list' }, ListRootsResultSchema)),
};

const changing = {
  addTool: async ({ name }) => {
    state.tools.set(name, () => text(`${name} answers`));
    await everyConnection((connection) => connection.server.sendToolListChanged());
    return text(`added ${name}`);
  },
  removeTool: async ({ name }) => {
    state.tools.delete(name);
    await everyConnection((connection) => connection.server.sendToolListChanged());
    return text(`removed ${name}`);
  },
  bump: async () => {
    state.counter++;
    await everyConnection((connection) => connection.resourceUpdated('test://counter'));
    return text(String(state.counter));
  },
};

async function everyConnection(notify) {
  await Promise.allSettled([...state.connections].map(notify));
}

for (const [name, call] of Object.entries({ ...plain, ...failing, ...streaming, ...asking, ...changing })) {
  state.tools.set(name, call);
}

const READ_ONLY = new Set([...Object.keys(plain), ...Object.keys(streaming)]);

/** The current tools as tools/list shows them. Every argument is optional, so one open schema fits all. */
export function listTools() {
  return [...state.tools.keys()].map((name) => ({
    name,
    description: `Behaviour ${name}`,
    inputSchema: { type: 'object', additionalProperties: true },
    annotations: { readOnlyHint: READ_ONLY.has(name), idempotentHint: READ_ONLY.has(name) },
  }));
}
