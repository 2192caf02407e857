package io.mcprouter.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublicNameTest {
  private static final String ALPHABET = "ab_-9Z. é/__\uD83D\uDE00";

  @Test
  void a_plain_pair_is_joined_by_two_underscores() {
    assertThat(PublicName.of("github", "create_issue")).isEqualTo("github__create_issue");
    assertThat(PublicName.of("my_server", "_private")).isEqualTo("my_server___private");
  }

  @Test
  void a_server_whose_name_hides_the_separator_gets_a_digest() {
    assertThat(PublicName.of("a__b", "c")).matches("a_b_c_[a-z2-7]{10}");
    assertThat(PublicName.of("a_", "c")).matches("a_c_[a-z2-7]{10}");
    assertThat(PublicName.of("My Server", "say.hello")).matches("My_Server_say_hello_[a-z2-7]{10}");
  }

  @Test
  void a_long_name_is_cut_to_64_and_stays_different_from_its_neighbour() {
    String tool = "t".repeat(100);
    String one = PublicName.of("server", tool + "1");
    String two = PublicName.of("server", tool + "2");
    assertThat(one).hasSize(64).isNotEqualTo(two);
    assertThat(PublicName.of("server", "t".repeat(56))).hasSize(64).contains("__");
    assertThat(PublicName.of("server", "t".repeat(57))).doesNotContain("__");
  }

  @Test
  void names_stay_as_they_are_from_release_to_release() {
    assertThat(PublicName.of("My Server", "search")).isEqualTo("My_Server_search_bq6g7tyyuj");
  }

  @Test
  void random_names_are_public_distinct_and_lead_back_to_their_server() {
    Random random = new Random(20_260_801);
    Map<String, String> owners = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String server = word(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 80 : 6));
      String tool = word(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 80 : 6));
      String pair = server + '\0' + tool;
      String name = PublicName.of(server, tool);
      assertThat(name).matches("[A-Za-z0-9_-]{1,64}");
      assertThat(owners.putIfAbsent(name, pair)).isIn(null, pair);
      assertThat(PublicName.mayBelong(server, name)).isTrue();
      if (name.contains("__")) {
        assertThat(PublicName.plainTool(server, name)).isEqualTo(tool);
      }
    }
  }

  private static String word(Random random, int length) {
    int[] codePoints = ALPHABET.codePoints().toArray();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
    }
    return word.toString();
  }
}
