package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.credential.UserServers;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.OwnServers;
import io.mcprouter.routing.RunningServer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The servers that a user added for themselves. An entry goes in and never comes out: it may hold
 * secrets.
 */
@RestController
@RequestMapping("/api/user-servers")
public final class UserServersApi {
  private final @Nullable AddedServers added;
  private final Statuses statuses;

  /**
   * @param added null where users cannot add servers
   */
  public UserServersApi(@Nullable AddedServers added, Statuses statuses) {
    this.added = added;
    this.statuses = statuses;
  }

  @GetMapping
  List<UserServer> all(@AuthenticationPrincipal Caller caller) {
    AddedServers open = added();
    OwnServers routed = open.routed(caller);
    return open.of(caller).stream().map(entry -> shown(caller, entry, routed)).toList();
  }

  @GetMapping("/{server}")
  UserServer one(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    return all(caller).stream()
        .filter(each -> each.name().equals(server))
        .findFirst()
        .orElseThrow(UserServersApi::unknown);
  }

  /** Adds a server, or replaces the one of that name. */
  @Audited("user-server.save")
  @PutMapping(path = "/{server}", consumes = MediaType.APPLICATION_JSON_VALUE)
  UserServer save(
      @AuthenticationPrincipal Caller caller,
      @PathVariable String server,
      @RequestBody JsonNode entry)
      throws AddedServers.Refused {
    added().save(caller, server, entry.toString());
    return one(caller, server);
  }

  /** Removes a server with the user's variables and logins for it. */
  @Audited("user-server.delete")
  @DeleteMapping("/{server}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    if (!added().delete(caller, server)) {
      throw unknown();
    }
  }

  private UserServer shown(Caller caller, UserServers.Entry entry, OwnServers routed) {
    RunningServer running = routed.find(entry.name());
    if (running != null) {
      return new UserServer(
          entry.name(),
          running.definition().title(),
          running.definition().transport().text(),
          entry.updatedAt(),
          statuses.of(caller, running));
    }
    String problem = routed.problem(entry.name());
    String told = problem == null ? "It cannot be read now; try again later." : problem;
    return new UserServer(entry.name(), null, null, entry.updatedAt(), ServerStatus.error(told));
  }

  private AddedServers added() {
    if (added == null) {
      throw problem(
          HttpStatus.NOT_FOUND,
          "user-servers-off",
          "Users cannot add servers to this router: mcp-router.user-servers.enabled is false.");
    }
    return added;
  }

  private static ErrorResponseException unknown() {
    return problem(HttpStatus.NOT_FOUND, "no-such-server", "There is no server of this name.");
  }

  private static ErrorResponseException problem(HttpStatus status, String code, String detail) {
    return new ErrorResponseException(status, Problems.of(status, code, detail), null);
  }

  @ExceptionHandler
  ProblemDetail refused(AddedServers.Refused refused) {
    String detail = String.valueOf(refused.getMessage());
    return switch (refused.why()) {
      case WRONG -> Problems.of(HttpStatus.BAD_REQUEST, "server-refused", detail);
      case TAKEN -> Problems.of(HttpStatus.CONFLICT, "name-taken", detail);
      case TOO_MANY -> Problems.of(HttpStatus.CONFLICT, "too-many-servers", detail);
    };
  }

  /**
   * A server that the user added.
   *
   * @param title the name for people; absent where the entry cannot be used now
   * @param transport absent where the entry cannot be used now
   * @param connection how it stands; where the entry cannot be used, an error that says why
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UserServer(
      String name,
      @Nullable String title,
      @Nullable String transport,
      Instant updatedAt,
      ServerStatus connection) {}
}
