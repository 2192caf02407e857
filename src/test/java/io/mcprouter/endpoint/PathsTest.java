package io.mcprouter.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.catalog.View;
import io.mcprouter.endpoint.Paths.Form;
import io.mcprouter.endpoint.Paths.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of the data plane. */
class PathsTest {
  @ParameterizedTest
  @CsvSource({"/mcp, STREAMABLE_HTTP", "/sse, SSE", "/messages, SSE_MESSAGES", "/ws, WEBSOCKET"})
  void the_roots_show_everything(String path, Form form) {
    assertThat(Paths.of(path)).isEqualTo(new Place(View.EVERYTHING, form, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/servers/weather/mcp, weather, STREAMABLE_HTTP",
    "/servers/weather/sse, weather, SSE",
    "/servers/weather/ws, weather, WEBSOCKET",
    "/servers/my%20server+1/mcp, my server+1, STREAMABLE_HTTP",
    "/servers/a%2Fb/mcp, a/b, STREAMABLE_HTTP",
    "/servers/mcp/mcp, mcp, STREAMABLE_HTTP"
  })
  void a_server_has_paths_of_its_own(String path, String server, Form form) {
    Place place = Paths.of(path);
    assertThat(place.view()).isEqualTo(new View.Server(server));
    assertThat(place.form()).isEqualTo(form);
    assertThat(path).startsWith(place.before() + "/");
  }

  @Test
  void a_toolset_has_paths_of_its_own() {
    assertThat(Paths.of("/sets/chat/mcp"))
        .isEqualTo(new Place(new View.Toolset("chat"), Form.STREAMABLE_HTTP, "/sets/chat"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "mcp",
        "/mcp/",
        "/MCP",
        "//mcp",
        "/x/mcp",
        "/servers/mcp",
        "/servers//mcp",
        "/servers/a/b/mcp",
        "/servers/a",
        "/servers/a/",
        "/servers/%zz/mcp",
        "/servers/%/mcp",
        "/sets/mcp",
        "/sets//mcp",
        "/serversX/a/mcp",
        "/../mcp"
      })
  void any_other_path_leads_nowhere(String path) {
    assertThat(Paths.of(path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weather", "my server+1", "a/b", "ü%41", "..", "a?b#c"})
  void a_servers_own_path_leads_to_it(String name) {
    assertThat(Paths.of(Paths.ofServer(name)).view()).isEqualTo(new View.Server(name));
  }
}
