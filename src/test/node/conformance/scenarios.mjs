// What a client does in each of the suite's client scenarios once it is connected; whatever else it sees is left alone.
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const ARGUMENTS = { add_numbers: { a: 2, b: 3 } };

/** The capabilities that a scenario's client declares. */
export function capabilities(scenario) {
  return scenario === 'elicitation-sep1034-client-defaults' ? { elicitation: { form: { applyDefaults: true } } } : {};
}

/** Prepares a client before it connects. */
export function prepare(client, scenario) {
  if (capabilities(scenario).elicitation) {
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: {} }));
  }
}

/** The steps of a scenario, in order; one that fails may be repeated by itself. */
export function steps(client, scenario) {
  let tools = [];
  const list = async () => ({ tools } = await client.listTools());
  const callAll = async () => {
    for (const { name } of tools) await client.callTool({ name, arguments: ARGUMENTS[name] ?? {} });
  };
  const echoSchema = async () => {
    const { inputSchema } = tools.find(({ name }) => name === 'json_schema_2020_12_tool');
    await client.callTool({ name: 'json_schema_echo', arguments: { schema: inputSchema } });
  };
  return [list, scenario === 'json-schema-2020-12-preservation' ? echoSchema : callAll];
}
