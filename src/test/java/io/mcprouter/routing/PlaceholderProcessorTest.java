package io.mcprouter.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Users' values on their way into a target, without a thread that waits for them. */
class PlaceholderProcessorTest {
  private static final String ENTRY =
      """
      mcpServers:
        mail:
          type: streamable-http
          url: https://mail.example.com/mcp
          headers: {Authorization: "Bearer {{TOKEN}}", X-Region: "{{REGION}}"}
          customUserVars:
            TOKEN: {title: Token}
            REGION: {title: Region}
            UNUSED: {title: Not in any text}
      """;
  private static final Caller ADA = new Caller("ada", Map.of());

  private final CompletableFuture<Map<String, String>> saved = new CompletableFuture<>();
  private final List<Runnable> continuation = new ArrayList<>();
  private final List<Boolean> done = new ArrayList<>();

  private boolean process(Exchange exchange) throws McpFailure {
    ServerDefinition definition =
        ((McpServersFile.Accepted) new McpServersReader(name -> null, true).read("f", ENTRY))
            .servers()
            .servers()
            .get("mail");
    RunningServer server =
        new RunningServer(
            definition,
            new CompiledTargets(name -> null, List.of()).compile(definition),
            List.of("mcp.mail"),
            exchange.getContext().getEndpoint("direct:mail"),
            null,
            false);
    return new PlaceholderProcessor(route -> server, (caller, name) -> saved)
        .process(exchange, done::add);
  }

  private Exchange call(Caller caller) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    McpCall call = new McpCall(caller, McpClient.NONE, CallStream.NONE);
    call.continueOn(continuation::add);
    exchange.setProperty(McpCall.PROPERTY, call);
    return exchange;
  }

  private static RemoteTarget target(Exchange exchange) {
    return exchange.getProperty(McpConstants.TARGET, RemoteTarget.class);
  }

  @Test
  void what_is_at_hand_is_used_at_once() throws McpFailure {
    Exchange exchange = call(ADA);
    saved.complete(Map.of("TOKEN", "abc", "REGION", "eu"));

    assertThat(process(exchange)).isTrue();

    assertThat(done).containsExactly(true);
    assertThat(target(exchange).headers())
        .containsOnly(Map.entry("Authorization", "Bearer abc"), Map.entry("X-Region", "eu"));
  }

  @Test
  void what_is_not_is_waited_for_by_nobody_and_the_route_goes_on_where_the_call_says()
      throws McpFailure {
    Exchange exchange = call(ADA);

    assertThat(process(exchange)).isFalse();
    assertThat(done).isEmpty();
    saved.complete(Map.of("TOKEN", "abc", "REGION", "eu"));
    assertThat(done).isEmpty();
    continuation.forEach(Runnable::run);

    assertThat(done).containsExactly(false);
    assertThat(target(exchange).headers()).containsEntry("Authorization", "Bearer abc");
  }

  @Test
  void all_that_is_missing_is_named_at_once_and_nothing_that_the_texts_do_not_need()
      throws McpFailure {
    Exchange exchange = call(ADA);
    saved.complete(Map.of("REGION", " "));

    process(exchange);

    assertThat(target(exchange)).isNull();
    assertThat(exchange.getException(McpFailure.class))
        .hasMessageContaining("Server 'mail'")
        .hasMessageContaining("REGION, TOKEN")
        .hasMessageNotContaining("UNUSED")
        .satisfies(
            failure -> assertThat(failure.kind()).isEqualTo(McpFailure.Kind.VARIABLES_MISSING));
  }

  @Test
  void a_store_that_fails_fails_the_call() throws McpFailure {
    Exchange exchange = call(ADA);
    process(exchange);

    saved.completeExceptionally(new IllegalStateException("no database"));
    continuation.forEach(Runnable::run);

    assertThat(done).containsExactly(false);
    assertThat(McpFailure.from(exchange.getException(), "mail").kind())
        .isEqualTo(McpFailure.Kind.INTERNAL);
    assertThat(target(exchange)).isNull();
  }
}
