package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardTest {
  @Test
  void panels_have_ids_of_their_own_and_titles() throws IOException {
    List<JsonNode> panels = MonitoringFiles.panels();
    assertThat(panels).hasSizeGreaterThan(20);
    assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).allSatisfy(panel -> assertThat(panel.path("title").asText()).isNotBlank());
  }

  @Test
  void the_data_source_is_a_variable_everywhere() throws IOException {
    JsonNode first = MonitoringFiles.dashboard().at("/templating/list/0");
    assertThat(first.get("name").asText()).isEqualTo("datasource");
    assertThat(first.get("type").asText()).isEqualTo("datasource");
    assertThat(MonitoringFiles.dashboard().findParents("datasource"))
        .isNotEmpty()
        .allSatisfy(
            user -> assertThat(user.at("/datasource/uid").asText()).isEqualTo("${datasource}"));
  }

  @Test
  void panels_do_not_overlap() throws IOException {
    boolean[][] taken = new boolean[500][24];
    for (JsonNode panel : MonitoringFiles.panels()) {
      JsonNode place = panel.get("gridPos");
      for (int y = 0; y < place.get("h").asInt(); y++) {
        for (int x = 0; x < place.get("w").asInt(); x++) {
          boolean[] row = taken[place.get("y").asInt() + y];
          assertThat(row[place.get("x").asInt() + x]).as(panel.get("title").asText()).isFalse();
          row[place.get("x").asInt() + x] = true;
        }
      }
    }
  }

  @Test
  void the_series_of_an_expression_are_found() {
    assertThat(
            Expressions.series(
                """
                histogram_quantile(0.9, sum by (le, server) (rate(a_bucket{x="1", y=~"$y"}[5m])))
                  / on (job) b{job="j"} > 0.05 and up == 0"""))
        .containsExactly(
            new Expressions.Series("a_bucket", Map.of("x", "1")),
            new Expressions.Series("b", Map.of()));
  }
}
