package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.ServerInstructions.Choice;
import io.mcprouter.config.ServerInstructions.Text;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstructionsTest {
  private final Clients clients =
      new Clients(Clients.QUICK, (server, caller) -> server + " for " + caller.id());

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void merged_views_hold_a_section_for_each_server_that_is_asked_to_speak() {
    clients.servers.file(
        new Entry("text").titled("My Text").instructions(new Text("Be kind.\n")),
        new Entry("own").instructions(Choice.FROM_SERVER),
        new Entry("absent"),
        new Entry("off").instructions(Choice.OFF));
    assertThat(clients.catalog.instructions(View.EVERYTHING, ALICE))
        .isEqualTo("## My Text (text)\n\nBe kind.\n\n## own (own)\n\nown for alice");
    assertThat(clients.catalog.instructions(new View.Toolset("chat"), ALICE)).contains("Be kind.");
  }

  @Test
  void the_view_of_one_server_passes_its_own_on_where_nothing_is_said() {
    clients.servers.file(
        new Entry("absent"),
        new Entry("off").instructions(Choice.OFF),
        new Entry("text").instructions(new Text("mine")));
    assertThat(clients.catalog.instructions(new View.Server("absent"), ALICE))
        .isEqualTo("absent for alice");
    assertThat(clients.catalog.instructions(new View.Server("off"), ALICE)).isNull();
    assertThat(clients.catalog.instructions(new View.Server("text"), ALICE)).isEqualTo("mine");
    assertThat(clients.catalog.instructions(new View.Server("gone"), ALICE)).isNull();
  }

  @Test
  void a_server_whose_tools_the_caller_cannot_see_does_not_speak() {
    clients.servers.toolset("set", List.of("a", "b"), "a/*");
    clients.servers.file(
        new Entry("a").instructions(new Text("A!")),
        new Entry("b").instructions(new Text("B!")),
        new Entry("lazy").lazy().instructions(new Text("L!")));
    for (String server : List.of("a", "b", "lazy")) {
      clients.servers.tools(server, "t");
    }
    View set = new View.Toolset("set");
    clients.tools(set, ALICE);
    assertThat(clients.catalog.instructions(set, ALICE)).isEqualTo("## a (a)\n\nA!");
    assertThat(clients.catalog.instructions(View.EVERYTHING, ALICE)).doesNotContain("L!");
  }

  @Test
  void no_section_is_no_instructions() {
    clients.servers.file(new Entry("a"));
    assertThat(clients.catalog.instructions(View.EVERYTHING, ALICE)).isNull();
  }

  @Test
  void long_instructions_are_cut_between_characters_and_say_so() {
    clients.servers.file(new Entry("a").instructions(new Text("x" + "é".repeat(4_000))));
    assertThat(clients.catalog.instructions(View.EVERYTHING, ALICE))
        .contains("é\n[Cut: this server's instructions are longer than 4096 bytes.]")
        .doesNotContain("\uFFFD");
  }

  @Test
  void all_instructions_together_have_a_bound() {
    Entry[] entries = new Entry[40];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new Entry("s" + i).instructions(new Text("x".repeat(4_000)));
    }
    clients.servers.file(entries);
    assertThat(clients.catalog.instructions(View.EVERYTHING, ALICE))
        .hasSizeLessThan(Instructions.MAX_BYTES + 100)
        .endsWith("[Further servers' instructions are left out.]");
  }
}
