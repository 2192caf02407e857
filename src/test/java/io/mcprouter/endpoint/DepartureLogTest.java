package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Clients go as they like: that is nothing to be logged as an error. */
class DepartureLogTest {
  private static final int DEPARTURES = 20;

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() {
    lines.start();
  }

  @AfterEach
  void listenNoMore() {
    root().detachAppender(lines);
  }

  @Test
  void a_client_that_resets_its_connection_is_no_error() throws Exception {
    try (Peer peer = Peer.behaviour(South.HTTP);
        RouterUnderTest router = RouterUnderTest.start(new ServersFile().with("s", peer.entry()));
        McpClient client = McpClient.of(router).server("s").user("x").connect()) {
      root().addAppender(lines); // the start of Spring begins logging anew
      for (int i = 0; i < DEPARTURES; i++) {
        depart(router.port(), "POST", client.sessionId(), "Content-Length: 1000\r\n\r\n{\"begun");
        depart(router.port(), "POST", client.sessionId(), calling("sleep", "{\"ms\":60000}"));
        depart(router.port(), "GET", client.sessionId(), "\r\n");
      }
      for (int i = 0; i < DEPARTURES; i++) {
        try (McpClient next = McpClient.of(router).server("s").user("y").connect()) {
          assertThat(next.say("echo", "{\"message\":\"hello\"}")).isEqualTo("hello");
        }
      }
    }
    List<String> errors =
        lines.list.stream()
            .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
            .map(ILoggingEvent::toString)
            .toList();
    assertThat(errors).isEmpty();
  }

  private static String calling(String tool, String arguments) {
    String message =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":"
            + arguments
            + "}}";
    return "Content-Length: " + message.length() + "\r\n\r\n" + message;
  }

  private static void depart(int port, String method, String session, String rest)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head =
          method
              + " /servers/s/mcp HTTP/1.1\r\nHost: 127.0.0.1:"
              + port
              + "\r\nContent-Type: application/json\r\nAccept: text/event-stream,"
              + " application/json\r\nX-MCP-User-Id: x\r\nMcp-Session-Id: "
              + session
              + "\r\n";
      socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.US_ASCII));
      if (!rest.endsWith("begun")) {
        socket.getInputStream().read(); // the stream has begun
      }
      socket.setSoLinger(true, 0); // closing resets
    }
  }
}
