package io.mcprouter.routing.files;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The log says of each edit once whether it took effect. */
class RouteFilesLogTest {
  private static final String RIGHT =
      """
      - route:
          id: it
          from:
            uri: direct:it
            steps:
              - log: one
      """;

  private final Logger logger = (Logger) LoggerFactory.getLogger(RouteFiles.class.getPackageName());
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private RouteFiles files;
  private Level before;

  @BeforeEach
  void start() {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    camel.start();
    files = new RouteFiles(camel, ServerRoutes.NONE, Doors.NONE, Duration.ofSeconds(5));
    files.start();
    before = logger.getLevel();
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(before);
    camel.stop();
  }

  private List<String> logged(String yaml) {
    lines.list.clear();
    RouteFile file = new RouteFile("x.camel.yaml", "x.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    files.apply(Map.of(file.name(), file));
    return lines.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  @Test
  void a_file_that_is_right_is_told_with_its_routes() {
    assertThat(logged(RIGHT)).containsExactly("INFO x.yaml: the routes it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log: one | logg: one",
        "steps: | steps: [",
        "direct:it | nonsense:it",
        "log: one | log: ${haeder.x}",
        "direct:it | mcp-tool:it?parameter.x=float"
      })
  void a_file_that_is_wrong_is_told_with_the_fault_and_that_the_former_one_goes_on(String edit) {
    logged(RIGHT);
    String[] parts = edit.split(" \\| ");

    List<String> lines = logged(RIGHT.replace(parts[0], parts[1]));

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("ERROR x.yaml:");
    assertThat(lines.getLast()).isEqualTo("WARN x.yaml: what it held before goes on");
  }

  @Test
  void nothing_goes_on_of_a_file_that_was_never_right() {
    assertThat(logged(RIGHT.replace("log:", "logg:")))
        .singleElement()
        .asString()
        .startsWith("ERROR x.yaml:6:");
  }
}
