package io.mcprouter.integration.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.integration.call.CallTarget;
import io.mcprouter.integration.call.Definition;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.integration.message.CallJournal.Claim;
import io.mcprouter.integration.message.CallJournal.End;
import io.mcprouter.integration.message.CallJournal.Kept;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The steps of a message, with servers and journals that fail. */
class MessageFailuresTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.now();
  private static final String CALL = "{\"id\": \"1\", \"tool\": \"charge\"}";
  private static final String REPLY =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}}";

  private final MessageConfiguration options = options();
  private final RecordedJournal journal = new RecordedJournal();
  private final Called calls = new Called();
  private @Nullable SenderKey key;

  private static MessageConfiguration options() {
    MessageConfiguration options = new MessageConfiguration();
    options.setSource("orders");
    options.setUser("ann");
    return options;
  }

  private Exchange checked(String message) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(message.getBytes(StandardCharsets.UTF_8));
    return checked(exchange);
  }

  private Exchange checked(Exchange exchange) throws Exception {
    new CheckStep(options, new OneKey(), Clock.systemUTC()).process(exchange);
    return exchange;
  }

  private void call(Exchange exchange) throws Exception {
    MessageCalls made = new MessageCalls(calls, Disclosure.full(), 2, Clock.systemUTC());
    new CallStep(options, journal, made, Clock.systemUTC()).process(exchange);
  }

  private static JsonNode answer(Exchange exchange) throws IOException {
    return JSON.readTree(InboundMessage.of(exchange).answered().json());
  }

  private static String code(Exchange exchange) throws IOException {
    return answer(exchange).at("/error/code").asText();
  }

  private static String status(Exchange exchange) throws IOException {
    return answer(exchange).path("status").asText();
  }

  @Test
  void a_deadline_that_is_out_of_reach_is_refused() throws Exception {
    for (String deadline : List.of("\"+999999999-01-01T00:00:00Z\"", "9223372036854775807")) {
      Exchange exchange = checked(CALL.replace("}", ", \"deadline\": " + deadline + "}"));
      assertThat(code(exchange)).isEqualTo("invalid-message");
    }
  }

  @Test
  void a_call_that_breaks_inside_the_router_is_answered_as_unknown_and_not_made_again()
      throws Exception {
    calls.thrown = new IllegalStateException("broken");
    Exchange exchange = checked(CALL);
    call(exchange);
    assertThat(status(exchange)).isEqualTo("outcome-unknown");
    assertThat(code(exchange)).isEqualTo("internal");
    assertThat(calls.count).hasValue(1);
    assertThat(journal.steps).containsExactly("claim", "finish outcome-unknown");
  }

  @Test
  void a_repeatable_call_that_breaks_inside_the_router_is_made_as_often_as_is_allowed()
      throws Exception {
    calls.thrown = new IllegalStateException("broken");
    calls.repeatable = true;
    Exchange exchange = checked(CALL);
    assertThatThrownBy(() -> call(exchange)).isInstanceOf(RepeatableFailure.class);
    call(exchange);
    assertThat(status(exchange)).isEqualTo("outcome-unknown");
    assertThat(calls.count).hasValue(2);
  }

  @Test
  void a_call_that_was_interrupted_is_not_made_again() throws Exception {
    calls.caller = Thread.currentThread();
    Exchange exchange = checked(CALL);
    assertThatThrownBy(() -> call(exchange)).isInstanceOf(InterruptedException.class);
    call(exchange);
    assertThat(status(exchange)).isEqualTo("outcome-unknown");
    assertThat(calls.count).hasValue(1);
  }

  @Test
  void a_call_that_was_surely_not_made_gives_its_id_back() throws Exception {
    calls.failure = McpFailure.of(McpFailure.Kind.FORBIDDEN, "billing", "not for you");
    Exchange exchange = checked(CALL);
    call(exchange);
    assertThat(status(exchange)).isEqualTo("refused");
    assertThat(journal.steps).containsExactly("claim", "withdraw");
    assertThat(exchange.getMessage().getHeader(MessageConstants.STATUS)).isEqualTo("refused");
  }

  @Test
  void a_message_that_has_expired_gives_its_id_back() throws Exception {
    Exchange exchange = checked(CALL.replace("}", ", \"deadline\": 1}"));
    call(exchange);
    assertThat(status(exchange)).isEqualTo("expired");
    assertThat(journal.steps).containsExactly("claim", "withdraw");
  }

  @Test
  void a_call_that_was_taken_over_is_answered_as_the_other_node_says() throws Exception {
    journal.ends.add(new End.Superseded());
    Exchange exchange = checked(CALL);
    journal.claims.add(journal.mine(exchange, false));
    journal.claims.add(new Claim.Busy());
    journal.claims.add(
        new Claim.Answered(
            new Kept(Status.OUTCOME_UNKNOWN, "{\"other\":1}".getBytes(StandardCharsets.UTF_8))));
    call(exchange);
    assertThat(answer(exchange).path("other").asInt()).isEqualTo(1);
    assertThat(calls.count).hasValue(1);
  }

  @Test
  void a_call_that_was_taken_over_by_a_node_that_is_gone_is_answered_after_all() throws Exception {
    journal.ends.add(new End.Superseded());
    Exchange exchange = checked(CALL);
    journal.claims.add(journal.mine(exchange, false));
    journal.claims.add(journal.mine(exchange, true));
    call(exchange);
    assertThat(status(exchange)).isEqualTo("ok");
    assertThat(calls.count).hasValue(1);
    assertThat(journal.steps).containsExactly("claim", "finish ok", "claim", "finish ok");
  }

  @Test
  void an_answer_that_is_too_large_for_its_destination_says_so() throws Exception {
    calls.text = "x".repeat(5_000);
    Exchange exchange = checked(CALL);
    call(exchange);
    InboundMessage message = InboundMessage.of(exchange);
    assertThat(message.answered(100_000, NOW)).isSameAs(message.answered());
    JsonNode sent = JSON.readTree(message.answered(1_000, NOW).json());
    assertThat(sent.path("status").asText()).isEqualTo("ok");
    assertThat(sent.at("/error/code").asText()).isEqualTo("answer-too-large");
    assertThat(sent.has("result")).isFalse();
  }

  @Test
  void a_dead_letter_that_is_too_large_is_made_without_the_message() throws Exception {
    String call = "{\"id\": \"1\", \"tol\": \"" + "x".repeat(5_000) + "\"}";
    Exchange exchange = checked(call);
    byte[] cut = InboundMessage.of(exchange).deadLetter(2_000, NOW);
    assertThat(cut).hasSizeLessThan(2_000);
    JsonNode dead = JSON.readTree(cut);
    assertThat(dead.path("code").asText()).isEqualTo("invalid-message");
    assertThat(dead.path("messageLength").asInt()).isEqualTo(call.length());
    assertThat(dead.has("message")).isFalse();
    assertThat(JSON.readTree(InboundMessage.of(exchange).deadLetter(10_000, NOW)).has("message"))
        .isTrue();
  }

  @Test
  void an_id_is_written_as_json_where_a_message_is_accepted() throws Exception {
    Exchange exchange = checked(CALL.replace("\"1\"", "\"a \\\"b\\\" \\\\\""));
    JsonNode accepted = JSON.readTree(InboundMessage.of(exchange).accepted());
    assertThat(accepted.path("id").asText()).isEqualTo("a \"b\" \\");
    assertThat(accepted.path("status").asText()).isEqualTo("accepted");
  }

  @Test
  void a_key_says_nothing_more_of_a_user_unless_it_may() throws Exception {
    options.setKeys("k");
    String call =
        """
        {"id": "1", "tool": "charge", "deadline": %d,
         "user": {"id": "ann", "fields": {"email": "boss@example.com"}}}"""
            .formatted(System.currentTimeMillis() + 60_000);
    assertThat(code(signed(call, false))).isEqualTo("other-user");
    assertThat(InboundMessage.of(signed(call, true)).sender().fields())
        .containsEntry("email", "boss@example.com");
  }

  private Exchange signed(String message, boolean fields) throws Exception {
    SenderKey signing = new SenderKey("a secret", "", Set.of("ann"), Set.of(), fields);
    key = signing;
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(bytes);
    exchange.getMessage().setHeader(MessageConstants.SIGNING_KEY, "k");
    exchange.getMessage().setHeader(MessageConstants.SIGNATURE, signing.sign(bytes));
    return checked(exchange);
  }

  @Test
  void a_message_that_names_nobody_calls_as_the_router_only_where_that_is_said() throws Exception {
    options.setUser(null);
    options.setTrust(true);
    assertThat(code(checked(CALL))).isEqualTo("no-user");
    options.setApplication(true);
    assertThat(InboundMessage.of(checked(CALL)).sender()).isEqualTo(Caller.APPLICATION);
  }

  @Test
  void a_check_that_lets_nobody_call_does_not_start() {
    MessageConfiguration none = new MessageConfiguration();
    assertThatThrownBy(none::requireCallers).hasMessageContaining("application");
    none.setApplication(true);
    none.requireCallers();
  }

  @Test
  void nor_does_one_that_names_a_key_which_is_not_there() {
    MessageConfiguration misspelt = new MessageConfiguration();
    misspelt.setKeys("orders,ordrs");
    assertThatThrownBy(() -> misspelt.requireKeys(Set.of("orders")))
        .hasMessage("There is no key 'ordrs' under mcp-router.messages.keys; there is orders");
  }

  private final class OneKey implements Senders {
    @Override
    public @Nullable SenderKey key(String name) {
      return key;
    }

    @Override
    public Set<String> keys() {
      return Set.of("k");
    }

    @Override
    public Caller caller(String token) throws RefusedToken {
      throw new RefusedToken(true, "none");
    }

    @Override
    public Duration remembered() {
      return Duration.ofDays(1);
    }
  }

  /** A server that does what the test says. */
  private static final class Called implements McpCalls {
    private final AtomicInteger count = new AtomicInteger();
    private @Nullable RuntimeException thrown;
    private @Nullable McpFailure failure;
    private String text = "done";
    private boolean repeatable;
    private @Nullable Thread caller;

    @Override
    public void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
      count.incrementAndGet();
      if (thrown != null) {
        throw thrown;
      }
      if (caller != null) {
        caller.interrupt();
        return;
      }
      outcome.accept(failure == null ? reply() : null, failure);
    }

    private Frame reply() {
      try {
        return Frame.parse(REPLY.formatted(text).getBytes(StandardCharsets.UTF_8));
      } catch (MalformedMessage e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public CompletableFuture<@Nullable Definition> definition(CallTarget target, Caller caller) {
      String json = "{\"annotations\":{\"idempotentHint\":" + repeatable + "}}";
      try {
        return CompletableFuture.completedFuture(
            new Definition(JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), 4)));
      } catch (MalformedMessage e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Answers as the test says, and else as a journal does that is alone. */
  private static final class RecordedJournal implements CallJournal {
    private final List<String> steps = new ArrayList<>();
    private final Deque<Claim> claims = new ArrayDeque<>();
    private final Deque<End> ends = new ArrayDeque<>();

    private Claim.Mine mine(Exchange exchange, boolean interrupted) {
      String id = InboundMessage.of(exchange).good().id();
      return new Claim.Mine(new Intent("orders", id, "digest", false), 1, interrupted, false, 1);
    }

    @Override
    public Claim claim(Intent intent) {
      steps.add("claim");
      return claims.isEmpty()
          ? new Claim.Mine(intent, 1, false, intent.repeatable(), 1)
          : claims.remove();
    }

    @Override
    public End finish(Claim.Mine mine, Kept answer) {
      steps.add("finish " + answer.status().text());
      return ends.isEmpty() ? new End.Counts() : ends.remove();
    }

    @Override
    public void withdraw(Claim.Mine mine) {
      steps.add("withdraw");
    }

    @Override
    public void leave(Claim.Mine mine) {
      steps.add("leave");
    }
  }
}
