package io.mcprouter.routing.guard;

import io.mcprouter.config.NamePattern;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.PresentedToken;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guardrail {@code approval}: a call waits until a person agrees to it. The caller is asked in
 * their client, and the call stands in the API; whoever decides first decides. While it waits the
 * call holds no thread, and its time does not run.
 */
public final class Approval extends AsyncProcessorSupport implements ShutdownPrepared {
  private static final Logger LOG = LoggerFactory.getLogger(Approval.class);
  private static final String NAME = "approval";
  private static final String TOO_MANY =
      "too many calls wait for somebody to agree; try again later";
  private static final String AMBIGUOUS =
      "a member of the call has another spelling, in which a server could take it for its own";

  private final Set<OpenApproval> waiting = ConcurrentHashMap.newKeySet();

  private String server = "";
  private ToolHints hints = ToolHints.NONE;
  private Approvals approvals = new Approvals((request, agreed) -> {}, true);
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
    warn();
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
    by = Texts.one("by", way, By.class);
    check();
  }

  /** Who decides: {@code user} or {@code administrator}. */
  public void setApprover(String who) {
    approver = Texts.one("approver", who, Approver.class);
    check();
    warn();
  }

  private void warn() {
    if (approver == Approver.ADMINISTRATOR && !approvals.areCallersProved()) {
      LOG.warn(
          "Server '{}': 'approver: administrator' of the guardrail 'approval' keeps nobody from"
              + " agreeing to their own calls: without authentication everybody is an administrator,"
              + " under any name; see mcp-router.authentication",
          server);
    }
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
    boolean ambiguous = CallForm.isAmbiguous(request);
    if (!ambiguous && (!needs(ToolCalls.tool(request), call) || isAgreed(exchange, request))) {
      return null;
    }
    String refusal = ambiguous ? AMBIGUOUS : refusal(request, call);
    OpenApproval opened =
        refusal == null ? approvals.open(request(call, request), call::isClientAway) : null;
    if (opened == null) {
      refuse(exchange, request, refusal == null ? TOO_MANY : refusal);
    }
    return opened;
  }

  /** Why nobody can be asked: a clause; null where somebody can. */
  private @Nullable String refusal(Frame request, McpCall call) {
    String unreadable = CallForm.unreadable(request);
    if (unreadable != null) {
      return "somebody must agree to it, and " + unreadable;
    }
    return by == By.ELICITATION && !canAsk(call)
        ? "its user must agree to it, and this client cannot ask (elicitation); use one that can"
        : null;
  }

  private boolean needs(String tool, McpCall call) {
    return tools.isEmpty()
        ? !hints.of(server, call.caller(), tool).readOnly()
        : tools.stream().anyMatch(pattern -> pattern.matches(tool));
  }

  private boolean canAsk(McpCall call) {
    return by != By.API && approver == Approver.USER && ApprovalQuestion.canBePutTo(call.client());
  }

  private ApprovalRequest request(McpCall call, Frame request) {
    JsonSpan arguments = ToolCalls.arguments(request);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant end = credentialEnd(call.caller());
    Instant until = now.plusSeconds(seconds);
    return new ApprovalRequest(
        UUID.randomUUID().toString(),
        call.caller(),
        server,
        ToolCalls.tool(request),
        arguments == null ? "{}" : arguments.json(),
        message,
        approver,
        now,
        end.isBefore(until) ? end : until);
  }

  /** Nobody agrees to a call for a caller who could not make it any more. */
  private static Instant credentialEnd(Caller caller) {
    PresentedToken token = caller.token();
    return caller.source() == Caller.Source.JWT && token != null ? token.expires() : Instant.MAX;
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
    try {
      ask(opened, call, aside);
    } catch (RuntimeException e) { // the decision ends the exchange, and nothing else does
      opened.decide(new ApprovalDecision.Ended(McpFailure.from(e, server)));
    }
  }

  private void ask(OpenApproval opened, McpCall call, McpCall aside) {
    aside.onOutcome((reply, failure) -> over(opened, failure));
    ApprovalRequest request = opened.request();
    Duration time = Duration.between(request.since(), request.until());
    opened.otherwise(
        new ApprovalDecision.Refused(
            time.toSeconds() < seconds
                ? "nobody agreed to it before its caller's token expired"
                : "nobody agreed to it within " + seconds + " s"),
        time);
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
        case ApprovalDecision.Refused(String why) -> refuse(exchange, request, why);
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

  private static void refuse(Exchange exchange, Frame request, String why) {
    String tool = CallForm.shortened(ToolCalls.tool(request));
    Answers.refuse(
        exchange, NAME, "The tool '" + tool + "' was not called: " + why + ". Nothing was done.");
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
