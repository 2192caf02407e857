package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcprouter.credential.AuditEntry;
import io.mcprouter.credential.AuditFilter;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.identity.Administrators;
import io.mcprouter.protocol.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Who did what: users see what they did themselves, administrators all of their tenant. */
@RestController
@RequestMapping("/api/audit")
public final class AuditApi {
  private static final SortedSet<String> PARAMETERS =
      new TreeSet<>(
          List.of("action", "from", "outcome", "page", "server", "size", "tool", "until", "user"));

  private final AuditLog log;
  private final Administrators administrators;

  public AuditApi(AuditLog log, Administrators administrators) {
    this.log = log;
    this.administrators = administrators;
  }

  /** Entries, the newest first. */
  @GetMapping
  Entries find(
      @AuthenticationPrincipal Caller caller,
      @ModelAttribute Wanted wanted,
      @RequestParam(required = false) @Nullable String page,
      @RequestParam(defaultValue = "100") int size,
      @RequestParam Map<String, String> all) {
    check(size, all.keySet());
    String user = administrators.includes(caller) ? wanted.user : caller.id();
    AuditLog.Page found =
        log.find(
            new AuditFilter(
                caller.tenant(),
                user,
                wanted.action,
                wanted.server,
                wanted.tool,
                wanted.outcome,
                wanted.from,
                wanted.until),
            page,
            size);
    return new Entries(found.entries().stream().map(Entry::of).toList(), found.next());
  }

  /** A filter that is misspelt would show more than was asked for. */
  private static void check(int size, Set<String> names) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1");
    }
    names.stream()
        .filter(name -> !PARAMETERS.contains(name))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new IllegalArgumentException(
                  "There is no parameter '" + unknown + "'; there are " + PARAMETERS);
            });
  }

  /** Its cause is one of the next kind, and would be taken for it. */
  @ExceptionHandler
  ProblemDetail noNumber(MethodArgumentTypeMismatchException why) {
    return Problems.of(
        HttpStatus.BAD_REQUEST, "no-such-page", why.getName() + " must be a whole number");
  }

  @ExceptionHandler
  ProblemDetail noSuchPage(IllegalArgumentException why) {
    return Problems.of(HttpStatus.BAD_REQUEST, "no-such-page", String.valueOf(why.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail busy(AuditLog.BusyException why) {
    return Problems.of(
        HttpStatus.SERVICE_UNAVAILABLE, "too-many-searches", String.valueOf(why.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail tooManyEntries(QueryTimeoutException why) {
    return Problems.of(
        HttpStatus.BAD_REQUEST,
        "too-many-entries",
        "There are more entries to look through than there is time for: narrow 'from' and 'until'");
  }

  /**
   * Which entries are wanted; what is null does not limit them.
   *
   * @param user of administrators only: others see their own in any case
   */
  record Wanted(
      @Nullable String user,
      @Nullable String action,
      @Nullable String server,
      @Nullable String tool,
      @Nullable String outcome,
      @Nullable Instant from,
      @Nullable Instant until) {}

  /**
   * Some entries.
   *
   * @param next the {@code page} that comes after these; not there where these are the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entries(List<Entry> entries, @Nullable String next) {}

  /** An entry as it is shown. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      Instant at,
      String user,
      String source,
      String action,
      @Nullable String server,
      @Nullable String tool,
      String outcome,
      @Nullable Integer errorCode,
      @Nullable Double durationMillis,
      @Nullable String traceId,
      @Nullable String details) {
    private static final double NANOS_PER_MILLI = 1_000_000;

    static Entry of(AuditEntry entry) {
      Duration took = entry.duration();
      return new Entry(
          entry.at(),
          entry.actor(),
          entry.source(),
          entry.action(),
          entry.server(),
          entry.tool(),
          entry.outcome(),
          entry.errorCode(),
          took == null ? null : took.toNanos() / NANOS_PER_MILLI,
          entry.traceId(),
          entry.details());
    }

    @Override
    public String toString() {
      return "Entry[" + action + "]";
    }
  }
}
