package io.mcprouter.endpoint;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.transport.spi.McpCall;

/** Calls that the router makes on behalf of a client session and that nobody waits for. */
final class ClientCalls {
  private ClientCalls() {}

  static McpCall quiet(ClientSession session) {
    return new McpCall(session.caller(), session.client(), CallStream.NONE);
  }
}
