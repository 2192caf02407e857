package io.mcprouter.guard;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A router with one scripted server over each of two transports behind the same guardrails. */
final class Guarded implements AutoCloseable {
  static final List<South> TRANSPORTS = List.of(South.HTTP, South.WEBSOCKET);
  static final String READ_ONLY = "{\"readOnlyHint\":true}";
  static final String IDEMPOTENT = "{\"readOnlyHint\":false,\"idempotentHint\":true}";
  static final String UNKNOWN = "{}";

  private final Map<South, ScriptedTools> servers = new EnumMap<>(South.class);
  private final RouterUnderTest router;

  /**
   * Starts both.
   *
   * @param templates {@code router.template} as JSON
   */
  Guarded(String templates) {
    ServersFile file = new ServersFile();
    for (South south : TRANSPORTS) {
      ScriptedTools server = new ScriptedTools(south);
      servers.put(south, server);
      file.with(south.server(), server.entry(templates).put("timeout", 5_000));
    }
    router = RouterUnderTest.start(file);
  }

  /** Gives both servers a tool. */
  Guarded tool(String name, String annotations, Consumer<ScriptedTools.Call> behaviour) {
    servers.values().forEach(server -> server.tool(name, annotations, behaviour));
    return this;
  }

  ScriptedTools server(South south) {
    return Objects.requireNonNull(servers.get(south));
  }

  RouterUnderTest router() {
    return router;
  }

  McpClient.Setup client(South south, String user) {
    return McpClient.of(router).server(south.server()).user(user);
  }

  @Override
  public void close() {
    router.close();
    servers.values().forEach(ScriptedTools::close);
  }
}
