// The MCP server that the conformance suite's scenarios expect: the tools, prompts and resources they call by name.
import { McpServer, ResourceTemplate, completable, fromJsonSchema } from '@modelcontextprotocol/server';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/v4';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';

const text = (value) => ({ type: 'text', text: value });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const embedded = (uri, mimeType, value) => ({ type: 'resource', resource: { uri, mimeType, text: value } });
const user = (content) => ({ role: 'user', content });

const strings = (...values) => values.map((value) => ({ const: value, title: `The ${value}` }));

const DEFAULTS_FORM = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
};

const ENUMS_FORM = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: { type: 'string', oneOf: strings('value1', 'value2', 'value3') },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: { type: 'array', items: { anyOf: strings('value1', 'value2', 'value3') } },
  },
};

const PERSON_FORM = {
  type: 'object',
  properties: { username: { type: 'string' }, email: { type: 'string' } },
  required: ['username', 'email'],
};

// every keyword of JSON Schema 2020-12 that a relay might drop from a listing
const RICH_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

function contentTools(server) {
  const answers = {
    test_simple_text: [text('This is a simple text response for testing.')],
    test_image_content: [image],
    test_audio_content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }],
    test_embedded_resource: [
      embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
    ],
    test_multiple_content_types: [
      text('Multiple content types test:'),
      image,
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ],
  };
  for (const [name, content] of Object.entries(answers)) {
    server.registerTool(name, { description: `Answers with fixed content (${name})` }, () => ({ content }));
  }
  server.registerTool('test_error_handling', { description: 'Always fails' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  server.registerTool(
    'json_schema_2020_12_tool',
    { description: 'Has a schema with JSON Schema 2020-12 features', inputSchema: fromJsonSchema(RICH_SCHEMA) },
    (args) => ({ content: [text(JSON.stringify(args))] }),
  );
}

function streamingTools(server) {
  server.registerTool('test_tool_with_logging', { description: 'Logs three times' }, async (ctx) => {
    await ctx.mcpReq.log('info', 'Tool execution started');
    await pause(50);
    await ctx.mcpReq.log('info', 'Tool processing data');
    await pause(50);
    await ctx.mcpReq.log('info', 'Tool execution completed');
    return { content: [text('logged three times')] };
  });
  server.registerTool('test_tool_with_progress', { description: 'Reports progress three times' }, async (ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        const params = { progressToken, progress, total: 100 };
        await ctx.mcpReq.notify({ method: 'notifications/progress', params });
      }
      await pause(50);
    }
    return { content: [text(String(progressToken))] };
  });
  server.registerTool('test_reconnection', { description: 'Ends its stream before it answers' }, async (ctx) => {
    await pause(50);
    ctx.http?.closeSSE?.();
    await pause(100);
    return { content: [text('answered after the stream was closed')] };
  });
}

function askingTools(server) {
  const asking = (ctx) => ({ relatedRequestId: ctx.mcpReq.id });
  server.registerTool(
    'test_sampling',
    { description: 'Asks the client for a completion', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, ctx) => {
      const params = { messages: [user(text(prompt))], maxTokens: 100 };
      const reply = await ctx.mcpReq.requestSampling(params, asking(ctx));
      return { content: [text(`LLM response: ${reply.content.text}`)] };
    },
  );
  const elicit = async (ctx, message, requestedSchema) => {
    const answer = await ctx.mcpReq.elicitInput({ message, requestedSchema }, asking(ctx));
    const summary = `action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`;
    return { content: [text(`Elicitation completed: ${summary}`)] };
  };
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user who they are', inputSchema: z.object({ message: z.string() }) },
    ({ message }, ctx) => elicit(ctx, message, PERSON_FORM),
  );
  server.registerTool('test_elicitation_sep1034_defaults', { description: 'Asks with defaults' }, (ctx) =>
    elicit(ctx, 'Please review the defaults', DEFAULTS_FORM),
  );
  server.registerTool('test_elicitation_sep1330_enums', { description: 'Asks with enums' }, (ctx) =>
    elicit(ctx, 'Please choose', ENUMS_FORM),
  );
}

function resources(server) {
  const fixed = (uri, mimeType, body) =>
    server.registerResource(uri.slice(7), uri, { description: `Fixed content of ${uri}`, mimeType }, () => ({
      contents: [{ uri, mimeType, ...body }],
    }));
  fixed('test://static-text', 'text/plain', { text: 'This is the content of the static text resource.' });
  fixed('test://static-binary', 'image/png', { blob: PIXEL });
  fixed('test://watched-resource', 'text/plain', { text: 'A resource to subscribe to.' });
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'Data for one id', mimeType: 'application/json' },
    (uri, { id }) => {
      const body = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text: body }] };
    },
  );
  server.server.registerCapabilities({ resources: { subscribe: true } });
  const watched = new Set();
  server.server.setRequestHandler('resources/subscribe', ({ params }) => (watched.add(params.uri), {}));
  server.server.setRequestHandler('resources/unsubscribe', ({ params }) => (watched.delete(params.uri), {}));
}

function prompts(server) {
  const messages = (...contents) => ({ messages: contents.map(user) });
  server.registerPrompt('test_simple_prompt', { description: 'A prompt without arguments' }, () =>
    messages(text('This is a simple prompt for testing.')),
  );
  const suggest = (value) => ['test one', 'test two', 'other'].filter((option) => option.startsWith(value));
  server.registerPrompt(
    'test_prompt_with_arguments',
    {
      description: 'A prompt with two arguments',
      argsSchema: z.object({ arg1: completable(z.string(), suggest), arg2: z.string() }),
    },
    ({ arg1, arg2 }) => messages(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A prompt around a resource', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) =>
      messages(
        embedded(resourceUri, 'text/plain', 'Embedded resource content for testing.'),
        text('Please process the embedded resource above.'),
      ),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'A prompt around an image' }, () =>
    messages(image, text('Please analyze the image above.')),
  );
}

/** A fresh server; each session (or, in the newest revision, each request) gets its own. */
export function fixtureServer() {
  const server = new McpServer(
    { name: 'conformance-fixture', version: '1.0.0' },
    { capabilities: { logging: {} }, instructions: 'A server made for the conformance suite.' },
  );
  contentTools(server);
  streamingTools(server);
  askingTools(server);
  resources(server);
  prompts(server);
  return server;
}
