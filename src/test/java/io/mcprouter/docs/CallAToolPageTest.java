package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The how-to page, done as it says, in a directory of its own. */
class CallAToolPageTest {
  private static final Path PAGE = Path.of("docs/how-to/call-a-tool-from-a-route.md");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path directory;
  private static RouterUnderTest router;
  private static List<Block> blocks;

  @BeforeAll
  static void start() throws IOException {
    blocks = Pages.blocks(PAGE);
    List<String> everything =
        Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    String servers =
        blocks
            .get(0)
            .text()
            .replace("command: npx", "command: " + everything.getFirst())
            .replace("\"-y\", \"@modelcontextprotocol/server-everything\"", everything.getLast());
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Files.writeString(routes.resolve("sums.camel.yaml"), here(blocks.get(1).text()));
    Files.writeString(routes.resolve("users.camel.yaml"), here(blocks.get(4).text()));
    router = RouterUnderTest.start(servers, "mcp-router.routes.directory=" + routes);
  }

  /** The page's directories are those where the router was started. */
  private static String here(String routes) {
    return routes
        .replace("file:", "file:" + directory + "/")
        .replace("${file:" + directory + "/", "${file:");
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  private static void put(String file, String text) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    Path written = Files.writeString(directory.resolve("written"), text);
    Files.move(written, target);
  }

  private static void holds(String file, String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(directory.resolve(file)).exists().content().isEqualTo(text));
  }

  @Test
  void a_file_becomes_a_call_and_the_answer_a_file() throws Exception {
    String line = blocks.get(2).text();
    String json = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));

    put("inbox/first.json", json);

    holds("outbox/first.json", "The sum of 2 and 3 is 5.");
    assertThat(Files.readString(PAGE)).contains("`The sum of 2 and 3 is 5.`");
  }

  @Test
  void a_file_with_wrong_arguments_is_moved_aside() throws Exception {
    put("inbox/wrong.json", "{\"a\": \"two\"}");

    holds("inbox/failed/wrong.json", "{\"a\": \"two\"}");
    assertThat(blocks.get(3).text())
        .contains("/a: string found, number expected; required property 'b' not found");
  }

  @Test
  void a_call_may_be_made_for_a_user() throws Exception {
    put("users/ann.json", "{\"a\": 1, \"b\": 1}");

    holds("outbox/ann.json", "The sum of 1 and 1 is 2.");
  }
}
