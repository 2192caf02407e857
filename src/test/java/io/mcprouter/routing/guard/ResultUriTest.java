package io.mcprouter.routing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultUriTest {
  private static final String ID = "abcdefghijklmnopqrst-_";

  @Test
  void a_server_of_any_name_is_found_again() {
    for (String name : new String[] {"files", "100%", "a b+c/d?e#f", "größe", "%2F"}) {
      ResultUri uri = new ResultUri(name, ID, 7);
      assertThat(ResultUri.parse(uri.toString())).isEqualTo(uri);
    }
    ResultUri whole = new ResultUri("files", ID, ResultUri.WHOLE);
    assertThat(whole).hasToString("mcp-router://files/results/" + ID);
    assertThat(ResultUri.parse(whole.toString())).isEqualTo(whole);
  }

  /** A pattern that takes each character by a call of its own would be at the end of the stack. */
  @Test
  void a_text_of_any_length_is_looked_at() {
    String name = "a".repeat(1_000_000);

    assertThat(ResultUri.parse("mcp-router://" + name)).isNull();
    assertThat(ResultUri.parse("mcp-router://" + name + "/results/" + ID)).isNull();
    assertThat(Names.isEncoded(name)).isTrue();
    assertThat(Names.isEncoded("%41".repeat(300_000))).isTrue();
    ResultUri longest = new ResultUri("\u00df".repeat(190), ID, 7);
    assertThat(ResultUri.parse(longest.toString())).isEqualTo(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///results/" + ID,
        "mcp-router://files/results/short",
        "mcp-router:///results/" + ID,
        "mcp-router://files/results/" + ID + "?from=",
        "mcp-router://files/results/" + ID + "?from=-1",
        "mcp-router://files/results/" + ID + "?from=99999999999",
        "mcp-router://files/results/" + ID + "?to=1",
        "mcp-router://fi%les/results/" + ID,
        "mcp-router://a/b/results/" + ID
      })
  void anything_else_is_none(String uri) {
    assertThat(ResultUri.parse(uri)).isNull();
  }
}
