// The server side of MCP over websocket, which the SDK leaves out: subprotocol `mcp`, one JSON-RPC message a text frame.
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { WebSocketServer } from 'ws';

export class WebSocketServerTransport {
  #socket;
  #headers;

  constructor(socket, headers) {
    this.#socket = socket;
    this.#headers = headers;
  }

  async start() {
    this.#socket.on('message', (data, isBinary) => {
      try {
        if (isBinary) throw new Error('a message must be a text frame');
        const message = JSONRPCMessageSchema.parse(JSON.parse(data));
        this.onmessage?.(message, { requestInfo: { headers: this.#headers } });
      } catch (error) {
        this.onerror?.(error);
      }
    });
    this.#socket.on('error', (error) => this.onerror?.(error));
    this.#socket.on('close', () => this.onclose?.());
  }

  send(message) {
    return new Promise((resolve, reject) => {
      this.#socket.send(JSON.stringify(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  async close() {
    this.#socket.close();
  }
}

/** Calls connect(transport, socket) for every websocket that asks for subprotocol `mcp`; others are refused with 400. */
export function acceptWebSockets(httpServer, connect) {
  const websockets = new WebSocketServer({ server: httpServer, handleProtocols: () => 'mcp', verifyClient });
  websockets.on('connection', (socket, req) => connect(new WebSocketServerTransport(socket, req.headers), socket));
  return websockets;
}

function verifyClient({ req }, answer) {
  const offered = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  answer(offered.includes('mcp'), 400, 'subprotocol mcp is required');
}
