package io.mcprouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // what is missing fails the test
class DemoServerTest {
  private static final int PIPE = 1 << 20;

  private final PipedOutputStream toServer = new PipedOutputStream();
  private BufferedReader fromServer;
  private Thread server;

  @BeforeEach
  void start() throws IOException {
    PipedInputStream in = new PipedInputStream(toServer, PIPE);
    PipedInputStream answers = new PipedInputStream(PIPE);
    PipedOutputStream out = new PipedOutputStream(answers);
    fromServer = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
    server =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (out) {
                    DemoServer.serve(in, out);
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
  }

  @AfterEach
  void itEndsWithItsInput() throws Exception {
    toServer.close();
    server.join();
  }

  private void send(String message) throws IOException {
    toServer.write((message + "\n").getBytes(StandardCharsets.UTF_8));
    toServer.flush();
  }

  private Frame ask(String method, String params) throws IOException, MalformedMessage {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params));
    return receive();
  }

  private Frame receive() throws IOException, MalformedMessage {
    return Frame.parse(fromServer.readLine().getBytes(StandardCharsets.UTF_8));
  }

  private String call(String tool, String arguments) throws IOException, MalformedMessage {
    return ask("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments))
        .result()
        .json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
  void it_speaks_every_revision(String revision) throws Exception {
    JsonSpan result =
        ask("initialize", "{\"protocolVersion\":\"" + revision + "\",\"capabilities\":{}}")
            .result();

    assertThat(result.string("protocolVersion")).isEqualTo(revision);
    assertThat(result.at("capabilities", "tools")).isNotNull();
    assertThat(result.string("instructions")).isNotBlank();
  }

  @Test
  void every_tool_that_is_described_is_there_and_the_other_way_round() throws Exception {
    List<JsonSpan> tools = ask("tools/list", "{}").result().member("tools").elements();

    assertThat(tools)
        .extracting(tool -> tool.string("name"))
        .containsExactlyInAnyOrderElementsOf(Tool.ALL.keySet());
    assertThat(tools)
        .allSatisfy(
            tool -> {
              assertThat(tool.string("title")).isNotBlank();
              assertThat(tool.string("description")).isNotBlank();
              assertThat(tool.at("inputSchema", "type").text()).isEqualTo("object");
              assertThat(tool.at("annotations", "readOnlyHint").isTrue()).isTrue();
            });
  }

  @Test
  void numbers_are_added_exactly() throws Exception {
    assertThat(call("add", "{\"a\":0.10,\"b\":12345678901234567890.20}"))
        .contains("\"text\":\"12345678901234567890.30\"", "{\"sum\":12345678901234567890.30}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add|{\"a\":1}",
        "add|{\"a\":\"1\",\"b\":2}",
        "add|{\"a\":1e999999999,\"b\":1}",
        "echo|{}",
        "echo|{\"message\":5}",
        "time|{\"zone\":\"Mars\"}",
        "count|{\"to\":0}",
        "count|{\"to\":1.5}",
        "greet|null"
      })
  void what_a_model_can_correct_is_a_result_that_is_an_error(String call) throws Exception {
    String[] parts = call.split("\\|", 2);

    assertThat(call(parts[0], parts[1])).contains("\"isError\":true");
  }

  @Test
  void an_unknown_tool_and_an_unknown_method_are_protocol_errors() throws Exception {
    assertThat(ask("tools/call", "{\"name\":\"nope\"}").error().member("code").text())
        .isEqualTo("-32602");
    assertThat(ask("sampling/nope", "{}").error().member("code").text()).isEqualTo("-32601");
    assertThat(ask("resources/read", "{\"uri\":\"demo://x\"}").error().member("code").text())
        .isEqualTo("-32002");
  }

  @Test
  void progress_is_reported_to_whoever_gave_a_token() throws Exception {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"tools/call\",\"params\":{\"name\":\"count\",\"arguments\":{\"to\":2,\"delayMs\":0},\"_meta\":{\"progressToken\":\"t\"}}}");

    assertThat(receive().params().json()).contains("\"progressToken\":\"t\"", "\"progress\":1");
    assertThat(receive().params().json()).contains("\"progress\":2", "\"total\":2");
    assertThat(receive().result().json()).contains("Counted to 2.");
  }

  @Test
  void a_cancelled_call_is_never_answered() throws Exception {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":\"long\",\"method\":\"tools/call\",\"params\":{\"name\":\"count\",\"arguments\":{\"to\":1000,\"delayMs\":60000}}}");
    send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"long\"}}");

    assertThat(ask("ping", "{}").numericId()).isEqualTo(7);
    toServer.close();
    server.join();
    assertThat(fromServer.readLine()).isNull();
  }

  @Test
  void the_prompt_and_the_resource_are_as_they_are_described() throws Exception {
    assertThat(ask("prompts/list", "{}").result().json()).contains("\"" + Prompts.TOUR + "\"");
    assertThat(
            ask("prompts/get", "{\"name\":\"tour\",\"arguments\":{\"language\":\"Latin\"}}")
                .result()
                .json())
        .contains("Latin");
    assertThat(ask("resources/list", "{}").result().json()).contains(Resources.WELCOME);
    assertThat(ask("resources/read", "{\"uri\":\"" + Resources.WELCOME + "\"}").result().json())
        .contains("text/markdown");
  }

  @Test
  void a_batch_is_answered_as_one_where_the_revision_has_batches() throws Exception {
    ask("initialize", "{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{}}");
    send(
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}]");

    assertThat(fromServer.readLine())
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}]");
  }
}
