package io.mcprouter.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that a Node script of the tests plays. One that is reached over a socket runs from the
 * start of this object to its end; a stdio one is only an entry, whose processes the router starts.
 */
public final class Peer implements AutoCloseable {
  /** The script whose tools show one behaviour each. */
  public static final String BEHAVIOUR = "behaviour-server.mjs";

  /** The script that answers with what it was sent, byte for byte. */
  public static final String RAW_ECHO = "raw-echo.mjs";

  /**
   * The script that wants a token with each request, over streamable HTTP; its one option is the
   * issuer.
   */
  public static final String PROTECTED = "protected-server.mjs";

  private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String script;
  private final South south;
  private final List<String> options;
  private @Nullable Process process;
  private int port;

  private Peer(String script, South south, List<String> options) {
    this.script = script;
    this.south = south;
    this.options = options;
  }

  /** Starts a script; it listens when this returns. */
  public static Peer start(String script, South south, String... options) {
    Peer peer = new Peer(script, south, List.of(options));
    peer.start();
    return peer;
  }

  /** Starts the behaviour server. */
  public static Peer behaviour(South south, String... options) {
    return start(BEHAVIOUR, south, options);
  }

  /** Starts again after {@link #kill}, on the same port. */
  public void start() {
    if (south.isChild()) {
      return;
    }
    try {
      Process started =
          new ProcessBuilder(command(Integer.toString(port)))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process = started;
      String ready = firstLine(started);
      if (ready == null || !ready.startsWith("ready ")) {
        throw new IllegalStateException(script + " did not start: " + ready);
      }
      port = Integer.parseInt(ready.substring("ready ".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String firstLine(Process started) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    return lines.readLine();
  }

  /** The command that runs a program of an npm package. */
  public static List<String> packaged(String program) {
    return List.of(node(), SCRIPTS.resolve("node_modules").resolve(program).toString());
  }

  private static String node() {
    return SCRIPTS.resolve("node_modules/node/bin/node").toString();
  }

  private List<String> command(String where) {
    List<String> command = new ArrayList<>();
    command.add(node());
    command.add(SCRIPTS.resolve(script).toString());
    command.add(south.argument());
    if (!south.isChild()) {
      command.add(where);
    }
    command.addAll(options);
    return command;
  }

  /** The entry by which the router reaches it, which tells it the user's id. */
  public ObjectNode entry() {
    return south.isChild()
        ? ServersFile.program(command(""), Map.of("USER_ID", "{{LIBRECHAT_USER_ID}}"))
        : ServersFile.remote(
            south.type(), south.url(port), Map.of("X-User-Id", "{{LIBRECHAT_USER_ID}}"));
  }

  /** An entry whose one session all users share. */
  public ObjectNode sharedEntry() {
    ObjectNode entry =
        south.isChild()
            ? ServersFile.program(command(""), Map.of())
            : ServersFile.remote(south.type(), south.url(port), Map.of());
    entry.putObject("router").put("shared", true);
    return entry;
  }

  public int port() {
    return port;
  }

  /**
   * What the behaviour server counted; not for stdio, where every session has a server of its own.
   */
  public JsonNode stats() {
    try {
      try (InputStream answer =
          URI.create("http://127.0.0.1:" + port + "/stats").toURL().openStream()) {
        return JSON.readTree(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again if it was killed. */
  public void ensureRunning() {
    if (process == null) {
      start();
    }
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = null;
    try {
      running.getInputStream().close();
      running.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
