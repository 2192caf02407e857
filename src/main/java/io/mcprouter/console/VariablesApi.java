package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcprouter.config.UserVariable;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.RefusedVariableException;
import io.mcprouter.credential.StaleVersionException;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A user's own values for a server ({@code customUserVars}). They go in and never come out: what is
 * shown is whether each is set.
 */
@RestController
@RequestMapping("/api/servers/{server}/variables")
public final class VariablesApi {
  private final VisibleServers servers;
  private final UserVariables variables;

  public VariablesApi(VisibleServers servers, UserVariables variables) {
    this.servers = servers;
    this.variables = variables;
  }

  @GetMapping
  Variables all(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    return shown(caller, servers.find(caller, server));
  }

  /** Saves the values that the body names; others that are set stay. */
  @Audited("variables.save")
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Variables save(
      @AuthenticationPrincipal Caller caller,
      @PathVariable String server,
      @RequestBody Map<String, @Nullable String> values,
      @RequestParam(required = false) @Nullable Long version) {
    RunningServer found = servers.find(caller, server);
    variables.save(
        Owner.of(caller),
        found.name(),
        VisibleServers.variables(found).keySet(),
        withoutNull(values),
        version);
    ActionAudit.details(String.join(", ", new TreeSet<>(values.keySet())));
    return shown(caller, found);
  }

  private static Map<String, String> withoutNull(Map<String, @Nullable String> body) {
    Map<String, String> values = new LinkedHashMap<>();
    body.forEach(
        (name, value) -> {
          if (value == null) {
            throw new ErrorResponseException(
                HttpStatus.BAD_REQUEST,
                Problems.of(
                    HttpStatus.BAD_REQUEST,
                    "variable-refused",
                    "A value is null; revoke the variable to take its value away."),
                null);
          }
          values.put(name, value);
        });
    return values;
  }

  @Audited("variables.revoke")
  @DeleteMapping
  Variables revokeAll(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    RunningServer found = servers.find(caller, server);
    variables.revokeAll(Owner.of(caller), found.name());
    return shown(caller, found);
  }

  @Audited("variables.revoke")
  @DeleteMapping("/{name}")
  Variables revoke(
      @AuthenticationPrincipal Caller caller,
      @PathVariable String server,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Long version) {
    RunningServer found = servers.find(caller, server);
    variables.revoke(Owner.of(caller), found.name(), Set.of(name), version);
    if (VisibleServers.variables(found).containsKey(name)) {
      ActionAudit.details(name);
    }
    return shown(caller, found);
  }

  private Variables shown(Caller caller, RunningServer server) {
    UserVariables.State state = variables.state(Owner.of(caller), server.name());
    return new Variables(
        state.version(),
        VisibleServers.variables(server).entrySet().stream()
            .map(entry -> Variable.of(entry.getKey(), entry.getValue(), state.set()))
            .toList());
  }

  @ExceptionHandler
  ProblemDetail refused(RefusedVariableException why) {
    return Problems.of(
        HttpStatus.BAD_REQUEST, "variable-refused", String.valueOf(why.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail stale(StaleVersionException why) {
    return Problems.of(HttpStatus.CONFLICT, "changed-meanwhile", String.valueOf(why.getMessage()));
  }

  /**
   * The variables of a server.
   *
   * @param version to be sent with a change that must not overwrite another one
   */
  record Variables(long version, List<Variable> variables) {}

  /**
   * A variable.
   *
   * @param description HTML with links and emphasis, made safe
   * @param set whether the user has saved a value
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Variable(
      String name, String title, @Nullable String description, boolean sensitive, boolean set) {
    static Variable of(String name, UserVariable declared, Set<String> saved) {
      return new Variable(
          name,
          declared.title(),
          Descriptions.safe(declared.description()),
          declared.sensitive(),
          saved.contains(name));
    }
  }
}
