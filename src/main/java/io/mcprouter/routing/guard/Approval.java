package io.mcprouter.routing.guard;

import io.mcprouter.config.NamePattern;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code approval}: a call waits until a person agrees to it. The caller is asked in
 * their client, and the call stands in the API; whoever decides first decides. While it waits the
 * call holds no thread, and its time does not run.
 */
public final class Approval extends AsyncProcessorSupport implements ShutdownPrepared {
  private static final String NAME = "approval";
  private static final String NOTHING_DONE = " Nothing was done.";

  /** Nobody reads more than that, and what waits has a bound. */
  private static final int MOST_ARGUMENT_BYTES = 65_536;

  private final Set<OpenApproval> waiting = ConcurrentHashMap.newKeySet();

  private String server = "";
  private ToolHints hints = ToolHints.NONE;
  private Approvals approvals = new Approvals((request, agreed) -> {});
  private List<NamePattern> tools = List.of();
  private By by = By.EITHER;
  private Approver approver = Approver.USER;
  private int seconds = 300;
  private String message = "";

  private enum By {
    ELICITATION,
    API,
    EITHER
  }

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  public void setHints(ToolHints source) {
    hints = source;
  }

  /** Where those that wait are known. */
  public void setApprovals(Approvals all) {
    approvals = all;
  }

  /**
   * Tools that need it, by their own name, {@code *} for any characters; one or a list. None is
   * every tool that does not declare that it only reads.
   */
  public void setTools(String names) {
    tools = Texts.of("tools", names).stream().map(NamePattern::new).toList();
  }

  /** How a person is asked: {@code elicitation}, {@code api} or {@code either}. */
  public void setBy(String way) {
    by = one("by", way, By.class);
    check();
  }

  /** Who decides: {@code user} or {@code administrator}. */
  public void setApprover(String who) {
    approver = one("approver", who, Approver.class);
    check();
  }

  private static <E extends Enum<E>> E one(String parameter, String text, Class<E> values) {
    for (E value : values.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "the parameter '"
            + parameter
            + "' must be one of "
            + List.of(values.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
  }

  private void check() {
    if (by == By.ELICITATION && approver == Approver.ADMINISTRATOR) {
      throw new IllegalArgumentException(
          "an administrator is asked in the API alone: with 'approver: administrator', 'by' must"
              + " be api or either");
    }
  }

  /** How long a call waits, from 1 to 3600. */
  public void setSeconds(int most) {
    seconds = Numbers.within("seconds", most, 1, 3_600);
  }

  /** What the person who decides reads first. */
  public void setMessage(String text) {
    message = text;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      OpenApproval opened = begin(exchange);
      if (opened != null) {
        await(opened, exchange, callback);
        return false;
      }
    } catch (RuntimeException e) { // which a processor of this kind must not throw
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  /** Lets the call wait; null where it need not, or was answered. */
  private @Nullable OpenApproval begin(Exchange exchange) {
    Frame request = ToolCalls.frame(exchange);
    McpCall call = McpCall.of(exchange);
    String tool = ToolCalls.tool(request);
    if (!needs(tool, call) || isAgreed(exchange, request)) {
      return null;
    }
    JsonSpan arguments = ToolCalls.arguments(request);
    if (arguments != null && arguments.length() > MOST_ARGUMENT_BYTES) {
      refuse(exchange, tool, "somebody must agree to it, and its arguments are too long to read");
    } else if (by == By.ELICITATION && !canAsk(call)) {
      refuse(
          exchange,
          tool,
          "its user must agree to it, and this client cannot ask (elicitation); use one that can");
    } else {
      OpenApproval opened = approvals.open(request(call, tool, arguments));
      if (opened == null) {
        refuse(exchange, tool, "too many calls wait for somebody to agree; try again later");
      }
      return opened;
    }
    return null;
  }

  private boolean needs(String tool, McpCall call) {
    return tools.isEmpty()
        ? !hints.of(server, call.caller(), tool).readOnly()
        : tools.stream().anyMatch(pattern -> pattern.matches(tool));
  }

  private boolean canAsk(McpCall call) {
    return by != By.API && approver == Approver.USER && ApprovalQuestion.canBePutTo(call.client());
  }

  private ApprovalRequest request(McpCall call, String tool, @Nullable JsonSpan arguments) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new ApprovalRequest(
        UUID.randomUUID().toString(),
        call.caller(),
        server,
        tool,
        arguments == null ? "{}" : arguments.json(),
        message,
        approver,
        now,
        now.plusSeconds(seconds));
  }

  /** The step ends when somebody decides, and holds no thread until then. */
  private void await(OpenApproval opened, Exchange exchange, AsyncCallback callback) {
    McpCall call = McpCall.of(exchange);
    Frame request = ToolCalls.frame(exchange);
    McpCall aside = call.aside();
    waiting.add(opened);
    opened.onDecision(
        decision -> {
          waiting.remove(opened);
          try {
            aside.fail(McpFailure.cancelled("somebody decided")); // takes the question back
          } finally {
            call.continuation().execute(() -> goOn(exchange, request, decision, callback));
          }
        });
    aside.onOutcome((reply, failure) -> over(opened, failure));
    opened.otherwise(
        new ApprovalDecision.Refused("nobody agreed to it within " + seconds + " s"),
        Duration.ofSeconds(seconds));
    if (canAsk(call)) {
      new ApprovalQuestion(opened, aside, by == By.ELICITATION, approvals.observer()).put();
    }
  }

  private static void over(OpenApproval opened, @Nullable McpFailure failure) {
    opened.decide(
        new ApprovalDecision.Ended(
            failure == null ? McpFailure.cancelled("while it waited") : failure));
  }

  private void goOn(
      Exchange exchange, Frame request, ApprovalDecision decision, AsyncCallback callback) {
    try {
      switch (decision) {
        case ApprovalDecision.Agreed() -> exchange.setProperty(key(), request);
        case ApprovalDecision.Refused(String why) -> refuse(exchange, ToolCalls.tool(request), why);
        case ApprovalDecision.Ended(McpFailure why) -> exchange.setException(why);
      }
    } catch (RuntimeException e) { // or the call would never end
      exchange.setException(e);
    }
    callback.done(false);
  }

  /** A step before this one that repeats a call need not ask again for the very same. */
  private boolean isAgreed(Exchange exchange, Frame request) {
    return exchange.getProperty(key()) == request;
  }

  private static void refuse(Exchange exchange, String tool, String why) {
    Answers.refuse(
        exchange, NAME, "The tool '" + tool + "' was not called: " + why + "." + NOTHING_DONE);
  }

  /** The route is going, and with it the way to the server; it waits for the calls to end. */
  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    for (OpenApproval each : waiting) {
      each.decide(
          new ApprovalDecision.Refused("the settings of its server changed meanwhile; try again"));
    }
  }

  private String key() {
    return "CamelMcpApproved." + System.identityHashCode(this);
  }
}
