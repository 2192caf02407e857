package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client writes reaches the server byte for byte, and what the server writes the client,
 * apart from the tokens that are spliced and the line breaks that a framing has no place for.
 */
class ByteIdentityTest {
  private static final int CASES = Integer.getInteger("mcp-router.test.cases", 60);
  private static final long SEED = Long.getLong("mcp-router.test.seed", new Random().nextLong());
  private static final List<Peer> PEERS = new ArrayList<>();

  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    ServersFile file = new ServersFile();
    for (South south : South.values()) {
      Peer peer = Peer.start(Peer.RAW_ECHO, south);
      PEERS.add(peer);
      file.with(south.server(), peer.entry());
    }
    router = RouterUnderTest.start(file);
  }

  @AfterAll
  static void stop() {
    router.close();
    PEERS.forEach(Peer::close);
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void arguments_and_results_cross_unchanged(North north, South south) {
    try (McpClient client = McpClient.of(router).over(north).server(south.server()).connect()) {
      for (int i = 0; i < CASES; i++) {
        String params =
            "{\"name\":\"echo\", \"arguments\":%s,\"more\":%s}"
                .formatted(RandomJson.object(SEED + i), RandomJson.value(SEED - i));

        assertEchoed(client, framing(north, south), "tools/call", params, params);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void of_a_merged_tool_only_the_name_is_another(North north, South south) {
    String name = south.server() + "__echo";
    try (McpClient client = McpClient.of(router).over(north).connect()) {
      for (int i = 0; i < CASES; i++) {
        String rest = ",\"arguments\" :%s}".formatted(RandomJson.object(SEED + i));
        String before = "{\"a\":%s,\"name\": ".formatted(RandomJson.value(SEED - i));

        assertEchoed(
            client,
            framing(north, south),
            "tools/call",
            before + "\"" + name + "\"" + rest,
            before + "\"echo\"" + rest);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_method_that_nobody_knows_crosses_unchanged(North north, South south) {
    try (McpClient client = McpClient.of(router).over(north).server(south.server()).connect()) {
      for (int i = 0; i < CASES / 4; i++) {
        String params = RandomJson.object(SEED + 1_000_000 + i);
        if (isAmbiguous(params)) {
          continue;
        }

        assertEchoed(client, framing(north, south), "some/method", params, params);
      }
    }
  }

  /** Keys that the router reads at the top of params must not come twice; see MessagesTest. */
  private static boolean isAmbiguous(String params) {
    return java.util.stream.Stream.of("name", "uri", "_meta", "progressToken")
        .anyMatch(key -> params.split("\"" + key + "\"", -1).length > 1);
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void of_a_call_with_progress_only_the_token_is_another(North north, South south) {
    try (McpClient client = McpClient.of(router).over(north).server(south.server()).connect()) {
      for (int i = 0; i < CASES / 4; i++) {
        String before =
            "{\"arguments\":%s,\"_meta\":{\"n\":1.10, \"progressToken\" : "
                .formatted(RandomJson.object(SEED + i));
        String after = " ,\"x\":%s},\"name\":\"echo\"}".formatted(RandomJson.value(SEED - i));
        Message reply = client.ask("tools/call", before + "\"a token\"" + after);

        String framed = framed(reply.raw());
        assertThat(framed).as("seed %d, case %d", SEED, i).contains(framed(before));
        String token =
            framed
                .substring(framed.indexOf(framed(before)) + before.length())
                .replaceFirst("(?s)\\Q" + framed(after) + "\\E.*", "");
        assertThat(token).as("seed %d, case %d", SEED, i).matches("\"[^\"]+\"|[0-9]+");
      }
    }
  }

  private static void assertEchoed(
      McpClient client, boolean framing, String method, String sent, String received) {
    McpClient.Pending call = client.request(method, sent);
    String expected =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[],\"echo\":%s}}"
            .formatted(call.id(), received);
    String reply = replyOf(call, sent);
    if (framing) {
      assertThat(framed(reply)).as("seed %d", SEED).isEqualTo(framed(expected));
    } else {
      assertThat(reply).as("seed %d", SEED).isEqualTo(expected);
    }
  }

  /** The reply, or a failure that tells what had been sent, since the seed is another each time. */
  private static String replyOf(McpClient.Pending call, String sent) {
    try {
      return call.reply().raw();
    } catch (CompletionException noReply) {
      throw new AssertionError("seed %d: no reply to params %s".formatted(SEED, sent), noReply);
    }
  }

  /** Whether a line break cannot pass, because a line is a message or an event. */
  private static boolean framing(North north, South south) {
    return north == North.SSE || south == South.STDIO || south == South.SSE;
  }

  private static String framed(String json) {
    return json.replace('\n', ' ').replace('\r', ' ');
  }

  @ParameterizedTest
  @EnumSource
  void all_pages_of_a_servers_list_are_read(South south) {
    try (McpClient all = McpClient.of(router).connect();
        McpClient one = McpClient.of(router).server(south.server()).connect()) {
      assertThat(all.tools()).contains(south.server() + "__echo", south.server() + "__ask");
      assertThat(one.tools()).containsExactly("echo", "ask");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void the_router_answers_a_servers_ping_itself(North north, South south) {
    try (McpClient client = McpClient.of(router).over(north).server(south.server()).connect()) {
      Message reply = client.call("ask", "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"ping\"}");

      assertThat(reply.result().path("echo").path("result")).hasToString("{}");
      assertThat(reply.result().path("echo").path("id").asText()).isEqualTo("q");
      assertThat(client.received("ping")).isEmpty();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_question_and_its_answer_cross_unchanged(North north, South south) {
    String question = "\"params\":{\"message\":\"\\u00e9 1\",\"x\":1.10,\"future\":{\"a\":1e2}}";
    String answer =
        "{\"action\":\"accept\",\"content\":{\"n\":12345678901234567890.123,\"n\":2.50}}";
    try (McpClient client =
        McpClient.of(router)
            .over(north)
            .server(south.server())
            .capabilities("{\"elicitation\":{}}")
            .answering("elicitation/create", asked -> answer)
            .connect()) {
      Message reply =
          client.call(
              "ask",
              "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\","
                  + question
                  + "}");

      assertThat(client.received("elicitation/create").getFirst().raw()).contains(question);
      assertThat(reply.raw()).contains("\"id\":\"q\"").contains("\"result\":" + answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_servers_question_that_nobody_knows_is_an_error_for_it(South south) {
    try (McpClient client = McpClient.of(router).server(south.server()).connect()) {
      McpClient.Pending call =
          client.start("ask", "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"no/such\"}");
      client.send(
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32601,\"message\":\"what?\",\"data\":1.0}}"
              .formatted(client.awaitMessage("no/such").json().path("id")));

      assertThat(call.reply().raw())
          .contains("\"error\":{\"code\":-32601,\"message\":\"what?\",\"data\":1.0}");
    }
  }
}
