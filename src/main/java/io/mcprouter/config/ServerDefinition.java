package io.mcprouter.config;

import java.util.Map;

/**
 * One entry under {@code mcpServers}, checked, with its placeholders unresolved.
 *
 * @param name unique in its set; at most {@link ServerName#MAX_LENGTH} characters
 * @param location where the entry stands in the file
 * @param startup whether to connect when the router starts; default true
 * @param userVariables what each user gives for themselves, in the order of the file
 */
public record ServerDefinition(
    String name,
    SourceLocation location,
    Endpoint endpoint,
    Presentation presentation,
    boolean startup,
    Timeouts timeouts,
    ServerInstructions instructions,
    Map<String, UserVariable> userVariables,
    Authorization authorization,
    RouterOptions router) {
  public ServerDefinition {
    userVariables = Ordered.copy(userVariables);
  }

  public Transport transport() {
    return endpoint.transport();
  }

  /** The name for people: the title, or the name where there is none. */
  public String title() {
    String title = presentation.title();
    return title == null ? ServerName.shown(name) : title;
  }

  /** Whether a user added it, who alone knows it; all others are the administrator's. */
  public boolean isOfUser() {
    return ServerName.isOfUser(name);
  }

  /** Whether both say the same, wherever in the file they stand. */
  public boolean sameAs(ServerDefinition other) {
    return equals(other.at(location));
  }

  private ServerDefinition at(SourceLocation place) {
    return new ServerDefinition(
        name,
        place,
        endpoint,
        presentation,
        startup,
        timeouts,
        instructions,
        userVariables,
        authorization,
        router);
  }

  /** Shows no setting: headers, arguments and variables may hold secrets. */
  @Override
  public String toString() {
    return "ServerDefinition[" + name + ", " + transport() + ", " + location + "]";
  }
}
