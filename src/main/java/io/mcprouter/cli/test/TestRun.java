package io.mcprouter.cli.test;

import io.mcprouter.config.SourceLocation;
import io.mcprouter.identity.CallerRequest;
import io.mcprouter.identity.Callers;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.call.CallKind;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;

/** Runs the tests of a file, one after another, in a router that is there for this file alone. */
public final class TestRun {
  private static final int LONGEST_SECONDS = 60;

  /** How long calls and messages may take that come after the answer. */
  private static final int AFTERWARDS_MILLIS = 5_000;

  private final CamelContext camel;
  private final McpCalls calls;
  private final Callers callers;
  private final Stubs stubs;

  public TestRun(CamelContext camel, McpCalls calls, Callers callers, Stubs stubs) {
    this.camel = camel;
    this.calls = calls;
    this.callers = callers;
    this.stubs = stubs;
  }

  /** Runs a test; whatever goes wrong is in the result. */
  public TestResult run(RouteTest test) throws InterruptedException {
    stubs.reset();
    MockEndpoint.resetMocks(camel);
    test.received().forEach(this::await);
    long began = System.nanoTime();
    List<Mismatch> mismatches = new ArrayList<>();
    Outcome outcome = outcome(test.action());
    answer(test, outcome, mismatches);
    calls(test, mismatches);
    for (RouteTest.Received received : test.received()) {
      received(received, mismatches);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    return new TestResult(test.name(), millis, mismatches);
  }

  private void await(RouteTest.Received wanted) {
    camel
        .getEndpoint(wanted.uri(), MockEndpoint.class)
        .setMinimumExpectedMessageCount(wanted.messages().size());
  }

  private Outcome outcome(RouteTest.Action action) throws InterruptedException {
    return switch (action) {
      case RouteTest.Call call -> call(call);
      case RouteTest.Send send -> send(send);
    };
  }

  private Outcome call(RouteTest.Call test) throws InterruptedException {
    Caller caller;
    try {
      caller = callers.prove(CallerRequest.local(test.user())).caller();
    } catch (Callers.Refused refused) {
      return Outcome.failed(String.valueOf(refused.getMessage()));
    }
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    calls.send(
        test.target(),
        request(test),
        new McpCall(caller, McpClient.NONE, CallStream.NONE),
        (reply, failure) ->
            outcome.complete(
                failure == null
                    ? Outcome.of(Objects.requireNonNull(reply))
                    : Outcome.failed(String.valueOf(failure.getMessage()))));
    return outcome
        .completeOnTimeout(
            Outcome.failed("no answer within " + LONGEST_SECONDS + " s"),
            LONGEST_SECONDS,
            TimeUnit.SECONDS)
        .join();
  }

  private static Frame request(RouteTest.Call test) {
    CallKind kind = test.target().kind();
    Object arguments =
        kind == CallKind.RESOURCE
            ? ""
            : Messages.join(",\"arguments\":", Json.bytes(test.arguments()));
    byte[] params =
        Messages.join(
            kind == CallKind.RESOURCE ? "{\"uri\":" : "{\"name\":",
            JsonText.quoted(test.target().name()),
            arguments,
            "}");
    byte[] request = Messages.request(JsonText.number(1), kind.method(), params);
    return Frame.of(new String(request, StandardCharsets.UTF_8));
  }

  private Outcome send(RouteTest.Send send) {
    ProducerTemplate template = camel.createProducerTemplate();
    try {
      Exchange exchange =
          template.send(
              send.to(),
              ExchangePattern.InOut,
              message -> {
                message.getMessage().setBody(send.body());
                message.getMessage().setHeaders(new HashMap<>(send.headers()));
              });
      Exception thrown = exchange.getException();
      return thrown == null ? Outcome.of(exchange.getMessage()) : Outcome.failed(why(thrown));
    } finally {
      template.stop();
    }
  }

  private static String why(Throwable thrown) {
    return thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
  }

  private static void answer(RouteTest test, Outcome outcome, List<Mismatch> mismatches) {
    if (outcome.failure() != null && !expects(test, Expectation.Aspect.ERROR)) {
      mismatches.add(new Mismatch(place(test), "expected an answer, but got " + outcome));
      return;
    }
    if (outcome.isError() && !expects(test, Expectation.Aspect.IS_ERROR)) {
      mismatches.add(
          new Mismatch(
              place(test), "expected no error (say isError: true for one), but got " + outcome));
      return;
    }
    for (Expectation each : test.expected()) {
      Mismatch mismatch = each.mismatch(outcome);
      if (mismatch != null) {
        mismatches.add(mismatch);
      }
    }
  }

  private static boolean expects(RouteTest test, Expectation.Aspect aspect) {
    return test.expected().stream().anyMatch(each -> each.aspect() == aspect);
  }

  private static SourceLocation place(RouteTest test) {
    return test.expected().isEmpty() ? test.at() : test.expected().getFirst().at();
  }

  private void calls(RouteTest test, List<Mismatch> mismatches) throws InterruptedException {
    RouteTest.Calls wanted = test.calls();
    int expected = wanted == null ? 0 : wanted.calls().size();
    List<Stubs.Received> came = stubs.received(expected, AFTERWARDS_MILLIS);
    for (Stubs.Received each : came) {
      if (!each.answered()) {
        SourceLocation at = each.tool() == null ? test.at() : each.tool().at();
        mismatches.add(new Mismatch(at, "expected an answer that fits the call " + each));
      }
    }
    if (wanted == null) {
      return;
    }
    for (int i = 0; i < Math.min(expected, came.size()); i++) {
      RouteTest.Called call = wanted.calls().get(i);
      if (!isMet(call, came.get(i))) {
        mismatches.add(
            new Mismatch(call.at(), "expected the call " + call + ", but got " + came.get(i)));
      }
    }
    if (expected != came.size()) {
      SourceLocation at =
          came.size() < expected ? wanted.calls().get(came.size()).at() : wanted.at();
      mismatches.add(new Mismatch(at, "expected " + count(expected, "call") + ", but got " + came));
    }
  }

  private static boolean isMet(RouteTest.Called wanted, Stubs.Received came) {
    return wanted.server().equals(came.server())
        && wanted.tool().equals(came.name())
        && (wanted.arguments() == null || Fit.contains(came.arguments(), wanted.arguments()));
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void received(RouteTest.Received wanted, List<Mismatch> mismatches)
      throws InterruptedException {
    MockEndpoint mock = camel.getEndpoint(wanted.uri(), MockEndpoint.class);
    int expected = wanted.messages().size();
    mock.await(AFTERWARDS_MILLIS, TimeUnit.MILLISECONDS);
    List<Exchange> came = mock.getReceivedExchanges();
    for (int i = 0; i < Math.min(expected, came.size()); i++) {
      Outcome outcome = Outcome.of(came.get(i).getMessage());
      wanted.messages().get(i).expected().stream()
          .map(each -> each.mismatch(outcome))
          .filter(Objects::nonNull)
          .forEach(mismatches::add);
    }
    if (came.size() != expected) {
      SourceLocation at =
          came.size() < expected ? wanted.messages().get(came.size()).at() : wanted.at();
      List<Outcome> all = came.stream().map(each -> Outcome.of(each.getMessage())).toList();
      mismatches.add(
          new Mismatch(
              at,
              "expected "
                  + count(expected, "message")
                  + " at "
                  + wanted.uri()
                  + ", but got "
                  + all));
    }
  }
}
