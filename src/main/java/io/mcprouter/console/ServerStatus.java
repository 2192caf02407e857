package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a server stands for one user. Reading it changes nothing.
 *
 * @param missingVariables the variables that the user must save first
 * @param reason why the status is {@link Status#ERROR}, or what the user must do
 * @param loginUrl where an open login begins, for this user alone
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServerStatus(
    Status status,
    List<String> missingVariables,
    @Nullable String reason,
    @Nullable String loginUrl) {
  public ServerStatus {
    missingVariables = List.copyOf(missingVariables);
  }

  static ServerStatus of(Status status) {
    return new ServerStatus(status, List.of(), null, null);
  }

  static ServerStatus error(String reason) {
    return new ServerStatus(Status.ERROR, List.of(), reason, null);
  }

  /** The statuses of LibreChat's documentation, and two that say more. */
  public enum Status {
    CONNECTED,
    INITIALIZING,
    DISCONNECTED,
    OAUTH_REQUIRED,
    ERROR,
    CANCELLING,
    MISSING_VARIABLES,
    /** {@code startup: false}: it connects when it is first called. */
    ON_DEMAND;

    /** As it is written in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
