package io.mcprouter.routing;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.placeholder.ResolvedAuthorization;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.ProcessTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;

/** Running servers for tests that send to no route. */
public final class RunningServersFixture {
  private static final CamelContext CAMEL = new DefaultCamelContext();

  private RunningServersFixture() {}

  /**
   * The servers of a set, as if their routes ran; an entry that is the same as in {@code before} is
   * kept, as the installer keeps it.
   *
   * @param personal names of the servers that depend on who calls
   */
  public static RunningServers running(ServerSet set, Set<String> personal, RunningServers before) {
    Map<String, RunningServer> running = new LinkedHashMap<>();
    for (ServerDefinition definition : set.servers().values()) {
      RunningServer kept = before.find(definition.name());
      running.put(
          definition.name(),
          kept != null && kept.definition().sameAs(definition)
              ? kept
              : server(definition, personal.contains(definition.name())));
    }
    return new RunningServers(set, running, Map.of());
  }

  public static RunningServers none() {
    return RunningServers.NONE;
  }

  static RunningServer server(ServerDefinition definition, boolean personal) {
    Endpoint entry = CAMEL.getEndpoint("direct:" + definition.name());
    try {
      return new RunningServer(
          definition,
          target(personal),
          List.of("mcp." + definition.name()),
          entry,
          entry.createAsyncProducer(),
          false);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static TargetTemplate target(boolean personal) {
    return new TargetTemplate() {
      @Override
      public ResolvedAuthorization authorization(Caller caller, Map<String, String> variables) {
        return new ResolvedAuthorization(Authorization.NONE, OAuthOptions.NONE);
      }

      @Override
      public Set<String> variables() {
        return Set.of();
      }

      @Override
      public boolean isPersonal() {
        return personal;
      }

      @Override
      public ConnectionTarget resolve(Caller caller, Map<String, String> variables) {
        return new ProcessTarget(
            List.of("server"), Map.of(), null, new ProcessTarget.Stderr.Ignore(), "", personal);
      }
    };
  }
}
