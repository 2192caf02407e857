package io.mcprouter.catalog;

import io.mcprouter.config.McpSettings;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.Toolset;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Messages;
import io.mcprouter.routing.RefusedCall;
import io.mcprouter.routing.RunningServers;
import io.mcprouter.routing.RunningServersFixture;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Servers in memory that say what a test lets them say, when it lets them. */
final class ScriptedServers implements ServerCalls {
  private static final byte[] ID = {'1'};

  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile RunningServers servers = RunningServersFixture.none();
  private final Map<String, Toolset> toolsets = new LinkedHashMap<>();

  /** Makes these the entries of the file. */
  void file(Entry... entries) {
    Map<String, ServerDefinition> definitions = new LinkedHashMap<>();
    Set<String> personal = new HashSet<>();
    for (Entry entry : entries) {
      definitions.put(entry.name, entry.definition());
      if (entry.personal) {
        personal.add(entry.name);
      }
    }
    ServerSet set = new ServerSet(definitions, List.of(), toolsets, McpSettings.DEFAULT, List.of());
    servers = RunningServersFixture.running(set, personal, servers);
  }

  /** Declares a toolset; before {@link #file}. */
  void toolset(String name, List<String> members, String... tools) {
    toolsets.put(name, new Toolset(name, null, null, members, Entry.patterns(tools)));
  }

  /** Sets what a server does with list requests. */
  void script(String server, Script script) {
    scripts.put(server, script);
  }

  /** A server that lists these tools and has no other capability. */
  void tools(String server, String... names) {
    script(server, listing(ListKind.TOOLS, named(names)));
  }

  /** A server whose list of one kind holds these items; other methods it does not know. */
  static Script listing(ListKind kind, String... items) {
    return asked ->
        asked.method.equals(kind.method()) ? done(page(kind, null, items)) : unknownMethod();
  }

  static String[] named(String... names) {
    return Arrays.stream(names)
        .map(name -> "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}")
        .toArray(String[]::new);
  }

  static String page(ListKind kind, @Nullable String next, String... items) {
    String list = "{\"" + kind.listKey() + "\":[" + String.join(",", items) + "]";
    return list + (next == null ? "}" : ",\"nextCursor\":\"" + next + "\"}");
  }

  static CompletableFuture<Frame> done(String result) {
    return CompletableFuture.completedFuture(reply(result));
  }

  static Frame reply(String result) {
    return frame(Messages.result(ID, result.getBytes(StandardCharsets.UTF_8)));
  }

  static CompletableFuture<Frame> unknownMethod() {
    return error(ErrorCodes.METHOD_NOT_FOUND);
  }

  static CompletableFuture<Frame> error(int code) {
    return CompletableFuture.completedFuture(frame(Messages.error(ID, code, "no")));
  }

  static CompletableFuture<Frame> down(String server) {
    return CompletableFuture.failedFuture(McpFailure.unavailable(server, "refused"));
  }

  private static Frame frame(byte[] json) {
    return Frame.of(new String(json, StandardCharsets.UTF_8));
  }

  /** The requests that a server got so far. */
  List<Asked> asked(String server) {
    return asked.stream().filter(request -> request.server.equals(server)).toList();
  }

  /** The users in whose names a server was asked. */
  Set<String> askers(String server) {
    return asked(server).stream().map(request -> request.caller.id()).collect(Collectors.toSet());
  }

  @Override
  public RunningServers servers() {
    return servers;
  }

  @Override
  public void send(String server, Frame message, McpCall call, McpCall.Outcome outcome) {
    Frame read = frame(message.bytes());
    String cursor = read.params() == null ? null : read.params().string("cursor");
    Asked request = new Asked(server, message.method(), cursor, call.caller());
    asked.add(request);
    Script script = Objects.requireNonNull(scripts.get(server), server + " has no script");
    script
        .answer(request)
        .whenComplete(
            (reply, thrown) ->
                outcome.accept(reply, thrown == null ? null : McpFailure.from(thrown, server)));
  }

  record Asked(String server, String method, @Nullable String cursor, Caller caller) {}

  /** Answers a list request, now or later. */
  @FunctionalInterface
  interface Script {
    CompletableFuture<Frame> answer(Asked request);
  }

  @Override
  public void refused(RefusedCall call) {
    throw new AssertionError("a catalog refuses nothing");
  }
}
