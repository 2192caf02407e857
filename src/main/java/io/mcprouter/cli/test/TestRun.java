package io.mcprouter.cli.test;

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
import io.mcprouter.transport.spi.McpFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;

/** Runs the tests of a file, one after another, in a router that is there for this file alone. */
public final class TestRun {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** How long calls and messages may take that come after the answer. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(5);

  private final CamelContext camel;
  private final McpCalls calls;
  private final Callers callers;
  private final Stubs stubs;
  private final ReplacedEndpoints endpoints;
  private final Duration longest;
  private final Verdict verdict;
  private final UnderWay underWay;

  public TestRun(
      CamelContext camel,
      McpCalls calls,
      Callers callers,
      Stubs stubs,
      ReplacedEndpoints endpoints) {
    this(camel, calls, callers, stubs, endpoints, LONGEST);
  }

  /**
   * @param longest how long an answer may take
   */
  TestRun(
      CamelContext camel,
      McpCalls calls,
      Callers callers,
      Stubs stubs,
      ReplacedEndpoints endpoints,
      Duration longest) {
    this.camel = camel;
    this.calls = calls;
    this.callers = callers;
    this.stubs = stubs;
    this.endpoints = endpoints;
    this.longest = longest;
    this.verdict = new Verdict(camel, stubs);
    this.underWay = new UnderWay(camel);
  }

  /** Runs a test; whatever goes wrong is in the result. */
  public TestResult run(RouteTest test) throws InterruptedException {
    stubs.reset();
    MockEndpoint.resetMocks(camel);
    long began = System.nanoTime();
    List<Mismatch> mismatches = new ArrayList<>();
    try {
      Outcome outcome = outcome(test.action());
      if (!underWay.await(() -> verdict.hasCome(test), AFTERWARDS)) {
        String what = "something is still under way " + AFTERWARDS.toSeconds() + " s afterwards";
        mismatches.add(new Mismatch(test.at(), what));
      }
      mismatches.addAll(verdict.of(test, outcome));
    } catch (RuntimeException e) {
      mismatches.add(new Mismatch(test.at(), "the test cannot be run: " + Reason.of(e)));
    }
    endpoints.takeRefused().forEach(what -> mismatches.add(new Mismatch(test.at(), what)));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    return new TestResult(test.name(), millis, mismatches);
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
      return Outcome.failed(Reason.of(refused));
    }
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    McpCall call = new McpCall(caller, McpClient.NONE, CallStream.NONE);
    calls.send(
        test.target(),
        request(test),
        call,
        (reply, failure) ->
            outcome.complete(
                failure == null
                    ? Outcome.of(Objects.requireNonNull(reply))
                    : Outcome.failed(Reason.of(failure))));
    try {
      return outcome.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      call.cancel(McpFailure.cancelled(tooLate()));
      return Outcome.failed(tooLate());
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is never set to a failure", e);
    }
  }

  private String tooLate() {
    return "no answer within " + longest.toMillis() / 1000.0 + " s";
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

  private Outcome send(RouteTest.Send send) throws InterruptedException {
    ProducerTemplate template = camel.createProducerTemplate();
    try {
      Endpoint endpoint = camel.getEndpoint(send.to());
      Exchange message = endpoint.createExchange(ExchangePattern.InOut);
      message.getMessage().setBody(send.body());
      message.getMessage().setHeaders(new HashMap<>(send.headers()));
      Exchange done =
          template.asyncSend(endpoint, message).get(longest.toMillis(), TimeUnit.MILLISECONDS);
      Exception thrown = done.getException();
      return thrown == null ? Outcome.of(done.getMessage()) : Outcome.failed(Reason.of(thrown));
    } catch (TimeoutException late) {
      return Outcome.failed(tooLate());
    } catch (ExecutionException e) {
      return Outcome.failed(Reason.of(e.getCause() == null ? e : e.getCause()));
    } finally {
      template.stop(); // interrupts what is late
    }
  }
}
