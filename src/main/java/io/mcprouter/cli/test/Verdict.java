package io.mcprouter.cli.test;

import io.mcprouter.config.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;

/** Compares what came of a test with what it expects. */
final class Verdict {
  private final CamelContext camel;
  private final Stubs stubs;

  Verdict(CamelContext camel, Stubs stubs) {
    this.camel = camel;
    this.stubs = stubs;
  }

  /** Whether as many calls and messages have come as are expected. */
  boolean hasCome(RouteTest test) {
    RouteTest.Calls calls = test.calls();
    return (calls == null || stubs.received().size() >= calls.calls().size())
        && test.received().stream()
            .allMatch(wanted -> messages(wanted.uri()).size() >= wanted.messages().size());
  }

  /** What is otherwise than expected. */
  List<Mismatch> of(RouteTest test, Outcome outcome) {
    List<Mismatch> mismatches = new ArrayList<>();
    answer(test, outcome, mismatches);
    calls(test, stubs.received(), mismatches);
    test.received().forEach(wanted -> received(wanted, messages(wanted.uri()), mismatches));
    return mismatches;
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

  private static void calls(RouteTest test, List<Stubs.Received> came, List<Mismatch> mismatches) {
    for (Stubs.Received each : came) {
      if (each.answer() == null) {
        SourceLocation at = each.tool() == null ? test.at() : each.tool().at();
        String why = each.reason().isEmpty() ? "" : "; " + each.reason();
        mismatches.add(new Mismatch(at, "expected an answer that fits the call " + each + why));
      }
    }
    if (test.calls() != null) {
      compare(test.calls(), came, mismatches);
    }
  }

  private static void compare(
      RouteTest.Calls wanted, List<Stubs.Received> came, List<Mismatch> mismatches) {
    int expected = wanted.calls().size();
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

  /** Of a mock endpoint that no route has none, see {@link NamedEndpoints}. */
  private List<Exchange> messages(String uri) {
    return camel.hasEndpoint(uri) instanceof MockEndpoint mock
        ? List.copyOf(mock.getReceivedExchanges())
        : List.of();
  }

  private static void received(
      RouteTest.Received wanted, List<Exchange> came, List<Mismatch> mismatches) {
    int expected = wanted.messages().size();
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
