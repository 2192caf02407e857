package io.mcprouter.console;

import io.mcprouter.config.ServerName;
import io.mcprouter.credential.AuditEntry;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.protocol.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Enters what users do over the API and on the pages of a login into the audit log: every request
 * whose method is {@link Audited}, those that fail too.
 */
public final class ActionAudit implements HandlerInterceptor {
  /** Who sits before a browser that shows the cookie of a login, and nothing else. */
  static final String COOKIE = "COOKIE";

  private static final String PREFIX = ActionAudit.class.getName() + ".";
  private static final String BEGAN = PREFIX + "began";
  private static final String ACTOR = PREFIX + "actor";
  private static final String SERVER = PREFIX + "server";
  private static final String OUTCOME = PREFIX + "outcome";
  private static final String DETAILS = PREFIX + "details";

  private final AuditLog log;
  private final Clock clock;

  public ActionAudit(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Says who acts, where the request itself does not prove it. */
  static void actor(Caller caller, String source) {
    note(ACTOR, new Actor(caller.tenant(), caller.id(), source));
  }

  /** Says at which server something was done, where the path does not. */
  static void server(String name) {
    note(SERVER, ServerName.shown(name));
  }

  /** Says how it ended, where the status does not. */
  static void outcome(String label) {
    note(OUTCOME, label);
  }

  /** Says more, in words that are no secret. */
  static void details(String text) {
    note(DETAILS, text);
  }

  private static void note(String name, Object value) {
    RequestContextHolder.currentRequestAttributes()
        .setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request.setAttribute(BEGAN, System.nanoTime());
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception thrown) {
    Audited audited =
        handler instanceof HandlerMethod method ? method.getMethodAnnotation(Audited.class) : null;
    if (audited == null) {
      return;
    }
    int status = thrown == null ? response.getStatus() : HttpStatus.INTERNAL_SERVER_ERROR.value();
    Actor actor = actor(request);
    log.append(
        new AuditEntry(
            clock.instant(),
            actor.tenant,
            actor.user,
            actor.source,
            audited.value(),
            server(request),
            null,
            outcome(request, status),
            isRefusal(status) ? status : null,
            Duration.ofNanos(System.nanoTime() - (long) request.getAttribute(BEGAN)),
            Trace.id(request.getHeader("traceparent")),
            (String) request.getAttribute(DETAILS)));
  }

  private static Actor actor(HttpServletRequest request) {
    if (request.getAttribute(ACTOR) instanceof Actor told) {
      return told;
    }
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof CallerFilter.CallerAuthentication proven
        ? Actor.of(proven.getPrincipal())
        : new Actor("", "", "UNKNOWN");
  }

  private static @Nullable String server(HttpServletRequest request) {
    if (request.getAttribute(SERVER) instanceof String told) {
      return told;
    }
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> path
            && path.get("server") instanceof String named
        ? named
        : null;
  }

  private static String outcome(HttpServletRequest request, int status) {
    if (isRefusal(status)) {
      return HttpStatus.Series.resolve(status) == HttpStatus.Series.SERVER_ERROR
          ? "error"
          : "refused";
    }
    return request.getAttribute(OUTCOME) instanceof String told ? told : "ok";
  }

  private static boolean isRefusal(int status) {
    return status >= HttpStatus.BAD_REQUEST.value();
  }

  private record Actor(String tenant, String user, String source) {
    static Actor of(Caller caller) {
      return new Actor(caller.tenant(), caller.id(), caller.source().name());
    }

    @Override
    public String toString() {
      return "Actor[" + source + "]";
    }
  }
}
