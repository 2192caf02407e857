package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConstants;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.mcprouter.transport.spi.RemoteTarget;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What the transports of remote servers have in common where a caller's right may be refused. */
public abstract class AuthorizationBehaviour extends CamelFixture {
  protected final ScriptedRight right = new ScriptedRight();

  /** Starts a server behind a gate; gives the URI of an endpoint with an own Authorization. */
  protected abstract String endpoint(Predicate<HttpServerRequest> gate);

  protected final McpConnection open() throws Exception {
    return open(() -> {});
  }

  protected final McpConnection open(Runnable before) throws Exception {
    McpEndpoint endpoint = context.getEndpoint(endpoint(right::admits), McpEndpoint.class);
    before.run();
    RemoteTarget target = (RemoteTarget) endpoint.target(endpoint.createExchange());
    return endpoint
        .connector()
        .open(target.with(right), endpoint.connectionOptions(), ConnectionListener.NONE)
        .get(20, TimeUnit.SECONDS);
  }

  protected static Frame call(McpConnection connection, String message) throws Exception {
    CompletableFuture<Frame> reply = new CompletableFuture<>();
    connection.call(Frame.of(message), McpCall.internal(reply));
    return reply.get(20, TimeUnit.SECONDS);
  }

  protected static McpFailure failure(ThrowingCall opening) throws Exception {
    try {
      opening.run();
    } catch (ExecutionException e) {
      return McpFailure.from(e, "");
    }
    throw new AssertionError("it did not fail");
  }

  /** Something that fails. */
  protected interface ThrowingCall {
    void run() throws Exception;
  }

  @Test
  void the_right_goes_with_every_request_and_before_the_entrys_own_header() throws Exception {
    right.wanted = null;
    McpConnection connection = open();
    call(connection, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{}}");
    assertThat(right.seen).isNotEmpty().containsOnly("Bearer old");
    connection.close().get(20, TimeUnit.SECONDS);
    assertThat(right.seen).containsOnly("Bearer old");
  }

  @Test
  void a_refused_right_is_remedied_and_the_request_goes_out_once_more() throws Exception {
    McpConnection connection = open();
    assertThat(right.refusals).containsExactly("401 " + ScriptedRight.CHALLENGE + " Bearer old");
    assertThat(right.seen.subList(0, 2)).containsExactly("Bearer old", "Bearer new");
    connection.close().get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_remedy_may_take_its_time() throws Exception {
    right.remedy =
        () ->
            CompletableFuture.supplyAsync(
                () -> {
                  right.value = "Bearer new";
                  return null;
                });
    open().close().get(20, TimeUnit.SECONDS);
    assertThat(right.refusals).hasSize(1);
  }

  @Test
  void where_the_user_must_log_in_that_is_the_failure() throws Exception {
    right.remedy =
        () ->
            CompletableFuture.failedFuture(
                McpFailure.loginRequired("weather", "log in first", "http://router/login/1"));
    McpFailure failure = failure(this::open);
    assertThat(failure.kind()).isEqualTo(Kind.LOGIN_REQUIRED);
    assertThat(failure.link()).isEqualTo("http://router/login/1");
    assertThat(right.seen).hasSize(1);
  }

  @Test
  void a_second_refusal_ends_it() throws Exception {
    right.remedy = () -> CompletableFuture.completedFuture(null);
    McpFailure failure = failure(this::open);
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("refuses the credentials (HTTP 401)");
    assertThat(right.seen).hasSize(2);
    assertThat(right.refusals).hasSize(1);
  }

  @Test
  void insufficient_scope_is_a_refusal_too() throws Exception {
    right.status = 403;
    right.challenge = "Bearer error=\"insufficient_scope\", scope=\"write\"";
    open().close().get(20, TimeUnit.SECONDS);
    assertThat(right.refusals)
        .containsExactly("403 Bearer error=\"insufficient_scope\", scope=\"write\" Bearer old");
  }

  @Test
  void scopes_are_not_stepped_up_for_ever() throws Exception {
    right.status = 403;
    right.challenge = "Bearer error=\"insufficient_scope\"";
    right.remedy = () -> CompletableFuture.completedFuture(null);
    assertThat(failure(this::open)).hasMessageContaining("refuses the credentials (HTTP 403)");
    assertThat(right.refusals).hasSize(3);
  }

  @Test
  void any_other_403_is_the_servers_last_word() throws Exception {
    right.status = 403;
    right.challenge = "Bearer error=\"invalid_token\"";
    assertThat(failure(this::open)).hasMessageContaining("refuses the credentials (HTTP 403)");
    assertThat(right.refusals).isEmpty();
    assertThat(right.seen).hasSize(1);
  }

  @Test
  void without_a_value_the_entrys_own_header_stays() throws Exception {
    right.value = null;
    right.wanted = "Basic own";
    open().close().get(20, TimeUnit.SECONDS);
    assertThat(right.seen).containsOnly("Basic own");
  }

  @Test
  void what_a_caller_came_with_never_goes_south_by_itself() throws Exception {
    right.wanted = null;
    Exchange done =
        context
            .createProducerTemplate()
            .send(
                endpoint(right::admits),
                exchange -> {
                  exchange.getMessage().setHeader("Authorization", "Bearer inbound");
                  exchange.getMessage().setHeader(McpConstants.METHOD, "ping");
                  exchange.getMessage().setBody("{}");
                });
    assertThat(done.getException()).isNull();
    assertThat(right.seen).isNotEmpty().containsOnly("Basic own");
  }

  @Test
  void a_value_that_would_break_the_head_is_never_sent() throws Exception {
    right.value = "Bearer a\r\nX-Evil: 1";
    McpFailure failure = failure(this::open);
    assertThat(failure.kind()).isEqualTo(Kind.NOT_CONFIGURED);
    assertThat(failure.getMessage()).doesNotContain("Evil");
    assertThat(List.copyOf(right.seen)).isEmpty();
  }
}
