package io.mcprouter.cli;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.Revision;
import io.mcprouter.transport.spi.Handshake;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of a running router, over streamable HTTP. For one thread. */
final class RouterClient implements AutoCloseable {
  /** How the control plane says that there is nothing at a path. */
  private static final String PROBLEM = "application/problem+json";

  /** One connection carries a call to its end: later revisions let a server end it on the way. */
  private static final Revision REVISION = Revision.V2025_06_18;

  /** Where the key of a router with authentication comes from: an argument would be seen. */
  private static final String KEY_VARIABLE = "MCP_ROUTER_API_KEY";

  private static final int MAX_BYTES = 32 << 20;
  private static final int MAX_PAGES = 1_000;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final URI url;
  private final @Nullable String user;
  private final Consumer<Frame> notifications;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private @Nullable String session;
  private long ids;

  private RouterClient(URI url, @Nullable String user, Consumer<Frame> notifications) {
    this.url = url;
    this.user = user;
    this.notifications = notifications;
  }

  /**
   * Opens a session.
   *
   * @param user who calls, or null for the router's local user
   * @param notifications takes what the router says while a request is open
   */
  static RouterClient connect(URI url, @Nullable String user, Consumer<Frame> notifications)
      throws CommandFailure {
    RouterClient client = new RouterClient(url, user, notifications);
    client.request(
        Methods.INITIALIZE,
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("protocolVersion", REVISION.text());
              json.writeObjectFieldStart("capabilities");
              json.writeEndObject();
              json.writeObjectFieldStart("clientInfo");
              json.writeStringField("name", "mcp-router-cli");
              json.writeStringField("version", Handshake.VERSION);
              json.writeEndObject();
              json.writeEndObject();
            }));
    client.post(Messages.notification(Methods.INITIALIZED, null));
    return client;
  }

  /** Every item of a listing, over all its pages. */
  List<JsonSpan> list(String method, String member) throws CommandFailure {
    List<JsonSpan> items = new ArrayList<>();
    String cursor = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonSpan result = request(method, cursorParams(cursor));
      JsonSpan part = result.member(member);
      if (part != null) {
        items.addAll(part.elements());
      }
      cursor = result.string("nextCursor");
      if (cursor == null) {
        return items;
      }
    }
    throw new CommandFailure("The router's listing has no end.");
  }

  private static byte @Nullable [] cursorParams(@Nullable String cursor) {
    return cursor == null ? null : Messages.join("{\"cursor\":", JsonText.quoted(cursor), "}");
  }

  /** The result of a request; an error that the router answers is a failure with its words. */
  JsonSpan request(String method, byte @Nullable [] params) throws CommandFailure {
    byte[] id = JsonText.number(++ids);
    Frame reply = post(Messages.request(id, method, params));
    if (reply == null) {
      throw new CommandFailure(
          "The router at " + url + " ended its answer before it was complete.");
    }
    JsonSpan error = reply.error();
    JsonSpan result = reply.result();
    if (error != null || result == null) {
      String said = error == null ? null : error.string("message");
      throw new CommandFailure(said == null ? noEndpoint() : said);
    }
    return result;
  }

  private @Nullable Frame post(byte[] message) throws CommandFailure {
    HttpRequest request =
        request()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(response, body);
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.");
    } catch (MalformedMessage e) {
      throw new CommandFailure(noEndpoint());
    }
  }

  private String noEndpoint() {
    return "What answers at " + url + " is no MCP endpoint; are the port and the path right?";
  }

  private HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (user != null) {
      request.header(UserHeader.NAME, user);
    }
    String key = System.getenv(KEY_VARIABLE);
    if (key != null && !key.isBlank()) {
      request.header("X-API-Key", key.strip());
    }
    if (session != null) {
      request.header("Mcp-Session-Id", session);
      request.header("MCP-Protocol-Version", REVISION.text());
    }
    return request;
  }

  private @Nullable Frame answer(HttpResponse<InputStream> response, InputStream body)
      throws IOException, MalformedMessage, CommandFailure {
    int status = response.statusCode();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (status == 404 && type.startsWith(PROBLEM)) {
      throw new CommandFailure(noEndpoint());
    }
    if (status >= 300 && !isJson(type)) {
      byte[] words = body.readNBytes(1_000);
      throw new CommandFailure(
          "The router at " + url + " answered with status " + status + ": " + oneLine(words));
    }
    session = response.headers().firstValue("Mcp-Session-Id").orElse(session);
    if (status == 202) {
      return null;
    }
    if (isJson(type)) {
      return Frame.parse(body.readNBytes(MAX_BYTES));
    }
    return new EventReplies(MAX_BYTES, notifications).read(body);
  }

  private static boolean isJson(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private static String oneLine(byte[] words) {
    return new String(words, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private CommandFailure unreachable(IOException e) {
    return e instanceof ConnectException
        ? new CommandFailure(
            "No router answers at "
                + url
                + ": start one with 'mcp-router run', or name another with --url.")
        : new CommandFailure(
            "The connection to the router at "
                + url
                + " broke ("
                + e.getClass().getSimpleName()
                + ").");
  }

  /** Ends the session; a router that is gone by now has ended it itself. */
  @Override
  public void close() throws CommandFailure {
    if (session == null) {
      http.close();
      return;
    }
    try (http) {
      http.send(request().DELETE().build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
