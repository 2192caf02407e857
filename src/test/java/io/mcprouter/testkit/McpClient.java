package io.mcprouter.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An AI client as the router sees one: it sends what a test writes, and keeps everything that
 * arrives in the order in which it arrived.
 */
public final class McpClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Link link;
  private final AtomicLong ids = new AtomicLong(1_000);
  private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
  private final List<Message> received = new ArrayList<>();
  private final Map<String, Function<Message, String>> answers = new ConcurrentHashMap<>();
  private final Message initialized;

  private McpClient(Setup setup, boolean initializes) {
    answers.putAll(setup.answers);
    link = setup.link(new Incoming());
    initialized =
        initializes
            ? request("initialize", setup.initializeParams()).reply()
            : Message.of("{\"error\":\"not asked for\"}".getBytes(StandardCharsets.UTF_8));
    if (!initialized.isError()) {
      notify("notifications/initialized", null);
      if (setup.listens) {
        link.listen();
      }
    }
  }

  /** Prepares a client of the router; without more, of everything, over streamable HTTP. */
  public static Setup of(RouterUnderTest router) {
    return of(router.uri("/"));
  }

  /** Prepares a client of a router anywhere. */
  public static Setup of(URI router) {
    return new Setup(router);
  }

  /** What the router said to initialize. */
  public Message initialized() {
    return initialized;
  }

  /** The Mcp-Session-Id of a client over streamable HTTP. */
  public String sessionId() {
    return Objects.requireNonNull(((StreamableLink) link).session());
  }

  /** Calls a tool and waits for the reply. */
  public Message call(String tool, String arguments) {
    return start(tool, arguments).reply();
  }

  /** Calls a tool without arguments and waits for the reply. */
  public Message call(String tool) {
    return call(tool, "{}");
  }

  /** Calls a tool and waits for nothing. */
  public Pending start(String tool, String arguments) {
    return request("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
  }

  /** Calls a tool that may report progress under a token, given as JSON. */
  public Pending start(String tool, String arguments, String progressToken) {
    return request(
        "tools/call",
        "{\"name\":\"%s\",\"arguments\":%s,\"_meta\":{\"progressToken\":%s}}"
            .formatted(tool, arguments, progressToken));
  }

  /** Sends a request and waits for the reply. */
  public Message ask(String method, String params) {
    return request(method, params).reply();
  }

  /** Sends a request under an id of the client's choice. */
  public Pending request(String method, @Nullable String params) {
    String id = Long.toString(ids.getAndIncrement());
    String rest = params == null ? "}" : ",\"params\":" + params + "}";
    return raw(id, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"" + rest);
  }

  /** Sends a message as it stands; its reply carries {@code id}, given as JSON. */
  public Pending raw(String id, String message) {
    CompletableFuture<Message> reply = new CompletableFuture<>();
    waiting.put(id, reply);
    link.send(message.getBytes(StandardCharsets.UTF_8));
    return new Pending(id, reply);
  }

  public void notify(String method, @Nullable String params) {
    String rest = params == null ? "}" : ",\"params\":" + params + "}";
    send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"" + rest);
  }

  /** Takes a request back. */
  public void cancel(Pending request) {
    notify("notifications/cancelled", "{\"requestId\":" + request.id + "}");
  }

  /** Sends a message to which no reply comes. */
  public void send(String message) {
    link.send(message.getBytes(StandardCharsets.UTF_8));
  }

  /** Everything that has arrived, replies included, in order. */
  public List<Message> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** The notifications, or the server's requests, of one method that have arrived. */
  public List<Message> received(String method) {
    return received().stream().filter(message -> message.method().equals(method)).toList();
  }

  /** Waits for a notification, or a server's request, that has arrived or will. */
  public Message awaitMessage(String method, Predicate<Message> wanted) {
    await(method)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> received(method).stream().anyMatch(wanted));
    return received(method).stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for a notification, or a server's request. */
  public Message awaitMessage(String method) {
    return awaitMessage(method, message -> true);
  }

  /** Answers a server's request that the client has kept until now. */
  public void answer(Message question, String result) {
    send("{\"jsonrpc\":\"2.0\",\"id\":" + question.id() + ",\"result\":" + result + "}");
  }

  /** The text of a tool's answer, which is no error of any kind. */
  public String say(String tool, String arguments) {
    Message reply = call(tool, arguments);
    assertThat(reply.isError() || reply.result().path("isError").asBoolean())
        .as("%s answers %s", tool, reply)
        .isFalse();
    return reply.text();
  }

  /** The names of the tools that the client sees. */
  public List<String> tools() {
    return names("tools/list", "tools", "name");
  }

  /** One field of all items of a list, all pages of it. */
  public List<String> names(String method, String items, String field) {
    List<String> names = new ArrayList<>();
    String params = "{}";
    while (params != null) {
      Message page = ask(method, params);
      assertThat(page.isError()).as("%s", page).isFalse();
      page.result().path(items).forEach(item -> names.add(item.path(field).asText()));
      String cursor = page.result().path("nextCursor").asText("");
      params = cursor.isEmpty() ? null : "{\"cursor\":\"" + cursor + "\"}";
    }
    return names;
  }

  @Override
  public void close() {
    link.close();
  }

  /** Goes away without a word. */
  public void vanish() {
    link.vanish();
  }

  /** A request and its reply to come. */
  public record Pending(String id, CompletableFuture<Message> future) {
    public Message reply() {
      return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public boolean isOpen() {
      return !future.isDone();
    }
  }

  private final class Incoming implements Link.Receiver {
    @Override
    public void accept(byte[] bytes) {
      Message message = Message.of(bytes);
      synchronized (received) {
        received.add(message);
      }
      Function<Message, String> answer = answers.get(message.method());
      if (message.method().isEmpty()) {
        CompletableFuture<Message> reply = waiting.remove(message.id());
        if (reply != null) {
          reply.complete(message);
        }
      } else if (answer != null && !message.id().isEmpty()) {
        // on a thread of its own: an answer may wait for something else to arrive
        Thread.ofVirtual().start(() -> McpClient.this.answer(message, answer.apply(message)));
      }
    }

    @Override
    public void closed(String why) {
      waiting
          .values()
          .forEach(reply -> reply.completeExceptionally(new IllegalStateException(why)));
    }

    @Override
    public void failed(byte[] message, String why) {
      CompletableFuture<Message> reply = waiting.remove(Message.of(message).id());
      if (reply != null) {
        reply.completeExceptionally(new IllegalStateException(why));
      }
    }
  }

  /** How a client connects and what it says of itself. */
  public static final class Setup {
    private final URI router;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Function<Message, String>> answers = new HashMap<>();
    private North north = North.HTTP;
    private String view = "";
    private String revision = "2025-11-25";
    private String capabilities = "{}";
    private boolean listens = true;

    private Setup(URI router) {
      this.router = router;
    }

    public Setup over(North form) {
      north = form;
      return this;
    }

    /** Connects to one server, where names are its own. */
    public Setup server(String name) {
      return view("/servers/" + name);
    }

    /** The path before the form's own, such as {@code /sets/chat}. */
    public Setup view(String path) {
      view = path;
      return this;
    }

    public Setup user(String id) {
      headers.put("X-MCP-User-Id", id);
      return this;
    }

    public Setup header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    public Setup revision(String text) {
      revision = text;
      return this;
    }

    public Setup capabilities(String json) {
      capabilities = json;
      return this;
    }

    /** Leaves out the listening stream of streamable HTTP. */
    public Setup deaf() {
      listens = false;
      return this;
    }

    /** Answers servers' requests of a method with a result. */
    public Setup answering(String method, Function<Message, String> answer) {
      answers.put(method, answer);
      return this;
    }

    /** Connects and initializes. */
    public McpClient connect() {
      return new McpClient(this, true);
    }

    /** Connects and says nothing. */
    public McpClient uninitialized() {
      return new McpClient(this, false);
    }

    private String initializeParams() {
      return "{\"protocolVersion\":\"%s\",\"capabilities\":%s,\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}"
          .formatted(revision, capabilities);
    }

    private Link link(Link.Receiver receiver) {
      URI uri = router.resolve(north.path(view));
      return switch (north) {
        case HTTP -> new StreamableLink(uri, headers, receiver);
        case SSE -> new SseLink(uri, headers, receiver);
        case WEBSOCKET -> new WebSocketLink(uri, headers, receiver);
      };
    }
  }
}
