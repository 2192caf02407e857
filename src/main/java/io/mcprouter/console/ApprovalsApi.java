package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.mcprouter.config.ServerName;
import io.mcprouter.identity.Administrators;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.guard.ApprovalDecision;
import io.mcprouter.routing.guard.ApprovalRequest;
import io.mcprouter.routing.guard.Approvals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Calls that wait until a person agrees: users see their own, administrators all of their tenant,
 * and nobody one that they may not decide.
 */
@RestController
@RequestMapping("/api/approvals")
public final class ApprovalsApi {
  private static final int LONGEST_REASON = 500;

  /** Each with its arguments; who has decided over these sees the next. */
  private static final int MOST_LISTED = 200;

  /** The header with the number of all that wait for the caller. */
  private static final String COUNT = "X-Total-Count";

  private final Approvals approvals;
  private final Administrators administrators;

  public ApprovalsApi(Approvals approvals, Administrators administrators) {
    this.approvals = approvals;
    this.administrators = administrators;
  }

  /** Those that wait for the caller, the oldest first, and how many they are. */
  @GetMapping
  ResponseEntity<List<Approval>> all(@AuthenticationPrincipal Caller caller) {
    List<ApprovalRequest> waiting = approvals.of(caller, administrators.includes(caller));
    return ResponseEntity.ok()
        .header(COUNT, Integer.toString(waiting.size()))
        .body(waiting.stream().limit(MOST_LISTED).map(Approval::of).toList());
  }

  /** Lets a call go on, or refuses it. */
  @Audited(ApprovalAudit.ACTION)
  @PostMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void decide(
      @AuthenticationPrincipal Caller caller,
      @PathVariable String id,
      @RequestBody Decision wanted) {
    boolean agreed = isAgreed(wanted);
    String reason = reason(wanted);
    Approvals.Ruling ruling =
        approvals.decide(
            id,
            caller,
            administrators.includes(caller),
            agreed ? new ApprovalDecision.Agreed() : declined(reason));
    switch (ruling.outcome()) {
      case DECIDED -> note(ruling.request(), agreed, reason);
      case UNKNOWN ->
          throw problem(
              HttpStatus.NOT_FOUND,
              "no-such-approval",
              "No call of this id waits for you; calls wait in the node that took them.");
      case AWAY ->
          throw problem(
              HttpStatus.CONFLICT,
              "client-away",
              "The client that calls has lost its connection; try again when it is back.");
      case TOO_LATE ->
          throw problem(
              HttpStatus.CONFLICT, "decided-already", "This call does not wait any longer.");
    }
  }

  private static void note(@Nullable ApprovalRequest request, boolean agreed, String reason) {
    if (request != null) {
      ActionAudit.server(request.server());
      String details = ApprovalAudit.details(request, agreed);
      ActionAudit.details(reason.isEmpty() ? details : details + ": " + reason);
    }
  }

  private static boolean isAgreed(Decision wanted) {
    return switch (wanted.decision) {
      case "approve" -> true;
      case "decline" -> false;
      case null, default -> throw refused("decision must be 'approve' or 'decline'.");
    };
  }

  private static String reason(Decision wanted) {
    String reason = wanted.reason == null ? "" : wanted.reason.strip();
    if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw refused("reason is longer than 500 characters, or holds a control character.");
    }
    return reason;
  }

  private static ApprovalDecision declined(String reason) {
    String why = "it was declined in the router's API";
    return new ApprovalDecision.Refused(reason.isEmpty() ? why : why + " (" + reason + ")");
  }

  private static ErrorResponseException refused(String why) {
    return problem(HttpStatus.BAD_REQUEST, "decision-refused", why);
  }

  private static ErrorResponseException problem(HttpStatus status, String code, String why) {
    return new ErrorResponseException(status, Problems.of(status, code, why), null);
  }

  /**
   * What a person decides.
   *
   * @param decision {@code approve} or {@code decline}
   * @param reason for the audit log, and for the caller where it is declined
   */
  record Decision(@Nullable String decision, @Nullable String reason) {}

  /**
   * A call that waits.
   *
   * @param user who calls
   * @param arguments a JSON object, as it would be sent
   * @param message what the administrator wrote for the person who decides
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Approval(
      String id,
      String user,
      String server,
      String tool,
      @JsonRawValue String arguments,
      @Nullable String message,
      String approver,
      Instant since,
      Instant until) {
    static Approval of(ApprovalRequest request) {
      return new Approval(
          request.id(),
          request.caller().id(),
          ServerName.shown(request.server()),
          request.tool(),
          request.arguments(),
          request.message().isEmpty() ? null : request.message(),
          request.approver().label(),
          request.since(),
          request.until());
    }

    @Override
    public String toString() {
      return "Approval[" + id + "]";
    }
  }
}
