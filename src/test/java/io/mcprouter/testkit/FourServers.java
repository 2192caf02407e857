package io.mcprouter.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods the one router that all of them share, with the behaviour server behind it
 * over each transport. Tests of it use users of their own and end no shared server.
 */
public final class FourServers implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FourServers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
  }

  /** The router and its four servers, named after their transports. */
  public static final class Running implements ExtensionContext.Store.CloseableResource {
    private final Map<South, Peer> peers = new EnumMap<>(South.class);
    private final RouterUnderTest router;

    private Running() {
      ServersFile file = new ServersFile();
      for (South south : South.values()) {
        Peer peer = Peer.behaviour(south);
        peers.put(south, peer);
        file.with(south.server(), peer.entry());
      }
      router = RouterUnderTest.start(file);
    }

    public RouterUnderTest router() {
      return router;
    }

    public Peer peer(South south) {
      return Objects.requireNonNull(peers.get(south));
    }

    /** A client of one server. */
    public McpClient.Setup client(South south) {
      return McpClient.of(router).server(south.server());
    }

    @Override
    public void close() {
      router.close();
      peers.values().forEach(Peer::close);
    }
  }
}
