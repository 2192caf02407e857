package io.mcprouter.integration.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.integration.call.CallTarget;
import io.mcprouter.integration.call.Definition;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The steps in a route, where servers fail in all the ways they can. */
class MessageStepsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
  private static final McpFailure LOST = McpFailure.connectionLost("s", "gone");
  private static final McpFailure DOWN = McpFailure.unavailable("s", "refused");

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Deque<Object> script = new ArrayDeque<>();
  private final List<Caller> callers = new CopyOnWriteArrayList<>();
  private final List<Frame> requests = new CopyOnWriteArrayList<>();
  private final ScriptedJournal journal = new ScriptedJournal();
  private boolean repeatable;

  @AfterEach
  void stop() {
    camel.stop();
  }

  private Exchange send(String check, String message, Map<String, Object> headers)
      throws Exception {
    MessageComponent component = new MessageComponent();
    component.setCalls(new ScriptedCalls());
    component.setJournal(journal);
    component.setSenders(new KnownSenders());
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    camel.addComponent("mcp-message", component);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(defaultErrorHandler().maximumRedeliveries(-1).redeliveryDelay(1));
            from("direct:in")
                .to("mcp-message:check?source=test" + check + "&application=true")
                .to("mcp-message:call");
          }
        });
    camel.start();
    return camel
        .createProducerTemplate()
        .request(
            "direct:in",
            exchange -> {
              exchange.getMessage().setBody(message);
              exchange.getMessage().setHeaders(headers);
            });
  }

  private JsonNode answer(String check, String message) throws Exception {
    return answer(send(check, message, new java.util.HashMap<>()));
  }

  private static JsonNode answer(Exchange exchange) throws Exception {
    assertThat(exchange.getException()).isNull();
    return JSON.readTree(exchange.getMessage().getBody(String.class));
  }

  private JsonNode answer() throws Exception {
    return answer("", "{\"id\":\"1\",\"server\":\"s\",\"tool\":\"t\"}");
  }

  private static void assertEnded(JsonNode answer, String status, int attempts) {
    assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.path("attempts").asInt()).isEqualTo(attempts);
  }

  @Test
  void a_call_that_did_not_reach_its_server_is_made_again() throws Exception {
    script.addAll(List.of(DOWN, McpFailure.limit("s", "too many"), OK));
    assertEnded(answer(), "ok", 3);
    assertThat(journal.events)
        .containsExactly("claim", "withdraw", "claim", "withdraw", "claim", "finish ok");
  }

  @Test
  void a_call_that_never_reaches_its_server_fails_in_the_end() throws Exception {
    script.addAll(List.of(DOWN, DOWN, DOWN, DOWN, OK));
    JsonNode answer = answer();
    assertEnded(answer, "failed", 4);
    assertThat(answer.at("/error/code").asText()).isEqualTo("unavailable");
  }

  @Test
  void a_call_that_may_have_reached_its_server_is_not_made_again() throws Exception {
    script.addAll(List.of(LOST, OK));
    assertEnded(answer(), "outcome-unknown", 1);
    assertThat(requests).hasSize(1);
  }

  @Test
  void nor_is_one_whose_server_said_more_than_is_taken() throws Exception {
    script.addAll(List.of(McpFailure.tooMuchSaid("s", "its answer is too large"), OK));
    assertEnded(answer(), "outcome-unknown", 1);
  }

  @Test
  void unless_the_tool_declares_that_this_does_no_harm() throws Exception {
    repeatable = true;
    script.addAll(List.of(LOST, McpFailure.timedOut("s", Duration.ofSeconds(1)), OK));
    assertEnded(answer(), "ok", 3);
    assertThat(journal.events).containsExactly("claim", "finish ok");
  }

  @Test
  void what_is_refused_is_not_tried_again() throws Exception {
    script.add(McpFailure.of(McpFailure.Kind.FORBIDDEN, "s", "no such tool"));
    assertEnded(answer(), "refused", 0);
  }

  @Test
  void the_servers_own_error_is_passed_on_as_it_is() throws Exception {
    script.add("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"bad\"}}");
    JsonNode answer = answer();
    assertEnded(answer, "failed", 1);
    assertThat(answer.at("/error/rpc/code").asInt()).isEqualTo(-32602);
  }

  @Test
  void a_call_that_a_crash_interrupted_is_made_again_only_where_that_does_no_harm()
      throws Exception {
    journal.claims.add(new CallJournal.Claim.Mine(ScriptedJournal.ANY, 2, true, false, 1L));
    JsonNode answer = answer();
    assertEnded(answer, "outcome-unknown", 0);
    assertThat(answer.at("/error/code").asText()).isEqualTo("interrupted");
    assertThat(requests).isEmpty();
  }

  @Test
  void and_is_made_again_where_it_does_none() throws Exception {
    journal.claims.add(new CallJournal.Claim.Mine(ScriptedJournal.ANY, 2, true, true, 1L));
    script.add(OK);
    assertEnded(answer(), "ok", 1);
  }

  @Test
  void who_finds_another_at_work_waits_for_the_answer() throws Exception {
    byte[] kept = "{\"status\":\"ok\",\"attempts\":7}".getBytes(StandardCharsets.UTF_8);
    journal.claims.add(new CallJournal.Claim.Busy());
    journal.claims.add(new CallJournal.Claim.Answered(new CallJournal.Kept(Status.OK, kept)));
    assertEnded(answer(), "ok", 7);
    assertThat(requests).isEmpty();
  }

  @Test
  void a_store_that_fails_after_the_call_does_not_make_it_again() throws Exception {
    journal.failuresToFinish = 2;
    script.add(OK);
    assertEnded(answer(), "ok", 1);
    assertThat(requests).hasSize(1);
  }

  @Test
  void a_deadline_that_passes_during_the_call_cancels_it() throws Exception {
    script.add("wait");
    String soon = Instant.now().plusMillis(300).toString();
    JsonNode answer =
        answer("", "{\"id\":\"1\",\"server\":\"s\",\"tool\":\"t\",\"deadline\":\"" + soon + "\"}");
    assertEnded(answer, "outcome-unknown", 1);
    assertThat(answer.at("/error/code").asText()).isEqualTo("cancelled");
  }

  @Test
  void arguments_arrive_as_they_were_written_and_the_trace_with_them() throws Exception {
    script.add(OK);
    answer("", "{\"id\":\"1\",\"tool\":\"t\",\"trace\":\"00-x\",\"arguments\":{ \"a\":1.10 }}");
    assertThat(new String(requests.getFirst().bytes(), StandardCharsets.UTF_8))
        .contains("\"arguments\":{ \"a\":1.10 }", "\"_meta\":{\"traceparent\":\"00-x\"}");
  }

  @Test
  void a_trusted_destination_names_its_users() throws Exception {
    script.add(OK);
    answer(
        "&trust=true",
        """
        {"id":"1","tool":"t","user":{"id":"ann","tenant":"acme","roles":["sales"],
         "fields":{"email":"ann@example.com"}}}""");
    Caller caller = callers.getFirst();
    assertThat(caller.id()).isEqualTo("ann");
    assertThat(caller.tenant()).isEqualTo("acme");
    assertThat(caller.roles()).containsExactly("sales");
    assertThat(caller.field("email")).isEqualTo("ann@example.com");
    assertThat(caller.source()).isEqualTo(Caller.Source.ROUTE);
  }

  @Test
  void a_token_says_who_its_user_is_where_tokens_are_taken() throws Exception {
    script.add(OK);
    answer("&tokens=true&signed=true", "{\"id\":\"1\",\"tool\":\"t\",\"token\":\"of bob\"}");
    assertThat(callers).extracting(Caller::id).containsExactly("bob");
  }

  @Test
  void a_token_counts_nowhere_else_and_never_beside_a_user() throws Exception {
    JsonNode answer = answer("&trust=true", "{\"id\":\"1\",\"tool\":\"t\",\"token\":\"of bob\"}");
    assertThat(answer.at("/error/code").asText()).isEqualTo("tokens-not-taken");
    assertThat(callers).isEmpty();
  }

  @Test
  void a_key_speaks_for_its_own_users_roles_and_tenant() throws Exception {
    String message =
        "{\"id\":\"1\",\"tool\":\"t\",\"deadline\":\"%s\",\"user\":{\"id\":\"ann\",\"roles\":[\"admin\"]}}"
            .formatted(Instant.now().plusSeconds(60));
    String signature = KnownSenders.KEY.sign(message.getBytes(StandardCharsets.UTF_8));
    Map<String, Object> headers = new java.util.HashMap<>();
    headers.put("McpKey", "good");
    headers.put("McpSignature", signature);
    JsonNode answer = answer(send("&keys=good", message, headers));
    assertThat(answer.at("/error/code").asText()).isEqualTo("other-user");
  }

  @Test
  void what_is_too_large_or_too_deep_is_refused() throws Exception {
    String deep = "[".repeat(50) + "]".repeat(50);
    JsonNode answer =
        answer("&maxDepth=20", "{\"id\":\"1\",\"tool\":\"t\",\"arguments\":{\"a\":" + deep + "}}");
    assertThat(answer.at("/error/code").asText()).isEqualTo("not-json");
  }

  @Test
  void a_message_without_a_user_calls_as_the_routes_user() throws Exception {
    script.add(OK);
    answer("&user=robot", "{\"id\":\"1\",\"tool\":\"t\"}");
    assertThat(callers).extracting(Caller::id).containsExactly("robot");
  }

  private final class ScriptedCalls implements McpCalls {
    @Override
    public void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
      requests.add(request);
      callers.add(call.caller());
      switch (script.removeFirst()) {
        case McpFailure failure -> outcome.accept(null, failure);
        case String wait when wait.equals("wait") -> {
          call.onOutcome(outcome);
          call.start(reason -> {});
        }
        case Object reply -> outcome.accept(Frame.of((String) reply), null);
      }
    }

    @Override
    public CompletableFuture<Definition> definition(CallTarget target, Caller caller) {
      try {
        String json = "{\"name\":\"t\",\"annotations\":{\"idempotentHint\":" + repeatable + "}}";
        JsonSpan span = JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), 10);
        return CompletableFuture.completedFuture(new Definition(span));
      } catch (MalformedMessage e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Finds what the test says, or nothing of a message. */
  private static final class ScriptedJournal implements CallJournal {
    static final Intent ANY = new Intent("test", "1", "digest", false);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Deque<Claim> claims = new ArrayDeque<>();
    private int failuresToFinish;

    @Override
    public Claim claim(Intent intent) {
      events.add("claim");
      return claims.isEmpty()
          ? new Claim.Mine(intent, 1, false, intent.repeatable(), 1L)
          : claims.removeFirst();
    }

    @Override
    public End finish(Claim.Mine mine, Kept answer) {
      if (failuresToFinish-- > 0) {
        throw new IllegalStateException("the database is away");
      }
      events.add("finish " + answer.status().text());
      return new End.Counts();
    }

    @Override
    public void withdraw(Claim.Mine mine) {
      events.add("withdraw");
    }

    @Override
    public void leave(Claim.Mine mine) {}
  }

  private static final class KnownSenders implements Senders {
    static final SenderKey KEY =
        new SenderKey(
            "a secret of at least thirty-two characters", "", Set.of("ann"), Set.of(), false);

    @Override
    public SenderKey key(String name) {
      return name.equals("good") ? KEY : null;
    }

    @Override
    public Set<String> keys() {
      return Set.of("good");
    }

    @Override
    public Caller caller(String token) throws RefusedToken {
      if (!token.equals("of bob")) {
        throw new RefusedToken(true, "nobody's");
      }
      return new Caller("bob", Map.of());
    }

    @Override
    public Duration remembered() {
      return Duration.ofDays(7);
    }
  }
}
