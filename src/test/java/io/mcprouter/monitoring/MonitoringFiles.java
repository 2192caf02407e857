package io.mcprouter.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The shipped files for Prometheus and Grafana. */
final class MonitoringFiles {
  static final Path DIRECTORY = Path.of("monitoring");

  private MonitoringFiles() {}

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper()
        .readTree(DIRECTORY.resolve("grafana/dashboards/mcp-router.json").toFile());
  }

  static List<JsonNode> panels() throws IOException {
    return children(dashboard().get("panels")).toList();
  }

  private static Stream<JsonNode> children(JsonNode parent) {
    return StreamSupport.stream(parent.spliterator(), false);
  }

  /** The expressions of all panels and variables, and of all alert rules. */
  static List<String> expressions() throws IOException {
    Stream<String> panels =
        panels().stream()
            .flatMap(panel -> children(panel.path("targets")))
            .map(target -> target.get("expr").asText());
    JsonNode rules =
        new ObjectMapper()
            .valueToTree(new Yaml().load(Files.readString(DIRECTORY.resolve("alerts.yml"))));
    Stream<String> alerts =
        children(rules.get("groups"))
            .flatMap(group -> children(group.get("rules")))
            .map(rule -> rule.get("expr").asText());
    return Stream.concat(panels, alerts).toList();
  }
}
