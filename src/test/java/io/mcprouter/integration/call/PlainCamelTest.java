package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The components work where there is nothing but Camel. */
class PlainCamelTest {
  private static final Pattern FOREIGN =
      Pattern.compile(
          "\\b(org\\.springframework\\.|io\\.mcprouter\\."
              + "(wiring|console|credential|cli|endpoint|session|oauth|monitoring|catalog|routing)\\.)"
              + "\\S+");

  @Test
  void a_plain_application_calls_servers_and_loads_nothing_of_spring_console_or_store(
      @TempDir Path directory) throws Exception {
    Path loaded = directory.resolve("classes.txt");
    Path errors = directory.resolve("errors.txt");
    try (Peer http = Peer.behaviour(South.HTTP);
        Peer sse = Peer.behaviour(South.SSE);
        Peer websocket = Peer.behaviour(South.WEBSOCKET)) {
      Process application =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:TieredStopAtLevel=1",
                  "-Xlog:class+load:file=" + loaded,
                  "-cp",
                  withoutSpring(),
                  PlainApplication.class.getName(),
                  everything(),
                  "http=mcp-http:one?url=http://127.0.0.1:" + http.port() + "/mcp",
                  "sse=mcp-sse:two?url=http://127.0.0.1:" + sse.port() + "/sse",
                  "websocket=mcp-websocket:three?url=ws://127.0.0.1:" + websocket.port() + "/")
              .redirectError(errors.toFile())
              .start();
      try {
        String output =
            new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(output)
            .as(() -> text(errors))
            .contains("The sum of 2 and 3 is 5.")
            .contains("over http", "over sse", "over websocket");
      } finally {
        application.destroyForcibly();
      }
    }
    List<String> classes = Files.readAllLines(loaded);
    assertThat(classes).anyMatch(line -> line.contains(McpCallComponent.class.getName()));
    assertThat(classes.stream().filter(line -> FOREIGN.matcher(line).find())).isEmpty();
  }

  /** As such an application has it; logging would load what Spring Boot registers with it. */
  private static String withoutSpring() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(separator)))
        .filter(jar -> !jar.contains("spring"))
        .collect(Collectors.joining(separator));
  }

  private static String everything() {
    List<String> command = Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    return "mcp-stdio:everything?command=%s&args=%s,stdio&stderr=ignore"
        .formatted(command.getFirst(), command.getLast());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
