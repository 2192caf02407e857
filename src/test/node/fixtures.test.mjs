// node --test fixtures.test.mjs: the fixtures do what the router's tests rely on, seen without a router in between.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, describe, it } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';

const started = [];
after(() => started.forEach((child) => child.kill('SIGKILL')));

async function start(script, ...args) {
  const child = spawn(process.execPath, [new URL(script, import.meta.url).pathname, ...args]);
  started.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line.split(' ')[1];
}

const client = () => {
  const made = new Client(
    { name: 'fixtures-test', version: '1.0.0' },
    { capabilities: { sampling: {}, elicitation: {}, roots: {} } },
  );
  made.seen = [];
  const note = (schema) => made.setNotificationHandler(schema, (message) => void made.seen.push(message));
  [ToolListChangedNotificationSchema, ResourceUpdatedNotificationSchema, LoggingMessageNotificationSchema].forEach(
    note,
  );
  made.setRequestHandler(ElicitRequestSchema, ({ params }) => ({
    action: 'accept',
    content: { answer: params.message },
  }));
  made.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///somewhere', name: 'somewhere' }] }));
  made.setRequestHandler(CreateMessageRequestSchema, () => ({
    role: 'assistant',
    model: 'none',
    content: { type: 'text', text: 'sampled' },
  }));
  return made;
};

const address = {
  http: (port) => new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), identified),
  sse: (port) => new SSEClientTransport(new URL(`http://127.0.0.1:${port}/sse`), identified),
  ws: (port) => new WebSocketClientTransport(new URL(`ws://127.0.0.1:${port}/`)),
};
const identified = { requestInit: { headers: { 'X-User-Id': 'ada' } } };

async function connect(kind, ...args) {
  const made = client();
  if (kind === 'stdio') {
    const script = new URL('behaviour-server.mjs', import.meta.url).pathname;
    const env = { ...process.env, USER_ID: 'ada' };
    const command = { command: process.execPath, args: [script, 'stdio', ...args], env, stderr: 'ignore' };
    await made.connect(new StdioClientTransport(command));
  } else {
    const port = await start('behaviour-server.mjs', kind, '0', ...args);
    await made.connect(address[kind](port));
  }
  made.say = async (name, args = {}, options) =>
    (await made.callTool({ name, arguments: args }, undefined, options)).content[0]?.text;
  return made;
}

async function until(condition) {
  const end = Date.now() + 5000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `never true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

for (const kind of ['stdio', 'sse', 'http', 'ws']) {
  describe(`behaviour server over ${kind}`, () => {
    it('answers, fails, throws and sends large answers', async () => {
      const server = await connect(kind);
      assert.equal(await server.say('echo', { message: 'hello' }), 'hello');
      assert.equal(await server.say('identity'), kind === 'ws' ? '' : 'ada');
      assert.equal((await server.say('blob', { bytes: 3_000_000 })).length, 3_000_000);
      assert.equal((await server.callTool({ name: 'fail' })).isError, true);
      await assert.rejects(server.callTool({ name: 'throw' }), { code: -32050, data: { reason: 'asked to' } });
      assert.ok(JSON.parse(await server.say('env')).names.includes('PATH'));
      await server.close();
    });

    it('reports progress, logs and is cancelled', async () => {
      const server = await connect(kind);
      const progress = [];
      await server.say('progress', { steps: 4, delayMs: 5 }, { onprogress: (step) => progress.push(step.progress) });
      assert.deepEqual(progress, [1, 2, 3, 4]);
      await server.setLoggingLevel('warning');
      await server.say('log', { level: 'info', text: 'unheard' });
      await server.say('log', { level: 'error', text: 'heard' });
      await until(() => server.seen.some((message) => message.params.data === 'heard'));
      assert.ok(!server.seen.some((message) => message.params.data === 'unheard'));
      const abort = new AbortController();
      const call = server.say('sleep', { label: 'dozing' }, { signal: abort.signal });
      await until(async () => JSON.parse(await server.say('stats')).running.includes('dozing'));
      abort.abort();
      await assert.rejects(call);
      await until(async () => (await server.say('cancelled')) === '["dozing"]');
      await server.close();
    });

    it('asks the client', async () => {
      const server = await connect(kind);
      assert.match(await server.say('sample'), /sampled/);
      assert.match(await server.say('elicit', { label: 'which' }), /"label":"which".*"answer":"which"/);
      assert.match(await server.say('roots'), /somewhere/);
      await server.close();
    });

    it('changes its tools and resources', async () => {
      const server = await connect(kind);
      await server.subscribeResource({ uri: 'test://counter' });
      await server.say('addTool', { name: 'fresh' });
      await server.say('bump');
      await until(() => server.seen.some(({ method }) => method === 'notifications/tools/list_changed'));
      await until(() => server.seen.some(({ method }) => method === 'notifications/resources/updated'));
      assert.ok((await server.listTools()).tools.some(({ name }) => name === 'fresh'));
      assert.equal((await server.readResource({ uri: 'test://item/7' })).contents[0].text, 'item 7');
      const argument = { name: 'name', value: 'A' };
      const { completion } = await server.complete({ ref: { type: 'ref/prompt', name: 'greet' }, argument });
      assert.deepEqual(completion.values, ['Ada', 'Alan']);
      await server.close();
    });

    it('answers after garbage, and dies in mid-call', async () => {
      const server = await connect(kind);
      const faults = [];
      server.onerror = (error) => faults.push(error);
      assert.match(await server.say('garbage'), /after the garbage/);
      assert.ok(faults.length > 0, 'no garbage was seen');
      const died = server.callTool({ name: 'die' }, undefined, { timeout: 2000 });
      await assert.rejects(died);
      await server.close();
    });
  });
}

describe('odd answers', () => {
  it('are on the wire as they were written', async () => {
    const port = await start('behaviour-server.mjs', 'sse', '0');
    const stream = await fetch(`http://127.0.0.1:${port}/sse`);
    const lines = stream.body.pipeThrough(new TextDecoderStream());
    let seen = '';
    const reading = (async () => {
      for await (const chunk of lines) seen += chunk;
    })();
    await until(() => seen.includes('sessionId='));
    const path = seen.match(/data: (\S+)/)[1];
    const post = (message) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      });
    const clientInfo = { name: 'raw', version: '1' };
    await post({
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo },
    });
    await post({ method: 'notifications/initialized' });
    await post({ id: 2, method: 'tools/call', params: { name: 'weird' } });
    await until(() => seen.includes('12345678901234567890.123'));
    for (const part of ['"hologram"', '"depth":1.10', '[1e2,-0.0,']) assert.ok(seen.includes(part), part);
    await post({ id: 3, method: 'tools/call', params: { name: 'hangUp' } });
    await reading.catch(() => {});
  });

  it('are plain JSON where that is asked for', async () => {
    const server = await connect('http', '--json');
    assert.equal(await server.say('echo', { message: 'plain' }), 'plain');
    await assert.rejects(server.callTool({ name: 'garbage' }));
    assert.equal(await server.say('echo', { message: 'still there' }), 'still there');
    await server.close();
  });

  it('come on a resumed stream, and a lost session is refused', async () => {
    const server = await connect('http');
    assert.equal(await server.say('resume'), 'answered on a resumed stream');
    await server.say('loseSession');
    await assert.rejects(server.say('echo', { message: 'late' }), { code: 404 });
  });
});

describe('start-up', () => {
  it('can be late or fail', async () => {
    const begun = Date.now();
    const server = await connect('stdio', '--delay-init', '300');
    assert.ok(Date.now() - begun >= 300);
    await server.close();
    await assert.rejects(connect('stdio', '--exit-on-start'));
  });
});

describe('websocket server', () => {
  it('serves every tool, and refuses other subprotocols', async () => {
    const port = await start('websocket-server.mjs', '0');
    const server = client();
    await server.connect(new WebSocketClientTransport(new URL(`ws://127.0.0.1:${port}/`)));
    const say = async (name, args = {}) => JSON.stringify(await server.callTool({ name, arguments: args }));
    assert.match(await say('echo', { message: 'hello' }), /Echo: hello/);
    assert.match(await say('add', { a: 1, b: 2 }), /"sum":3/);
    assert.match(await say('headers'), /sec-websocket-key/);
    assert.match(await say('slow', { steps: 2, delayMs: 5 }), /2 steps/);
    assert.match(await say('elicit'), /Which color/);
    assert.match(await say('sample'), /sampled/);
    assert.match(await say('roots'), /somewhere/);
    await server.close();
    const other = new WebSocket(`ws://127.0.0.1:${port}/`, 'chat');
    await once(other, 'error');
  });
});

describe('stubborn child', () => {
  it('outlives SIGTERM and the end of its input', async () => {
    const child = spawn(process.execPath, [new URL('stubborn-child.mjs', import.meta.url).pathname]);
    const lines = createInterface({ input: child.stdout });
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pids"}}\n');
    const [answer] = await once(lines, 'line');
    const pids = JSON.parse(JSON.parse(answer).result.content[0].text);
    child.stdin.end();
    try {
      pids.forEach((pid) => process.kill(pid, 'SIGTERM'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      pids.forEach((pid) => assert.ok(process.kill(pid, 0)));
    } finally {
      const gone = once(child, 'exit');
      pids.forEach((pid) => process.kill(pid, 'SIGKILL'));
      await gone;
    }
  });
});
