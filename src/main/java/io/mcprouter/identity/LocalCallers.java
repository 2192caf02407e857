package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.util.List;

/**
 * Local mode: the router listens on loopback only, and the caller is the configured local user or
 * the one whom the {@code X-MCP-User-*} headers describe, one header for each documented user
 * field.
 */
public final class LocalCallers implements Callers {
  private final Proof localUser;
  private final UserHeaders headers = UserHeaders.DEFAULT;

  /** Takes requests without the headers for the given user. */
  public LocalCallers(Caller localUser) {
    this.localUser = Proof.of(localUser);
  }

  @Override
  public Proof known(CallerRequest request) throws Refused {
    List<String> id = request.headers(headers.id());
    return id.isEmpty() ? localUser : Proof.of(headers.read(request, Caller.Source.LOCAL));
  }

  @Override
  public Proof prove(CallerRequest request) throws Refused {
    return known(request);
  }
}
