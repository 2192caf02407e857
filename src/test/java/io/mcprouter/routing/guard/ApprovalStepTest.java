package io.mcprouter.routing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.PresentedToken;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The step by itself, with a caller and a stream that no client has. */
class ApprovalStepTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Approvals approvals = new Approvals((request, agreed) -> {}, true);
  private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    camel.stop();
  }

  private static Caller caller(Instant expires) {
    PresentedToken token = new PresentedToken("token", expires, false);
    return new Caller("", "ann", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, token);
  }

  private Exchange process(Caller caller, CallStream stream) {
    Approval approval = new Approval();
    approval.setServer("one");
    approval.setApprovals(approvals);
    Exchange exchange = new DefaultExchange(camel);
    McpClient client = new McpClient("s", "{\"elicitation\":{}}");
    exchange.setProperty(McpCall.PROPERTY, new McpCall(caller, client, stream));
    exchange
        .getMessage()
        .setBody(
            Frame.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\"}}"));
    approval.process(exchange, ends::add);
    return exchange;
  }

  private ApprovalRequest waiting(Caller caller) {
    return approvals.of(caller, false).getFirst();
  }

  @Test
  void a_call_waits_no_longer_than_its_callers_token_is_good() {
    Instant expires = Instant.now().plusSeconds(100);
    Caller ann = caller(expires);
    process(ann, CallStream.NONE);
    assertThat(waiting(ann).until()).isEqualTo(expires);

    Caller later = caller(Instant.MAX);
    approvals.decide(waiting(ann).id(), ann, false, new ApprovalDecision.Refused("no"));
    process(later, CallStream.NONE);
    assertThat(waiting(later).until()).isEqualTo(waiting(later).since().plusSeconds(300));
  }

  @Test
  void a_call_whose_callers_token_is_over_is_refused() throws InterruptedException {
    Exchange exchange = process(caller(Instant.now()), CallStream.NONE);

    assertThat(ends.poll(60, TimeUnit.SECONDS)).isNotNull();
    String answer = new String(exchange.getMessage().getBody(Frame.class).bytes());
    assertThat(answer).contains("before its caller's token expired");
  }

  @Test
  void a_question_that_cannot_be_put_ends_the_call_once() throws InterruptedException {
    Caller ann = caller(Instant.MAX);
    Exchange exchange =
        process(
            ann,
            new CallStream() {
              @Override
              public void notify(Frame notification) {}

              @Override
              public void ask(Frame request, Answer answer) {
                throw new IllegalStateException("no way");
              }
            });

    assertThat(ends.poll(60, TimeUnit.SECONDS)).isFalse();
    assertThat(exchange.getException()).isInstanceOf(McpFailure.class);
    assertThat(approvals.of(ann, false)).isEmpty();
    assertThat(ends).isEmpty();
  }

  @Test
  void four_eyes_where_nobody_proves_who_they_are_are_warned_of() {
    Logger logger = (Logger) LoggerFactory.getLogger(Approval.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      for (boolean proved : new boolean[] {true, false}) {
        Approval approval = new Approval();
        approval.setServer("one");
        approval.setApprovals(new Approvals((request, agreed) -> {}, proved));
        approval.setApprover("administrator");
        assertThat(lines.list).hasSize(proved ? 0 : 1);
      }
      assertThat(lines.list.getFirst().getFormattedMessage())
          .startsWith("Server 'one': 'approver: administrator'");
    } finally {
      logger.detachAppender(lines);
    }
  }
}
